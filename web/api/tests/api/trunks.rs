//! Trunks.

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_trunk_is_added_listed_and_removed() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let body = json!({ "name": "carrier", "address": "192.0.2.7", "port": 5060 });
    let trunk = administrator.post("/api/v1/trunks", body).await;
    assert_eq!(trunk.status, 201);
    let trunk = trunk.json();
    assert_eq!((&trunk["address"], &trunk["port"]), (&json!("192.0.2.7"), &json!(5060)));
    let open = json!({ "name": "any port", "address": "::1" });
    assert_eq!(administrator.post("/api/v1/trunks", open).await.json()["port"], json!(null));
    let listed = administrator.get("/api/v1/trunks").await.json();
    assert_eq!(listed["trunks"][1], trunk);
    let path = format!("/api/v1/trunks/{}", trunk["id"]);
    let header = |name: serde_json::Value| json!({ "priority_header": name });
    let changed = administrator.patch(&path, header(json!(" X-Priority "))).await.json();
    assert_eq!(changed["priority_header"], "X-Priority");
    let wrong = administrator.patch(&path, header(json!("X Priority"))).await;
    assert_eq!(wrong.field(), ("/priority_header".to_owned(), "malformed".to_owned()));
    let nothing = administrator.patch(&path, json!({})).await;
    assert_eq!(nothing.problem().0, 400, "what is left out is not taken away");
    let none = administrator.patch(&path, header(json!(null))).await.json();
    assert_eq!(none["priority_header"], json!(null));
    assert_eq!(administrator.delete(&path).await.status, 204);
    assert_eq!(administrator.delete(&path).await.problem().0, 404);
    assert_eq!(world.asked(), ["plan 2", "plan 3", "plan 4", "plan 5", "plan 6"]);
    let host = json!({ "name": "other", "address": "sip.carrier.ee" });
    let answer = administrator.post("/api/v1/trunks", host).await;
    assert_eq!(answer.field(), ("/address".to_owned(), "malformed".to_owned()));
}
