//! Add a trunk.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::NewTrunk;
use utoipa::ToSchema;

use super::TrunkOut;
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct TrunkIn {
    name: String,
    address: String,
    #[serde(default)]
    port: Option<u16>,
    /// A header of its INVITEs whose number, from -100 to 100, is the call's priority.
    #[serde(default)]
    priority_header: Option<String>,
}

/// Adds a trunk: calls from its address are accepted from now on.
#[utoipa::path(post, path = "/trunks", tag = "trunks", operation_id = "add_trunk",
    request_body = TrunkIn, responses((status = 201, body = TrunkOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<TrunkIn>,
) -> Result<(StatusCode, Json<TrunkOut>), Problem> {
    let new = NewTrunk {
        port: asked.port,
        priority_header: asked.priority_header.as_deref(),
        ..NewTrunk::named(&asked.name, &asked.address)
    };
    let trunk = app.tenant.add_trunk(new, administrator.by()).await?;
    app.in_force().await?;
    Ok((StatusCode::CREATED, Json(TrunkOut::of(trunk))))
}
