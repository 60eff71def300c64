//! Office calls: the door to the outside, and the list.

use serde_json::json;

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
