//! A recorded day, lived again under another plan or policy.
//!
//! The journal says who called, how long each talk was and what agents wanted. What it cannot say
//! is assumed, and the assumptions are these:
//!
//! * A caller who hung up while he waited has as much patience as he waited. One who was answered
//!   would have waited as long as it took; one who was turned away has the average patience of
//!   those who hung up.
//! * A talk keeps its length, whoever has it. A caller who was never answered talks as long as the
//!   average.
//! * Agents answer after the time that they took on average that day, and miss nothing but what
//!   rings shorter than that. Those who never answered take the average of the others.
//! * Wrap-up lasts as long as the agent's own did on average, and no longer than the plan allows.
//! * Wishes and lost phones happen when they happened. An agent whom the journal does not know is
//!   there all day.
//! * Calls that began before the day are not there. Nobody presses keys, and nobody is transferred.
//! * What was sent along with a call, and who served its caller on days before, is not known.

mod header;
mod live;
mod recorded;

use acd::{Fact, Plan, Policy, Time};
use stats::{Limits, Summary};

pub use crate::replay::header::{Known, plan_of};
pub use crate::replay::live::relive;
pub use crate::replay::recorded::Recorded;

/// One line of a journal: when, and what was true then.
pub type Line = (Time, Fact);

/// What a day came to, and what it would have come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub before: Summary,
    pub after: Summary,
}

/// Lives the day again. `earlier` are the facts before the day: they say who was on and whose phone
/// was registered when it began.
pub fn replay(earlier: &[Line], day: &[Line], plan: Plan, policy: &mut dyn Policy) -> Comparison {
    let mut recorded = Recorded::default();
    for (_, fact) in earlier {
        recorded.note_earlier(fact);
    }
    let mut before = Summary::new(Limits::default());
    for (at, fact) in day {
        recorded.note(*at, fact);
        before.fold(*at, fact);
    }
    let mut after = Summary::new(Limits::default());
    relive(&recorded, plan, policy, &mut |at, fact| after.fold(at, fact), &mut |_| true);
    Comparison { before, after }
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use acd::{AgentId, BuiltIn, Choice, Output, Policy, Question, Reply, Verdict};

    use super::{Known, Line, Recorded, plan_of, relive, replay};
    use crate::timeline::Timeline;

    const HEAD: &str = "timeline 1\ngroup g1 wrap=10s\nagent a1 g1=1\nagent a2 g1=2\n";

    /// One agent at work, the other on a break; the third caller gives up.
    const DAY: &str = "
        0s a1 logs on
        10s c1 arrives at g1
        14s a1 answers
        20s c2 arrives at g1
        30s c3 arrives at g1 with priority 3
        50s c3 hangs up
        1m14s c1 hangs up
        1m28s a1 answers
        2m28s a1 hangs up
    ";

    /// Within the agent's order, whoever has rested longest.
    struct LongestIdle;

    impl Policy for LongestIdle {
        fn choose(&mut self, question: &Question<'_>) -> Reply {
            let rested = (0..).zip(question.candidates.iter());
            let chosen = rested.min_by_key(|(_, agent)| (agent.order, Reverse(agent.idle_ms)));
            let choice = Choice::Ring(chosen.map_or(0, |(nth, _)| nth));
            Reply { choice, verdict: Verdict::default() }
        }
    }

    fn known() -> Known {
        Known {
            groups: vec![(acd::GroupId(1), "Sales".to_owned())],
            people: vec![(AgentId(1), "Mari".to_owned()), (AgentId(2), "Jaan".to_owned())],
        }
    }

    fn journal(script: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        let timeline = Timeline::parse(script).expect("a timeline");
        timeline
            .run(&mut BuiltIn, &mut |moment| {
                lines.extend(moment.out.iter().filter_map(|output| match output {
                    Output::Tell(at, fact) => Some((*at, fact.clone())),
                    Output::Do(_) => None,
                }));
            })
            .expect("a story");
        lines
    }

    #[test]
    fn under_its_own_plan_the_day_comes_to_what_it_came_to() {
        let day = journal(&format!("{HEAD}{DAY}"));
        let plan = plan_of(HEAD, &known()).expect("a plan");
        // Jaan was off all day and said nothing: the journal must say so.
        let wish = acd::Wish::Off;
        let off = acd::Fact::AgentWish { agent: AgentId(2), wish, by: acd::Actor::Agent };
        let earlier = [(acd::Time(0), off)];
        let same = replay(&earlier, &day, plan, &mut BuiltIn);
        assert_eq!(same.before.total(), same.after.total());
        assert_eq!(same.after.total().answered, 2);
        assert_eq!(same.after.total().abandoned, 1);
        assert_eq!(same.before.agent(AgentId(1)).handled, same.after.agent(AgentId(1)).handled);
    }

    #[test]
    fn a_second_agent_would_have_answered_everybody_sooner() {
        let day = journal(&format!("{HEAD}{DAY}"));
        let plan = plan_of(HEAD, &known()).expect("a plan");
        let better = replay(&[], &day, plan, &mut LongestIdle);
        assert_eq!(better.after.total().abandoned, 1, "c3 still finds both busy for 20 s");
        assert_eq!(better.before.total().asa_ms(), Some(36_000));
        assert_eq!(better.after.total().asa_ms(), Some(4_000));
        assert_eq!(better.after.agent(AgentId(2)).handled, 1);
    }

    #[test]
    fn who_was_there_is_who_was_on_with_a_phone_for_a_while() {
        let mut recorded = Recorded::default();
        let (mari, jaan, new) = (AgentId(1), AgentId(2), AgentId(3));
        let wish = acd::Wish::Off;
        recorded.note_earlier(&acd::Fact::AgentWish { agent: jaan, wish, by: acd::Actor::Agent });
        for (at, fact) in journal(&format!("{HEAD}{DAY}")) {
            recorded.note(at, &fact);
        }
        assert_eq!(recorded.was_there(mari), Some(true));
        assert_eq!(recorded.was_there(jaan), Some(false), "he said so before the day");
        assert_eq!(recorded.was_there(new), None, "the journal does not know him");
        assert_eq!(recorded.calls(), 3);
    }

    #[test]
    fn a_day_that_nobody_waits_for_any_more_is_left_unfinished() {
        let lines = (0..400).map(|nth| format!("{nth}s c{} arrives at g1\n", nth + 1));
        let day = journal(&format!("{HEAD}0s a1 logs on\n{}", lines.collect::<String>()));
        let plan = plan_of(HEAD, &known()).expect("a plan");
        let mut recorded = Recorded::default();
        day.iter().for_each(|(at, fact)| recorded.note(*at, fact));
        let mut heard = Vec::new();
        let mut lived = |answer: bool| {
            let mut facts = 0;
            let mut go_on = |share| {
                heard.push(share);
                answer
            };
            let policy = &mut BuiltIn;
            let done = relive(&recorded, plan.clone(), policy, &mut |_, _| facts += 1, &mut go_on);
            (done, facts)
        };
        let ((finished, all), (left, some)) = (lived(true), lived(false));
        assert!(finished && !left && some < all, "{some} of {all} facts");
        assert!(heard.len() > 2 && heard.iter().all(|share| (0.0..=1.0).contains(share)));
        assert!(heard.is_sorted_by(|a, b| a < b || *b == heard[0]), "{heard:?}");
    }

    #[test]
    fn a_plan_that_closes_the_group_turns_all_away() {
        let day = journal(&format!("{HEAD}{DAY}"));
        let head = "timeline 1\ngroup g1 max=0\nagent a1 g1=1";
        let plan = plan_of(head, &known()).expect("a plan");
        let closed = replay(&[], &day, plan, &mut BuiltIn);
        assert_eq!((closed.after.total().refused, closed.after.total().offered), (3, 0));
    }
}
