//! Whether anybody is still there: OPTIONS within a dialog (RFC 3261 §11.2, §12.2.1.2).

use super::wire::via;
use super::{EndReason, Endpoint, LegId, Output};
use crate::Time;
use crate::dialog::State;
use crate::message::{Message, Method, Name};
use crate::transaction::Owner;

impl Endpoint {
    pub(super) fn has_heard(&self, id: LegId) -> bool {
        match self.legs.get(id).map(|leg| &leg.state) {
            Some(State::Calling(calling)) => calling.is_heard,
            Some(State::Invited(_) | State::Up(_) | State::Over(_)) => true,
            None => false,
        }
    }

    pub(super) fn ask(&mut self, now: Time, id: LegId, out: &mut Vec<Output>) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        match &leg.state {
            // While our 200 waits for its ACK, that wait says whether anybody is there.
            State::Up(up) if up.unacked.is_some() => return,
            State::Up(_) => {}
            State::Invited(_) | State::Calling(_) | State::Over(_) => return,
        }
        let branch = self.chance.branch();
        let flow = leg.dialog.flow;
        let mut options = leg.dialog.request(Method::Options, &via(flow, &branch));
        options.push(Name::Accept, "application/sdp");
        options.push(Name::UserAgent, self.config.product.clone());
        self.transactions.send(now, (flow, Owner::Probe(id)), (&branch, options), out);
    }

    /// The final answer to a probe; `None` is silence. A dialog that the peer does not know, or
    /// nobody answers in, is over. It is sent a BYE all the same: only one direction may be dead.
    pub(super) fn probed(
        &mut self,
        now: Time,
        id: LegId,
        response: Option<&Message>,
        out: &mut Vec<Output>,
    ) {
        match response.and_then(Message::status) {
            None | Some(408 | 481) => self.finish(now, id, EndReason::Lost, out),
            Some(_) => {}
        }
    }
}
