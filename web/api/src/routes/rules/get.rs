//! The rules in force.

use axum::Json;
use axum::extract::State;

use super::RulesOut;
use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// The rules in force.
#[utoipa::path(get, path = "/rules", tag = "rules", operation_id = "get_rules",
    responses((status = 200, body = RulesOut), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<RulesOut>, Problem> {
    Ok(Json(RulesOut::of(app.tenant.misses().await?)))
}
