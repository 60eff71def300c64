//! Questions at which plugins failed, listed and downloaded as test cases.

use acd::{CallId, GroupId, Time};
use axum::http::header;
use control::{Board, FailureRow};
use serde_json::json;

use crate::world::World;

pub(crate) fn failure() -> FailureRow {
    FailureRow {
        id: 4,
        at: Time(3_000),
        group: GroupId(1),
        call: CallId(8),
        label: "fair-share@1.0.0".to_owned(),
        words: "it gave up (panic)".to_owned(),
    }
}

#[tokio::test]
async fn a_failure_is_listed_and_downloaded_as_a_test_case() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    world.board.send_replace(Board { failures: vec![failure()], ..Board::default() }.into());
    let listed = administrator.get("/api/v1/plugins").await.json()["failures"].clone();
    let expected = json!([{
        "id": 4, "at_ms": 3_000, "group": 1, "call": 8, "label": "fair-share@1.0.0",
        "words": "it gave up (panic)",
    }]);
    assert_eq!(listed, expected);

    let case = administrator.get("/api/v1/plugins/failures/4/case").await;
    assert_eq!(case.header(header::CONTENT_TYPE.as_str()), "application/json");
    let named = "attachment; filename=\"failure-4.question.json\"";
    assert_eq!(case.header(header::CONTENT_DISPOSITION.as_str()), named);
    assert_eq!(case.json(), json!({ "ladus": "question 1" }), "as the switch wrote it");
}

#[tokio::test]
async fn a_failure_that_is_no_longer_kept_is_gone_and_a_stranger_gets_none() {
    let mut world = World::new().await;
    let administrator = world.administrator().await;
    let gone = administrator.get("/api/v1/plugins/failures/3/case").await;
    assert_eq!(gone.problem(), (404, "not_found".to_owned()));
    let none = administrator.get("/api/v1/plugins/failures/last/case").await;
    assert_eq!(none.problem(), (404, "not_found".to_owned()));
    let refused = world.anonymous().get("/api/v1/plugins/failures/4/case").await;
    assert_eq!(refused.problem(), (401, "not_logged_in".to_owned()));
    world.lose_the_switch().await;
    let gone = administrator.get("/api/v1/plugins/failures/4/case").await;
    assert_eq!(gone.problem(), (503, "switch_gone".to_owned()));
}
