//! A page of calls, newest first.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::{CallFilter, CallOutcome};
use utoipa::{IntoParams, ToSchema};

use super::CallOut;
use crate::app::App;
use crate::body::Asked;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// A screen and a half.
const LIMIT: u64 = 50;
/// More rows than this nobody reads at once.
const LIMIT_MAX: u64 = 100;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallsAsked {
    /// Only calls older than this one: what `next` of the page before said.
    before: Option<u64>,
    /// At most 100; 50 when left out.
    limit: Option<u64>,
    group: Option<u64>,
    agent: Option<u64>,
    /// `waiting`, `answered`, `abandoned`, `refused`, `diverted`, `called_back`, `timeout`,
    /// `callback` or `callback_ended`.
    outcome: Option<String>,
    /// Only office calls (true), or only groups' calls (false).
    office: Option<bool>,
    /// A part of the caller's number or of the number dialled.
    q: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct CallsOut {
    calls: Vec<CallRow>,
    /// `null` on the last page.
    #[schema(required)]
    next: Option<u64>,
}

#[derive(Serialize, ToSchema)]
struct CallRow {
    #[serde(flatten)]
    call: CallOut,
    /// There is one.
    recording: bool,
}

/// A page of calls, newest first.
#[utoipa::path(get, path = "/calls", tag = "calls", operation_id = "list_calls",
    params(CallsAsked), responses((status = 200, body = CallsOut), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
    Asked(asked): Asked<CallsAsked>,
) -> Result<Json<CallsOut>, Problem> {
    let limit = asked.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
    let outcome = asked.outcome.as_deref().filter(|word| !word.is_empty());
    let outcome = outcome
        .map(|word| CallOutcome::of_word(word).ok_or_else(|| Problem::unknown_value("/outcome")));
    let filter = CallFilter {
        before: asked.before.map(acd::CallId),
        group: asked.group.map(acd::GroupId),
        agent: asked.agent.map(acd::AgentId),
        outcome: outcome.transpose()?,
        office: asked.office,
        number_part: asked.q.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
        // One more than shown tells whether there is another page.
        limit: limit + 1,
    };
    let mut calls = app.tenant.calls(&filter).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = calls.len() > shown;
    calls.truncate(shown);
    let next = calls.last().map(|call| call.id.0).filter(|_| more);
    let row = |call: store::Call| CallRow { recording: call.recording, call: CallOut::of(call) };
    Ok(Json(CallsOut { calls: calls.into_iter().map(row).collect(), next }))
}
