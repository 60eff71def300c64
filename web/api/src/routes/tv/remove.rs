//! Take a link away.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Takes a link away: screens that show it go dark.
#[utoipa::path(delete, path = "/tv/{id}", tag = "tv", operation_id = "remove_tv_link",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn remove(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.tenant.remove_tv_link(id, administrator.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}
