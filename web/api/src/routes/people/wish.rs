//! Put an agent on, off, or on a break.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

/// A reason is a word or two on a board.
const REASON_CHARS_MAX: usize = 100;

#[derive(Deserialize, ToSchema)]
pub(crate) struct WishIn {
    /// `on`, `off` or `break`.
    wish: String,
    /// Of a break.
    #[serde(default)]
    reason: Option<String>,
}

/// Sets what an agent wants. A call under way is not touched.
#[utoipa::path(post, path = "/people/{id}/wish", tag = "people", operation_id = "set_wish",
    params(("id" = u64, Path)), request_body = WishIn, responses((status = 204), Problem))]
pub(crate) async fn wish(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<WishIn>,
) -> Result<StatusCode, Problem> {
    let wish = match asked.wish.as_str() {
        "on" => acd::Wish::On,
        "off" => acd::Wish::Off,
        "break" => {
            let reason = asked.reason.unwrap_or_default();
            acd::Wish::Break { reason: reason.trim().chars().take(REASON_CHARS_MAX).collect() }
        }
        _ => return Err(Problem::unknown_value("/wish")),
    };
    let who = administrator.account.name;
    app.control.wish(acd::AgentId(id), wish, acd::Actor::Web { who }).await?;
    Ok(StatusCode::NO_CONTENT)
}
