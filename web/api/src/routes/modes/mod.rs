//! Modes: rearrangements prepared beforehand and pressed with one click.

pub(crate) mod add;
pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod press;
pub(crate) mod preview;
pub(crate) mod remove;
pub(crate) mod return_;

use serde::{Deserialize, Serialize};
use store::{Mode, ModeChange};
use utoipa::ToSchema;

use crate::way::Door;

/// A mode.
#[derive(Serialize, ToSchema)]
pub(crate) struct ModeOut {
    id: u64,
    name: String,
    /// What is dialled on an agent's phone to press it: `*41`.
    #[schema(required)]
    code: Option<String>,
    changes: Vec<Change>,
}

/// One thing that a mode changes as long as it is pressed.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Change {
    Door {
        group: u64,
        door: Door,
    },
    Member {
        person: u64,
        group: u64,
        /// `null`: not in the group.
        #[serde(default)]
        #[schema(required)]
        order: Option<u16>,
        #[serde(default)]
        delay_ms: u64,
    },
}

/// The mode in force.
#[derive(Serialize, ToSchema)]
pub(crate) struct PressedOut {
    mode: u64,
    name: String,
    since_ms: u64,
    /// `null`: until somebody returns.
    #[schema(required)]
    until_ms: Option<u64>,
    who: String,
}

impl ModeOut {
    fn of(mode: Mode) -> ModeOut {
        let changes = mode.changes.into_iter().map(Change::of).collect();
        ModeOut { id: mode.id, name: mode.name, code: mode.code, changes }
    }
}

impl Change {
    fn of(change: ModeChange) -> Change {
        match change {
            ModeChange::Door { group, door } => {
                Change::Door { group: group.0, door: Door::of(door) }
            }
            ModeChange::Member { person, group, place } => Change::Member {
                person: person.0,
                group: group.0,
                order: place.map(|(order, _)| order),
                delay_ms: place.map_or(0, |(_, delay_ms)| delay_ms),
            },
        }
    }

    fn stored(self) -> ModeChange {
        match self {
            Change::Door { group, door } => {
                ModeChange::Door { group: acd::GroupId(group), door: door.engine() }
            }
            Change::Member { person, group, order, delay_ms } => ModeChange::Member {
                person: acd::AgentId(person),
                group: acd::GroupId(group),
                place: order.map(|order| (order, delay_ms)),
            },
        }
    }
}

fn stored(changes: Vec<Change>) -> Vec<ModeChange> {
    changes.into_iter().map(Change::stored).collect()
}
