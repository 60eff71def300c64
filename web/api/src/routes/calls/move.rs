//! Move a waiting caller to another group.

use axum::extract::State;
use axum::http::StatusCode;
use control::Steer;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct MoveIn {
    group: u64,
}

/// Puts a waiting caller into another group's line.
#[utoipa::path(post, path = "/calls/{id}/move", tag = "calls", operation_id = "move_call",
    params(("id" = u64, Path)), request_body = MoveIn, responses((status = 204), Problem))]
pub(crate) async fn move_(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<MoveIn>,
) -> Result<StatusCode, Problem> {
    let by = acd::Actor::Web { who: administrator.account.name };
    let steer = Steer::Move { to: acd::GroupId(asked.group) };
    app.control.steer(acd::CallId(id), steer, by).await?;
    Ok(StatusCode::NO_CONTENT)
}
