//! Indicators that read facts in order, good and bad.

use plugin_host::{FOLD_PEOPLE_MAX, Failure, Reading, STATE_MAX, STOCK_INDICATORS, Value};
use stats::indicator::{Indicator as _, Outcome, Reason};

use crate::guests::{Bench, module_for};
use crate::indicator::{crowd, figures, value};

/// The bodies of a guest's functions. Parameters are settings (0, 1), then states (2, 3 and, of a
/// merge, 4, 5).
struct Bodies<'a> {
    first: &'a str,
    init: &'a str,
    on_facts: &'a str,
    merge: &'a str,
    finish: &'a str,
}

/// Knows nothing of anybody, and has no value for anybody.
const IDLE: Bodies<'_> = Bodies {
    first: "",
    init: "(call $state (i32.const 0) (i32.const 0))",
    on_facts: "(call $state (local.get 2) (local.get 3))",
    merge: "(call $state (local.get 2) (local.get 3))",
    finish: "(call $none (i32.const 0)) (call $none (i32.const 1))
             (call $answer (local.get 3))",
};

/// A card called `guest@1.0.0` that asks for no number of cases; `$state` answers bytes, `$error`
/// words, `$value` and `$none` write the outcome at a place, `$answer` says how many there are.
fn guest(Bodies { first, init, on_facts, merge, finish }: Bodies<'_>) -> Vec<u8> {
    let fold = "ladus:indicator/fold@1.0.0";
    let text = format!(
        r#"(module {first}
  (memory (export "memory") 2)
  (global $next (mut i32) (i32.const 8192))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $next)
    (global.set $next (i32.and (i32.const -8)
      (i32.add (i32.add (global.get $next) (local.get 3)) (i32.const 7)))))
  (data (i32.const 0) "\40\00\00\00\05\00\00\00\48\00\00\00\05\00\00\00")
  (data (i32.const 32) "\01\00\00\00\00\00\00\00")
  (data (i32.const 64) "guest\00\00\001.0.0")
  (func $give (param i32 i32 i32) (result i32)
    (i32.store8 (i32.const 128) (local.get 0))
    (i32.store (i32.const 132) (local.get 1))
    (i32.store (i32.const 136) (local.get 2)) (i32.const 128))
  (func $state (param i32 i32) (result i32)
    (call $give (i32.const 0) (local.get 0) (local.get 1)))
  (func $error (result i32) (call $give (i32.const 1) (i32.const 64) (i32.const 5)))
  (func $answer (param i32) (result i32)
    (call $give (i32.const 0) (i32.const 256) (local.get 0)))
  (func $at (param i32) (result i32)
    (i32.add (i32.const 256) (i32.mul (local.get 0) (i32.const 32))))
  (func $value (param i32 f64)
    (f64.store offset=8 (call $at (local.get 0)) (local.get 1)))
  (func $none (param i32)
    (i32.store8 (call $at (local.get 0)) (i32.const 1))
    (i32.store offset=8 (call $at (local.get 0)) (i32.const 64))
    (i32.store offset=12 (call $at (local.get 0)) (i32.const 5)))
  (func (export "{fold}#describe") (result i32) (i32.const 0))
  (func (export "{fold}#init") (param i32 i32) (result i32) {init})
  (func (export "{fold}#on-facts") (param i32 i32 i32 i32) (result i32) {on_facts})
  (func (export "{fold}#merge") (param i32 i32 i32 i32 i32 i32) (result i32) {merge})
  (func (export "{fold}#finish") (param i32 i32 i32 i32) (result i32) {finish}))"#
    );
    module_for(("indicator/v1", "folds"), &text)
}

/// The guest that knows nothing of anybody.
pub(crate) fn idle_guest() -> Vec<u8> {
    guest(IDLE)
}

/// Computes and sees it fail like this.
fn fails(bodies: Bodies<'_>, expected: &Failure) {
    let bench = Bench::new();
    let plugin = bench.host.indicator(&guest(bodies)).expect("an indicator");
    let run = plugin.run_reading(&figures(), Reading::Halves);
    assert_eq!(run.outcome, Err(expected.clone()));
}

#[test]
fn a_fold_that_does_nothing_has_no_value_for_anybody() {
    let bench = Bench::new();
    let plugin = bench.host.indicator(&guest(IDLE)).expect("an indicator");
    let none = Outcome::None(Reason::Said("guest".to_owned()));
    assert_eq!(plugin.evaluate(&figures()), Ok(vec![none.clone(), none]));
    assert!(plugin.needs_stories() && plugin.needs().is_empty());
    assert_eq!(plugin.label(), "guest@1.0.0");
}

/// What stands in a list of Mari's day, which has 53 offers and then 14 talks: the record at a
/// place of the list, whose size is given, read by an instruction at an offset.
fn cell(list: &str, record: (u32, u32), load: &str, offset: u32) -> Option<f64> {
    let import =
        format!(r#"(import "ladus:indicator/facts@1.0.0" "{list}" (func $list (param i32)))"#);
    let (place, size) = record;
    let on_facts = format!(
        "(call $list (i32.const 160))
         (call $state (i32.add (i32.load (i32.const 160)) (i32.const {}))
           (i32.const {size}))",
        place * size
    );
    // The state of the first person, of whom `people` holds where it is.
    let finish = format!(
        "(call $value (i32.const 0)
           (f64.convert_i64_u ({load} offset={offset} (i32.load (local.get 2)))))
         (call $none (i32.const 1)) (call $answer (local.get 3))"
    );
    let bodies = Bodies { first: &import, on_facts: &on_facts, finish: &finish, ..IDLE };
    let plugin = Bench::new().host.indicator(&guest(bodies)).expect("an indicator");
    let outcomes = plugin.run(&figures()).outcome.expect("outcomes");
    outcomes[0].value()
}

#[test]
fn every_fact_comes_with_all_that_is_known_of_it() {
    // The first miss: thirteen were answered before it.
    let miss = |load, offset| cell("offers", (13, 32), load, offset);
    assert_eq!(miss("i64.load32_u", 0), Some(13.0));
    assert_eq!(miss("i64.load", 8), Some(500_000.0));
    assert_eq!(miss("i64.load8_u", 16), Some(1.0));
    assert_eq!(miss("i64.load", 24), Some(20_000.0));
    // The talk with a hold in it, and the first that was handed on.
    let (held, handed_on) = ((5, 40), (1, 40));
    assert_eq!(cell("talks", held, "i64.load32_u", 0), Some(58.0));
    assert_eq!(cell("talks", held, "i64.load", 8), Some(515_000.0));
    assert_eq!(cell("talks", held, "i64.load", 16), Some(29_700.0));
    assert_eq!(cell("talks", held, "i64.load", 24), Some(300.0));
    assert_eq!(cell("talks", handed_on, "i64.load16_u", 32), Some(257.0));
    assert_eq!(cell("talks", (3, 40), "i64.load16_u", 32), Some(0.0));
}

#[test]
fn whatever_fails_is_a_failure_of_the_whole() {
    let endless = "(loop $again (br $again)) unreachable";
    fails(Bodies { on_facts: endless, ..IDLE }, &Failure::Fuel);
    for bodies in [
        Bodies { init: "unreachable", ..IDLE },
        Bodies { merge: "unreachable", ..IDLE },
        Bodies { finish: "unreachable", ..IDLE },
    ] {
        fails(bodies, &Failure::Panic);
    }
    let words = Failure::Refused("guest".to_owned());
    for bodies in [
        Bodies { init: "(call $error)", ..IDLE },
        Bodies { on_facts: "(call $error)", ..IDLE },
        Bodies { merge: "(call $error)", ..IDLE },
        Bodies { finish: "(call $error)", ..IDLE },
    ] {
        fails(bodies, &words);
    }
    let few = Failure::WrongCount { outcomes: 1, people: 2 };
    fails(Bodies { finish: "(call $answer (i32.const 1))", ..IDLE }, &few);
    let grow = "(loop $again (drop (memory.grow (i32.const 16))) (br $again)) unreachable";
    fails(Bodies { on_facts: grow, ..IDLE }, &Failure::Memory);
}

#[test]
fn a_state_may_have_four_thousand_bytes_and_not_one_more() {
    let state = |bytes: usize| format!("(call $state (i32.const 8192) (i32.const {bytes}))");
    fails(Bodies { on_facts: &state(STATE_MAX + 1), ..IDLE }, &Failure::Data);
    let full = state(STATE_MAX);
    let plugin = Bench::new().host.indicator(&guest(Bodies { on_facts: &full, ..IDLE }));
    assert!(plugin.expect("an indicator").run(&figures()).outcome.is_ok());
}

#[test]
fn the_longest_run_is_the_same_in_whatever_pieces_it_is_read() {
    let bench = Bench::new();
    let stock = STOCK_INDICATORS.iter().find(|stock| stock.name == "answered-in-a-row");
    let plugin = bench.host.indicator(stock.expect("a stock fold").component).expect("accepted");
    let least = [("least-calls".to_owned(), Value::Number(1.0))];
    let plugin = plugin.with_settings(&least).expect("settings that fit");
    let whole = plugin.run(&figures()).outcome.expect("outcomes");
    let Outcome::Value(mari) = &whole[0] else { panic!("Mari has no value: {whole:?}") };
    assert_eq!((mari.value, mari.sample), (13.0, 13));
    assert_eq!(plugin.run(&figures()).outcome.as_ref(), Ok(&whole));
    assert_eq!(plugin.run_reading(&figures(), Reading::Halves).outcome, Ok(whole));
}

#[test]
fn a_fold_that_forgets_what_came_first_is_found_out_by_reading_halves() {
    let marks = "(i32.store8 (i32.const 8192) (i32.const 7))
                 (call $state (i32.const 8192) (i32.const 1))";
    let finish = "(call $value (i32.const 0)
                    (f64.convert_i32_u (i32.load offset=4 (local.get 2))))
                  (call $none (i32.const 1)) (call $answer (local.get 3))";
    let merge = "(call $state (i32.const 0) (i32.const 0))";
    let bodies = Bodies { on_facts: marks, merge, finish, ..IDLE };
    let plugin = Bench::new().host.indicator(&guest(bodies)).expect("an indicator");
    let whole = plugin.run(&figures()).outcome.expect("outcomes");
    let halves = plugin.run_reading(&figures(), Reading::Halves).outcome.expect("outcomes");
    assert_eq!((&whole[0], &halves[0]), (&value(1.0, 0), &value(0.0, 0)));
}

#[test]
fn a_fold_has_two_thousand_people_and_not_one_more() {
    let bodies = Bodies { finish: "(call $error)", ..IDLE };
    let plugin = Bench::new().host.indicator(&guest(bodies)).expect("an indicator");
    let asked = Failure::Refused("guest".to_owned());
    assert_eq!(plugin.run(&crowd(FOLD_PEOPLE_MAX)).outcome, Err(asked));
    let people = u32::try_from(FOLD_PEOPLE_MAX).expect("a number") + 1;
    let refused = plugin.run(&crowd(FOLD_PEOPLE_MAX + 1)).outcome;
    assert_eq!(refused, Err(Failure::TooManyPeople { people }));
}
