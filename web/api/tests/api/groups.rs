//! Groups and their members.

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_group_is_added_with_usual_settings_changed_and_removed() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let body = json!({ "name": "Sales", "numbers": ["600 1000"] });
    let answer = administrator.post("/api/v1/groups", body).await;
    assert_eq!(answer.status, 201);
    let mut sales = answer.json();
    let expected = json!({
        "id": sales["id"], "name": "Sales", "language": "en", "numbers": ["6001000"],
        "ring_ms": 20_000, "wrap_up_ms": 0, "waiting_max": 100, "policy": "built-in",
        "settings": {}, "trial": null, "recorded": true, "members": [],
        "hours": null, "door": "by_hours", "closed": { "kind": "goodbye", "prompt": "closed" },
        "closing": "serve", "nobody": "join",
        "deserted": { "kind": "goodbye", "prompt": "no_agents" },
        "full": { "kind": "goodbye", "prompt": null }, "steps": [], "keys": [], "sticky_ms": 0,
        "callers": [], "announce": null, "keeps_wait": true,
    });
    assert_eq!(sales, expected);
    let path = format!("/api/v1/groups/{}", sales["id"]);
    let change = json!({
        "numbers": ["6001001"], "policy": "longest-idle", "ring_ms": 15_000, "recorded": false,
        "waiting_max": 5, "wrap_up_ms": 10_000, "language": "fi",
    });
    let changed = administrator.patch(&path, change.clone()).await.json();
    for (key, value) in change.as_object().unwrap() {
        sales[key] = value.clone();
    }
    assert_eq!(changed, sales);
    assert_eq!(administrator.get("/api/v1/groups").await.json(), json!({ "groups": [changed] }));
    assert_eq!(administrator.delete(&path).await.status, 204);
    assert_eq!(administrator.get("/api/v1/groups").await.json(), json!({ "groups": [] }));
    assert_eq!(world.asked(), ["plan 2", "plan 3", "plan 4"]);
    let gone = administrator.patch(&path, json!({ "name": "Sales" })).await;
    assert_eq!(gone.problem(), (404, "not_found".to_owned()));
}

#[tokio::test]
async fn what_is_wrong_with_a_group_is_pointed_at() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let first = json!({ "name": "Sales", "numbers": ["6001000"] });
    assert_eq!(administrator.post("/api/v1/groups", first).await.status, 201);
    let cases = [
        (json!({ "name": "Sales" }), 409, "/name", "taken"),
        (json!({ "name": "Support", "numbers": ["6001000"] }), 409, "/numbers", "taken"),
        (json!({ "name": "Support", "numbers": ["six"] }), 422, "/numbers", "not_a_number"),
        (json!({ "name": "Support", "ring_ms": 5 }), 422, "/ring_ms", "too_small"),
        (json!({ "name": "Support", "wrap_up_ms": 9_999_999 }), 422, "/wrap_up_ms", "too_large"),
        (json!({ "name": "Support", "policy": "magic" }), 422, "/policy", "unknown"),
    ];
    for (body, status, pointer, code) in cases {
        let answer = administrator.post("/api/v1/groups", body).await;
        assert_eq!(answer.problem(), (status, "invalid".to_owned()), "{pointer}");
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
    assert_eq!(world.asked(), ["plan 2"], "what is refused is not put in force");
}

/// A membership that always counts.
fn place(person: &serde_json::Value, order: u16, delay_ms: u64) -> serde_json::Value {
    json!({
        "person": person, "order": order, "delay_ms": delay_ms,
        "calendar": null, "wrap_up_ms": null, "loan": null,
    })
}

#[tokio::test]
async fn a_member_is_put_in_moved_and_taken_out() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let add = async |name: &str| {
        administrator.post("/api/v1/people", json!({ "name": name })).await.json()["id"].clone()
    };
    let (mari, jaan) = (add("Mari").await, add("Jaan").await);
    let group = administrator.post("/api/v1/groups", json!({ "name": "Sales" })).await.json();
    let group = format!("/api/v1/groups/{}", group["id"]);
    let set = async |person: &serde_json::Value, body: serde_json::Value| {
        administrator.put(&format!("{group}/members/{person}"), body).await
    };
    assert_eq!(set(&mari, json!({ "order": 2 })).await.status, 200);
    assert_eq!(set(&jaan, json!({ "order": 1, "delay_ms": 20_000 })).await.status, 200);
    let members = async || {
        let groups = administrator.get("/api/v1/groups").await.json();
        groups["groups"][0]["members"].clone()
    };
    let by_order = json!([place(&jaan, 1, 20_000), place(&mari, 2, 0),]);
    assert_eq!(members().await, by_order);
    let moved = set(&mari, json!({ "order": 1, "delay_ms": 0 })).await;
    assert_eq!(moved.json(), place(&mari, 1, 0));
    let people = administrator.get("/api/v1/people").await.json();
    assert_eq!(people["people"][1]["memberships"][0]["order"], 1);
    assert_eq!(set(&mari, json!({ "order": 0 })).await.field().1, "too_small");
    assert_eq!(set(&json!(99), json!({ "order": 1 })).await.problem().0, 404);
    let out = format!("{group}/members/{jaan}");
    assert_eq!(administrator.delete(&out).await.status, 204);
    assert_eq!(administrator.delete(&out).await.problem().0, 404);
    assert_eq!(members().await.as_array().unwrap().len(), 1);
}
