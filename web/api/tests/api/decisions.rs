//! A policy tried on decisions that were taken.

use serde_json::json;

use crate::world::{Actor, Answer, World};

const PATH: &str = "/api/v1/plugins/decisions";

async fn ask(actor: &Actor, group: u64, policy: &str) -> Answer {
    actor.post(PATH, json!({ "group": group, "policy": policy })).await
}

async fn with_groups(world: &World) -> Actor {
    let administrator = world.administrator().await;
    for name in ["Sales", "Support"] {
        let made = administrator.post("/api/v1/groups", json!({ "name": name })).await;
        assert_eq!(made.status, 201, "{}", made.json());
    }
    administrator
}

#[tokio::test]
async fn what_differs_is_told_with_those_it_chose_from() {
    let world = World::new().await;
    let administrator = with_groups(&world).await;
    let tried = ask(&administrator, 1, "longest-idle").await;
    assert_eq!(tried.status, 200, "{}", tried.json());
    let candidate = |agent: u64| {
        json!({
            "agent": agent, "order": 2, "idle_ms": 30_000, "handled_today": 4, "missed_today": 1,
            "talk_ms_today": 60_000, "occupancy": 0.25,
        })
    };
    let expected = json!({
        "asked": 3, "same": 1, "different": 1, "failed": 1, "failure": "it gave up (panic)",
        "since_ms": 1_000,
        "differing": [{
            "at_ms": 5_000, "call": 8, "policy": "built-in", "decided": 1, "instead": null,
            "reason": "somebody better comes", "waited_ms": 700,
            "candidates": [candidate(1), candidate(2)],
        }],
    });
    assert_eq!(tried.json(), expected);
    assert!(world.asked().contains(&"longest-idle on GroupId(1)".to_owned()));
    let nothing = ask(&administrator, 2, "longest-idle").await.json();
    assert_eq!((&nothing["asked"], &nothing["since_ms"]), (&json!(0), &json!(null)));
}

#[tokio::test]
async fn what_cannot_be_tried_is_refused_with_the_place() {
    let world = World::new().await;
    let administrator = with_groups(&world).await;
    for (group, policy, pointer) in [
        (9, "longest-idle", "/group"),
        (1, "no-such", "/policy"),
        // It chooses calls, not agents.
        (1, "longest-wait-first", "/policy"),
    ] {
        let refused = ask(&administrator, group, policy).await;
        assert_eq!(refused.status, 422, "{policy}");
        assert_eq!(refused.json()["errors"][0]["pointer"], pointer, "{}", refused.json());
    }
    let broken = ask(&administrator, 1, "built-in").await;
    assert_eq!(broken.status, 409);
    assert_eq!(broken.json()["code"], "plugin_broken");
    let anybody = ask(&world.anonymous(), 1, "longest-idle").await;
    assert_eq!(anybody.status, 401);
}
