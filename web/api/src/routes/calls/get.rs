//! One call with everything that happened in it.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::Value;
use store::{Kept, Recording};
use utoipa::ToSchema;

use super::CallOut;
use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct CallPage {
    #[serde(flatten)]
    call: CallOut,
    /// In the order of the journal.
    facts: Vec<FactOut>,
    #[schema(required)]
    recording: Option<RecordingOut>,
}

#[derive(Serialize, ToSchema)]
struct FactOut {
    at_ms: u64,
    kind: String,
    /// The keys depend on the kind.
    #[schema(value_type = Object)]
    body: Value,
}

#[derive(Serialize, ToSchema)]
struct RecordingOut {
    duration_ms: u64,
    /// Of the file as it is kept.
    bytes: u64,
    /// Of the file as it is kept, in hex.
    sha256: String,
    codec: String,
}

/// One call: its row, its facts, its recording.
#[utoipa::path(get, path = "/calls/{id}", tag = "calls", operation_id = "get_call",
    params(("id" = u64, Path)), responses((status = 200, body = CallPage), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<Json<CallPage>, Problem> {
    let id = acd::CallId(id);
    let call = CallOut::of(app.tenant.call(id).await?);
    let facts = app.tenant.facts_of(id).await?.into_iter().map(FactOut::of).collect();
    let recording = app.tenant.recording(id).await?.map(RecordingOut::of);
    Ok(Json(CallPage { call, facts, recording }))
}

impl FactOut {
    fn of(kept: Kept) -> FactOut {
        // Only we write bodies; one that does not parse is shown as nothing rather than hiding all.
        let body = serde_json::from_str(&kept.body).unwrap_or_default();
        FactOut { at_ms: kept.at_ms, kind: kept.kind, body }
    }
}

impl RecordingOut {
    fn of(recording: Recording) -> RecordingOut {
        RecordingOut {
            duration_ms: recording.duration_ms,
            bytes: recording.bytes,
            sha256: recording.sha256,
            codec: recording.codec,
        }
    }
}
