//! Every policy that is shipped passes the door, tells about itself and decides.

use std::collections::BTreeSet;
use std::path::Path;

use acd::{Choice, Pick};
use plugin_host::{RoutingPolicy, STOCK, STOCK_INDICATORS, Value, World};

use crate::guests::{Bench, GROUP, agents, ask, ask_freed};

#[test]
fn every_stock_plugin_is_listed_once() {
    let plugins = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins");
    let folders = std::fs::read_dir(plugins).expect("plugins").flatten();
    let built = folders.filter(|it| it.path().join("Cargo.toml").is_file());
    let built: BTreeSet<String> =
        built.map(|it| it.file_name().to_string_lossy().into_owned()).collect();
    let all = STOCK.iter().chain(STOCK_INDICATORS);
    let listed: BTreeSet<String> = all.map(|it| it.name.to_owned()).collect();
    let count = STOCK.len() + STOCK_INDICATORS.len();
    assert_eq!((listed, count), (built.clone(), built.len()));
}

#[test]
fn every_stock_policy_is_accepted_described_and_decides() {
    let bench = Bench::new();
    for stock in STOCK {
        let plugin = bench.plugin(stock.component);
        let card = plugin.card();
        assert_eq!(card.name, stock.name);
        assert!(card.summary.ends_with('.'), "{}: {}", stock.name, card.summary);
        let mut policy = RoutingPolicy::new();
        if plugin.world() == World::CallSelection {
            policy.set_picker(Some(plugin));
            let verdict = ask_freed(&mut policy).expect("an opinion").verdict;
            assert_eq!((verdict.fallback, verdict.policy), (None, format!("{}@0.1.0", stock.name)));
            continue;
        }
        policy.set(GROUP, Some(plugin.clone()));
        let reply = ask(&mut policy, &agents(&[(1, 4_000), (1, 60_000), (2, 900_000)]));
        let verdict = reply.verdict;
        assert_eq!((verdict.fallback, verdict.policy), (None, format!("{}@0.1.0", stock.name)));
        let rings = matches!(reply.choice, Choice::Ring(0..=2));
        // Somebody who knows the caller is there but not free: he waits.
        assert_eq!(rings, stock.name != "sticky", "{}: {:?}", stock.name, reply.choice);
        assert!(verdict.fuel < 200_000, "{} burnt {}", stock.name, verdict.fuel);
    }
}

#[test]
fn a_stock_policy_reads_no_more_than_it_needs() {
    let bench = Bench::new();
    let expected = [
        ("longest-idle", "count idle-ms order"),
        ("fewest-calls", "count handled-today order"),
        ("least-talk-time", "count order talk-ms-today"),
        ("even-occupancy", "count occupancy order"),
        ("round-robin", "count idle-ms"),
        ("skills", "count get-caller skill-level"),
        ("priority-ageing", "count get-caller order"),
        ("sticky", "count familiar-ms-ago get-caller served-ms-ago"),
        ("weighted-random", "count order seed skill-level"),
        ("best-achiever", "count last-day order"),
        ("longest-wait-first", "count priority waited-ms"),
    ];
    for (stock, (name, reads)) in STOCK.iter().zip(expected) {
        let plugin = bench.plugin(stock.component);
        let facts = plugin.reads().iter().filter_map(|read| Some(read.split_once('#')?.1));
        let facts: BTreeSet<&str> = facts.collect();
        let facts: Vec<&str> = facts.into_iter().collect();
        assert_eq!((stock.name, facts.join(" ").as_str()), (name, reads));
    }
}

#[test]
fn whoever_has_waited_longest_is_taken_when_his_low_priority_is_worth_little() {
    let plugin = Bench::new().plugin(STOCK[10].component);
    let pick = |worth_ms: f64| {
        let worth = ("worth".to_owned(), Value::Number(worth_ms));
        let mut policy = RoutingPolicy::new();
        policy.set_picker(Some(plugin.with_settings(&[worth]).expect("settings that fit")));
        let Pick { position, verdict } = ask_freed(&mut policy).expect("an opinion");
        (position, verdict.reason)
    };
    assert_eq!(pick(10_000.0), (1, Some("waited 45 s".to_owned())));
    assert_eq!(pick(30_000.0), (0, Some("waited 12 s".to_owned())));
}

#[test]
fn a_skill_that_the_administrator_chooses_decides() {
    let plugin = Bench::new().plugin(STOCK[5].component);
    let skill = ("skill".to_owned(), Value::Text("billing".to_owned()));
    let mut policy = RoutingPolicy::new();
    policy.set(GROUP, Some(plugin.with_settings(&[skill]).expect("settings that fit")));
    let reply = ask(&mut policy, &agents(&[(1, 900), (1, 800), (1, 700)]));
    assert_eq!(
        (reply.choice, reply.verdict.reason.as_deref()),
        (Choice::Ring(1), Some("billing 7"))
    );
}
