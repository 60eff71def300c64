//! A policy tried on a recorded day: which days there are, how it goes, what it came to.

use acd::{AgentId, CallId, Day, Entry, Fact as Acd, GroupId, Time};
use axum::body::Body;
use axum::http::{Method, header};
use axum::response::Response;
use centre::{Fact, What};
use control::{AgentLoad, FieldValue, Lived, Replay, ReplayFailed, Replayed};
use futures_util::StreamExt;
use serde_json::{Value, json};
use stats::AgentFigures;
use store::{Journal, JournalLine};

use crate::world::{Actor, Answer, World, now_ms};

const DAY_MS: u64 = 86_400_000;

async fn two_groups(administrator: &Actor) {
    for name in ["Sales", "Support"] {
        let made = administrator.post("/api/v1/groups", json!({ "name": name })).await;
        assert_eq!(made.status, 201, "{}", made.json());
    }
}

fn tried(policy: &str, day: &str) -> Value {
    json!({ "groups": [2], "policy": policy, "day": day })
}

async fn start(actor: &Actor, asked: &Value) -> Response {
    let request = actor.request(Method::POST, "/api/v1/plugins/replay");
    let request = request.header(header::CONTENT_TYPE, "application/json");
    actor.send(request.body(Body::from(asked.to_string())).unwrap()).await
}

/// The events of an answer that has ended: their names and data.
fn events(answer: &Answer) -> Vec<(String, Value)> {
    let text = String::from_utf8_lossy(&answer.body);
    let event = |frame: &str| {
        let (name, data) = frame.split_once('\n')?;
        let data = serde_json::from_str(data.strip_prefix("data: ")?).ok()?;
        Some((name.strip_prefix("event: ")?.to_owned(), data))
    };
    text.split("\n\n").filter_map(event).collect()
}

fn lived(handled: [u64; 2]) -> Lived {
    let figures = |handled| AgentFigures { handled, talked_ms: 1_000, ..AgentFigures::default() };
    let load = |(id, handled)| AgentLoad {
        agent: AgentId(id),
        name: format!("Agent {id}"),
        figures: figures(handled),
    };
    Lived { agents: (1..).zip(handled).map(load).collect(), ..Lived::default() }
}

#[tokio::test]
async fn a_day_lived_again_tells_how_it_goes_and_what_it_came_to() {
    let mut world = World::new().await;
    let administrator = world.administrator().await;
    two_groups(&administrator).await;
    let asked = tried("longest-idle", "2026-03-02");
    let answer = start(&administrator, &asked).await;
    assert_eq!(answer.status(), 200);
    let Replay { trial, done, reply, turn } = world.replays.recv().await.unwrap();
    assert_eq!(trial.day, Day::of("UTC", "2026-03-02").unwrap());
    assert_eq!((trial.groups, trial.policy.as_str()), (vec![GroupId(2)], "longest-idle"));

    let second = administrator.post("/api/v1/plugins/replay", asked.clone()).await;
    assert_eq!(second.problem(), (409, "replay_runs".to_owned()));

    done.send_replace(0.5);
    let body = answer.into_body().into_data_stream();
    let (first, body) = body.into_future().await;
    let first = String::from_utf8(first.unwrap().unwrap().to_vec()).unwrap();
    assert_eq!(first, "event: done\ndata: {\"share\":0.5}\n\n");
    drop(turn);
    let replayed = Replayed { was: lived([1, 3]), now: lived([2, 2]), tried: lived([0, 4]) };
    reply.send(Ok(replayed)).unwrap();
    let rest = Answer::of(Response::new(Body::from_stream(body))).await;
    let (name, replayed) = events(&rest).pop().unwrap();
    assert_eq!(name, "replayed");
    let variations = ["was", "now", "tried"].map(|it| replayed[it]["calls"]["variation"].clone());
    assert_eq!(variations, [0.5, 0.0, 1.0].map(|it| json!(it)));
    assert_eq!(replayed["tried"]["calls"]["most"], 4);
    let mari = json!({ "agent": 1, "name": "Agent 1", "handled": 1, "talked_ms": 1_000 });
    assert_eq!(replayed["was"]["agents"][0], mari);

    assert_eq!(start(&administrator, &asked).await.status(), 200, "another one may begin");
}

#[tokio::test]
async fn a_day_is_not_lived_on_for_somebody_who_has_gone() {
    let mut world = World::new().await;
    let administrator = world.administrator().await;
    two_groups(&administrator).await;
    let answer = start(&administrator, &tried("built-in", "2026-03-02")).await;
    let mut replay = world.replays.recv().await.unwrap();
    assert!(!replay.reply.is_closed());
    drop(answer);
    replay.reply.closed().await;
}

#[tokio::test]
async fn settings_reach_the_switch_and_a_failure_is_the_last_event() {
    let mut world = World::new().await;
    let administrator = world.administrator().await;
    two_groups(&administrator).await;
    let file = administrator.request(Method::POST, "/api/v1/plugins");
    administrator.send(file.body(Body::from(b"\0asm fair".to_vec())).unwrap()).await;
    let asked = json!({
        "groups": [1, 2], "policy": "plugin-version:1", "day": "2026-03-02",
        "settings": { "threshold": 3, "strict": true },
    });
    let cases = [
        (ReplayFailed::NoCalls, "no_calls"),
        (ReplayFailed::TooLong { max: 9 }, "day_too_long"),
        (ReplayFailed::TimeUp { max_s: 9 }, "time_up"),
        (ReplayFailed::NoPlugin { label: "a@1".into(), why: "gone".into() }, "plugin_broken"),
        (ReplayFailed::Journal("disk".into()), "internal"),
    ];
    for (failed, code) in cases {
        let answer = start(&administrator, &asked).await;
        let Replay { trial, reply, turn, .. } = world.replays.recv().await.unwrap();
        let threshold = ("threshold".to_owned(), FieldValue::Number(3.0));
        assert!(trial.settings.contains(&threshold), "{:?}", trial.settings);
        drop(turn);
        reply.send(Err(failed)).unwrap();
        let (name, problem) = events(&Answer::of(answer).await).pop().unwrap();
        assert_eq!((name.as_str(), &problem["code"]), ("problem", &json!(code)));
        assert!(!problem.to_string().contains("disk"), "causes stay in the log");
    }
}

#[tokio::test]
async fn what_cannot_be_tried_is_pointed_at() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    two_groups(&administrator).await;
    let day = "2026-03-02";
    let cases = [
        (json!({ "groups": [], "policy": "built-in", "day": day }), "/groups", "required"),
        (json!({ "groups": [77], "policy": "built-in", "day": day }), "/groups", "unknown"),
        (tried("no-such-policy", day), "/policy", "unknown"),
        (tried("built-in", "2026-02-30"), "/day", "not_a_day"),
        (tried("built-in", "yesterday"), "/day", "not_a_day"),
    ];
    for (asked, pointer, code) in cases {
        let answer = administrator.post("/api/v1/plugins/replay", asked).await;
        assert_eq!(answer.problem(), (422, "invalid".to_owned()), "{pointer}");
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
    let stranger = world.anonymous();
    let refused = stranger.post("/api/v1/plugins/replay", tried("built-in", day)).await;
    assert_eq!(refused.problem(), (401, "not_logged_in".to_owned()));
    let refused = stranger.get("/api/v1/plugins/days").await;
    assert_eq!(refused.problem(), (401, "not_logged_in".to_owned()));
}

#[tokio::test]
async fn days_with_calls_are_listed_as_people_of_the_place_name_them() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let list = administrator.get("/api/v1/plugins/days").await.json();
    assert_eq!(list, json!({ "zone": "UTC", "days": [] }));

    let zone = "Pacific/Kiritimati";
    let calendar = json!({ "name": "Office", "zone": zone, "week": vec![json!([]); 7] });
    let made = administrator.post("/api/v1/calendars", calendar).await;
    assert_eq!(made.status, 201, "{}", made.json());
    let name = |at_ms: u64| Day::name(zone, Time(at_ms)).unwrap();
    let today = Day::of(zone, &name(now_ms())).unwrap().from.0;
    // A minute before midnight there is in the middle of a day in UTC.
    let arrivals = [today - 70 * DAY_MS, today - 60_000, today, today + 1_000];
    let mut journal = Journal::open(&world.tenant).await.unwrap();
    for (id, at_ms) in (1..).zip(arrivals) {
        let (call, group) = (CallId(id), GroupId(1));
        let (number, caller) = ("6001000".to_owned(), "5550001".to_owned());
        let (priority, place, why, by) = (0, 1, Entry::Arrival, None);
        let since = Time(at_ms);
        let facts = [
            Acd::CallArrived { call, group, number, caller, priority },
            Acd::QueueEntered { call, group, priority, place, why, since, by },
        ];
        let line = |what| JournalLine::of(&Fact { at: since, what: What::Acd(what) });
        journal.append(&facts.map(line)).await.unwrap();
    }
    let list = administrator.get("/api/v1/plugins/days").await.json();
    let days = json!([
        { "day": name(today), "calls": 2 }, { "day": name(today - 60_000), "calls": 1 },
    ]);
    assert_eq!(list, json!({ "zone": zone, "days": days }));
}
