//! Press a mode.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct PressIn {
    /// When it returns by itself; `null`: when somebody says so.
    #[serde(default)]
    until_ms: Option<u64>,
}

/// Lays the mode over the plan, in place of the one that is pressed.
#[utoipa::path(post, path = "/modes/{id}/press", tag = "modes", operation_id = "press_mode",
    params(("id" = u64, Path)), request_body = PressIn, responses((status = 204), Problem))]
pub(crate) async fn press(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<PressIn>,
) -> Result<StatusCode, Problem> {
    app.tenant.press_mode(id, asked.until_ms, administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
