use acd::{Actor, AgentId, CallId, EndCause, Fact, GroupId, Outcome, Side, Time, Wish};

use super::{Bounds, Flag, Guards, OCCASIONS_MAX, Pattern};

const MARI: AgentId = AgentId(1);
const JAAN: AgentId = AgentId(2);
const SALES: GroupId = GroupId(1);

/// Folds facts a minute apart; Mari calls from 101, Jaan from 102.
fn flagged(facts: &[Fact]) -> Vec<Flag> {
    let owners = [("101".to_owned(), MARI), ("102".to_owned(), JAAN)].into();
    let mut guards = Guards::new(Bounds::default(), owners);
    (0..).zip(facts).for_each(|(at, fact)| guards.fold(Time(60_000 * at), fact));
    guards.flags()
}

/// Patterns with how often of how many.
fn check(facts: &[Fact], expected: &[(AgentId, Pattern, u32, Option<u32>)]) {
    let flags = flagged(facts);
    let seen = flags.iter().map(|it| (it.agent, it.pattern.clone(), it.count, it.of));
    assert_eq!(seen.collect::<Vec<_>>(), expected);
}

/// A call from a number that somebody answered: it arrives and the talk ends.
fn talk(call: u64, caller: &str, agent: AgentId, by: Side, talked_ms: u64) -> [Fact; 2] {
    let (call, group, number) = (CallId(call), SALES, "600".to_owned());
    let cause = EndCause::HungUp;
    [
        Fact::CallArrived { call, group, number, caller: caller.to_owned(), priority: 0 },
        Fact::TalkEnded { call, group, agent, by, cause, talked_ms },
    ]
}

fn talks(callers: &[(&str, Side, u64)]) -> Vec<Fact> {
    let talk =
        |(call, &(caller, by, ms)): (u64, &(&str, Side, u64))| talk(call, caller, MARI, by, ms);
    (1..).zip(callers).flat_map(talk).collect()
}

fn offers(outcomes: &[(Outcome, u64)]) -> Vec<Fact> {
    let offer = |(call, &(outcome, rang_ms)): (u64, &(Outcome, u64))| Fact::OfferEnded {
        call: CallId(call),
        group: SALES,
        agent: MARI,
        outcome,
        rang_ms,
    };
    (1..).zip(outcomes).map(offer).collect()
}

#[test]
fn a_call_from_ones_own_number_is_flagged_at_once_with_the_call() {
    let facts = talks(&[("101", Side::Caller, 300_000), ("555", Side::Caller, 60_000)]);
    check(&facts, &[(MARI, Pattern::OwnNumber, 1, Some(2))]);
    let occasion = flagged(&facts)[0].occasions[0];
    assert_eq!((occasion.call, occasion.at), (Some(CallId(1)), Time(60_000)));
}

#[test]
fn a_colleague_who_calls_again_and_again_and_says_little_is_flagged() {
    let ghost = ("102", Side::Caller, 8_000);
    check(&talks(&[ghost, ghost]), &[]);
    check(&talks(&[ghost, ("102", Side::Caller, 90_000), ghost]), &[]);
    let colleague = Pattern::Colleague { colleague: JAAN };
    check(&talks(&[ghost, ghost, ghost]), &[(MARI, colleague, 3, Some(3))]);
}

#[test]
fn so_is_one_number_that_is_nobodys_but_not_those_who_hide_theirs() {
    let short = |caller: &'static str| vec![(caller, Side::Caller, 5_000); 5];
    let number = Pattern::SameCaller { number: "555".to_owned() };
    check(&talks(&short("555")), &[(MARI, number, 5, Some(5))]);
    check(&talks(&short("")), &[]);
}

#[test]
fn hanging_up_early_is_flagged_unless_it_is_rare_or_a_transfer() {
    let (early, usual) = (("1", Side::Agent, 2_000), ("2", Side::Caller, 60_000));
    check(&talks(&[early, early, usual]), &[]);
    let mut few = vec![early; 3];
    few.extend(vec![usual; 40]);
    check(&talks(&few), &[]);
    let often = talks(&[early, usual, early, early]);
    check(&often, &[(MARI, Pattern::EarlyHangUps, 3, Some(4))]);
    let (call, by) = (CallId(4), Actor::Agent);
    let handed_on = Fact::TransferDone { call, agent: MARI, from: SALES, to: GroupId(2), by };
    check(&[often, vec![handed_on]].concat(), &[]);
}

#[test]
fn a_phone_that_rings_in_vain_is_flagged_by_its_part_of_what_could_be_taken() {
    let (ignored, short) = ((Outcome::NoAnswer, 20_000), (Outcome::NoAnswer, 2_000));
    let (answered, left) = ((Outcome::Answered, 3_000), (Outcome::CallerLeft, 15_000));
    check(&offers(&[ignored, ignored, short, answered]), &[]);
    let often = [ignored, ignored, ignored, left, answered];
    check(&offers(&often), &[(MARI, Pattern::RingIgnored, 3, Some(4))]);
    let mut rarely = often.to_vec();
    rarely.extend([answered; 20]);
    check(&offers(&rarely), &[]);
}

#[test]
fn breaks_that_end_at_once_are_flagged_when_they_are_his_own() {
    let lunch = || Wish::Break { reason: "lunch".to_owned() };
    let toggle = |by: &Actor| {
        let wish = |wish| Fact::AgentWish { agent: MARI, wish, by: by.clone() };
        [wish(lunch()), wish(Wish::On)]
    };
    let own: Vec<Fact> = (0..5).flat_map(|_| toggle(&Actor::Agent)).collect();
    check(&own, &[(MARI, Pattern::BreakToggling, 5, None)]);
    check(&own[2..], &[]);
    let ruled: Vec<Fact> = (0..9).flat_map(|_| toggle(&Actor::Rule)).collect();
    check(&ruled, &[]);
    let off = Fact::AgentWish { agent: MARI, wish: Wish::Off, by: Actor::Agent };
    let real: Vec<Fact> = (0..9)
        .flat_map(|_| {
            let [rest, back] = toggle(&Actor::Agent);
            [rest, off.clone(), back]
        })
        .collect();
    check(&real, &[]);
}

#[test]
fn more_occasions_than_are_named_are_counted() {
    let facts = talks(&[("555", Side::Caller, 1_000); 60]);
    let flags = flagged(&facts);
    assert_eq!((flags[0].count, flags[0].occasions.len()), (60, OCCASIONS_MAX));
}
