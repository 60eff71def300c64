//! The first promise of order, over many calls on real sockets: an agent's main group comes first,
//! and the others are served when it has no calls.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use phones::{AgentPhone, Callers, Habits, Scenario, Span};
use serde_json::{Value, json};
use tests::{Client, Ladus};

use crate::baresip::set_up;

const CALLS: u64 = 50;
const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);
const TRUNK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 2));

/// Name, and the order of sales and of support.
const AGENTS: [(&str, [u64; 2]); 3] = [("Mari", [1, 2]), ("Jaan", [2, 1]), ("Liis", [1, 2])];

#[test]
fn over_fifty_calls_every_freed_agent_takes_his_main_groups_caller_first() {
    let ladus = Ladus::start();
    let (mut client, credential) = set_up(&ladus);
    let sales = client.get("/groups").body["groups"][0]["id"].as_u64().expect("a group");
    let made = client.post("/groups", json!({ "name": "Tugi", "numbers": ["6002000"] }));
    assert_eq!(made.status, 201, "{}", made.body);
    let support = made.body["id"].as_u64().expect("a group");
    let trunk = json!({ "name": "Trunk", "address": TRUNK });
    assert_eq!(client.post("/trunks", trunk).status, 201);
    for group in [sales, support] {
        let change = json!({ "wrap_up_ms": 0, "recorded": false });
        let reply = client.patch(&format!("/groups/{group}"), change);
        assert!(reply.status < 300, "{}", reply.body);
    }
    let mut credentials = vec![(1, credential)];
    for (name, _) in &AGENTS[1..] {
        let id = client.post("/people", json!({ "name": name })).body["id"].as_u64();
        let id = id.expect("an id");
        let made = client.post(&format!("/people/{id}/credentials"), json!({}));
        assert_eq!(made.status, 201, "{}", made.body);
        credentials.push((id, made.body));
    }
    let mut orders = BTreeMap::new();
    for ((person, _), (_, order)) in credentials.iter().zip(AGENTS) {
        for (group, order) in [(sales, order[0]), (support, order[1])] {
            let member = json!({ "order": order, "delay_ms": 0 });
            let put = client.put(&format!("/groups/{group}/members/{person}"), member);
            assert!(put.status < 300, "{}", put.body);
            orders.insert((*person, group), order);
        }
    }
    play(&ladus, &credentials);
    judge(&journal(&client), &orders);
}

/// Three agents and fifty callers, who come faster than they can be served.
fn play(ladus: &Ladus, credentials: &[(u64, Value)]) {
    let habits = Habits {
        answers_after: Span::Exactly(Duration::from_millis(50)),
        talks: Some(Span::Between(Duration::from_millis(300), Duration::from_millis(900))),
        ..Habits::default()
    };
    let word = |credential: &Value, key: &str| credential[key].as_str().expect(key).to_owned();
    let agents = credentials.iter().map(|(_, credential)| AgentPhone {
        user: word(credential, "sip_user"),
        password: word(credential, "password"),
        habits: habits.clone(),
    });
    let minute = Duration::from_secs(60);
    let scenario = Scenario {
        server: ladus.sip.parse().expect("an address"),
        seed: 7,
        agents_from: LOOPBACK,
        agents: agents.collect(),
        callers: Some(Callers {
            from: TRUNK,
            numbers: vec![("6001000".to_owned(), 1), ("6002000".to_owned(), 1)],
            per_second: 6.0,
            patience: Span::Exactly(minute),
            talk_max: minute,
            calls_max: Some(CALLS),
            duration: None,
        }),
        media: false,
        finish_max: minute,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let report = runtime.expect("a runtime").block_on(async {
        let mut phones = phones::start(scenario).expect("the phones start");
        phones.ended().await
    });
    assert_eq!((report.rung_twice, report.rung_while_busy), (0, 0), "{report:?}");
}

/// Every fact of every call, in the order in which they happened.
fn journal(client: &Client) -> Vec<(u64, u64, String, Value)> {
    let calls = tests::until(30, "every call is over", || {
        let calls = client.get("/calls?limit=200").body["calls"].as_array().cloned()?;
        let over = calls.iter().all(|call| call["ended_ms"].is_number());
        (calls.len() as u64 == CALLS && over).then_some(calls)
    });
    let mut journal = Vec::new();
    for call in calls {
        assert_eq!(call["outcome"], "answered", "{call}");
        let id = call["id"].as_u64().expect("an id");
        let page = client.get(&format!("/calls/{id}")).body;
        for fact in page["facts"].as_array().expect("facts") {
            let at_ms = fact["at_ms"].as_u64().expect("a time");
            let kind = fact["kind"].as_str().expect("a kind").to_owned();
            journal.push((at_ms, id, kind, fact["body"].clone()));
        }
    }
    journal.sort_by_key(|(at_ms, id, ..)| (*at_ms, *id));
    journal
}

/// At each decision nobody waited, clearly before that moment, in a group that comes first for the
/// chosen agent; and in the group itself nobody who came clearly earlier.
fn judge(journal: &[(u64, u64, String, Value)], orders: &BTreeMap<(u64, u64), u64>) {
    let mut waiting: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    let (mut decisions, mut chosen_before_others) = (0, 0);
    for (at_ms, call, kind, body) in journal {
        match kind.as_str() {
            "queue_entered" => {
                waiting.insert(*call, (body["group"].as_u64().expect("a group"), *at_ms));
            }
            "route_decided" => {
                let agent = body["chosen"].as_u64().expect("an agent");
                let (group, entered) = waiting.remove(call).expect("he waits");
                let order = orders[&(agent, group)];
                decisions += 1;
                for (other, (its_group, its_entered)) in &waiting {
                    // Facts of one millisecond stand in no order between calls.
                    if its_entered >= at_ms {
                        continue;
                    }
                    let its_order = orders[&(agent, *its_group)];
                    let wronged = (its_order, *its_entered) < (order, entered);
                    assert!(!wronged, "agent {agent} took {call} of {group} before {other}");
                    chosen_before_others += u32::from(its_entered < &entered);
                }
            }
            _another => (),
        }
    }
    assert_eq!(decisions, CALLS, "each call is decided once");
    assert!(chosen_before_others > 5, "main groups were preferred to longer waits");
}
