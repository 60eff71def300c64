//! Alive, and ready.

use crate::world::World;

#[tokio::test]
async fn ready_means_that_database_and_switch_answer() {
    let mut world = World::new().await;
    let anonymous = world.anonymous();
    assert_eq!(anonymous.get("/healthz").await.status, 204);
    assert_eq!(anonymous.get("/readyz").await.status, 204);
    world.lose_the_switch().await;
    let World { board, .. } = world;
    drop(board);
    assert_eq!(anonymous.get("/readyz").await.problem(), (503, "switch_gone".to_owned()));
    assert_eq!(anonymous.get("/healthz").await.status, 204);
}
