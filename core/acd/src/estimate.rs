//! How long a caller will wait, as far as anybody can say.

use crate::call::Stands;
use crate::engine::Engine;
use crate::group::Group;
use crate::{CallId, GroupId, Time};

/// What a call takes in a group of which nothing is known yet.
const PRIOR_MS: u64 = 180_000;

/// The last call counts for one part in so many.
const MEMORY: u64 = 8;

/// The mean time that one call binds one agent: talk and wrap-up, the latest calls first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Handling {
    mean_ms: u64,
}

impl Default for Handling {
    fn default() -> Handling {
        Handling { mean_ms: PRIOR_MS }
    }
}

impl Handling {
    pub(crate) fn note(&mut self, handled_ms: u64) {
        let sum = self.mean_ms.saturating_mul(MEMORY - 1).saturating_add(handled_ms);
        self.mean_ms = sum / MEMORY;
    }
}

impl Group {
    /// Whoever stands at this place waits for so many agents to finish so many calls.
    pub(crate) fn estimate_ms(&self, place: u32) -> Option<u64> {
        let calls_ms = self.handling.mean_ms.saturating_mul(place.into());
        calls_ms.checked_div(u64::try_from(self.present()).unwrap_or(u64::MAX))
    }
}

impl Engine {
    /// How long this waiting caller will wait: his place in line, times the group's own mean
    /// handling time, divided by those who serve the group and are there. `None` when nobody is
    /// there, and for a call that does not wait.
    pub fn estimate_ms(&self, call: CallId) -> Option<u64> {
        let call = self.calls.get(&call)?;
        let group = self.groups.get(&call.group)?;
        match call.stands {
            Stands::Waiting | Stands::Deferred { .. } => {
                group.estimate_ms(group.ordinal(call.place))
            }
            Stands::Offered { .. } | Stands::CallingBack { .. } | Stands::Talking(_) => None,
        }
    }

    /// A call of this group has bound an agent from `began` until now.
    pub(crate) fn note_handling(&mut self, group: GroupId, began: Time) {
        let handled_ms = self.now.0.saturating_sub(began.0);
        if let Some(group) = self.groups.get_mut(&group) {
            group.handling.note(handled_ms);
        }
    }
}
