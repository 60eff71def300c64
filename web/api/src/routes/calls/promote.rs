//! Give a waiting caller another priority.

use axum::extract::State;
use axum::http::StatusCode;
use control::Steer;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::body::{At, Body};
use crate::code::Code;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// As for callers known by number.
const PRIORITY_MAX: i32 = 100;

#[derive(Deserialize, ToSchema)]
pub(crate) struct PromoteIn {
    /// From -100 to 100; higher comes first.
    priority: i32,
}

/// Gives a waiting caller another priority.
#[utoipa::path(post, path = "/calls/{id}/promote", tag = "calls", operation_id = "promote_call",
    params(("id" = u64, Path)), request_body = PromoteIn, responses((status = 204), Problem))]
pub(crate) async fn promote(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<PromoteIn>,
) -> Result<StatusCode, Problem> {
    if !(-PRIORITY_MAX..=PRIORITY_MAX).contains(&asked.priority) {
        return Err(Problem::unacceptable("/priority", Code::TooLarge));
    }
    let by = acd::Actor::Web { who: administrator.account.name };
    let steer = Steer::Promote { priority: asked.priority };
    app.control.steer(acd::CallId(id), steer, by).await?;
    Ok(StatusCode::NO_CONTENT)
}
