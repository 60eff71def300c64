//! Give a group's plugin another chance.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Gives the group's plugin another chance: it is asked again, with a clean record.
#[utoipa::path(post, path = "/groups/{id}/plugin/chance", tag = "plugins",
    operation_id = "forgive_plugin",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn forgive(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.control.forgive(acd::GroupId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
