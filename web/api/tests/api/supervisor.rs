//! What a supervisor does with live calls. The switch behind is a stand-in.

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_waiting_caller_is_moved_and_promoted_and_one_who_talks_is_transferred() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let cases = [
        ("8/move", json!({ "group": 3 }), 204),
        ("8/promote", json!({ "priority": 10 }), 204),
        ("9/transfer", json!({ "group": 3 }), 204),
        ("9/move", json!({ "group": 3 }), 409),
        ("8/transfer", json!({ "group": 3 }), 409),
        ("7/promote", json!({ "priority": 1 }), 404),
        ("8/promote", json!({ "priority": 101 }), 422),
        ("10/callback/end", json!({}), 204),
        ("8/callback/end", json!({}), 409),
        ("7/callback/end", json!({}), 404),
    ];
    for (call, body, status) in cases {
        let answer = administrator.post(&format!("/api/v1/calls/{call}"), body).await;
        assert_eq!(answer.status, status, "{call}");
    }
    let asked = world.asked();
    assert_eq!(asked[0], r#"CallId(8) Move { to: GroupId(3) } Web { who: "Tiina" }"#);
    assert_eq!(asked[1], r#"CallId(8) Promote { priority: 10 } Web { who: "Tiina" }"#);
    assert_eq!(asked[6], r#"CallId(10) EndCallback Web { who: "Tiina" }"#);
    assert_eq!(asked.len(), 9, "what cannot be is not asked");
}
