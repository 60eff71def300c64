//! What befell people, fact by fact: for indicators that sums and counts are not enough for.

use std::collections::BTreeMap;

use acd::{AgentId, EndCause, Fact, Outcome, Side, Time};

use crate::talk::Talks;

/// One fact of somebody's story, told when it ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Line {
    Offer {
        at: Time,
        outcome: Outcome,
        rang_ms: u64,
    },
    /// `talked_ms` is without hold; `by_agent` holds of hanging up and of handing the caller on.
    Talk {
        at: Time,
        talked_ms: u64,
        held_ms: u64,
        by_agent: bool,
        handed_on: bool,
    },
}

/// Everybody's story over a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stories {
    of: BTreeMap<AgentId, Vec<Line>>,
    talks: Talks,
}

impl Stories {
    /// Takes one fact into account. Facts come in the order of the journal.
    pub fn fold(&mut self, at: Time, fact: &Fact) {
        if let Fact::OfferEnded { agent, outcome, rang_ms, .. } = fact {
            let line = Line::Offer { at, outcome: *outcome, rang_ms: *rang_ms };
            self.of.entry(*agent).or_default().push(line);
        } else if let Fact::HoldStarted { call, by } = fact {
            self.talks.held(at, *call, *by);
        } else if let Fact::HoldEnded { call, by } = fact {
            self.talks.resumed(at, *call, *by);
        } else if let Fact::TalkEnded { call, agent, by, cause, talked_ms, .. } = fact {
            let held_ms = self.talks.ended(*call).held_ms(at);
            let talked_ms = talked_ms.saturating_sub(held_ms);
            let by_agent = (*by, *cause) == (Side::Agent, EndCause::HungUp);
            let line = Line::Talk { at, talked_ms, held_ms, by_agent, handed_on: false };
            self.of.entry(*agent).or_default().push(line);
        } else if let Fact::TransferDone { agent, .. } = fact
            && let Some(Line::Talk { handed_on, .. }) =
                self.of.get_mut(agent).and_then(|story| story.last_mut())
        {
            // The talk that he handed on has ended just now: it is the last that befell him.
            *handed_on = true;
        }
    }

    /// Somebody's story; empty when nothing befell him.
    pub fn of(&self, agent: AgentId) -> &[Line] {
        self.of.get(&agent).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use acd::{Actor, CallId, GroupId};

    use super::*;

    #[test]
    fn a_story_tells_offers_and_talks_in_their_order() {
        let (agent, group, call) = (AgentId(1), GroupId(1), CallId(1));
        let ended = |outcome| Fact::OfferEnded { call, group, agent, outcome, rang_ms: 2 };
        let talked = |by| {
            let cause = EndCause::HungUp;
            Fact::TalkEnded { call, group, agent, by, cause, talked_ms: 30 }
        };
        let transfer =
            Fact::TransferDone { call, agent, from: group, to: GroupId(2), by: Actor::Agent };
        let facts = [
            ended(Outcome::Answered),
            Fact::HoldStarted { call, by: Side::Agent },
            Fact::HoldEnded { call, by: Side::Agent },
            talked(Side::Agent),
            transfer,
            ended(Outcome::NoAnswer),
            talked(Side::Caller),
        ];
        let mut stories = Stories::default();
        for (at, fact) in (0..).zip(&facts) {
            stories.fold(Time(10 * at), fact);
        }
        let talk = |at, held_ms, handed_on| Line::Talk {
            at: Time(at),
            talked_ms: 30 - held_ms,
            held_ms,
            by_agent: handed_on,
            handed_on,
        };
        let offer = |at, outcome| Line::Offer { at: Time(at), outcome, rang_ms: 2 };
        let told = [
            offer(0, Outcome::Answered),
            talk(30, 10, true),
            offer(50, Outcome::NoAnswer),
            talk(60, 0, false),
        ];
        assert_eq!(stories.of(agent), told);
        assert_eq!(stories.of(AgentId(2)), []);
    }
}
