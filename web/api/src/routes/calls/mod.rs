//! Calls: the list, one call with its facts, its recording.

pub(crate) mod end_callback;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod r#move;
pub(crate) mod peaks;
pub(crate) mod promote;
pub(crate) mod recording;
mod tape;
pub(crate) mod transfer;

use serde::Serialize;
use store::Call;
use utoipa::ToSchema;

/// One call, without what only one place shows.
#[derive(Serialize, ToSchema)]
pub(crate) struct CallOut {
    id: u64,
    /// `group`, or of an office call `internal` or `outbound`.
    kind: String,
    arrived_ms: u64,
    caller: String,
    /// What was dialled.
    number: String,
    /// `null`: an office call.
    #[schema(required)]
    group: Option<u64>,
    /// Who talked, or talks. Of an office call: the colleague who is called, or who calls the
    /// outside.
    #[schema(required)]
    agent: Option<u64>,
    /// `waiting`, `answered`, `abandoned`, `refused`, `diverted`, `called_back`, `timeout`,
    /// `callback` (he keeps his place) or `callback_ended` (and was never spoken with).
    outcome: String,
    waited_ms: u64,
    talked_ms: u64,
    /// `null` while it goes on.
    #[schema(required)]
    ended_ms: Option<u64>,
}

impl CallOut {
    fn of(call: Call) -> CallOut {
        CallOut {
            id: call.id.0,
            kind: call.kind.word().to_owned(),
            arrived_ms: call.arrived_ms,
            caller: call.caller,
            number: call.number,
            group: call.group.map(|group| group.0),
            agent: call.agent.map(|agent| agent.0),
            outcome: call.outcome.word().to_owned(),
            waited_ms: call.waited_ms,
            talked_ms: call.talked_ms,
            ended_ms: call.ended_ms,
        }
    }
}
