//! The API's description is a golden file: a difference is a decision.

use std::path::Path;

use crate::world::World;

/// After a decision: `LADUS_UPDATE=1 cargo test -p web-api`, and look at the difference.
#[test]
fn the_committed_description_is_the_one_the_routes_give() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let given = web_api::openapi();
    if std::env::var_os("LADUS_UPDATE").is_some() {
        std::fs::write(&path, &given).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == given, "openapi.json differs; see this test's comment");
}

/// What the page must be able to say of the journal. It changes as the description does.
#[test]
fn the_committed_vocabulary_is_the_journals() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("journal.json");
    let given = format!("{:#}\n", serde_json::json!(store::vocabulary()));
    if std::env::var_os("LADUS_UPDATE").is_some() {
        std::fs::write(&path, &given).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == given, "journal.json differs; see this file's first test");
}

#[tokio::test]
async fn the_description_names_every_route_of_the_page() {
    let world = World::new().await;
    let answer = world.anonymous().get("/api/v1/openapi.json").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let description = answer.json();
    assert_eq!(description["openapi"], "3.1.0");
    let paths = description["paths"].as_object().unwrap();
    for path in [
        "/api/v1/session",
        "/api/v1/session/token",
        "/api/v1/setup",
        "/api/v1/people/{id}/credentials/{credential}",
        "/api/v1/people/{id}/wrapup/end",
        "/api/v1/groups/{id}/members/{person}",
        "/api/v1/calls/{id}/recording",
        "/api/v1/live",
        "/healthz",
    ] {
        assert!(paths.contains_key(path), "{path}");
    }
    for (path, item) in paths {
        for (method, operation) in item.as_object().unwrap() {
            let tagged = operation["tags"].is_array() && operation["responses"].is_object();
            assert!(tagged, "{method} {path}");
        }
    }
}
