//! Codes that an agent dials on his phone: each presses a mode, and a voice says that it is done.

use acd::{AgentId, Time};
use media::{Clip, Codec, Mode, Side, Words};

use crate::call::LegSession;
use crate::caller::{Invite, NOT_ACCEPTABLE, UNAVAILABLE};
use crate::centre::{Centre, sip_time};
use crate::farewell::Farewell;
use crate::input::{MediaOrder, Output};

impl Centre {
    /// The agent and the mode, when one of our own phones dials a code. The endpoint has checked
    /// the phone's password.
    pub(crate) fn code_of(&self, invite: &Invite) -> Option<(AgentId, u64)> {
        let agent = self.plan.devices.get(invite.user.as_ref()?)?;
        let mode = self.plan.mode_codes.get(&invite.dialled)?;
        Some((*agent, *mode))
    }

    /// Answers, presses the mode, confirms and hangs up; or says with which status it is refused.
    pub(crate) fn press_mode(
        &mut self,
        now: Time,
        invite: &Invite,
        (agent, mode): (AgentId, u64),
        out: &mut Vec<Output>,
    ) -> Result<(), u16> {
        if self.draining {
            return Err(UNAVAILABLE);
        }
        let relay = self.take_relay().ok_or(UNAVAILABLE)?;
        // An agent's phone may sit behind NAT: that side of a relay believes where it is heard.
        let local = self.local(invite.flow, relay.agent_port);
        let answered = match &invite.sdp {
            Some(offer) => media::answer(offer, &local, None).map(|(sdp, it)| (sdp, Some(it))),
            None => Ok((media::offer(&local, &[Codec::Pcma, Codec::Pcmu], Some(101)), None)),
        };
        let Ok((sent, agreed)) = answered else {
            self.give_back(relay, out);
            return Err(NOT_ACCEPTABLE);
        };
        let (call, side) = (self.new_call_id(), Side::Agent);
        let (relay_id, roams) = (relay.id, true);
        let order = MediaOrder::SetLeg { relay: relay_id, call, side, agreed, roams };
        out.push(Output::Media(order));
        out.push(Output::Media(MediaOrder::SetMode { relay: relay.id, mode: Mode::Silent }));
        self.endpoint.answer(sip_time(now), invite.leg, sent.clone(), &mut self.sip_out);
        let group = self.plan.acd.agents.get(&agent).and_then(|it| it.memberships.first());
        let language = group.map(|it| self.language_of(it.group)).unwrap_or_default();
        let words = Words::new(language, [Clip::Done]);
        let session = LegSession::new(local, sent, agreed);
        let farewell = Farewell { relay, call, side, session, words, ends_at: now };
        self.bid_farewell(now, invite.leg, farewell, out);
        let code = invite.dialled.clone();
        out.push(Output::ModePressed { code, mode, agent });
        Ok(())
    }
}
