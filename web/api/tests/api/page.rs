//! The page's files.

use crate::world::World;

#[tokio::test]
async fn every_address_of_the_page_is_its_first_file() {
    let world = World::new().await;
    let anonymous = world.anonymous();
    for path in ["/", "/calls/17", "/index.html", "/no/such/thing"] {
        let answer = anonymous.get(path).await;
        assert_eq!(
            (answer.status.as_u16(), answer.body.as_slice()),
            (200, &b"<!doctype html>"[..])
        );
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    }
    assert_eq!(anonymous.get("/icon.svg").await.body, b"<svg/>");
}

#[tokio::test]
async fn a_file_that_has_not_changed_is_not_sent_again() {
    let world = World::new().await;
    let first = world.anonymous().get("/").await;
    let etag = first.header("etag").to_owned();
    let again = world.anonymous().get_with("/", &[("if-none-match", &etag)]).await;
    assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    let other = world.anonymous().get_with("/", &[("if-none-match", "\"old\"")]).await;
    assert_eq!(other.status, 200);
}

#[tokio::test]
async fn hashed_files_are_kept_forever_and_missing_ones_are_missing() {
    let world = World::new().await;
    let anonymous = world.anonymous();
    let script = anonymous.get("/assets/index-1a2b.js").await;
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(script.header("content-type"), "text/javascript");
    for path in ["/assets/index-old.js", "/api", "/api/v1/nothing", "/api/v2/session"] {
        assert_eq!(anonymous.get(path).await.problem(), (404, "not_found".to_owned()), "{path}");
    }
}
