//! Versions of the plan, and the way back.

use serde_json::{Value, json};

use crate::world::World;

#[tokio::test]
async fn every_change_is_a_version_and_an_old_one_comes_back_as_a_new_one() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let body = json!({ "name": "Sales", "numbers": ["6001000"] });
    let sales = administrator.post("/api/v1/groups", body).await.json();
    let path = format!("/api/v1/groups/{}", sales["id"]);
    administrator.patch(&path, json!({ "ring_ms": 9_000, "numbers": [] })).await;
    administrator.post("/api/v1/people", json!({ "name": "Mari" })).await;
    let versions = async || administrator.get("/api/v1/versions").await.json()["versions"].clone();
    let listed = versions().await;
    let whats: Vec<&Value> =
        listed.as_array().unwrap().iter().map(|row| &row["changes"][0]["what"]).collect();
    assert_eq!(whats, ["person_added", "group_changed", "group_added"]);
    assert_eq!((&listed[1]["version"], &listed[1]["who"]), (&json!(3), &json!("Tiina")));
    assert_eq!(listed[1]["changes"][0]["before"]["ring_ms"], 20_000);
    let diff = administrator.get("/api/v1/versions/2/diff").await.json();
    assert_eq!(diff["changes"][0]["what"], "group_changed");
    assert_eq!(diff["changes"][0]["after"]["ring_ms"], 20_000);
    let restored = administrator.post("/api/v1/versions/2/restore", json!({})).await;
    assert_eq!(restored.json(), json!({ "version": 5 }));
    let groups = administrator.get("/api/v1/groups").await.json();
    assert_eq!(groups["groups"][0], sales);
    let people = administrator.get("/api/v1/people").await.json();
    assert_eq!(people["people"][0]["name"], "Mari", "people are never touched");
    let undone = administrator.post("/api/v1/versions/undo", json!({})).await;
    assert_eq!(undone.json(), json!({ "version": 6 }));
    let groups = administrator.get("/api/v1/groups").await.json();
    assert_eq!(groups["groups"][0]["ring_ms"], 9_000);
    assert_eq!(versions().await[0]["changes"][0]["what"], "plan_undone");
    let gone = administrator.get("/api/v1/versions/99/diff").await;
    assert_eq!(gone.problem(), (404, "not_found".to_owned()));
    let before = administrator.get("/api/v1/versions?before=3").await.json();
    assert_eq!(before["versions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn in_an_empty_centre_there_is_nothing_to_take_back() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let nothing = administrator.post("/api/v1/versions/undo", json!({})).await;
    assert_eq!(nothing.problem(), (409, "nothing_to_undo".to_owned()));
}
