//! People, their phones, and what they want.

use std::sync::Arc;

use acd::AgentId;
use control::{Board, DeviceRow};
use serde_json::{Value, json};

use crate::world::{Actor, World};

async fn mari(administrator: &Actor) -> Value {
    let body = json!({ "name": "Mari Kask", "extension": "101" });
    let answer = administrator.post("/api/v1/people", body).await;
    assert_eq!(answer.status, 201);
    answer.json()
}

#[tokio::test]
async fn a_person_is_added_changed_and_removed_and_each_is_in_force_at_once() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let mari = mari(&administrator).await;
    assert_eq!((&mari["name"], &mari["extension"]), (&json!("Mari Kask"), &json!("101")));
    assert_eq!((&mari["credentials"], &mari["memberships"]), (&json!([]), &json!([])));
    let path = format!("/api/v1/people/{}", mari["id"]);
    let renamed = administrator.patch(&path, json!({ "name": "Mari Mets" })).await.json();
    assert_eq!((&renamed["name"], &renamed["extension"]), (&json!("Mari Mets"), &json!("101")));
    let bare = administrator.patch(&path, json!({ "extension": null })).await.json();
    assert_eq!((&bare["name"], &bare["extension"]), (&json!("Mari Mets"), &Value::Null));
    let listed = administrator.get("/api/v1/people").await.json();
    assert_eq!(listed, json!({ "people": [bare] }));
    assert_eq!(administrator.delete(&path).await.status, 204);
    assert_eq!(administrator.get("/api/v1/people").await.json(), json!({ "people": [] }));
    assert_eq!(world.asked(), ["plan 2", "plan 3", "plan 4", "plan 5"]);
    assert_eq!(administrator.delete(&path).await.problem(), (404, "not_found".to_owned()));
    let changes = world.tenant.changes(None).await.unwrap();
    assert!(changes.iter().all(|change| change.who == "Tiina"));
}

#[tokio::test]
async fn what_is_wrong_with_a_person_is_pointed_at() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    mari(&administrator).await;
    let taken = json!({ "name": "Jaan", "extension": "101" });
    let taken = administrator.post("/api/v1/people", taken).await;
    assert_eq!(taken.problem(), (409, "invalid".to_owned()));
    assert_eq!(taken.field(), ("/extension".to_owned(), "taken".to_owned()));
    let long = administrator.post("/api/v1/people", json!({ "name": "x".repeat(101) })).await;
    assert_eq!(long.field(), ("/name".to_owned(), "too_long".to_owned()));
    assert_eq!(long.json()["errors"][0]["params"], json!({ "max": 100 }));
}

#[tokio::test]
async fn a_credential_is_shown_once_and_its_phone_when_it_registers() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let path = format!("/api/v1/people/{}/credentials", mari(&administrator).await["id"]);
    let secret = administrator.post(&path, json!({})).await;
    assert_eq!(secret.status, 201);
    let secret = secret.json();
    assert_eq!((&secret["sip_user"], &secret["realm"]), (&json!("mari"), &json!("ladus")));
    assert_eq!(secret["registrar"], "127.0.0.1:5060");
    assert_eq!(secret["password"].as_str().unwrap().len(), 20);
    let named = administrator.post(&path, json!({ "sip_user": "mari" })).await;
    assert_eq!(named.field(), ("/sip_user".to_owned(), "taken".to_owned()));

    let listed = async || administrator.get("/api/v1/people").await.json()["people"][0].clone();
    let credential = listed().await["credentials"][0].clone();
    assert_eq!((&credential["registered"], &credential["device"]), (&json!(false), &Value::Null));
    assert!(credential.get("password").is_none());
    let phone = DeviceRow {
        agent: AgentId(1),
        sip_user: "mari".to_owned(),
        contact: "sip:mari@192.0.2.9".to_owned(),
        user_agent: "Yealink T54W".to_owned(),
    };
    world.board.send_replace(Arc::new(Board { devices: vec![phone], ..Board::default() }));
    let credential = listed().await["credentials"][0].clone();
    assert_eq!(credential["registered"], true);
    let device = json!({ "contact": "sip:mari@192.0.2.9", "user_agent": "Yealink T54W" });
    assert_eq!(credential["device"], device);

    let one = format!("{path}/{}", secret["id"]);
    assert_eq!(administrator.delete(&one).await.status, 204);
    assert_eq!(administrator.delete(&one).await.problem().0, 404);
    assert_eq!(listed().await["credentials"], json!([]));
}

#[tokio::test]
async fn a_wish_goes_to_the_switch_with_the_name_of_who_wishes() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let person = format!("/api/v1/people/{}", mari(&administrator).await["id"]);
    world.asked();
    let wish = async |body: Value| administrator.post(&format!("{person}/wish"), body).await;
    assert_eq!(wish(json!({ "wish": "on" })).await.status, 204);
    assert_eq!(wish(json!({ "wish": "break", "reason": " lõuna " })).await.status, 204);
    assert_eq!(wish(json!({ "wish": "off" })).await.status, 204);
    let end = administrator.post(&format!("{person}/wrapup/end"), json!({})).await;
    assert_eq!(end.status, 204);
    assert_eq!(
        world.asked(),
        [
            r#"AgentId(1) On Web { who: "Tiina" }"#,
            r#"AgentId(1) Break { reason: "lõuna" } Web { who: "Tiina" }"#,
            r#"AgentId(1) Off Web { who: "Tiina" }"#,
            "AgentId(1) ends wrap-up",
        ]
    );
    let strange = wish(json!({ "wish": "holiday" })).await;
    assert_eq!(strange.field(), ("/wish".to_owned(), "unknown".to_owned()));
    let nobody = administrator.post("/api/v1/people/99/wish", json!({ "wish": "on" })).await;
    assert_eq!(nobody.problem(), (404, "no_such_agent".to_owned()));
}

#[tokio::test]
async fn without_a_switch_the_change_is_kept_and_the_answer_says_so() {
    let mut world = World::new().await;
    let administrator = world.administrator().await;
    world.lose_the_switch().await;
    let answer = administrator.post("/api/v1/people", json!({ "name": "Mari" })).await;
    assert_eq!(answer.problem(), (503, "not_in_force".to_owned()));
    assert_eq!(world.tenant.people().await.unwrap().len(), 1);
    let wish = administrator.post("/api/v1/people/1/wish", json!({ "wish": "on" })).await;
    assert_eq!(wish.problem(), (503, "switch_gone".to_owned()));
}
