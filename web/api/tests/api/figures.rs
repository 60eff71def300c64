//! Figures of a day, by whatever they are wanted by, and as files.

use acd::{
    Activity, Actor, AgentId, CallId, EndCause, Entry, Fact, GroupId, Leave, Outcome, Side, Time,
    Wish,
};
use centre::What;
use serde_json::{Value, json};
use store::{JournalLine, NewPerson};

use crate::world::{BY, World};

/// The second of March 2026, ten in the morning UTC: a Monday.
const TEN: u64 = 1_772_445_600_000;
const MINUTE: u64 = 60_000;
const DAY: &str = "from=2026-03-02&to=2026-03-02";

/// One answered call of three minutes at ten, and one at eleven that nobody took.
async fn with_a_day(world: &World) -> (AgentId, GroupId) {
    let name = "=Mari, \"M\"";
    let new = NewPerson { name, extension: None };
    let agent = world.tenant.add_person(new, BY).await.unwrap().id;
    let group = GroupId(1);
    let (first, second) = (CallId(1), CallId(2));
    let entered = |call, at| {
        let (why, since) = (Entry::Arrival, Time(at));
        Fact::QueueEntered { call, group, priority: 0, place: 1, why, since, by: None }
    };
    let missed = Outcome::NoAnswer;
    let eleven = TEN + 60 * MINUTE;
    let facts = [
        (TEN - MINUTE, Fact::AgentWish { agent, wish: Wish::On, by: Actor::Agent }),
        (TEN - MINUTE, Fact::AgentActivity { agent, activity: Activity::Idle }),
        (TEN, entered(first, TEN)),
        (
            TEN + 4_000,
            Fact::QueueLeft { call: first, group, leave: Leave::Answered, waited_ms: 4_000 },
        ),
        (TEN + 4_000, offer(first, agent, Outcome::Answered, 3_000)),
        (TEN + 4_000, Fact::TalkStarted { call: first, group, agent }),
        (TEN + 4_000, Fact::AgentActivity { agent, activity: Activity::Talking }),
        (TEN + 3 * MINUTE, talk_ended(first, agent, 3 * MINUTE - 4_000)),
        (TEN + 3 * MINUTE, Fact::AgentActivity { agent, activity: Activity::Idle }),
        (eleven, entered(second, eleven)),
        (eleven + 20_000, offer(second, agent, missed, 20_000)),
        (
            eleven + 50_000,
            Fact::QueueLeft { call: second, group, leave: Leave::Abandoned, waited_ms: 50_000 },
        ),
        (eleven + 60 * MINUTE, Fact::AgentWish { agent, wish: Wish::Off, by: Actor::Agent }),
    ];
    let mut journal = store::Journal::open(&world.tenant).await.unwrap();
    let line = |(at, fact): &(u64, Fact)| {
        JournalLine::of(&centre::Fact { at: Time(*at), what: What::Acd(fact.clone()) })
    };
    journal.append(&facts.iter().map(line).collect::<Vec<_>>()).await.unwrap();
    (agent, group)
}

fn offer(call: CallId, agent: AgentId, outcome: Outcome, rang_ms: u64) -> Fact {
    Fact::OfferEnded { call, group: GroupId(1), agent, outcome, rang_ms }
}

fn talk_ended(call: CallId, agent: AgentId, talked_ms: u64) -> Fact {
    let (by, cause) = (Side::Caller, EndCause::HungUp);
    Fact::TalkEnded { call, group: GroupId(1), agent, by, cause, talked_ms }
}

/// The rows of an answer, each with these figures only.
fn told(answer: &Value, key: &[&str], figures: &[&str]) -> Value {
    let row = |row: &Value| {
        let keys = key.iter().map(|key| row[key].clone());
        keys.chain(figures.iter().map(|name| row["figures"][name].clone())).collect::<Value>()
    };
    answer["rows"].as_array().unwrap().iter().map(row).collect()
}

#[tokio::test]
async fn a_day_is_told_as_a_whole_by_hour_and_by_person() {
    let world = World::new().await;
    let (agent, _) = with_a_day(&world).await;
    let tiina = world.administrator().await;
    let day = tiina.get(&format!("/api/v1/figures?{DAY}")).await.json();
    assert_eq!(
        (&day["zone"], &day["goes_on"], &day["from"]),
        (&json!("UTC"), &json!(false), &json!("2026-03-02"))
    );
    let names = ["offered", "answered", "abandoned", "asa_ms", "talk_ms", "logged_on_ms"];
    let all = told(&day, &[], &names);
    assert_eq!(all, json!([[2, 1, 1, 4_000, 176_000, 121 * MINUTE]]));
    let level = &day["rows"][0]["service_level"];
    assert_eq!((&level["a"], &level["b"], &level["f"]), (&json!(1.0), &json!(0.5), &json!(0.5)));

    let hours = tiina.get(&format!("/api/v1/figures?{DAY}&by=hour,weekday")).await.json();
    let hours = told(&hours, &["weekday", "hour"], &["offered", "answered"]);
    assert_eq!(hours, json!([[0, 9, 0, 0], [0, 10, 1, 1], [0, 11, 1, 0]]));

    let people = tiina.get(&format!("/api/v1/figures?{DAY}&by=person,day")).await.json();
    let names = ["offers", "answered", "no_answer", "asa_ms", "asa_with_missed_ms", "answer_rate"];
    let people = told(&people, &["day", "person"], &names);
    assert_eq!(people, json!([["2026-03-02", agent.0, 2, 1, 1, 3_000, 11_500, 0.5]]));
}

#[tokio::test]
async fn limits_are_those_that_are_asked_for_and_a_group_may_be_singled_out() {
    let world = World::new().await;
    let (_, group) = with_a_day(&world).await;
    let tiina = world.administrator().await;
    let day = format!("/api/v1/figures?{DAY}&by=group");
    let strict = tiina.get(&format!("{day}&in_time_ms=3000&group={}", group.0)).await.json();
    assert_eq!(strict["rows"][0]["service_level"]["a"], json!(0.0));
    assert_eq!(strict["rows"][0]["figures"].get("logged_on_ms"), None, "hours belong to no group");
    let other = tiina.get(&format!("{day}&group=9")).await.json();
    assert_eq!(other["rows"], json!([]));
}

#[tokio::test]
async fn the_same_rows_are_files_in_which_no_name_is_a_formula() {
    let world = World::new().await;
    with_a_day(&world).await;
    let tiina = world.administrator().await;
    let answer = tiina.get(&format!("/api/v1/figures.csv?{DAY}&by=day,person")).await;
    let named = answer.headers["content-disposition"].to_str().unwrap();
    assert_eq!(named, "attachment; filename=\"figures 2026-03-02 2026-03-02.csv\"");
    let text = String::from_utf8(answer.body).unwrap();
    let mut lines = text.lines();
    assert!(lines.next().unwrap().starts_with("day,person,offers,answered,no_answer,"));
    assert!(lines.next().unwrap().starts_with("2026-03-02,\"'=Mari, \"\"M\"\"\",2,1,1,"));
    assert_eq!(lines.next(), None);
    let book = tiina.get(&format!("/api/v1/figures.xlsx?{DAY}&by=day,person")).await;
    assert!(book.status.is_success() && book.body.starts_with(b"PK\x03\x04"));
}

#[tokio::test]
async fn a_figure_opens_the_calls_that_count_and_those_left_out_and_why() {
    let world = World::new().await;
    let (agent, _) = with_a_day(&world).await;
    let tiina = world.administrator().await;
    let opened = async |figure: &str, whose: &str| {
        tiina.get(&format!("/api/v1/figures/explain?{DAY}&figure={figure}{whose}")).await.json()
    };
    let level = opened("service_level.b", "").await;
    assert_eq!((&level["formula"], &level["value"]), (&json!("A_T / (A + B)"), &json!(0.5)));
    let calls = |cases: &Value| -> Vec<(u64, Value)> {
        let cases = cases.as_array().unwrap().iter();
        cases.map(|case| (case["call"].as_u64().unwrap(), case["reason"].clone())).collect()
    };
    assert_eq!(calls(&level["counted"]), [(1, Value::Null), (2, Value::Null)]);
    let asa = opened("asa_ms", "").await;
    assert_eq!(
        (calls(&asa["counted"]), asa["value"].as_f64()),
        (vec![(1, Value::Null)], Some(4_000.0))
    );
    assert_eq!(calls(&asa["left_out"]), [(2, json!("abandoned"))]);
    // Of a person the same name is how long the phone rang.
    let rang = opened("asa_ms", &format!("&person={}", agent.0)).await;
    assert_eq!(
        (rang["value"].as_f64(), calls(&rang["left_out"])),
        (Some(3_000.0), vec![(2, json!("no_answer"))])
    );
    let unknown = tiina.get(&format!("/api/v1/figures/explain?{DAY}&figure=shoes")).await;
    assert_eq!(unknown.json()["errors"][0]["pointer"], json!("/figure"));
}

#[tokio::test]
async fn days_and_words_that_are_none_are_told() {
    let world = World::new().await;
    let tiina = world.administrator().await;
    for (asked, field) in [
        ("from=2026-02-30", "/from"),
        ("from=2026-03-02&to=2026-03-01", "/to"),
        ("from=2025-01-01&to=2026-06-01", "/to"),
        ("by=shoe", "/by"),
        ("by=day,day", "/by"),
        ("in_time_ms=99999999", "/in_time_ms"),
    ] {
        let answer = tiina.get(&format!("/api/v1/figures?{asked}")).await;
        assert_eq!(answer.status.as_u16(), 422, "{asked}");
        assert_eq!(answer.json()["errors"][0]["pointer"], json!(field), "{asked}");
    }
    assert_eq!(world.anonymous().get("/api/v1/figures").await.status.as_u16(), 401);
}
