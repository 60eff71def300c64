//! Log in, who am I, log out.

use serde_json::json;

use crate::world::{EMAIL, PASSWORD, World, now_ms};

#[tokio::test]
async fn logging_in_gives_a_session_and_logging_out_takes_it() {
    let world = World::new().await;
    world.administrator().await;
    let anonymous = world.anonymous();
    let body = json!({ "email": " Tiina@FIRMA.ee", "password": PASSWORD });
    let answer = anonymous.post("/api/v1/session", body).await;
    assert_eq!(answer.status, 200);
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
    let tiina = anonymous.after(&answer);
    let session = tiina.get("/api/v1/session").await.json();
    assert_eq!(session, answer.json());
    assert_eq!(session["account"]["name"], "Tiina");
    assert_eq!(session["account"]["role"], "administrator");
    assert_eq!(session["sip"], json!({ "address": "127.0.0.1:5060", "realm": "ladus" }));

    let out = tiina.delete("/api/v1/session").await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").starts_with("ladus_session=; Path=/; Max-Age=0"));
    assert_eq!(tiina.get("/api/v1/session").await.problem().0, 401);
    assert_eq!(tiina.delete("/api/v1/session").await.status, 204, "twice is fine");
}

#[tokio::test]
async fn a_wrong_password_and_a_wrong_name_get_the_same_answer() {
    let world = World::new().await;
    world.administrator().await;
    let anonymous = world.anonymous();
    for (email, password) in [(EMAIL, "wrong password"), ("mari@firma.ee", PASSWORD), ("", "")] {
        let body = json!({ "email": email, "password": password });
        let answer = anonymous.post("/api/v1/session", body).await;
        assert_eq!(answer.problem(), (401, "wrong_credentials".to_owned()));
        assert_eq!(answer.header("set-cookie"), "");
    }
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let world = World::new().await;
    let guess = async || {
        let body = json!({ "token": "guess" });
        world.anonymous().post("/api/v1/session/token", body).await
    };
    for _ in 0..10 {
        assert_eq!(guess().await.problem(), (401, "wrong_token".to_owned()));
    }
    let answer = guess().await;
    assert_eq!(answer.problem(), (429, "too_many_requests".to_owned()));
    let seconds: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=10).contains(&seconds), "{seconds}");
    assert_eq!(answer.json()["params"]["retry_after_s"], seconds);
}

#[tokio::test]
async fn the_start_link_logs_the_first_administrator_in_once() {
    let world = World::new().await;
    world.administrator().await;
    let token = world.tenant.issue_start_token(now_ms()).await.unwrap();
    let anonymous = world.anonymous();
    let body = json!({ "token": token });
    let answer = anonymous.post("/api/v1/session/token", body.clone()).await;
    assert_eq!(answer.json()["setup"], false);
    assert_eq!(answer.json()["account"]["email"], EMAIL);
    let tiina = anonymous.after(&answer);
    assert_eq!(tiina.get("/api/v1/people").await.status, 200);
    let again = anonymous.post("/api/v1/session/token", body).await;
    assert_eq!(again.problem(), (401, "wrong_token".to_owned()));
}

#[tokio::test]
async fn cookies_of_a_secure_page_are_for_secure_connections_only() {
    let world = World::at("https://ladus.example").await;
    world.administrator().await;
    let anonymous = world.anonymous();
    let body = json!({ "email": EMAIL, "password": PASSWORD });
    let answer = anonymous.post("/api/v1/session", body).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("__Host-ladus_session=") && cookie.ends_with("; Secure"));
    assert_eq!(anonymous.after(&answer).get("/api/v1/session").await.status, 200);
}
