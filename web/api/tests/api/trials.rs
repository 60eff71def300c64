//! Policies that groups try out: given, told, promoted, stopped, taken back.

use std::sync::Arc;

use acd::{AgentId, CallId, GroupId, Time};
use control::{Board, PluginState, TrialDifference, TrialHour, TrialRow, TrialStage, TrialTally};
use serde_json::{Value, json};

use crate::plugins::upload;
use crate::world::{Actor, World};

/// An administrator with an uploaded plugin and two groups.
async fn begun(world: &World) -> Actor {
    let administrator = world.administrator().await;
    assert_eq!(upload(&administrator, b"\0asm fair").await.status, 201);
    for name in ["Sales", "Support"] {
        administrator.post("/api/v1/groups", json!({ "name": name })).await;
    }
    world.asked();
    administrator
}

/// What the two groups have and try out.
async fn trials(actor: &Actor) -> [(Value, Value); 2] {
    let groups = actor.get("/api/v1/groups").await.json();
    [0, 1].map(|place| {
        let group = &groups["groups"][place];
        (group["policy"].clone(), group["trial"].clone())
    })
}

fn given(stage: &str) -> Value {
    json!({
        "groups": [1, 2], "policy": "plugin-version:1", "settings": { "threshold": 4 },
        "stage": stage, "share": 10,
    })
}

#[tokio::test]
async fn a_policy_is_tried_out_beside_what_decides_and_then_decides_itself() {
    let world = World::new().await;
    let administrator = begun(&world).await;
    let built_in = json!("built-in");
    assert_eq!(administrator.post("/api/v1/plugins/give", given("shadow")).await.status, 204);
    let shadow = json!({
        "policy": "plugin-version:1", "settings": { "threshold": 4.0 }, "stage": "shadow",
        "share": null,
    });
    let expected = (built_in.clone(), shadow);
    assert_eq!(trials(&administrator).await, [expected.clone(), expected.clone()]);
    let listed = administrator.get("/api/v1/plugins").await.json();
    assert_eq!(listed["versions"][0]["trials"], json!([1, 2]));
    assert_eq!(listed["versions"][0]["groups"], json!([]));
    assert_eq!(administrator.post("/api/v1/plugins/give", given("share")).await.status, 204);
    let [(_, trial), _] = trials(&administrator).await;
    assert_eq!((&trial["stage"], &trial["share"]), (&json!("share"), &json!(10)));
    let promoted = administrator.post("/api/v1/groups/1/trial/promote", json!({})).await;
    assert_eq!(promoted.status, 204);
    assert_eq!(administrator.delete("/api/v1/groups/2/trial").await.status, 204);
    let decides = (json!("plugin-version:1"), Value::Null);
    assert_eq!(trials(&administrator).await, [decides, (built_in.clone(), Value::Null)]);
    assert_eq!(world.asked().len(), 4, "each of them is put in force");
    for _ in 0..2 {
        let last = administrator.post("/api/v1/versions/undo", json!({})).await;
        assert_eq!(last.status, 200);
    }
    // Taken back twice is none: the second trial is stopped, as it was.
    let [(policy, _), (_, second)] = trials(&administrator).await;
    assert_eq!((policy, second), (json!("plugin-version:1"), Value::Null));
    for gone in [
        administrator.delete("/api/v1/groups/2/trial").await,
        administrator.post("/api/v1/groups/2/trial/promote", json!({})).await,
    ] {
        assert_eq!(gone.problem(), (404, "not_found".to_owned()));
        assert_eq!(gone.json()["params"], json!({ "what": "trial" }));
    }
}

#[tokio::test]
async fn a_trial_that_cannot_be_is_pointed_at() {
    let world = World::new().await;
    let administrator = begun(&world).await;
    let mut shareless = given("share");
    shareless["share"] = Value::Null;
    let mut all = given("share");
    all["share"] = json!(100);
    let mut none = given("share");
    none["share"] = json!(0);
    let built_in = json!({ "groups": [1], "policy": "built-in", "stage": "shadow" });
    let mut unfit = given("shadow");
    unfit["settings"] = json!({ "threshold": 0 });
    let cases = [
        (shareless, "/share", "required"),
        (all, "/share", "too_large"),
        (none, "/share", "too_small"),
        (built_in, "/policy", "unknown"),
        (unfit, "/settings/threshold", "too_small"),
    ];
    for (body, pointer, code) in cases {
        let answer = administrator.post("/api/v1/plugins/give", body).await;
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
    assert_eq!(world.asked(), Vec::<String>::new(), "what is refused is not put in force");
}

/// A shadow that has been asked nine times.
pub(crate) fn shadow() -> TrialRow {
    let tally = TrialTally { asked: 9, same: 6, different: 2, failed: 1, left: 3 };
    TrialRow {
        group: GroupId(1),
        label: "fair-share@1.0.0".to_owned(),
        stage: TrialStage::Shadow,
        state: PluginState::Active,
        last_failure: None,
        total: tally,
        hours: vec![TrialHour { from: Time(3_600_000), tally }],
        differences: vec![TrialDifference {
            at: Time(3_700_000),
            call: CallId(7),
            decided: Some(AgentId(1)),
            instead: None,
            reason: Some("let us wait".to_owned()),
        }],
    }
}

#[tokio::test]
async fn how_a_trial_does_is_told() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let row = shadow();
    let missing = TrialRow {
        stage: TrialStage::Share(5),
        state: PluginState::Missing("it does not compile".to_owned()),
        ..row.clone()
    };
    world.board.send_replace(Arc::new(Board { trials: vec![row, missing], ..Board::default() }));
    let told = administrator.get("/api/v1/plugins").await.json()["trials"].clone();
    let expected = json!({
        "group": 1, "label": "fair-share@1.0.0", "stage": "shadow", "share": null,
        "last_failure": null, "state": "active", "why": null,
        "total": { "asked": 9, "same": 6, "different": 2, "failed": 1, "left": 3 },
        "hours": [{
            "from_ms": 3_600_000, "asked": 9, "same": 6, "different": 2, "failed": 1, "left": 3,
        }],
        "differences": [{
            "at_ms": 3_700_000, "call": 7, "decided": 1, "instead": null, "reason": "let us wait",
        }],
    });
    assert_eq!(told[0], expected);
    assert_eq!((&told[1]["share"], &told[1]["state"]), (&json!(5), &json!("missing")));
    assert_eq!(told[1]["why"], "it does not compile");
}
