//! Office calls: the door to the outside, and the list.

use acd::{AgentId, CallId, Fact as Acd, GroupId, Office, Time};
use centre::{Fact, OfficeOutcome, What};
use serde_json::json;
use store::{Journal, JournalLine};

use crate::world::World;

#[tokio::test]
async fn the_outside_is_opened_and_closed_and_the_switch_hears_of_it() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let path = "/api/v1/office";
    assert_eq!(administrator.get(path).await.json(), json!({ "outside_calls": false }));
    let opened = administrator.patch(path, json!({ "outside_calls": true })).await;
    assert_eq!(opened.status, 200);
    assert_eq!(opened.json(), json!({ "outside_calls": true }));
    assert_eq!(administrator.get(path).await.json()["outside_calls"], json!(true));
    assert_eq!(world.asked(), ["plan 2"]);
    let versions = administrator.get("/api/v1/versions").await.json();
    assert_eq!(versions["versions"][0]["changes"][0]["what"], json!("office_changed"));

    let wrong = administrator.patch(path, json!({ "outside_calls": "yes" })).await;
    assert_eq!(wrong.problem(), (400, "malformed".to_owned()));
    assert_eq!(world.anonymous().get(path).await.status, 401);
    let stranger = world.anonymous().patch(path, json!({ "outside_calls": false })).await;
    assert_eq!(stranger.status, 401);
    assert_eq!(administrator.get(path).await.json()["outside_calls"], json!(true));
}

#[tokio::test]
async fn the_list_of_calls_is_narrowed_to_office_calls_or_to_the_groups() {
    let world = World::new().await;
    let (call, agent, to) = (CallId(2), AgentId(7), Some(AgentId(8)));
    let (number, caller) = ("102".to_owned(), "101".to_owned());
    let (with, outcome) = (Office::Internal, OfficeOutcome::Busy);
    let arrived = Acd::CallArrived {
        call: CallId(1),
        group: GroupId(1),
        number: "6001000".to_owned(),
        caller: "5551234".to_owned(),
        priority: 0,
    };
    let facts = [
        What::Acd(arrived),
        What::OfficeStarted { call, agent, with, to, number, caller },
        What::OfficeEnded { call, outcome, talked_ms: 0 },
    ];
    let lines = facts.map(|what| JournalLine::of(&Fact { at: Time(5), what }));
    Journal::open(&world.tenant).await.unwrap().append(&lines).await.unwrap();

    let administrator = world.administrator().await;
    let listed = async |query: &str| {
        let page = administrator.get(&format!("/api/v1/calls{query}")).await.json();
        let calls = page["calls"].as_array().unwrap().clone();
        calls.iter().map(|it| json!([it["id"], it["kind"], it["group"]])).collect::<Vec<_>>()
    };
    let (office, group) = (json!([2, "internal", null]), json!([1, "group", 1]));
    assert_eq!(listed("").await, [office.clone(), group.clone()]);
    assert_eq!(listed("?office=true").await, [office]);
    assert_eq!(listed("?office=false").await, [group]);
    let page = administrator.get("/api/v1/calls/2").await.json();
    assert_eq!((&page["agent"], &page["outcome"]), (&json!(8), &json!("refused")));
    assert_eq!(page["facts"][1]["body"], json!({ "outcome": "busy", "talked_ms": 0 }));
}
