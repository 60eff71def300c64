//! Download what a plugin was asked when it failed.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// The question as a test case for whoever wrote the plugin: a file for its folder `cases`, which
/// `ladus plugin test` asks once more. It has numbers for agents, groups and calls, and what came
/// along with the call. Only the last 20 failures since the start of the server are kept.
#[utoipa::path(get, path = "/plugins/failures/{id}/case", tag = "plugins",
    operation_id = "failure_case", params(("id" = u64, Path)),
    responses((status = 200, content_type = "application/json", body = String), Problem))]
pub(crate) async fn failure_case(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<Response, Problem> {
    let case = app.control.failure_case(id).await?;
    let named = format!("attachment; filename=\"failure-{id}.question.json\"");
    let named = HeaderValue::try_from(named).unwrap_or(HeaderValue::from_static("attachment"));
    let media_type = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, named)], case)
        .into_response())
}
