//! Every trunk.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::TrunkOut;
use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct Trunks {
    trunks: Vec<TrunkOut>,
}

/// Every trunk, by name.
#[utoipa::path(get, path = "/trunks", tag = "trunks", operation_id = "list_trunks",
    responses((status = 200, body = Trunks), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<Trunks>, Problem> {
    let trunks = app.tenant.trunks().await?;
    Ok(Json(Trunks { trunks: trunks.into_iter().map(TrunkOut::of).collect() }))
}
