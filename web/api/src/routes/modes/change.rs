//! Change a mode.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::ModePatch;
use utoipa::ToSchema;

use super::{Change, ModeOut, stored};
use crate::app::App;
use crate::body::{At, Body, given};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct ModeChanged {
    #[serde(default)]
    name: Option<String>,
    /// `null` takes the code away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    code: Option<Option<String>>,
    /// Replaces the whole list.
    #[serde(default)]
    changes: Option<Vec<Change>>,
}

/// Changes what is named and leaves the rest; if the mode is pressed, at once.
#[utoipa::path(patch, path = "/modes/{id}", tag = "modes", operation_id = "change_mode",
    params(("id" = u64, Path)), request_body = ModeChanged,
    responses((status = 200, body = ModeOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<ModeChanged>,
) -> Result<Json<ModeOut>, Problem> {
    let patch = ModePatch {
        name: asked.name.as_deref(),
        code: asked.code.as_ref().map(Option::as_deref),
        changes: asked.changes.map(stored),
    };
    let mode = app.tenant.change_mode(id, patch, administrator.by()).await?;
    app.in_force().await?;
    Ok(Json(ModeOut::of(mode)))
}
