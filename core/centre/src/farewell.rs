//! The last words to somebody: he hears them and is hung up on. No call of the engine's any more.

use std::time::Duration;

use acd::{CallId, GroupId, Prompt, Time};
use bytes::Bytes;
use media::{Clip, Language, Mode, Side, Words};
use sip::LegId;

use crate::call::LegSession;
use crate::centre::{Centre, sip_time};
use crate::input::{MediaOrder, Output, Relay};

/// The way of the last packet to the phone and through its jitter buffer.
const ECHO: Duration = Duration::from_millis(300);

/// Somebody who hears our last words.
#[derive(Debug)]
pub(crate) struct Farewell {
    pub(crate) relay: Relay,
    /// Names the relay's work to the media workers.
    pub(crate) call: CallId,
    /// The side of the relay on which he is: callers left, agents right.
    pub(crate) side: Side,
    pub(crate) session: LegSession,
    pub(crate) words: Words,
    /// When he is hung up on; where that stands in `Centre::farewell_ends`.
    pub(crate) ends_at: Time,
}

impl Centre {
    /// Takes a caller out of his call: he hears the words and is hung up on.
    pub(crate) fn let_go(&mut self, now: Time, id: CallId, say: Prompt, out: &mut Vec<Output>) {
        let Some(call) = self.calls.get(&id) else { return };
        let words = Words::new(self.language_of(call.group), [clip_of(say)]);
        let Some(leg) = call.caller_leg else { return self.forget(now, id, out) };
        let Some(call) = self.part(now, id, out) else { return };
        if say == Prompt::CallbackNoted {
            self.callbacks.insert(id, call.origin());
        }
        let relay = call.relay;
        out.push(Output::Media(MediaOrder::SetMode { relay: relay.id, mode: Mode::Silent }));
        let (side, session) = (Side::Caller, call.caller_media);
        let farewell = Farewell { relay, call: id, side, session, words, ends_at: now };
        self.bid_farewell(now, leg, farewell, out);
    }

    /// Begins to speak, or waits for an ACK that says where to.
    pub(crate) fn bid_farewell(
        &mut self,
        now: Time,
        leg: LegId,
        mut farewell: Farewell,
        out: &mut Vec<Output>,
    ) {
        let said = Duration::from_millis(farewell.words.duration_ms());
        farewell.ends_at = now + said + ECHO;
        if farewell.session.agreed.is_some() {
            let relay = farewell.relay.id;
            let (side, words) = (farewell.side, farewell.words.clone());
            out.push(Output::Media(MediaOrder::Play { relay, side, words }));
        }
        self.farewell_ends.insert((farewell.ends_at, leg));
        self.farewells.insert(leg, farewell);
    }

    /// The ACK of one whom we answered only to let him go. True if it was one.
    pub(crate) fn farewell_confirmed(
        &mut self,
        now: Time,
        leg: LegId,
        sdp: Option<&Bytes>,
        out: &mut Vec<Output>,
    ) -> bool {
        let Some(mut farewell) = self.farewells.remove(&leg) else { return false };
        self.farewell_ends.remove(&(farewell.ends_at, leg));
        let answer = sdp.filter(|_| farewell.session.agreed.is_none());
        let agreed = answer.and_then(|sdp| media::accept(&farewell.session.sent, sdp).ok());
        let Some(agreed) = agreed else {
            self.farewell_ends.insert((farewell.ends_at, leg));
            self.farewells.insert(leg, farewell);
            return true;
        };
        farewell.session.agreed = Some(agreed);
        let (relay, call, side) = (farewell.relay.id, farewell.call, farewell.side);
        let (agreed, roams) = (Some(agreed), side == Side::Agent);
        out.push(Output::Media(MediaOrder::SetLeg { relay, call, side, agreed, roams }));
        self.bid_farewell(now, leg, farewell, out);
        true
    }

    /// He hung up himself, or is hung up on. True if it was one who hears our last words.
    pub(crate) fn farewell_over(&mut self, leg: LegId, out: &mut Vec<Output>) -> bool {
        let Some(farewell) = self.farewells.remove(&leg) else { return false };
        self.farewell_ends.remove(&(farewell.ends_at, leg));
        self.give_back(farewell.relay, out);
        true
    }

    /// Whoever is to be called back now may still hear that he will be: his line must be free.
    pub(crate) fn cut_farewell(&mut self, now: Time, id: CallId, out: &mut Vec<Output>) {
        let leg = self.farewells.iter().find(|(_, it)| it.call == id).map(|(leg, _)| *leg);
        if let Some(leg) = leg {
            self.endpoint.hang_up(sip_time(now), leg, &mut self.sip_out);
            self.farewell_over(leg, out);
        }
    }

    /// Hangs up on those to whom all is said.
    pub(crate) fn farewells_due(&mut self, now: Time, out: &mut Vec<Output>) {
        while let Some((_, leg)) = self.farewell_ends.first().copied().filter(|it| it.0 <= now) {
            self.endpoint.hang_up(sip_time(now), leg, &mut self.sip_out);
            self.farewell_over(leg, out);
        }
    }

    /// What callers of a group are spoken to in.
    pub(crate) fn language_of(&self, group: GroupId) -> Language {
        let code = self.plan.group_languages.get(&group);
        code.and_then(|code| Language::from_code(code)).unwrap_or_default()
    }
}

pub(crate) fn clip_of(prompt: Prompt) -> Clip {
    match prompt {
        Prompt::Welcome => Clip::Welcome,
        Prompt::Closed => Clip::Closed,
        Prompt::NoAgents => Clip::NoAgents,
        Prompt::Busy => Clip::Busy,
        Prompt::CallbackNoted => Clip::CallbackNoted,
    }
}
