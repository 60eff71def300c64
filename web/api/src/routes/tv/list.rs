//! Every link that is out in the world.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct TvLinks {
    links: Vec<TvLinkOut>,
}

#[derive(Serialize, ToSchema)]
struct TvLinkOut {
    id: u64,
    created_ms: u64,
    /// Who made it.
    who: String,
}

/// Every link, newest first.
#[utoipa::path(get, path = "/tv", tag = "tv", operation_id = "list_tv_links",
    responses((status = 200, body = TvLinks), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<TvLinks>, Problem> {
    let links = app.tenant.tv_links().await?.into_iter();
    let link = |it: store::TvLink| TvLinkOut { id: it.id, created_ms: it.created_ms, who: it.who };
    Ok(Json(TvLinks { links: links.map(link).collect() }))
}
