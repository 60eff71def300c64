//! Make a link for a screen.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct TvLinkMade {
    id: u64,
    /// Told this once.
    url: String,
}

/// Makes a link that shows the board, without callers' numbers, until it is taken away.
#[utoipa::path(post, path = "/tv", tag = "tv", operation_id = "add_tv_link",
    responses((status = 201, body = TvLinkMade), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
) -> Result<(StatusCode, Json<TvLinkMade>), Problem> {
    let (link, token) = app.tenant.add_tv_link(administrator.by()).await?;
    let url = format!("{}/tv#{token}", app.config.public_url);
    Ok((StatusCode::CREATED, Json(TvLinkMade { id: link.id, url })))
}
