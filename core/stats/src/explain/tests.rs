//! Figures that are opened: what counts in them, and what is left out and why.

use acd::{Actor, Entry};

use super::*;

const SALES: GroupId = GroupId(1);
const SUPPORT: GroupId = GroupId(2);
const MARI: AgentId = AgentId(1);
const S: u64 = 1_000;

fn explained(figure: Figure, group: Option<GroupId>, facts: &[(u64, Fact)]) -> Explanation {
    let period = Period { from: Time(0), to: Time(1_000 * S) };
    let limits = Limits::default();
    let question = Question { figure, group, agent: Some(MARI), period, limits };
    let mut explanation = Explanation::new(question);
    facts.iter().for_each(|(at, fact)| explanation.fold(Time(at * S), fact));
    explanation
}

fn left(call: u64, leave: Leave, waited_s: u64) -> Fact {
    Fact::QueueLeft { call: CallId(call), group: SALES, leave, waited_ms: waited_s * S }
}

fn talked(call: u64, by: Side, talked_s: u64) -> Fact {
    let (cause, talked_ms) = (EndCause::HungUp, talked_s * S);
    Fact::TalkEnded { call: CallId(call), group: SALES, agent: MARI, by, cause, talked_ms }
}

/// The calls that count, and those left out with the reason.
fn calls(it: &Explanation) -> (Vec<u64>, Vec<(u64, &'static str)>) {
    let counted = it.counted.iter().map(|case| case.call.0);
    let left_out = it.left_out.iter().map(|(case, reason)| (case.call.0, reason.id()));
    (counted.collect(), left_out.collect())
}

#[test]
fn a_service_level_tells_who_counts_and_who_does_not() {
    let facts = [
        (10, left(1, Leave::Answered, 5)),
        (20, left(2, Leave::Answered, 30)),
        (30, left(3, Leave::Abandoned, 4)),
        (40, left(4, Leave::Abandoned, 12)),
        (50, left(5, Leave::Overflow, 60)),
        (1_001, left(6, Leave::Answered, 3)),
    ];
    let level = |formula| explained(Figure::ServiceLevel(formula), Some(SALES), &facts);
    let strict = level(Formula::OfAll);
    assert_eq!((strict.part, strict.whole, strict.value()), (1, 4, Some(0.25)));
    assert_eq!(calls(&strict), (vec![1, 2, 3, 4], vec![(5, "flowed_out"), (6, "ended_later")]));
    let lenient = level(Formula::LessShort);
    assert_eq!((lenient.part, lenient.whole), (1, 3));
    assert_eq!(lenient.left_out[0].1, Reason::ShortAbandon);
    assert_eq!(level(Formula::OfAllAndFlowedOut).whole, 5);
    assert_eq!(strict.question().figure.id(), "service_level.b");
    assert_eq!(Figure::named("service_level.b", false), Some(strict.question().figure));
    assert_eq!(Figure::named("asa_ms", false), Some(Figure::TimeToAnswer));
    assert_eq!(Figure::named("asa_ms", true), Some(Figure::RingToAnswer));
    assert_eq!(Figure::named("unattended", true), None);
}

#[test]
fn short_talks_are_left_out_of_the_average_each_for_its_reason() {
    let transfer = Fact::TransferDone {
        call: CallId(3),
        agent: MARI,
        from: SALES,
        to: SUPPORT,
        by: Actor::Agent,
    };
    let facts = [
        (100, Fact::HoldStarted { call: CallId(1), by: Side::Caller }),
        (110, Fact::HoldEnded { call: CallId(1), by: Side::Caller }),
        (130, talked(1, Side::Agent, 90)),
        (140, talked(2, Side::Agent, 4)),
        (150, talked(3, Side::Agent, 6)),
        (150, transfer),
        (160, talked(4, Side::Caller, 9)),
    ];
    let average = explained(Figure::AverageDuration, None, &facts);
    assert_eq!((average.part, average.whole), (80 * S, 1));
    let reasons = vec![(2, "instant_hang_up"), (3, "quick_transfer"), (4, "short_talk")];
    assert_eq!(calls(&average), (vec![1], reasons));
}

#[test]
fn for_the_company_a_caller_who_went_on_to_the_next_group_is_one_caller() {
    let entered = Fact::QueueEntered {
        call: CallId(1),
        group: SUPPORT,
        priority: 0,
        place: 1,
        why: Entry::Overflow,
        since: Time(0),
        by: None,
    };
    let leave = Leave::Answered;
    let answered = Fact::QueueLeft { call: CallId(1), group: SUPPORT, leave, waited_ms: S };
    let facts = [(60, left(1, Leave::Overflow, 60)), (60, entered), (61, answered)];
    let company = explained(Figure::Unattended, None, &facts);
    assert_eq!((company.part, company.whole), (0, 1));
    assert_eq!(calls(&company), (vec![1], vec![(1, "went_on")]));
    assert_eq!(explained(Figure::Unattended, Some(SALES), &facts).value(), Some(1.0));
}

#[test]
fn what_is_not_listed_any_more_still_counts() {
    let answered = |call| (10, left(call, Leave::Answered, 5));
    let facts: Vec<_> = (0..LISTED_MAX as u64 + 7).map(answered).collect();
    let asa = explained(Figure::TimeToAnswer, None, &facts);
    assert_eq!((asa.counted.len(), asa.unlisted, asa.value()), (LISTED_MAX, 7, Some(5_000.0)));
}
