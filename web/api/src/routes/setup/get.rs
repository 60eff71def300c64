//! Does the company still want to be set up?

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
pub(crate) struct SetupState {
    needed: bool,
}

/// Anybody may ask: the log-in page must know whether there is anybody to log in.
#[utoipa::path(get, path = "/setup", tag = "setup", operation_id = "get_setup",
    responses((status = 200, body = SetupState), Problem))]
pub(crate) async fn get(State(app): State<App>) -> Result<Json<SetupState>, Problem> {
    Ok(Json(SetupState { needed: !app.tenant.has_accounts().await? }))
}
