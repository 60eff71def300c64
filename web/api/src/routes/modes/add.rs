//! Add a mode.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::NewMode;
use utoipa::ToSchema;

use super::{Change, ModeOut, stored};
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct ModeIn {
    name: String,
    /// A star and two to four digits.
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    changes: Vec<Change>,
}

/// Adds a mode. Nothing changes until it is pressed.
#[utoipa::path(post, path = "/modes", tag = "modes", operation_id = "add_mode",
    request_body = ModeIn, responses((status = 201, body = ModeOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<ModeIn>,
) -> Result<(StatusCode, Json<ModeOut>), Problem> {
    let (name, code) = (asked.name.as_str(), asked.code.as_deref());
    let new = NewMode { name, code, changes: stored(asked.changes) };
    let mode = app.tenant.add_mode(new, administrator.by()).await?;
    app.in_force().await?;
    Ok((StatusCode::CREATED, Json(ModeOut::of(mode))))
}
