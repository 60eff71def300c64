//! For whoever watches over the process: alive, and ready to work.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::code::Code;
use crate::problem::Problem;

/// The process answers.
#[utoipa::path(get, path = "/healthz", tag = "health", responses((status = 204)))]
pub(crate) async fn alive() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The database answers and the switch runs.
#[utoipa::path(get, path = "/readyz", tag = "health", responses((status = 204), Problem))]
pub(crate) async fn ready(State(app): State<App>) -> Result<StatusCode, Problem> {
    app.store.check().await?;
    // The switch holds the other end of the board as long as it runs.
    match app.control.board().has_changed() {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(_) => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, Code::SwitchGone)),
    }
}
