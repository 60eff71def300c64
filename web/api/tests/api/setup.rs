//! The first run.

use serde_json::{Value, json};

use crate::world::{Actor, PASSWORD, World, now_ms};

fn setup() -> Value {
    json!({
        "company": { "name": "Firma OÜ", "language": "et" },
        "administrator": { "name": "Tiina", "email": "tiina@firma.ee", "password": PASSWORD },
        "group": { "name": "Müük", "number": "600 1000" },
        "person": { "name": "Mari Kask" },
    })
}

async fn founder(world: &World) -> Actor {
    let token = world.tenant.issue_start_token(now_ms()).await.unwrap();
    let anonymous = world.anonymous();
    let answer = anonymous.post("/api/v1/session/token", json!({ "token": token })).await;
    assert_eq!(answer.json(), json!({ "setup": true }));
    anonymous.after(&answer)
}

#[tokio::test]
async fn the_link_of_an_empty_system_leads_to_a_working_company() {
    let world = World::new().await;
    let needed = async || world.anonymous().get("/api/v1/setup").await.json()["needed"].clone();
    assert_eq!(needed().await, true);
    let founder = founder(&world).await;
    assert_eq!(founder.get("/api/v1/people").await.problem().0, 401, "setup and nothing else");

    let answer = founder.post("/api/v1/setup", setup()).await;
    assert_eq!(answer.status, 201);
    let out = answer.json();
    assert_eq!(out["credential"]["sip_user"], "mari");
    assert_eq!(out["credential"]["registrar"], "127.0.0.1:5060");
    assert_eq!(out["credential"]["password"].as_str().unwrap().len(), 20);
    assert_eq!(out["session"]["company"], json!({ "name": "Firma OÜ", "language": "et" }));
    assert_eq!(world.asked(), ["plan 2"], "in force before the answer");
    assert_eq!(needed().await, false);

    let tiina = founder.after(&answer);
    let groups = tiina.get("/api/v1/groups").await.json();
    assert_eq!(groups["groups"][0]["numbers"], json!(["6001000"]));
    assert_eq!(groups["groups"][0]["language"], "et");
    assert_eq!(groups["groups"][0]["members"][0]["order"], 1);
    assert_eq!(founder.get("/api/v1/session").await.problem().0, 401, "the link has done its work");
    let again = tiina.post("/api/v1/setup", setup()).await;
    assert_eq!(again.problem(), (409, "already_set_up".to_owned()));
}

#[tokio::test]
async fn what_is_wrong_in_the_setup_is_pointed_at() {
    let world = World::new().await;
    let founder = founder(&world).await;
    let cases = [
        ("/company/name", json!(""), "required"),
        ("/company/language", json!("eesti"), "malformed"),
        ("/administrator/email", json!("tiina"), "malformed"),
        ("/administrator/password", json!("short"), "too_short"),
        ("/group/number", json!("six"), "not_a_number"),
        ("/person/name", json!("x".repeat(101)), "too_long"),
    ];
    for (pointer, value, code) in cases {
        let mut body = setup();
        *body.pointer_mut(pointer).unwrap() = value;
        let answer = founder.post("/api/v1/setup", body).await;
        assert_eq!(answer.problem(), (422, "invalid".to_owned()), "{pointer}");
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
    assert!(!world.tenant.has_accounts().await.unwrap());
    assert_eq!(founder.post("/api/v1/setup", setup()).await.status, 201);
}
