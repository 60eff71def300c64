//! Figures over some days, from the journal and from the rows that are kept beside it.

use acd::{
    Activity, Actor, AgentId, CallId, EndCause, Fact as Acd, GroupId, Leave, Side, Time, Wish,
};
use centre::{Fact, What};
use serde_json::{Value, json};
use stats::Limits;
use store::{Journal, JournalLine};

use crate::world::{Actor as Asking, World};

/// 2026-03-02, a Monday, noon UTC.
const NOON: u64 = 1_772_452_800_000;
const HOUR: u64 = 3_600_000;
const MARI: AgentId = AgentId(7);

/// A caller who waits five seconds; if he is answered, Mari talks with him for a minute.
fn call(id: u64, at_ms: u64, group: u64, leave: Leave) -> Vec<(u64, Acd)> {
    let (call, group, agent) = (CallId(id), GroupId(group), MARI);
    let (since, why) = (Time(at_ms), acd::Entry::Arrival);
    let entered = Acd::QueueEntered { call, group, priority: 0, place: 1, why, since, by: None };
    let mut facts = vec![(at_ms, entered)];
    if leave == Leave::Answered {
        let (outcome, rang_ms) = (acd::Outcome::Answered, 4_000);
        facts.push((at_ms + 5_000, Acd::OfferEnded { call, group, agent, outcome, rang_ms }));
    }
    facts.push((at_ms + 5_000, Acd::QueueLeft { call, group, leave, waited_ms: 5_000 }));
    if leave == Leave::Answered {
        let (by, cause, talked_ms) = (Side::Caller, EndCause::HungUp, 60_000);
        facts.push((at_ms + 5_000, Acd::TalkStarted { call, group, agent }));
        let ended = Acd::TalkEnded { call, group, agent, by, cause, talked_ms };
        facts.push((at_ms + 65_000, ended));
    }
    facts
}

/// Two days: three calls at noon of the first, one an hour later, one on the second day.
async fn lived(world: &World) {
    let mut facts = vec![
        (NOON, Acd::AgentActivity { agent: MARI, activity: Activity::Idle }),
        (NOON, Acd::AgentWish { agent: MARI, wish: Wish::On, by: Actor::Agent }),
    ];
    facts.extend(call(1, NOON, 1, Leave::Answered));
    facts.extend(call(2, NOON + 100_000, 1, Leave::Abandoned));
    facts.extend(call(3, NOON + 200_000, 2, Leave::Answered));
    facts.extend(call(4, NOON + HOUR, 1, Leave::Answered));
    let off = Acd::AgentWish { agent: MARI, wish: Wish::Off, by: Actor::Agent };
    facts.push((NOON + 2 * HOUR, off));
    facts.extend(call(5, NOON + 24 * HOUR, 1, Leave::Abandoned));
    let fact = |(at_ms, fact)| JournalLine::of(&Fact { at: Time(at_ms), what: What::Acd(fact) });
    let lines: Vec<JournalLine> = facts.into_iter().map(fact).collect();
    Journal::open(&world.tenant).await.unwrap().append(&lines).await.unwrap();
    world.tenant.fold_intervals(Limits::default()).await.unwrap();
}

async fn asked(by: &Asking, query: &str) -> Value {
    by.get(&format!("/api/v1/figures?{query}")).await.json()
}

/// Of each row these figures.
fn columns(answer: &Value, names: &[&str]) -> Vec<Vec<Value>> {
    let rows = answer["rows"].as_array().unwrap().iter();
    rows.map(|row| names.iter().map(|name| pick(row, name)).collect()).collect()
}

fn pick(row: &Value, name: &str) -> Value {
    if row.get(name).is_some() { row[name].clone() } else { row["figures"][name].clone() }
}

const BOTH_DAYS: &str = "from=2026-03-02&to=2026-03-03";

#[tokio::test]
async fn figures_are_listed_by_group_person_hour_and_day() {
    let world = World::new().await;
    lived(&world).await;
    let administrator = world.administrator().await;
    let groups = asked(&administrator, &format!("{BOTH_DAYS}&by=group")).await;
    let columns_of = |names| columns(&groups, names);
    assert_eq!(
        columns_of(&["group", "offered", "answered", "abandoned", "asa_ms"]),
        [
            [json!(1), json!(4), json!(2), json!(2), json!(5_000)],
            [json!(2), json!(1), json!(1), json!(0), json!(5_000)]
        ]
    );
    let level = &groups["rows"][0]["service_level"];
    assert_eq!((&level["a"], &level["b"], &level["e"]), (&json!(1.0), &json!(0.5), &json!(1.0)));
    let people = asked(&administrator, &format!("{BOTH_DAYS}&by=person")).await;
    let names = ["person", "answered", "asa_ms", "talk_ms", "logged_on_ms", "service_level"];
    let mari = [json!(7), json!(3), json!(4_000), json!(180_000), json!(2 * HOUR), Value::Null];
    assert_eq!(columns(&people, &names), [mari]);
    let pairs = asked(&administrator, &format!("{BOTH_DAYS}&by=person,group")).await;
    assert_eq!(
        columns(&pairs, &["group", "person", "answered", "logged_on_ms"]),
        [[json!(1), json!(7), json!(2), Value::Null], [json!(2), json!(7), json!(1), Value::Null]]
    );
    let hours = asked(&administrator, &format!("{BOTH_DAYS}&by=hour")).await;
    assert_eq!(
        columns(&hours, &["hour", "offered", "answered"]),
        [[json!(12), json!(4), json!(2)], [json!(13), json!(1), json!(1)]]
    );
    let days = asked(&administrator, &format!("{BOTH_DAYS}&by=day&group=1")).await;
    assert_eq!(
        columns(&days, &["day", "offered", "unattended"]),
        [[json!("2026-03-02"), json!(3), json!(0.0)], [json!("2026-03-03"), json!(1), Value::Null]]
    );
}

#[tokio::test]
async fn only_the_days_that_were_asked_for_count_by_the_clocks_of_the_company() {
    let world = World::new().await;
    lived(&world).await;
    let administrator = world.administrator().await;
    let one = asked(&administrator, "from=2026-03-03&to=2026-03-03").await;
    assert_eq!(columns(&one, &["offered"]), [[json!(1)]]);
    assert_eq!(one["zone"], "UTC");
    let hours = json!({ "name": "Kell", "zone": "Pacific/Auckland", "week": vec![json!([]); 7], "dates": [] });
    let added = administrator.post("/api/v1/calendars", hours).await;
    assert_eq!(added.status, 201);
    // Noon UTC is one in the night of the next day there.
    let there = administrator.get("/api/v1/figures?from=2026-03-03&to=2026-03-03&by=hour").await;
    assert_eq!(
        columns(&there.json(), &["hour", "offered"]),
        [[json!(1), json!(3)], [json!(2), json!(1)]]
    );
}

#[tokio::test]
async fn a_long_span_is_read_from_what_is_kept_and_comes_to_the_same() {
    let world = World::new().await;
    lived(&world).await;
    let administrator = world.administrator().await;
    let by = "by=day,person";
    let folded = asked(&administrator, &format!("{BOTH_DAYS}&{by}")).await;
    let kept = asked(&administrator, &format!("from=2026-02-01&to=2026-03-10&{by}")).await;
    assert_eq!(folded["rows"], kept["rows"]);
    assert_eq!(folded["rows"].as_array().unwrap().len(), 1);
    // By other limits nothing is kept.
    let other = "from=2026-02-01&to=2026-03-10&by=group&in_time_ms=4000&group=1";
    let other = asked(&administrator, other).await;
    assert_eq!(other["rows"][0]["service_level"]["a"], json!(0.0));
}
