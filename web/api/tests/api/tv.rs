//! The board on a wall.

use axum::body::Body;
use axum::http::Method;
use control::Board;
use futures_util::StreamExt;
use serde_json::json;

use crate::live::board;
use crate::world::World;

#[tokio::test]
async fn a_screen_sees_the_board_without_numbers_until_its_link_is_taken_away() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let made = administrator.post("/api/v1/tv", json!({})).await;
    assert_eq!(made.status, 201);
    let url = made.json()["url"].as_str().unwrap().to_owned();
    let (page, token) = url.split_once('#').unwrap();
    assert_eq!(page, "http://localhost:8080/tv");
    let trials = vec![crate::trials::shadow()];
    let failures = vec![crate::failures::failure()];
    world.board.send_replace(Board { trials, failures, ..board() }.into());
    let live = format!("/api/v1/tv/live?token={token}");
    let screen = world.anonymous();
    let request = screen.request(Method::GET, &live).body(Body::empty()).unwrap();
    let response = screen.send(request).await;
    assert_eq!(response.status(), 200);
    let first = response.into_body().into_data_stream().next().await.unwrap().unwrap();
    let first = std::str::from_utf8(&first).unwrap();
    assert!(first.contains("event: board") && first.contains("Sales"), "{first}");
    assert!(!first.contains("+3725551234"), "{first}");
    assert!(
        !first.contains("fair-share"),
        "what is tried out or fails is nobody's on the wall: {first}"
    );
    let links = administrator.get("/api/v1/tv").await.json();
    assert_eq!(links["links"][0]["who"], "Tiina");
    let path = format!("/api/v1/tv/{}", made.json()["id"]);
    assert_eq!(administrator.delete(&path).await.status, 204);
    assert_eq!(screen.get(&live).await.problem(), (401, "not_logged_in".to_owned()));
    assert_eq!(screen.get("/api/v1/groups").await.status, 401, "the link opens nothing else");
}
