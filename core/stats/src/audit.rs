//! What must never happen, counted from the journal alone.

use std::collections::{BTreeMap, BTreeSet};

use acd::{AgentId, CallId, Fact, Leave};

/// Checks a journal from its first fact. An engine that keeps its promises leaves zeros here.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Audit {
    /// Calls in line or in talk, with the agent whose phone rings for them.
    calls: BTreeMap<CallId, Option<AgentId>>,
    /// Agents with a live offer or a talk.
    occupied: BTreeSet<AgentId>,
    /// Calls whose callers are called back: whoever answers such an offer may never talk.
    callbacks: BTreeSet<CallId>,
    /// Offers made while another offer of the same call was alive.
    pub rung_twice: u64,
    /// Offers made to an agent who was ringing or talking already.
    pub doubly_offered: u64,
    /// Offers, exits and talks that ended without having begun.
    pub unmatched: u64,
}

impl Audit {
    /// Takes one fact into account. Facts come in the order of the journal.
    pub fn fold(&mut self, fact: &Fact) {
        match fact {
            Fact::QueueEntered { call, .. } => {
                self.calls.insert(*call, None);
            }
            Fact::OfferSent { call, agent, .. } => self.offered(*call, *agent),
            Fact::OfferEnded { call, agent, outcome, .. } => {
                let live = self.calls.get_mut(call).and_then(Option::take);
                self.unmatched += u64::from(live != Some(*agent));
                // Who answered stays occupied: the talk begins.
                if *outcome != acd::Outcome::Answered || self.callbacks.contains(call) {
                    self.occupied.remove(agent);
                }
            }
            Fact::CallbackAsked { call, .. } => {
                self.callbacks.insert(*call);
            }
            Fact::TalkStarted { call, agent, .. } => {
                self.callbacks.remove(call);
                self.occupied.insert(*agent);
            }
            Fact::QueueLeft { call, leave, .. } if !met_an_agent(*leave) => {
                self.unmatched += u64::from(self.calls.remove(call).is_none());
            }
            Fact::TalkEnded { call, agent, .. } => {
                self.unmatched += u64::from(self.calls.remove(call).is_none());
                self.occupied.remove(agent);
            }
            Fact::QueueLeft { .. }
            | Fact::CallArrived { .. }
            | Fact::QueueRefused { .. }
            | Fact::RouteDecided { .. }
            | Fact::OfferRinging { .. }
            | Fact::HoldStarted { .. }
            | Fact::HoldEnded { .. }
            | Fact::WrapUpStarted { .. }
            | Fact::WrapUpEnded { .. }
            | Fact::AgentWish { .. }
            | Fact::AgentActivity { .. }
            | Fact::QueueMoved { .. }
            | Fact::WaitAnnounced { .. }
            | Fact::CallDiverted { .. }
            | Fact::CallbackTried { .. }
            | Fact::CallbackEnded { .. }
            | Fact::TransferDone { .. }
            | Fact::GroupTurned { .. }
            | Fact::LoanEnded { .. }
            | Fact::PlanChanged { .. } => {}
        }
    }

    /// Calls that have entered and not ended: after the last call these are the lost ones.
    pub fn open(&self) -> usize {
        self.calls.len()
    }

    fn offered(&mut self, call: CallId, agent: AgentId) {
        self.doubly_offered += u64::from(!self.occupied.insert(agent));
        match self.calls.get_mut(&call) {
            Some(live) => self.rung_twice += u64::from(live.replace(agent).is_some()),
            None => self.unmatched += 1,
        }
    }
}

/// Whether a talk follows the exit.
fn met_an_agent(leave: Leave) -> bool {
    match leave {
        Leave::Answered | Leave::CalledBack => true,
        Leave::Abandoned
        | Leave::Refused
        | Leave::TimedOut
        | Leave::Overflow
        | Leave::Key
        | Leave::Moved
        | Leave::CallbackFailed => false,
    }
}

#[cfg(test)]
mod tests {
    use acd::{AgentId, CallId, EndCause, Fact, GroupId, Leave, Outcome, Side};

    use super::Audit;

    const CALL: CallId = CallId(1);
    const GROUP: GroupId = GroupId(1);
    const MARI: AgentId = AgentId(1);
    const JAAN: AgentId = AgentId(2);

    fn entered() -> Fact {
        Fact::QueueEntered {
            call: CALL,
            group: GROUP,
            priority: 0,
            place: 1,
            why: acd::Entry::Arrival,
            since: acd::Time(0),
            by: None,
        }
    }

    fn offered(agent: AgentId) -> Fact {
        Fact::OfferSent { call: CALL, group: GROUP, agent }
    }

    fn ended(agent: AgentId, outcome: Outcome) -> Fact {
        Fact::OfferEnded { call: CALL, group: GROUP, agent, outcome, rang_ms: 0 }
    }

    fn audited(facts: &[Fact]) -> Audit {
        let mut audit = Audit::default();
        facts.iter().for_each(|fact| audit.fold(fact));
        audit
    }

    #[test]
    fn a_call_that_went_well_leaves_zeros() {
        let audit = audited(&[
            entered(),
            offered(MARI),
            ended(MARI, Outcome::NoAnswer),
            offered(JAAN),
            ended(JAAN, Outcome::Answered),
            Fact::QueueLeft { call: CALL, group: GROUP, leave: Leave::Answered, waited_ms: 1 },
            Fact::TalkEnded {
                call: CALL,
                group: GROUP,
                agent: JAAN,
                by: Side::Agent,
                cause: EndCause::HungUp,
                talked_ms: 1,
            },
        ]);
        assert_eq!(audit, Audit::default());
    }

    #[test]
    fn two_phones_ringing_for_one_call_are_noticed() {
        let audit = audited(&[entered(), offered(MARI), offered(JAAN)]);
        assert_eq!((audit.rung_twice, audit.open()), (1, 1));
    }

    #[test]
    fn a_phone_offered_two_calls_is_noticed() {
        let other = Fact::QueueEntered {
            call: CallId(2),
            group: GROUP,
            priority: 0,
            place: 2,
            why: acd::Entry::Arrival,
            since: acd::Time(0),
            by: None,
        };
        let again = Fact::OfferSent { call: CallId(2), group: GROUP, agent: MARI };
        let audit = audited(&[entered(), other, offered(MARI), again]);
        assert_eq!((audit.doubly_offered, audit.rung_twice), (1, 0));
    }

    #[test]
    fn an_exit_without_an_entry_is_noticed() {
        let left =
            Fact::QueueLeft { call: CALL, group: GROUP, leave: Leave::Abandoned, waited_ms: 0 };
        assert_eq!(audited(&[left]).unmatched, 1);
    }
}
