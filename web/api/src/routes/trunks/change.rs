//! Change what a trunk may say.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::TrunkId;
use utoipa::ToSchema;

use super::TrunkOut;
use crate::app::App;
use crate::body::{At, Body, given};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct TrunkChange {
    /// A header of its INVITEs whose number, from -100 to 100, is the call's priority; `null`:
    /// none.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, required)]
    priority_header: Option<Option<String>>,
}

/// Changes which header of a trunk counts, for the very next call.
#[utoipa::path(patch, path = "/trunks/{id}", tag = "trunks", operation_id = "change_trunk",
    params(("id" = u64, Path)), request_body = TrunkChange,
    responses((status = 200, body = TrunkOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<TrunkChange>,
) -> Result<Json<TrunkOut>, Problem> {
    let (id, header) = (TrunkId(id), asked.priority_header.flatten());
    let trunk = app.tenant.set_priority_header(id, header.as_deref(), administrator.by()).await?;
    app.in_force().await?;
    Ok(Json(TrunkOut::of(trunk)))
}
