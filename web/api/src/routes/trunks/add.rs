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
}

/// Adds a trunk: calls from its address are accepted from now on.
#[utoipa::path(post, path = "/trunks", tag = "trunks", operation_id = "add_trunk",
    request_body = TrunkIn, responses((status = 201, body = TrunkOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<TrunkIn>,
) -> Result<(StatusCode, Json<TrunkOut>), Problem> {
    let new = NewTrunk { name: &asked.name, address: &asked.address, port: asked.port };
    let trunk = app.tenant.add_trunk(new, administrator.by()).await?;
    app.in_force().await?;
    Ok((StatusCode::CREATED, Json(TrunkOut::of(trunk))))
}
