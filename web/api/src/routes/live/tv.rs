//! The board for a screen on a wall.

use axum::extract::State;
use axum::response::sse::{Event, Sse};
use futures_util::Stream;
use serde::Deserialize;
use std::convert::Infallible;
use utoipa::IntoParams;

use super::watch::{Key, stream_for};
use crate::app::App;
use crate::body::Asked;
use crate::problem::Problem;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TvAsked {
    /// What stands behind `#` in the link.
    token: String,
}

/// Boards as in `/live`, but without callers' numbers and without facts, for whoever has a link.
#[utoipa::path(get, path = "/tv/live", tag = "tv", operation_id = "watch_tv", params(TvAsked),
    responses((status = 200, content_type = "text/event-stream", body = String), Problem))]
pub(crate) async fn tv(
    State(app): State<App>,
    Asked(asked): Asked<TvAsked>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    if !app.tenant.is_tv_token(&asked.token).await? {
        return Err(Problem::not_logged_in());
    }
    stream_for(app, Key::Tv(asked.token), None)
}
