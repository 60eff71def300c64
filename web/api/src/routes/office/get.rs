//! What phones may do now.

use axum::Json;
use axum::extract::State;

use super::OfficeOut;
use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// What phones may do now.
#[utoipa::path(get, path = "/office", tag = "office", operation_id = "get_office",
    responses((status = 200, body = OfficeOut), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<OfficeOut>, Problem> {
    Ok(Json(OfficeOut { outside_calls: app.tenant.outside_calls().await? }))
}
