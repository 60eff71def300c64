//! Callers who keep their place over a restart: what the journal says of them, and their return.

use std::net::SocketAddr;

use acd::{Actor, CallId, CallbackEnd, Event, Kept, Policy, Time};
use sip::Flow;

use crate::centre::Centre;
use crate::outside::Origin;
use crate::{Fact, What};

/// A caller who keeps his place, and what it takes to call him back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct KeptCallback {
    pub kept: Kept,
    /// Our own number, which he will see.
    pub number: String,
    pub caller_display: String,
    /// `None`: one of our own phones.
    pub trunk: Option<String>,
    /// Where his call came from; `None`: a journal from before that was said.
    pub from: Option<SocketAddr>,
}

/// Follows the facts of one call and says whether its caller keeps his place.
#[derive(Clone, Debug, Default)]
pub struct Keeper {
    engines: acd::Keeper,
    number: String,
    caller_display: String,
    trunk: Option<String>,
    from: Option<SocketAddr>,
}

impl Keeper {
    /// Takes the next fact of the call.
    pub fn fold(&mut self, fact: &Fact) {
        match &fact.what {
            What::Acd(what) => {
                if let acd::Fact::CallArrived { number, .. } = what {
                    self.number.clone_from(number);
                }
                self.engines.fold(fact.at, what);
            }
            What::CallbackOrigin { number, caller_display, trunk, from, call: _ } => {
                self.number.clone_from(number);
                self.caller_display.clone_from(caller_display);
                (self.trunk, self.from) = (trunk.clone(), Some(*from));
            }
            What::DeviceRegistered { .. }
            | What::DeviceLost { .. }
            | What::RecordingStarted { .. }
            | What::RecordingStored { .. }
            | What::RecordingFailed { .. }
            | What::CallRejected { .. }
            | What::OfficeStarted { .. }
            | What::OfficeAnswered { .. }
            | What::OfficeEnded { .. } => (),
        }
    }

    /// The caller, if he keeps his place by what has been told so far.
    pub fn kept(&self) -> Option<KeptCallback> {
        Some(KeptCallback {
            kept: self.engines.kept()?.clone(),
            number: self.number.clone(),
            caller_display: self.caller_display.clone(),
            trunk: self.trunk.clone(),
            from: self.from,
        })
    }
}

impl Centre {
    /// He has his place again, if a trunk still leads to him.
    pub(crate) fn callback_kept(
        &mut self,
        now: Time,
        of_journal: KeptCallback,
        flow: Flow,
        policy: &mut dyn Policy,
    ) {
        let KeptCallback { kept, number, caller_display, trunk, from } = of_journal;
        let id = kept.call;
        if self.calls.contains_key(&id) || self.callbacks.contains_key(&id) {
            return;
        }
        let origin = Origin {
            group: kept.group,
            dialled: number,
            caller: kept.caller.clone(),
            caller_display,
            trunk: trunk.filter(|_| from.is_some()),
            flow,
        };
        self.callbacks.insert(id, origin);
        self.engine(now, Event::CallbackKept(Box::new(kept)), policy);
        self.end_lost_callbacks(now, policy);
    }

    /// Ends callbacks to whom no trunk of the plan leads.
    pub(crate) fn end_lost_callbacks(&mut self, now: Time, policy: &mut dyn Policy) {
        let is_lost = |origin: &Origin| {
            let trunks = &self.plan.access.trunks;
            !trunks.iter().any(|trunk| origin.trunk.as_ref() == Some(&trunk.name))
        };
        let lost = self.callbacks.iter().filter(|(_, origin)| is_lost(origin));
        for call in lost.map(|(id, _)| *id).collect::<Vec<CallId>>() {
            let (why, by) = (CallbackEnd::NoTrunk, Actor::Rule);
            self.engine(now, Event::CallbackEnded { call, why, by }, policy);
        }
    }

    /// No new calls are taken, and nobody is rung for callbacks: they wait for the next start.
    pub(crate) fn drain(&mut self, now: Time, policy: &mut dyn Policy) {
        self.draining = true;
        self.engine(now, Event::Draining, policy);
    }

    /// When the engine tells that somebody keeps his place: how he came to us.
    pub(crate) fn origin_to_tell(&self, fact: &acd::Fact) -> Option<What> {
        let acd::Fact::CallbackAsked { call, .. } = fact else { return None };
        let live = self.calls.get(call).map(crate::call::Call::origin);
        let origin = live.or_else(|| self.callbacks.get(call).cloned())?;
        Some(What::CallbackOrigin {
            call: *call,
            number: origin.dialled,
            caller_display: origin.caller_display,
            trunk: origin.trunk,
            from: origin.flow.remote,
        })
    }
}
