//! What an administrator may choose, and what becomes of it.

use acd::Choice;
use plugin_host::{RoutingPolicy, Value};

use crate::guests::{Bench, GROUP, agents, ask, guest, longest_idle, stock};

#[test]
fn a_plugin_begins_with_the_values_of_its_card() {
    let plugin = Bench::new().plugin(&stock("fewest-calls"));
    let initial: Vec<_> = plugin.card().fields.iter().map(|it| it.initial.clone()).collect();
    let settings: Vec<_> = plugin.settings().iter().map(|(_, value)| value.clone()).collect();
    assert_eq!((settings.len(), &settings), (2, &initial));
}

#[test]
fn what_the_administrator_chooses_is_what_the_plugin_decides_by() {
    let plugin = Bench::new().plugin(&stock("fewest-calls"));
    let ask_with = |chosen: &[(String, Value)]| {
        let mut policy = RoutingPolicy::new();
        policy.set(GROUP, Some(plugin.with_settings(chosen).expect("settings that fit")));
        let reply = ask(&mut policy, &agents(&[(1, 1), (2, 2)]));
        assert_eq!(reply.verdict.fallback, None);
        reply.choice
    };
    let mut busy = vec![("main-first".to_owned(), Value::Toggle(true))];
    assert_eq!(ask_with(&busy), Choice::Ring(0));
    // The first candidate has had fewer calls anyway: only from a lead of more than one on.
    busy.push(("lead".to_owned(), Value::Number(2.0)));
    assert_eq!(ask_with(&busy), Choice::Ring(0));
}

#[test]
fn a_setting_that_is_not_there_or_does_not_fit_is_told() {
    let plugin = Bench::new().plugin(&stock("fewest-calls"));
    let wrong = |id: &str, value: Value| plugin.with_settings(&[(id.to_owned(), value)]).err();
    let none = "there is no setting \u{201c}size\u{201d}";
    assert_eq!(wrong("size", Value::Number(1.0)).as_deref(), Some(none));
    let unfit = "the value of \u{201c}lead\u{201d} does not fit it";
    assert_eq!(wrong("lead", Value::Number(0.0)).as_deref(), Some(unfit));
    assert_eq!(wrong("lead", Value::Toggle(true)).as_deref(), Some(unfit));
    assert_eq!(wrong("lead", Value::Number(3.0)), None);
}

#[test]
fn other_settings_give_a_group_a_policy_with_a_clean_record() {
    let bench = Bench::new();
    let mut policy = bench.policy(&guest("", "unreachable"));
    ask(&mut policy, &agents(&[(1, 1)]));
    assert_eq!(policy.health(GROUP).map(|it| it.failures), Some(1));
    let plugin = bench.plugin(&longest_idle());
    policy.set(GROUP, Some(plugin.clone()));
    ask(&mut policy, &agents(&[(1, 1)]));
    policy.set(GROUP, Some(plugin.with_settings(&[]).expect("the same settings")));
    assert_eq!(policy.health(GROUP).map(|it| it.decisions), Some(1), "nothing has changed");
}
