//! Who is heard, and what every answer carries.

use axum::body::Body;
use axum::http::{Method, header};
use serde_json::json;

use crate::world::World;

/// Every operation that needs a session, as method and path.
const GUARDED: [(&str, &str); 24] = [
    ("GET", "/session"),
    ("POST", "/setup"),
    ("GET", "/people"),
    ("POST", "/people"),
    ("PATCH", "/people/1"),
    ("DELETE", "/people/1"),
    ("POST", "/people/1/credentials"),
    ("DELETE", "/people/1/credentials/1"),
    ("POST", "/people/1/wish"),
    ("POST", "/people/1/wrapup/end"),
    ("GET", "/groups"),
    ("POST", "/groups"),
    ("PATCH", "/groups/1"),
    ("DELETE", "/groups/1"),
    ("PUT", "/groups/1/members/1"),
    ("DELETE", "/groups/1/members/1"),
    ("GET", "/trunks"),
    ("POST", "/trunks"),
    ("DELETE", "/trunks/1"),
    ("GET", "/calls"),
    ("GET", "/calls/1"),
    ("GET", "/calls/1/recording"),
    ("GET", "/calls/1/peaks"),
    ("GET", "/live"),
];

#[tokio::test]
async fn without_a_session_nothing_is_told_and_nothing_done() {
    let mut world = World::new().await;
    let anonymous = world.anonymous();
    let forged = anonymous.with_cookie("ladus_session=12ab");
    for (method, path) in GUARDED {
        for actor in [&anonymous, &forged] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = actor.ask(method, &format!("/api/v1{path}"), None).await;
            assert_eq!(answer.problem(), (401, "not_logged_in".to_owned()), "{path}");
        }
    }
    assert!(world.asked().is_empty());
    world.lose_the_switch().await;
}

#[tokio::test]
async fn changes_that_another_sites_page_asks_for_are_refused() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let add = async |site: &'static str| {
        let actor = administrator.on_site(site);
        actor.post("/api/v1/people", json!({ "name": "Mari" })).await
    };
    for site in ["cross-site", "same-site"] {
        assert_eq!(add(site).await.problem(), (403, "cross_site".to_owned()));
    }
    assert_eq!(add("same-origin").await.status, 201);
    assert_eq!(add("none").await.status, 201);
    // Looking is harmless: the answer cannot be read from there.
    let looking = administrator.on_site("cross-site");
    assert_eq!(looking.get("/api/v1/people").await.status, 200);
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let world = World::new().await;
    let anonymous = world.anonymous();
    for path in ["/", "/api/v1/session", "/api/v1/nothing", "/assets/none.js", "/healthz"] {
        let answer = anonymous.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'self'; "), "{path}: {policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_ne!(answer.header("cache-control"), "", "{path}");
    }
    assert_eq!(anonymous.get("/api/v1/session").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn bodies_that_are_not_ours_are_refused_in_our_words() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let send = async |media_type: &str, body: String| {
        let request = administrator.request(Method::POST, "/api/v1/people");
        let request = request.header(header::CONTENT_TYPE, media_type).body(Body::from(body));
        administrator.send(request.unwrap()).await.status().as_u16()
    };
    assert_eq!(send("application/json", "{".to_owned()).await, 400);
    assert_eq!(send("application/json", r#"{"name":7}"#.to_owned()).await, 400);
    assert_eq!(send("text/plain", r#"{"name":"Mari"}"#.to_owned()).await, 415);
    let long = format!(r#"{{"name":"{}"}}"#, "x".repeat(1_100_000));
    assert_eq!(send("application/json", long).await, 413);
    let answer = administrator.post("/api/v1/people", json!({})).await;
    assert_eq!(answer.problem(), (400, "malformed".to_owned()));
    assert!(answer.json()["detail"].as_str().unwrap().contains("name"));
    let answer = administrator.put("/api/v1/people", json!({})).await;
    assert_eq!(answer.problem(), (405, "method_not_allowed".to_owned()));
    let answer = administrator.delete("/api/v1/people/mari").await;
    assert_eq!(answer.problem(), (404, "not_found".to_owned()));
}
