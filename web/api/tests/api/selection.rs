//! Which call a freed agent gets: chosen for the whole company, refused, taken back.

use std::sync::Arc;

use acd::Time;
use axum::body::Body;
use axum::http::{Method, header};
use control::{Board, PluginFailure, PluginState, SelectionRow};
use serde_json::{Value, json};

use crate::world::{Actor, Answer, World};

const PATH: &str = "/api/v1/plugins/selection";

async fn put(actor: &Actor, body: Value) -> Answer {
    actor.put(PATH, body).await
}

async fn upload(actor: &Actor, file: &[u8]) -> Answer {
    let request = actor.request(Method::POST, "/api/v1/plugins");
    let request = request.header(header::CONTENT_TYPE, "application/wasm");
    Answer::of(actor.send(request.body(Body::from(file.to_owned())).unwrap()).await).await
}

#[tokio::test]
async fn freed_agents_have_the_order_of_their_groups_until_a_plugin_is_chosen() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let usual = json!({ "policy": "built-in", "settings": {}, "at_work": null });
    assert_eq!(administrator.get(PATH).await.json(), usual);
    let chosen = json!({ "policy": "longest-wait-first", "settings": { "worth": 5000.0 } });
    let answer = put(&administrator, chosen.clone()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["settings"], chosen["settings"]);
    assert_eq!(administrator.get(PATH).await.json()["policy"], "longest-wait-first");
    let undone = administrator.post("/api/v1/versions/undo", json!({})).await;
    assert!(undone.status.is_success(), "{}", undone.status);
    assert_eq!(administrator.get(PATH).await.json(), usual);
}

#[tokio::test]
async fn a_plugin_is_given_only_what_it_was_made_for() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let unknown = |answer: Answer, place: &str| {
        assert_eq!(answer.status, 422);
        assert_eq!(answer.field(), (place.to_owned(), "unknown".to_owned()));
    };
    unknown(put(&administrator, json!({ "policy": "longest-idle" })).await, "/policy");
    unknown(put(&administrator, json!({ "policy": "nobody-knows" })).await, "/policy");
    unknown(put(&administrator, json!({ "policy": "plugin-version:9" })).await, "/policy");
    let settings = json!({ "policy": "longest-wait-first", "settings": { "shoe": 1 } });
    unknown(put(&administrator, settings).await, "/settings/shoe");
    let group = json!({ "groups": [1], "policy": "longest-wait-first" });
    unknown(administrator.post("/api/v1/plugins/give", group).await, "/policy");
    let group = json!({ "name": "Sales", "policy": "longest-wait-first" });
    unknown(administrator.post("/api/v1/groups", group).await, "/policy");
}

#[tokio::test]
async fn an_uploaded_selection_is_in_use_until_another_is_chosen() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let version = upload(&administrator, b"\0asm oldest").await.json();
    assert_eq!(version["card"]["kind"], "selection");
    let chosen = json!({ "policy": version["policy"] });
    assert_eq!(put(&administrator, chosen).await.status, 200);
    let listed = administrator.get("/api/v1/plugins").await.json();
    assert_eq!(listed["versions"][0]["selects"], true);
    let path = format!("/api/v1/plugins/versions/{}", version["id"]);
    let refused = administrator.delete(&path).await;
    assert_eq!(refused.problem(), (409, "chooses_calls".to_owned()));
    assert_eq!(put(&administrator, json!({ "policy": "built-in" })).await.status, 200);
    assert_eq!(administrator.delete(&path).await.status, 204);
}

#[tokio::test]
async fn the_administrator_sees_how_it_does_and_gives_it_another_chance() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    put(&administrator, json!({ "policy": "longest-wait-first" })).await;
    let row = SelectionRow {
        label: "longest-wait-first@0.1.0".to_owned(),
        decisions: 9,
        failures: 5,
        failures_in_a_row: 5,
        last_failure: Some(PluginFailure {
            at: Time(7_000),
            words: "it took too long".to_owned(),
            backtrace: vec!["slow::pick".to_owned()],
        }),
        state: PluginState::FailedInARow,
    };
    let board = Board { selection: Some(row), ..Board::default() };
    world.board.send_replace(Arc::new(board));
    let at_work = administrator.get(PATH).await.json()["at_work"].clone();
    let expected = json!({
        "label": "longest-wait-first@0.1.0", "decisions": 9, "failures": 5,
        "failures_in_a_row": 5, "state": "failed_in_a_row", "why": null,
        "last_failure":
            { "at_ms": 7000, "words": "it took too long", "backtrace": ["slow::pick"] },
    });
    assert_eq!(at_work, expected);
    let forgiven = administrator.post(&format!("{PATH}/chance"), json!({})).await;
    assert_eq!(forgiven.status, 204);
    assert!(world.asked().contains(&"the selection is forgiven".to_owned()));
}
