//! Success indicators, good and bad, through the real component and a real child that compiles.

use std::collections::BTreeSet;

use acd::{
    Activity, Actor, AgentId, CallId, EndCause, Fact, GroupId, Outcome as Ended, Side, Time, Wish,
};
use plugin_host::{Failure, IndicatorPlugin, PEOPLE_MAX, Refusal, STOCK_INDICATORS, Value, World};
use stats::indicator::{
    Figure, Figures, Indicator as _, Metric, Outcome, Period, Reason, Stories, Unit,
};
use stats::{Limits, Summary};

use crate::guests::{Bench, longest_idle, module_for};

const MARI: AgentId = AgentId(1);
const JAAN: AgentId = AgentId(2);

/// A card called `guest@1.0.0` that counts and asks for five cases, an allocator, and room for
/// answers: `$value` and `$none` write the outcome at a position, `$answer` says how many there
/// are.
const FRAME: &str = r#"
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 8192))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $next)
    (global.set $next (i32.and (i32.const -8)
      (i32.add (i32.add (global.get $next) (local.get 3)) (i32.const 7)))))
  (data (i32.const 0) "\40\00\00\00\05\00\00\00\48\00\00\00\05\00\00\00")
  (data (i32.const 32) "\01\00\00\00\05\00\00\00")
  (data (i32.const 64) "guest\00\00\001.0.0")
  (func (export "ladus:indicator/indicator@1.0.0#describe") (result i32) (i32.const 0))
  (func $at (param i32) (result i32)
    (i32.add (i32.const 256) (i32.mul (local.get 0) (i32.const 32))))
  (func $value (param i32 f64 i32)
    (f64.store offset=8 (call $at (local.get 0)) (local.get 1))
    (i32.store offset=16 (call $at (local.get 0)) (local.get 2)))
  (func $none (param i32)
    (i32.store8 (call $at (local.get 0)) (i32.const 1))
    (i32.store offset=8 (call $at (local.get 0)) (i32.const 64))
    (i32.store offset=12 (call $at (local.get 0)) (i32.const 5)))
  (func $answer (param i32) (result i32)
    (i32.store (i32.const 132) (i32.const 256))
    (i32.store (i32.const 136) (local.get 0)) (i32.const 128))
"#;

/// An indicator with these imports and definitions, and `compute` with this body.
pub(crate) fn guest(first: &str, compute: &str) -> Vec<u8> {
    let text = format!(
        r#"(module {first} {FRAME}
             (func (export "ladus:indicator/indicator@1.0.0#compute") (param i32 i32) (result i32)
               {compute}))"#
    );
    module_for(("indicator/v1", "indicators"), &text)
}

fn indicator(bench: &Bench, file: &[u8]) -> IndicatorPlugin {
    bench.host.indicator(file).expect("an indicator")
}

/// A day of Mari's in which no two figures are equal; Jaan has not been there.
pub(crate) fn figures() -> Figures {
    let (agent, group, by) = (MARI, GroupId(1), Actor::Agent);
    let mut day: Vec<(u64, Fact)> = vec![
        (0, Fact::AgentWish { agent, wish: Wish::On, by: by.clone() }),
        (100_000, Fact::AgentActivity { agent, activity: Activity::Idle }),
        (450_000, Fact::AgentWish { agent, wish: Wish::Break { reason: String::new() }, by }),
    ];
    let offers = [
        (Ended::Answered, 13, 1_500),
        (Ended::NoAnswer, 3, 20_000),
        (Ended::Rejected, 6, 700),
        (Ended::Busy, 5, 0),
        (Ended::Unreachable, 11, 0),
        (Ended::CallerLeft, 7, 900),
        (Ended::Withdrawn, 8, 100),
    ];
    for (outcome, times, rang_ms) in offers {
        let call = CallId(1);
        let ended = Fact::OfferEnded { call, group, agent, outcome, rang_ms };
        day.extend((0..times).map(|_| (500_000, ended.clone())));
    }
    // Of fourteen talks four are short: Mari hangs up on one and hands two on, and one caller hangs
    // up.
    for nth in 0..14 {
        let (call, transferred) = (CallId(nth), (1..=2).contains(&nth) || nth > 6);
        let (by, cause) = (if nth == 3 { Side::Caller } else { Side::Agent }, EndCause::HungUp);
        let talked_ms = if nth < 4 { 3_000 + nth } else { 30_000 };
        let at = 510_000 + nth * 1_000;
        if nth == 5 {
            day.push((at - 400, Fact::HoldStarted { call, by: Side::Agent }));
            day.push((at - 100, Fact::HoldEnded { call, by: Side::Agent }));
        }
        day.push((at, Fact::TalkEnded { call, group, agent, by, cause, talked_ms }));
        if transferred {
            let (from, to, by) = (group, GroupId(2), Actor::Agent);
            day.push((at, Fact::TransferDone { call, agent, from, to, by }));
        }
    }
    day.push((530_000, Fact::WrapUpStarted { call: CallId(1), group, agent }));
    day.push((530_250, Fact::WrapUpEnded { agent, by_agent: true }));
    let (mut summary, mut stories) = (Summary::new(Limits::default()), Stories::default());
    for (at, fact) in &day {
        summary.fold(Time(*at), fact);
        stories.fold(Time(*at), fact);
    }
    let period = Period { from: Time(0), to: Time(600_000) };
    Figures::new(&summary, period, &[MARI, JAAN]).with_stories(&stories)
}

/// So many people who have done nothing.
pub(crate) fn crowd(count: usize) -> Figures {
    let people: Vec<AgentId> = (0..count as u64).map(AgentId).collect();
    Figures::new(&Summary::default(), Period { from: Time(0), to: Time(1) }, &people)
}

pub(crate) fn value(value: f64, sample: u32) -> Outcome {
    Outcome::Value(Figure { value, sample, note: None })
}

/// Computes with this body and sees it fail like this, and the host none the worse for it.
fn fails(first: &str, compute: &str, expected: &Failure) {
    let bench = Bench::new();
    let bad = indicator(&bench, &guest(first, compute));
    assert_eq!(bad.run(&figures()).outcome, Err(expected.clone()));
    let failed = bad.evaluate(&figures()).expect_err("a failure");
    assert_eq!(failed.0, expected.to_string());
    let good = indicator(&bench, STOCK_INDICATORS[0].component);
    assert!(good.run(&figures()).outcome.is_ok());
}

#[test]
fn every_column_of_the_world_is_the_metric_of_its_name() {
    let (bench, figures) = (Bench::new(), figures());
    let mut seen = BTreeSet::new();
    for &metric in Metric::ALL {
        let name = metric.name();
        let import = format!(
            r#"(import "ladus:indicator/people@1.0.0" "{name}" (func $column (param i32)))"#
        );
        // Writes the column at 160, then hands on each cell: a mark at 0, a number at 8.
        let cell = |at: u32| {
            let (mark, number) = (16 * at, 16 * at + 8);
            format!(
                "(if (i32.load8_u offset={mark} (i32.load (i32.const 160)))
                   (then (call $value (i32.const {at})
                     (f64.load offset={number} (i32.load (i32.const 160))) (i32.const 5)))
                   (else (call $none (i32.const {at}))))"
            )
        };
        let (mari, jaan) = (cell(0), cell(1));
        let body = format!(
            "(call $column (i32.const 160)) {mari} {jaan}
             (call $answer (i32.load (i32.const 164)))"
        );
        let plugin = indicator(&bench, &guest(&import, &body));
        let outcomes = plugin.run(&figures).outcome.expect("outcomes");
        let values: Vec<Option<f64>> = outcomes.iter().map(Outcome::value).collect();
        assert_eq!(values, figures.column(metric), "{name}");
        assert_eq!(plugin.needs(), [metric]);
        let mari = values[0].expect("a figure of Mari's");
        assert!(mari > 0.0 && seen.insert(mari as u64), "{name} is {mari} like another");
    }
}

#[test]
fn what_is_not_a_number_is_no_value_for_that_person_alone() {
    let bench = Bench::new();
    for bad in ["nan", "inf", "-inf"] {
        let body = format!(
            "(call $value (i32.const 0) (f64.const {bad}) (i32.const 9))
             (call $value (i32.const 1) (f64.const 2.5) (i32.const 9))
             (call $answer (i32.const 2))"
        );
        let outcomes = indicator(&bench, &guest("", &body)).run(&figures()).outcome;
        assert_eq!(outcomes, Ok(vec![Outcome::None(Reason::NoNumber), value(2.5, 9)]), "{bad}");
    }
}

#[test]
fn a_figure_that_rests_on_too_little_is_not_given_out() {
    let body = "(call $value (i32.const 0) (f64.const 1) (i32.const 4))
                (call $none (i32.const 1)) (call $answer (i32.const 2))";
    let bench = Bench::new();
    let plugin = indicator(&bench, &guest("", body));
    assert_eq!((plugin.scale().unit, plugin.scale().sample_min), (Unit::Count, 5));
    let few = Reason::TooFew { sample: 4, least: 5 };
    let said = Reason::Said("guest".to_owned());
    let expected = vec![Outcome::None(few), Outcome::None(said)];
    assert_eq!(plugin.evaluate(&figures()), Ok(expected));
}

#[test]
fn an_answer_for_more_or_fewer_people_than_there_are_is_a_failure() {
    for outcomes in [0, 1, 3] {
        let body = format!("(call $answer (i32.const {outcomes}))");
        fails("", &body, &Failure::WrongCount { outcomes, people: 2 });
    }
}

#[test]
fn an_error_a_panic_and_a_trap_are_failures_with_their_words() {
    let error =
        "(i32.store8 (i32.const 128) (i32.const 1)) (i32.store (i32.const 132) (i32.const 64))
                 (i32.store (i32.const 136) (i32.const 5)) (i32.const 128)";
    fails("", error, &Failure::Refused("guest".to_owned()));
    fails("", "unreachable", &Failure::Panic);
    let trap = Failure::Trap("wasm trap: integer divide by zero".to_owned());
    fails("", "(i32.div_u (i32.const 1) (i32.const 0))", &trap);
}

#[test]
fn an_endless_loop_ends_with_its_fuel_and_not_with_the_clock() {
    // The clock would end it at another point on another machine.
    fails("", "(loop $again (br $again)) unreachable", &Failure::Fuel);
}

#[test]
fn a_memory_bomb_and_too_many_words_are_stopped_at_their_limits() {
    let grow = "(loop $again (drop (memory.grow (i32.const 16))) (br $again)) unreachable";
    fails("", grow, &Failure::Memory);
    let words = "(drop (memory.grow (i32.const 200))) (call $none (i32.const 0))
                 (i32.store (i32.const 268) (i32.const 10000000)) (call $answer (i32.const 2))";
    fails("", words, &Failure::Data);
    let log = r#"(import "ladus:base/log@1.0.0" "write" (func $write (param i32 i32 i32)))"#;
    let flood = "(loop $again
                   (call $write (i32.const 1) (i32.const 64) (i32.const 5)) (br $again)) unreachable";
    fails(log, flood, &Failure::HostCalls);
}

#[test]
fn nothing_is_remembered_from_one_computation_to_the_next() {
    let counter = "(global $runs (mut i32) (i32.const 0))";
    let body = "(global.set $runs (i32.add (global.get $runs) (i32.const 1)))
                (call $value (i32.const 0) (f64.convert_i32_u (global.get $runs)) (i32.const 5))
                (call $none (i32.const 1)) (call $answer (i32.const 2))";
    let bench = Bench::new();
    let plugin = indicator(&bench, &guest(counter, body));
    for _ in 0..3 {
        let outcomes = plugin.run(&figures()).outcome.expect("outcomes");
        assert_eq!(outcomes[0], value(1.0, 5));
    }
}

#[test]
fn a_period_that_is_computed_again_comes_out_the_same_to_the_last_bit() {
    let settings = [("least-time".to_owned(), Value::Number(1.0))];
    let computed = || {
        let plugin = indicator(&Bench::new(), STOCK_INDICATORS[0].component);
        let plugin = plugin.with_settings(&settings).expect("settings that fit");
        let run = plugin.run(&figures());
        let outcomes = run.outcome.expect("outcomes");
        let bits: Vec<_> = outcomes.iter().map(|it| it.value().map(f64::to_bits)).collect();
        (outcomes, bits, run.fuel)
    };
    let first = computed();
    assert!(first.1[0].is_some(), "{:?}", first.0);
    assert_eq!(computed(), first);
}

#[test]
fn ten_thousand_people_are_computed_for_and_one_more_is_refused() {
    let bench = Bench::new();
    let plugin = indicator(&bench, STOCK_INDICATORS[0].component);
    let outcomes = plugin.run(&crowd(PEOPLE_MAX)).outcome.expect("outcomes");
    assert_eq!(outcomes.len(), PEOPLE_MAX);
    assert_eq!(plugin.run(&crowd(0)).outcome, Ok(Vec::new()));
    let people = u32::try_from(PEOPLE_MAX).expect("a number") + 1;
    let failure = Failure::TooManyPeople { people };
    assert_eq!(plugin.run(&crowd(PEOPLE_MAX + 1)).outcome, Err(failure));
}

#[test]
fn a_plugin_for_something_else_is_refused_by_what_it_is() {
    let bench = Bench::new();
    let stock = STOCK_INDICATORS[0].component;
    // Twice: the second time it is there compiled.
    for _ in 0..2 {
        let refusal = bench.host.routing(stock).expect_err("a refusal");
        let words = "it is a success indicator, and here a routing policy is wanted";
        assert_eq!((refusal.word(), refusal.to_string().as_str()), ("other_world", words));
        let refusal = bench.host.indicator(&longest_idle()).expect_err("a refusal");
        let words = "it is a routing policy, and here a success indicator is wanted";
        assert_eq!(refusal.to_string(), words);
    }
    assert_eq!(bench.host.world(stock).expect("a world"), World::Indicator);
    assert_eq!(bench.host.world(&longest_idle()).expect("a world"), World::Routing);
    let bare = wat::parse_str("(component)").expect("WebAssembly text");
    let refusal = bench.host.indicator(&bare).expect_err("a refusal");
    assert!(matches!(refusal, Refusal::NoPolicy), "{refusal}");
}

#[test]
fn an_indicator_of_another_shape_or_a_later_world_is_refused_by_the_world() {
    let bench = Bench::new();
    let newer = r#"(component
        (import "ladus:indicator/people@1.9.0" (instance (export "shoe-size" (func))))
        (instance $empty)
        (export "ladus:indicator/indicator@1.9.0" (instance $empty)))"#;
    let file = wat::parse_str(newer).expect("WebAssembly text");
    let refusal = bench.host.indicator(&file).expect_err("a refusal").to_string();
    assert!(refusal.contains("ladus:indicator@1.0") && refusal.contains("shoe-size"), "{refusal}");
}

#[test]
fn every_stock_indicator_is_accepted_and_reads_no_more_than_it_needs() {
    let bench = Bench::new();
    let expected = [
        ("answered-per-hour", "break-ms count instant-hang-ups logged-on-ms quick-transfers talks"),
        ("most-served", "count instant-hang-ups quick-transfers talks"),
        ("answer-time", "answered count missed ring-answered-ms ring-missed-ms"),
        ("talk-length", "count hold-ms short-talk-ms short-talks talk-ms talks wrap-up-ms"),
        ("answered-in-a-row", "offers talks"),
    ];
    assert_eq!(STOCK_INDICATORS.len(), expected.len());
    for (stock, (name, reads)) in STOCK_INDICATORS.iter().zip(expected) {
        let plugin = indicator(&bench, stock.component);
        assert_eq!((stock.name, plugin.label()), (name, format!("{name}@0.1.0")));
        assert!(plugin.card().summary.ends_with('.'), "{name}");
        let facts = plugin.reads().iter().filter_map(|read| Some(read.split_once('#')?.1));
        let facts: BTreeSet<&str> = facts.collect();
        assert_eq!(facts.into_iter().collect::<Vec<_>>().join(" "), reads);
        let run = plugin.run(&figures());
        assert_eq!(run.outcome.map(|outcomes| outcomes.len()), Ok(2));
        assert!(run.fuel < 200_000, "{name} burnt {}", run.fuel);
    }
}
