//! Settings: from the card to the administrator and back to the plugin. The plugin written here is
//! also the one that the page's journeys upload.

use std::collections::BTreeMap;
use std::path::Path;

use acd::Choice;
use plugin_host::{Kind, Plugin, RoutingPolicy, Value};

use crate::guests::{Bench, GROUP, agents, ask, module};

/// A toggle in the memory of a guest: a field of a card.
struct Toggle {
    id: &'static str,
    label: &'static str,
    help: &'static str,
}

/// `house-rule@1.0.0`: rings the first candidate, with `last` the last one, and with `fail` none.
fn house_rule() -> Vec<u8> {
    let toggles = [
        Toggle { id: "last", label: "Last comes first", help: "Whoever has rested least is rung." },
        Toggle { id: "fail", label: "Fail on purpose", help: "To see what happens then." },
    ];
    // Text of the plugin's memory: a card at 0, its fields at 256, words from 1024 on.
    let mut memory = vec![0_u8; 4_096];
    let mut words_at = 1_024;
    let mut word = |memory: &mut Vec<u8>, at: usize, word: &str| {
        memory[words_at..words_at + word.len()].copy_from_slice(word.as_bytes());
        number(memory, at, words_at);
        number(memory, at + 4, word.len());
        words_at += word.len();
    };
    word(&mut memory, 0, "house-rule");
    word(&mut memory, 8, "1.0.0");
    word(&mut memory, 16, "The first in order, or the last: as the house likes it.");
    number(&mut memory, 24, 256);
    number(&mut memory, 28, toggles.len() + 1);
    for (place, Toggle { id, label, help }) in toggles.iter().enumerate() {
        let at = 256 + 80 * place;
        word(&mut memory, at, id);
        word(&mut memory, at + 8, label);
        word(&mut memory, at + 16, help);
        // Kind and initial value: the third case of both.
        (memory[at + 24], memory[at + 64]) = (2, 2);
    }
    // A number from 1 to 10, which the plugin does not read: 3 at first.
    let at = 256 + 80 * toggles.len();
    word(&mut memory, at, "share");
    word(&mut memory, at + 8, "Share");
    for (offset, bound) in [(32, 1.0_f64), (40, 10.0), (48, 1.0), (72, 3.0)] {
        memory[at + offset..at + offset + 8].copy_from_slice(&bound.to_le_bytes());
    }
    word(&mut memory, at + 56, "calls");
    memory[at + 64] = 1;
    let memory: String = memory.iter().map(|byte| format!("\\{byte:02x}")).collect();
    // Settings come as a list in the card's order: 24 bytes each, the value's own from 16 on.
    module(&format!(
        r#"(module
             (import "ladus:routing/candidates@1.3.0" "count" (func $count (result i32)))
             (memory (export "memory") 1)
             (data (i32.const 0) "{memory}")
             (global $next (mut i32) (i32.const 8192))
             (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
               (global.get $next)
               (global.set $next (i32.and (i32.const -8)
                 (i32.add (i32.add (global.get $next) (local.get 3)) (i32.const 7)))))
             (func (export "ladus:routing/policy@1.3.0#describe") (result i32) (i32.const 0))
             (func (export "ladus:routing/policy@1.3.0#decide") (param i32 i32) (result i32)
               (if (i32.load8_u offset=40 (local.get 0)) (then unreachable))
               (i32.store (i32.const 72)
                 (select (i32.sub (call $count) (i32.const 1)) (i32.const 0)
                   (i32.load8_u offset=16 (local.get 0))))
               (i32.const 64)))"#
    ))
}

/// Writes a number of 32 bits.
fn number(memory: &mut [u8], at: usize, number: usize) {
    let number = u32::try_from(number).expect("a small number");
    memory[at..at + 4].copy_from_slice(&number.to_le_bytes());
}

/// The plugin with these toggles on.
fn on(plugin: &Plugin, toggles: &[&str]) -> Plugin {
    plugin.with(toggles.iter().map(|id| ((*id).to_owned(), Value::Toggle(true))).collect())
}

fn choice(plugin: Plugin) -> Choice {
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(plugin));
    let reply = ask(&mut policy, &agents(&[(1, 1), (1, 2), (1, 3)]));
    assert_eq!(reply.verdict.fallback, None);
    reply.choice
}

#[test]
fn what_the_administrator_chose_reaches_the_plugin() {
    let plugin = Bench::new().plugin(&house_rule());
    assert_eq!(choice(plugin.clone()), Choice::Ring(0));
    assert_eq!(choice(on(&plugin, &["last"])), Choice::Ring(2));
    let wrong = |value| choice(plugin.with(BTreeMap::from([("last".to_owned(), value)])));
    assert_eq!(wrong(Value::Number(1.0)), Choice::Ring(0), "what does not fit is as on the card");
    assert_eq!(choice(on(&plugin, &["unknown"])), Choice::Ring(0));
}

#[test]
fn the_record_stays_with_plugin_and_settings_and_is_wiped_by_another_chance() {
    let plugin = Bench::new().plugin(&house_rule());
    let bad = on(&plugin, &["fail"]);
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(bad.clone()));
    for _ in 0..5 {
        ask(&mut policy, &agents(&[(1, 1)]));
    }
    let suspended = |policy: &RoutingPolicy| policy.health(GROUP).is_some_and(|it| it.suspended());
    assert!(suspended(&policy));
    policy.set(GROUP, Some(bad));
    assert!(suspended(&policy), "the same plan read again forgives nothing");
    policy.forgive(GROUP);
    assert!(!suspended(&policy));
    ask(&mut policy, &agents(&[(1, 1)]));
    assert_eq!(policy.health(GROUP).map(|health| health.failures), Some(1));
    policy.set(GROUP, Some(plugin));
    assert_eq!(policy.health(GROUP).map(|health| health.failures), Some(0), "other settings");
}

/// After a change of the plugin above: `LADUS_UPDATE=1 cargo test --workspace --test plugins`.
#[test]
fn the_file_that_the_pages_journeys_upload_is_this_plugin() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/browser/house-rule.wasm");
    if std::env::var_os("LADUS_UPDATE").is_some() {
        std::fs::write(&path, house_rule()).unwrap();
    }
    let plugin = Bench::new().plugin(&std::fs::read(&path).unwrap());
    let card = plugin.card();
    assert_eq!(plugin.label(), "house-rule@1.0.0");
    let ids: Vec<&str> = card.fields.iter().map(|field| field.id.as_str()).collect();
    assert_eq!(ids, ["last", "fail", "share"]);
    assert_eq!(
        (&card.fields[0].kind, &card.fields[2].initial),
        (&Kind::Toggle, &Value::Number(3.0))
    );
    assert_eq!(choice(on(&plugin, &["last"])), Choice::Ring(2));
}
