//! Log out.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;

use crate::app::App;
use crate::cookie;
use crate::problem::Problem;

/// Ends the session. Whoever has none is logged out already.
#[utoipa::path(delete, path = "/session", tag = "session", operation_id = "log_out",
    responses((status = 204), Problem))]
pub(crate) async fn delete(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    if let Some(token) = cookie::token(&headers, app.is_secure()) {
        app.tenant.close_session(token).await?;
    }
    let cookie = [(header::SET_COOKIE, cookie::clear(app.is_secure()))];
    Ok((StatusCode::NO_CONTENT, cookie))
}
