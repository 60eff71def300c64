//! What must never be false. Checked after every event, in production too, of what it touched.

use crate::agent::{Doing, Listed};
use crate::alarm::Alarm;
use crate::call::Stands;
use crate::engine::Engine;
use crate::{AgentId, CallId};

impl Engine {
    /// One agent, one call: what the one side says, the other side says too.
    pub(crate) fn assert_touched(&self) {
        for &agent in &self.touched.agents {
            self.assert_agent(agent);
        }
        for &call in &self.touched.calls {
            self.assert_call(call);
        }
    }

    fn assert_agent(&self, id: AgentId) {
        let Some(agent) = self.agents.get(&id) else { return };
        assert_eq!(agent.told, agent.activity(), "{id:?}: an activity was not told");
        let listed_free = matches!(agent.listed, Listed::Free { .. });
        assert_eq!(listed_free, agent.is_free(), "{id:?}: the groups know him otherwise");
        let rings = self.alarms.is_set(Alarm::RungOut(id));
        let wraps_up = self.alarms.is_set(Alarm::WrappedUp(id));
        match agent.doing {
            Doing::Nothing => assert!(!rings && !wraps_up, "{id:?}: an alarm is left over"),
            Doing::Offered(offer) => {
                assert!(rings && !wraps_up, "{id:?}: an offer without an end");
                let stands = self.calls.get(&offer.call).map(|call| call.stands);
                let agreed = matches!(stands, Some(Stands::Offered { agent }) if agent == id);
                assert!(agreed, "{id:?} is offered {offer:?}, which stands {stands:?}");
            }
            Doing::CallingBack(offer) => {
                assert!(rings && !wraps_up, "{id:?}: a callback without an end");
                let stands = self.calls.get(&offer.call).map(|call| call.stands);
                let agreed = matches!(stands, Some(Stands::CallingBack { agent }) if agent == id);
                assert!(agreed, "{id:?} calls back {offer:?}, which stands {stands:?}");
            }
            Doing::Talking { call } => {
                assert!(!rings && !wraps_up, "{id:?}: an alarm during a talk");
                let stands = self.calls.get(&call).map(|call| call.stands);
                let agreed = matches!(stands, Some(Stands::Talking(talk)) if talk.agent == id);
                assert!(agreed, "{id:?} talks with {call:?}, which stands {stands:?}");
            }
            Doing::WrapUp { .. } => {
                assert!(!rings && wraps_up, "{id:?}: a wrap-up without an end");
            }
        }
        assert_eq!(agent.resting, self.alarms.is_set(Alarm::Rested(id)), "{id:?} rests for ever");
    }

    fn assert_call(&self, id: CallId) {
        let Some(call) = self.calls.get(&id) else { return };
        let group = self.groups.get(&call.group);
        let in_line = group.is_some_and(|group| group.is_waiting(&call.place));
        let doing = |agent| self.agents.get(&agent).map(|agent| agent.doing);
        let alarms = [Alarm::LookAgain(id), Alarm::Step(id), Alarm::Announce(id)];
        let alarmed = alarms.into_iter().any(|alarm| self.alarms.is_set(alarm));
        assert!(in_line || !alarmed, "{id:?}: an alarm of one who is not in line");
        match call.stands {
            Stands::Waiting => assert!(in_line, "{id:?} waits in no line"),
            Stands::Deferred { .. } => {
                let comes_back = self.alarms.is_set(Alarm::LookAgain(id));
                assert!(in_line && comes_back, "{id:?} waits and nobody will look");
            }
            Stands::Offered { agent } => {
                let doing = doing(agent);
                let agreed = matches!(doing, Some(Doing::Offered(offer)) if offer.call == id);
                assert!(agreed && !in_line, "{id:?} is offered to {agent:?}, who is {doing:?}");
            }
            Stands::CallingBack { agent } => {
                let doing = doing(agent);
                let agreed = matches!(doing, Some(Doing::CallingBack(offer)) if offer.call == id);
                assert!(agreed && !in_line, "{id:?} is called by {agent:?}, who is {doing:?}");
            }
            Stands::Talking(talk) => {
                let doing = doing(talk.agent);
                let agreed = matches!(doing, Some(Doing::Talking { call }) if call == id);
                assert!(agreed && !in_line, "{id:?} talks with {talk:?}, who is {doing:?}");
            }
        }
    }
}
