//! Hand a caller who talks to a group.

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
pub(crate) struct TransferIn {
    group: u64,
}

/// Takes a talking caller from his agent into a group's line.
#[utoipa::path(post, path = "/calls/{id}/transfer", tag = "calls", operation_id = "transfer_call",
    params(("id" = u64, Path)), request_body = TransferIn, responses((status = 204), Problem))]
pub(crate) async fn transfer(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<TransferIn>,
) -> Result<StatusCode, Problem> {
    let by = acd::Actor::Web { who: administrator.account.name };
    let steer = Steer::Transfer { to: acd::GroupId(asked.group) };
    app.control.steer(acd::CallId(id), steer, by).await?;
    Ok(StatusCode::NO_CONTENT)
}
