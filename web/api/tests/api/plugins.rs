//! Plugins: uploaded, refused, given to groups with their settings, removed.

use std::sync::Arc;

use acd::{GroupId, Time};
use axum::body::Body;
use axum::http::{Method, header};
use control::{Board, PluginFailure, PluginRow, PluginState};
use serde_json::{Value, json};

use crate::world::{Actor, Answer, World};

pub(crate) async fn upload(actor: &Actor, file: &[u8]) -> Answer {
    let request = actor.request(Method::POST, "/api/v1/plugins");
    let request = request.header(header::CONTENT_TYPE, "application/wasm");
    Answer::of(actor.send(request.body(Body::from(file.to_owned())).unwrap()).await).await
}

#[tokio::test]
async fn an_accepted_file_is_a_version_with_its_card_and_what_it_reads() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let answer = upload(&administrator, b"\0asm fair").await;
    assert_eq!(answer.status, 201);
    let version = answer.json();
    let expected = json!({
        "id": 1, "policy": "plugin-version:1", "label": "fair-share@1.0.0",
        "sha256": version["sha256"], "bytes": 9, "who": "Tiina", "at_ms": version["at_ms"],
        "reads": ["ladus:routing/candidates@1.0.0#idle-ms"], "removed": false, "groups": [],
        "selects": false, "trials": [],
        "card": {
            "kind": "routing", "name": "fair-share", "version": "1.0.0", "summary": "Evenly.",
            "fields": [
                { "id": "threshold", "label": "Threshold", "help": "", "kind": "number",
                  "least": 1.0, "most": 10.0, "step": 1.0, "unit": "calls", "initial": 2.0 },
                { "id": "pause", "label": "Pause", "help": "", "kind": "duration",
                  "initial": null },
                { "id": "strict", "label": "Strict", "help": "", "kind": "toggle",
                  "initial": false },
                { "id": "note", "label": "Note", "help": "", "kind": "line", "initial": "" },
                { "id": "way", "label": "Way", "help": "", "kind": "choice",
                  "items": [{ "id": "a", "label": "A" }], "initial": "a" },
                { "id": "first", "label": "First", "help": "", "kind": "pick", "list": "agent",
                  "initial": null },
            ],
        },
    });
    assert_eq!(version, expected);
    let again = upload(&administrator, b"\0asm fair").await;
    assert_eq!((again.status.as_u16(), again.json()), (200, version.clone()));
    let listed = administrator.get("/api/v1/plugins").await.json();
    assert_eq!(listed["versions"], json!([version]));
    let stock = &listed["stock"][0];
    assert_eq!(
        (&stock["policy"], &stock["label"]),
        (&json!("longest-idle"), &json!("longest-idle@0.1.0"))
    );
    let file = administrator.get("/api/v1/plugins/versions/1/file").await;
    assert_eq!(file.body, b"\0asm fair");
    assert_eq!(file.header("content-type"), "application/wasm");
    assert!(file.header("content-disposition").contains("fair-share-1.0.0.wasm"));
    assert_eq!(world.asked(), Vec::<String>::new(), "no plan has changed");
}

#[tokio::test]
async fn a_refused_file_is_said_so_in_the_hosts_own_words_and_not_kept() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let refused = upload(&administrator, b"\0asm cut").await;
    assert_eq!(refused.problem(), (422, "plugin_refused".to_owned()));
    let params = json!({ "kind": "damaged", "words": "the file is damaged or cut off: here" });
    assert_eq!(refused.json()["params"], params);
    let large = upload(&administrator, &vec![0; (4 << 20) + 1]).await;
    assert_eq!(large.problem(), (413, "file_too_large".to_owned()));
    assert_eq!(large.json()["params"], json!({ "max_mb": 4 }));
    assert_eq!(administrator.get("/api/v1/plugins").await.json()["versions"], json!([]));
    assert_eq!(upload(&world.anonymous(), b"\0asm fair").await.status, 401);
}

/// A group with the uploaded plugin, and where it is.
async fn group_with_it(administrator: &Actor) -> (Value, String) {
    assert!(upload(administrator, b"\0asm fair").await.status.is_success());
    let body = json!({ "name": "Sales", "policy": "plugin-version:1" });
    let group = administrator.post("/api/v1/groups", body).await.json();
    let path = format!("/api/v1/groups/{}", group["id"]);
    (group, path)
}

#[tokio::test]
async fn a_group_has_the_policy_and_the_settings_that_were_chosen() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let (group, path) = group_with_it(&administrator).await;
    assert_eq!((&group["policy"], &group["settings"]), (&json!("plugin-version:1"), &json!({})));
    let mari = administrator.post("/api/v1/people", json!({ "name": "Mari" })).await.json();
    let settings = json!({
        "threshold": 3.0, "pause": 60_000.0, "strict": true, "note": "kõrge mägi", "way": "a",
        "first": mari["id"].to_string(),
    });
    let changed = administrator.patch(&path, json!({ "settings": settings })).await.json();
    assert_eq!((&changed["policy"], &changed["settings"]), (&group["policy"], &settings));
    let versions = administrator.get("/api/v1/plugins").await.json();
    assert_eq!(versions["versions"][0]["groups"], json!([group["id"]]));
    let back = administrator.patch(&path, json!({ "policy": "longest-idle" })).await.json();
    assert_eq!((&back["policy"], &back["settings"]), (&json!("longest-idle"), &json!({})));
    administrator.post("/api/v1/versions/undo", json!({})).await;
    let groups = administrator.get("/api/v1/groups").await.json();
    assert_eq!(groups["groups"][0]["settings"], settings);
}

#[tokio::test]
async fn a_setting_that_does_not_fit_its_card_is_pointed_at() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let (_, path) = group_with_it(&administrator).await;
    world.asked();
    let cases = [
        (json!({ "threshold": 0 }), "/settings/threshold", "too_small"),
        (json!({ "threshold": 11 }), "/settings/threshold", "too_large"),
        (json!({ "threshold": "3" }), "/settings/threshold", "malformed"),
        (json!({ "pause": -1 }), "/settings/pause", "too_small"),
        (json!({ "strict": 1 }), "/settings/strict", "malformed"),
        (json!({ "note": "x".repeat(501) }), "/settings/note", "too_long"),
        (json!({ "way": "b" }), "/settings/way", "unknown"),
        (json!({ "first": "77" }), "/settings/first", "unknown"),
        (json!({ "a/b": 1 }), "/settings/a~1b", "unknown"),
    ];
    for (settings, pointer, code) in cases {
        let answer = administrator.patch(&path, json!({ "settings": settings })).await;
        assert_eq!(answer.problem(), (422, "invalid".to_owned()), "{pointer}");
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
    let limit = administrator.patch(&path, json!({ "settings": { "threshold": 11 } })).await;
    assert_eq!(limit.json()["errors"][0]["params"], json!({ "max": 10.0 }));
    let none = json!({ "policy": "built-in", "settings": { "threshold": 3 } });
    let none = administrator.patch(&path, none).await;
    assert_eq!(none.field(), ("/settings/threshold".to_owned(), "unknown".to_owned()));
    for policy in ["plugin-version:2", "fair-share", "Fair"] {
        let answer = administrator.patch(&path, json!({ "policy": policy })).await;
        assert_eq!(answer.field(), ("/policy".to_owned(), "unknown".to_owned()), "{policy}");
    }
    assert_eq!(world.asked(), Vec::<String>::new(), "what is refused is not put in force");
}

#[tokio::test]
async fn a_version_in_use_stays_and_a_removed_one_is_not_gone_back_to() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let (_, path) = group_with_it(&administrator).await;
    let version = "/api/v1/plugins/versions/1";
    let used = administrator.delete(version).await;
    assert_eq!(used.problem(), (409, "in_use".to_owned()));
    assert_eq!(used.json()["params"], json!({ "what": "plugin_version", "by": "Sales" }));
    administrator.patch(&path, json!({ "policy": "built-in" })).await;
    assert_eq!(administrator.delete(version).await.status, 204);
    assert_eq!(administrator.get(&format!("{version}/file")).await.status, 404);
    let listed = administrator.get("/api/v1/plugins").await.json();
    let listed = &listed["versions"][0];
    assert_eq!((&listed["removed"], &listed["label"]), (&json!(true), &json!("fair-share@1.0.0")));
    let undo = administrator.post("/api/v1/versions/undo", json!({})).await;
    assert_eq!(undo.problem(), (409, "plugin_removed".to_owned()));
    assert_eq!(undo.json()["params"], json!({ "label": "fair-share@1.0.0", "group": "Sales" }));
    assert_eq!(administrator.delete(version).await.status, 404);
}

#[tokio::test]
async fn how_plugins_do_is_told_and_a_suspended_one_gets_another_chance() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let row = PluginRow {
        group: GroupId(1),
        label: "fair-share@1.0.0".to_owned(),
        decisions: 9,
        failures: 5,
        failures_in_a_row: 5,
        last_failure: Some(PluginFailure {
            at: Time(70),
            words: "it took too long".to_owned(),
            backtrace: vec!["fair::decide".to_owned()],
        }),
        state: PluginState::FailedInARow,
    };
    let why = PluginState::Missing("it does not compile".to_owned());
    let missing = PluginRow { group: GroupId(2), last_failure: None, state: why, ..row.clone() };
    world.board.send_replace(Arc::new(Board { plugins: vec![row, missing], ..Board::default() }));
    let at_work = administrator.get("/api/v1/plugins").await.json()["at_work"].clone();
    let expected = json!({
        "group": 1, "label": "fair-share@1.0.0", "decisions": 9, "failures": 5,
        "failures_in_a_row": 5, "state": "failed_in_a_row", "why": null,
        "last_failure": {
            "at_ms": 70, "words": "it took too long", "backtrace": ["fair::decide"],
        },
    });
    assert_eq!(at_work[0], expected);
    assert_eq!(
        (&at_work[1]["state"], &at_work[1]["why"]),
        (&json!("missing"), &json!("it does not compile"))
    );
    let chance = async |group: u64| {
        administrator.post(&format!("/api/v1/groups/{group}/plugin/chance"), json!({})).await
    };
    assert_eq!(chance(1).await.status, 204);
    assert_eq!(chance(2).await.problem(), (409, "no_plugin".to_owned()));
    assert_eq!(world.asked(), ["GroupId(1) is forgiven", "GroupId(2) is forgiven"]);
}

#[tokio::test]
async fn several_groups_get_a_policy_at_once_and_lose_it_at_once() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    assert_eq!(upload(&administrator, b"\0asm fair").await.status, 201);
    for name in ["Sales", "Support"] {
        administrator.post("/api/v1/groups", json!({ "name": name })).await;
    }
    let policies = async || {
        let groups = administrator.get("/api/v1/groups").await.json();
        [0, 1].map(|place| groups["groups"][place]["policy"].as_str().unwrap().to_owned())
    };
    let give = json!({
        "groups": [1, 2], "policy": "plugin-version:1", "settings": { "threshold": 4 },
    });
    assert_eq!(administrator.post("/api/v1/plugins/give", give).await.status, 204);
    assert_eq!(policies().await, ["plugin-version:1"; 2]);
    let versions = administrator.get("/api/v1/versions").await.json();
    assert_eq!(versions["versions"][0]["changes"].as_array().unwrap().len(), 2);
    administrator.post("/api/v1/versions/undo", json!({})).await;
    assert_eq!(policies().await, ["built-in"; 2]);
    let cases = [
        (json!({ "groups": [], "policy": "built-in" }), "/groups", "required"),
        (json!({ "groups": [1], "policy": "magic" }), "/policy", "unknown"),
        (
            json!({ "groups": [1], "policy": "plugin-version:1", "settings": { "threshold": 0 } }),
            "/settings/threshold",
            "too_small",
        ),
    ];
    for (body, pointer, code) in cases {
        let answer = administrator.post("/api/v1/plugins/give", body).await;
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
    let half = json!({ "groups": [1, 99], "policy": "longest-idle" });
    assert_eq!(administrator.post("/api/v1/plugins/give", half).await.status, 404);
    assert_eq!(policies().await, ["built-in"; 2], "all of them or none");
}
