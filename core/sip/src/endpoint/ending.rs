//! How legs end: hang-up, BYE, lost flows (RFC 3261 §15).

use super::outgoing::prove;
use super::wire::via;
use super::{EndReason, Endpoint, Event, LegId, Output};
use crate::dialog::{Leg, Over, State};
use crate::message::{Message, Method, Name};
use crate::transaction::Owner;
use crate::{Flow, Time};

impl Endpoint {
    pub(super) fn end(&mut self, now: Time, id: LegId, out: &mut Vec<Output>) {
        match self.legs.get(id).map(|leg| &leg.state) {
            Some(State::Invited(_)) => {
                self.turn_down(now, id, 487, out);
            }
            Some(State::Calling(_)) => self.give_up(now, id, 487, out),
            Some(State::Up(_)) => self.finish(now, id, EndReason::Ours, out),
            Some(State::Over(_)) | None => {}
        }
    }

    /// Tells that an answered leg is over and sends the BYE, which has to wait for the ACK of our
    /// 200 unless nobody expects one any more.
    pub(super) fn finish(
        &mut self,
        now: Time,
        id: LegId,
        reason: EndReason,
        out: &mut Vec<Output>,
    ) {
        self.drop_reoffer(now, id, None, out);
        let Some(leg) = self.legs.get_mut(id) else { return };
        let State::Up(up) = &mut leg.state else { return };
        let unacked = up.unacked.take().filter(|_| reason == EndReason::Ours);
        let must_wait = unacked.is_some();
        leg.state = State::Over(Over { unacked });
        self.legs.reschedule(id);
        out.push(Output::Tell(Event::Ended { leg: id, reason }));
        if !must_wait {
            self.send_bye(now, id, None, out);
        }
    }

    pub(super) fn send_bye(
        &mut self,
        now: Time,
        id: LegId,
        proof: Option<(Name, String)>,
        out: &mut Vec<Output>,
    ) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        let branch = self.chance.branch();
        let flow = leg.dialog.flow;
        let mut bye = leg.dialog.request(Method::Bye, &via(flow, &branch));
        bye.push(Name::UserAgent, self.config.product.clone());
        if let Some((name, value)) = proof {
            bye.push(name, value);
        }
        self.transactions.send(now, (flow, Owner::Bye(id)), (&branch, bye), out);
    }

    /// The final response to our BYE, or silence. Whatever it says, the dialog is gone; only a
    /// challenge is worth a second try, or a trunk would count the call as going on.
    pub(super) fn bye_done(
        &mut self,
        now: Time,
        id: LegId,
        response: Option<&Message>,
        out: &mut Vec<Output>,
    ) {
        let cnonce = self.chance.cnonce();
        let Some(leg) = self.legs.get_mut(id) else { return };
        let proof = response.and_then(|response| prove(leg, &Method::Bye, response, &cnonce));
        leg.login = None;
        if proof.is_some() {
            return self.send_bye(now, id, proof, out);
        }
        self.legs.remove(id);
    }

    pub(super) fn lose_flow(&mut self, now: Time, flow: Flow, out: &mut Vec<Output>) {
        for owner in self.transactions.forget_flow(flow) {
            match owner {
                Owner::Register(number) => self.registrar_answered(now, number, None, out),
                // The legs themselves are looked for below.
                Owner::Invite(_) | Owner::Bye(_) | Owner::Probe(_) | Owner::Nobody => {}
            }
        }
        let has_it = |(id, leg): (LegId, &Leg)| (leg.dialog.flow == flow).then_some(id);
        let lost: Vec<LegId> = self.legs.iter().filter_map(has_it).collect();
        for id in lost {
            self.lose(id, out);
        }
        let mut told = Vec::new();
        self.registrar.forget_flow(flow, &mut told);
        out.extend(told.into_iter().map(Output::Tell));
    }

    /// Ends a leg without a word to the peer: nothing can reach it.
    fn lose(&mut self, id: LegId, out: &mut Vec<Output>) {
        match self.legs.get(id).map(|leg| &leg.state) {
            Some(State::Invited(_)) => {
                self.legs.remove(id);
                out.push(Output::Tell(Event::Cancelled { leg: id }));
            }
            Some(State::Calling(_)) => self.fail(id, 503, out),
            Some(State::Up(_)) => {
                self.legs.remove(id);
                out.push(Output::Tell(Event::Ended { leg: id, reason: EndReason::Lost }));
            }
            Some(State::Over(_)) => {
                self.legs.remove(id);
            }
            None => {}
        }
    }
}
