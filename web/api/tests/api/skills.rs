//! What people can, and that it is in force at once.

use serde_json::{Value, json};

use crate::world::{Actor, World};

async fn person(administrator: &Actor, name: &str) -> u64 {
    let made = administrator.post("/api/v1/people", json!({ "name": name })).await.json();
    made["id"].as_u64().unwrap()
}

async fn skills(administrator: &Actor) -> Vec<Value> {
    let listed = administrator.get("/api/v1/people").await.json();
    listed["people"].as_array().unwrap().iter().map(|it| it["skills"].clone()).collect()
}

#[tokio::test]
async fn skills_of_a_person_are_replaced_and_each_change_is_in_force_at_once() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let mari = person(&administrator, "Mari").await;
    let path = format!("/api/v1/people/{mari}/skills");
    world.asked();
    let set = json!({ "skills": { "english": 9, "Õlitamine": 1 } });
    let answer = administrator.put(&path, set.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (200, set.clone()));
    assert_eq!(skills(&administrator).await, [set["skills"].clone()]);
    let person = format!("/api/v1/people/{mari}");
    let renamed = administrator.patch(&person, json!({ "name": "M" })).await.json();
    assert_eq!(renamed["skills"], set["skills"]);
    assert_eq!(administrator.put(&path, json!({ "skills": {} })).await.status, 200);
    assert_eq!(skills(&administrator).await, [json!({})]);
    assert_eq!(world.asked(), ["plan 3", "plan 4", "plan 5"]);
    let undone = administrator.post("/api/v1/versions/undo", json!({})).await;
    assert_eq!(undone.status, 200);
    assert_eq!(skills(&administrator).await, [set["skills"].clone()]);
}

#[tokio::test]
async fn one_skill_is_given_to_many_people_and_taken_from_them() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let people = [person(&administrator, "Jaan").await, person(&administrator, "Mari").await];
    world.asked();
    let give = async |level: Value| {
        let body = json!({ "people": people, "name": "english", "level": level });
        administrator.post("/api/v1/skills", body).await
    };
    assert_eq!(give(json!(7)).await.status, 204);
    assert_eq!(skills(&administrator).await, [json!({ "english": 7 }), json!({ "english": 7 })]);
    let eleven = give(json!(11)).await;
    assert_eq!(eleven.field(), ("/level".to_owned(), "too_large".to_owned()));
    assert_eq!(give(Value::Null).await.status, 204);
    assert_eq!(skills(&administrator).await, [json!({}), json!({})]);
    assert_eq!(world.asked(), ["plan 4", "plan 5"]);
    let unsaid = json!({ "people": people, "name": "english" });
    let unsaid = administrator.post("/api/v1/skills", unsaid).await;
    assert_eq!(unsaid.status, 400, "a level that is not there takes nothing away");
}

#[tokio::test]
async fn what_is_wrong_with_a_skill_is_pointed_at() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let path = format!("/api/v1/people/{}/skills", person(&administrator, "Mari").await);
    let low = administrator.put(&path, json!({ "skills": { "a/b": 0 } })).await;
    assert_eq!(low.field(), ("/skills/a~1b".to_owned(), "too_small".to_owned()));
    assert_eq!(low.json()["errors"][0]["params"], json!({ "min": 1 }));
    let long = administrator.put(&path, json!({ "skills": { "x".repeat(41): 5 } })).await;
    assert_eq!(long.field().1, "too_long");
    let nobody = administrator.put("/api/v1/people/99/skills", json!({ "skills": {} })).await;
    assert_eq!(nobody.problem(), (404, "not_found".to_owned()));
    assert_eq!(administrator.put(&path, json!({ "skills": { "a": "b" } })).await.status, 400);
}
