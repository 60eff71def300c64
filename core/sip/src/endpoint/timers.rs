//! What time does: transactions, legs, bindings.

use bytes::Bytes;

use super::{EndReason, Endpoint, Event, LegId, Output};
use crate::dialog::{Leg, State, Unacked};
use crate::transaction::T2;
use crate::{Flow, Time};

/// What the timer of a leg asks for.
enum Due {
    /// Nothing; the timer has moved.
    Nothing,
    Ring,
    /// The invitation has run out.
    Expire,
    GiveUp,
    /// Our 200 once more.
    Repeat(Flow, Bytes),
    /// The 200 was never acknowledged.
    Lost,
    /// The same, and the leg is told as over already.
    Bye,
    TellFailed(u16),
    ForgetInvite,
}

impl Endpoint {
    pub(super) fn fire(&mut self, now: Time, out: &mut Vec<Output>) {
        while let Some(heard) = self.transactions.expire(now, out) {
            if let Some(heard) = heard {
                self.heard(now, heard, None, out);
            }
        }
        while let Some(id) = self.legs.due(now) {
            self.fire_leg(now, id, out);
            self.legs.reschedule(id);
        }
        let mut told = Vec::new();
        self.registrar.expire(now, &mut told);
        out.extend(told.into_iter().map(Output::Tell));
    }

    fn fire_leg(&mut self, now: Time, id: LegId, out: &mut Vec<Output>) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        match due(leg, now) {
            Due::Nothing => {}
            Due::Ring => self.send_ringing(now, id, out),
            Due::Expire => {
                if self.turn_down(now, id, 487, out) {
                    out.push(Output::Tell(Event::Cancelled { leg: id }));
                }
            }
            Due::GiveUp => self.give_up(now, id, 408, out),
            Due::Repeat(flow, bytes) => out.push(Output::Send { flow, bytes }),
            Due::Lost => self.finish(now, id, EndReason::Lost, out),
            Due::Bye => self.send_bye(now, id, None, out),
            Due::TellFailed(status) => {
                self.fall_silent(id);
                out.push(Output::Tell(Event::Failed { leg: id, status }));
            }
            Due::ForgetInvite => self.forget_invite(id, out),
        }
    }

    /// A peer that never answered our INVITE shall not ring for nobody when it wakes up.
    fn fall_silent(&mut self, id: LegId) {
        if let Some(Leg { state: State::Calling(calling), .. }) = self.legs.get(id)
            && let Some(tx) = calling.invite
        {
            self.transactions.fall_silent(tx);
        }
    }

    /// 64·T1 after our CANCEL there is still no final answer (RFC 3261 §9.1).
    fn forget_invite(&mut self, id: LegId, out: &mut Vec<Output>) {
        if let Some(Leg { state: State::Calling(calling), .. }) = self.legs.get(id)
            && let Some(tx) = calling.invite
        {
            self.transactions.forget(tx);
        }
        self.fail(id, 408, out);
    }
}

fn due(leg: &mut Leg, now: Time) -> Due {
    let flow = leg.dialog.flow;
    match &mut leg.state {
        State::Invited(invited) if invited.expires_at.is_some_and(|at| at <= now) => Due::Expire,
        State::Invited(_) => Due::Ring,
        State::Calling(calling) => match &mut calling.cancel {
            None => Due::GiveUp,
            Some(cancel) if cancel.sent_until.is_some_and(|until| until <= now) => {
                Due::ForgetInvite
            }
            Some(cancel) => match cancel.tell_at.take_if(|at| *at <= now) {
                Some(_) => Due::TellFailed(cancel.status),
                None => Due::Nothing,
            },
        },
        State::Up(up) => match up.unacked.as_mut() {
            Some(unacked) if unacked.ends_at <= now => Due::Lost,
            Some(unacked) => repeat(unacked, now, flow),
            None => Due::Nothing,
        },
        State::Over(over) => {
            if over.unacked.take_if(|unacked| unacked.ends_at <= now).is_some() {
                return Due::Bye;
            }
            over.unacked.as_mut().map_or(Due::Nothing, |unacked| repeat(unacked, now, flow))
        }
    }
}

fn repeat(unacked: &mut Unacked, now: Time, flow: Flow) -> Due {
    if unacked.resend.at > now {
        return Due::Nothing;
    }
    unacked.resend.again(now, T2);
    Due::Repeat(flow, unacked.ok.clone())
}
