//! The stream of boards and facts.

use std::sync::Arc;

use acd::{Activity, AgentId, CallId, GroupId, Time, Why, Wish};
use axum::body::{Body, BodyDataStream};
use axum::http::Method;
use control::{AgentRow, Board, CallRow, GroupRow, Line, ModeRow, StageRow};
use futures_util::StreamExt;
use serde_json::{Value, json};

use crate::world::{Actor, World};

/// A page that watches.
struct Watcher {
    stream: BodyDataStream,
    text: String,
}

impl Watcher {
    async fn open(actor: &Actor, last_seen: Option<&str>) -> Watcher {
        let mut request = actor.request(Method::GET, "/api/v1/live");
        if let Some(id) = last_seen {
            request = request.header("last-event-id", id);
        }
        let response = actor.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Watcher { stream: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event as name, id and data; `None` at the stream's end.
    async fn next(&mut self) -> Option<(String, u64, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let line = |name: &str| {
                    let found = event.lines().find_map(|line| line.strip_prefix(name));
                    found.unwrap_or_default().trim().to_owned()
                };
                let (name, id, data) = (line("event:"), line("id:"), line("data:"));
                self.text = rest.to_owned();
                return Some((name, id.parse().unwrap(), serde_json::from_str(&data).unwrap()));
            }
            let bytes = self.stream.next().await?.unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

fn agent(id: u64, wish: Wish, activity: Activity) -> AgentRow {
    AgentRow {
        agent: AgentId(id),
        name: format!("agent {id}"),
        wish,
        activity,
        since: Time(50),
        call: None,
        handled_today: 3,
        missed_today: 1,
        groups: vec![GroupId(1)],
        until: None,
        pending: activity == Activity::Talking,
    }
}

pub(crate) fn board() -> Board {
    let figures = stats::GroupFigures {
        offered: 5,
        answered: 3,
        answered_in_time: 2,
        abandoned: 1,
        answered_wait_ms: 30_000,
        ..stats::GroupFigures::default()
    };
    let lunch = Wish::Break { reason: "lunch".to_owned() };
    Board {
        at: Time(100),
        totals: figures.clone(),
        groups: vec![GroupRow {
            group: GroupId(1),
            name: "Sales".to_owned(),
            waiting: 1,
            longest_since: Some(Time(90)),
            talking: 1,
            figures,
            open: true,
            by_hand: false,
            next_turn: Some(Time(900)),
        }],
        agents: vec![
            agent(1, Wish::Off, Activity::Talking),
            agent(2, lunch, Activity::Unreachable),
            agent(3, Wish::On, Activity::Idle),
        ],
        calls: vec![CallRow {
            call: CallId(8),
            caller: "+3725551234".to_owned(),
            group: GroupId(1),
            entered: Time(90),
            stage: StageRow::Waiting,
            agent: None,
            since: Time(90),
            priority: 5,
            place: Some(1),
            why: Some(Why::Delayed { until: Time(200) }),
            estimate_ms: Some(30_000),
            callback: false,
        }],
        mode: Some(ModeRow {
            mode: 4,
            name: "Rush".to_owned(),
            since: Time(60),
            until: Some(Time(800)),
            who: "Tiina".to_owned(),
        }),
        ..Board::default()
    }
}

fn line(call: Option<u64>) -> Arc<Line> {
    Arc::new(Line { at: Time(7), call, kind: "offer_sent", body: r#"{"agent":3}"#.into() })
}

#[tokio::test]
async fn the_board_comes_at_once_and_after_every_change() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let mut watcher = Watcher::open(&administrator, None).await;
    let (name, id, empty) = watcher.next().await.unwrap();
    assert_eq!((name.as_str(), id), ("board", 1));
    assert_eq!(empty["groups"], json!([]));
    assert_eq!(empty["totals"]["service_level"], json!(null));
    world.board.send_replace(Arc::new(board()));
    let (name, id, full) = watcher.next().await.unwrap();
    assert_eq!((name.as_str(), id), ("board", 2));
    let expected = json!({
        "at_ms": 100,
        "totals": {
            "offered": 5, "answered": 3, "abandoned": 1, "waiting": 1, "asa_ms": 10_000,
            "service_level": 0.5,
        },
        "groups": [{
            "id": 1, "name": "Sales", "waiting": 1, "longest_wait_since_ms": 90, "talking": 1,
            "offered": 5, "answered": 3, "abandoned": 1, "service_level": 0.5, "asa_ms": 10_000,
            "agents": {
                "idle": 1, "offered": 0, "talking": 1, "wrapup": 0, "break": 1, "off": 0,
                "unreachable": 0,
            },
            "open": true, "by_hand": false, "next_turn_ms": 900,
        }],
        "agents": [
            {
                "id": 1, "name": "agent 1", "wish": "off", "reason": null, "activity": "talking",
                "since_ms": 50, "call": null, "handled_today": 3, "missed_today": 1,
                "until_ms": null, "pending": true,
            },
            {
                "id": 2, "name": "agent 2", "wish": "break", "reason": "lunch",
                "activity": "unreachable", "since_ms": 50, "call": null, "handled_today": 3,
                "missed_today": 1, "until_ms": null, "pending": false,
            },
            {
                "id": 3, "name": "agent 3", "wish": "on", "reason": null, "activity": "idle",
                "since_ms": 50, "call": null, "handled_today": 3, "missed_today": 1,
                "until_ms": null, "pending": false,
            },
        ],
        "calls": [{
            "id": 8, "caller": "+3725551234", "group": 1, "entered_ms": 90, "stage": "waiting",
            "agent": null, "since_ms": 90, "priority": 5, "place": 1,
            "why": { "kind": "delayed", "until_ms": 200 }, "estimate_ms": 30_000,
            "callback": false,
        }],
        "mode": {
            "mode": 4, "name": "Rush", "since_ms": 60, "until_ms": 800, "who": "Tiina",
        },
        "plugins": [],
        "trials": [],
        "failures": [],
    });
    assert_eq!(full, expected);
}

#[tokio::test]
async fn a_burst_of_changes_is_one_board() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let mut watcher = Watcher::open(&administrator, None).await;
    watcher.next().await.unwrap();
    for at in 1..=50 {
        world.board.send_replace(Arc::new(Board { at: Time(at), ..Board::default() }));
    }
    let (_, id, newest) = watcher.next().await.unwrap();
    assert_eq!((id, &newest["at_ms"]), (2, &json!(50)));
}

#[tokio::test]
async fn facts_come_as_they_are_written() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let mut watcher = Watcher::open(&administrator, None).await;
    watcher.next().await.unwrap();
    world.facts.send(line(Some(8))).unwrap();
    world.facts.send(line(None)).unwrap();
    let (name, id, fact) = watcher.next().await.unwrap();
    assert_eq!((name.as_str(), id), ("fact", 2));
    let expected = json!({ "at_ms": 7, "call": 8, "kind": "offer_sent", "body": { "agent": 3 } });
    assert_eq!(fact, expected);
    assert_eq!(watcher.next().await.unwrap().2["call"], json!(null));
}

#[tokio::test]
async fn who_lags_behind_or_comes_back_is_told_of_the_gap() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let mut back = Watcher::open(&administrator, Some("41")).await;
    let (name, id, gap) = back.next().await.unwrap();
    assert_eq!((name.as_str(), id, gap), ("gap", 42, json!({ "missed": null })));
    assert_eq!(back.next().await.unwrap().0, "board");
    drop(back);

    let mut slow = Watcher::open(&administrator, None).await;
    slow.next().await.unwrap();
    for _ in 0..5_000 {
        world.facts.send(line(None)).unwrap();
    }
    let (name, _, gap) = slow.next().await.unwrap();
    assert_eq!((name.as_str(), gap), ("gap", json!({ "missed": 904 })));
    assert_eq!(slow.next().await.unwrap().0, "fact");
}

#[tokio::test]
async fn the_stream_ends_with_the_switch() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let mut watcher = Watcher::open(&administrator, None).await;
    watcher.next().await.unwrap();
    let World { board, .. } = world;
    drop(board);
    assert_eq!(watcher.next().await, None);
}
