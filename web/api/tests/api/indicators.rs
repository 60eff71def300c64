//! Indicators: written, mended, tried, changed from a day on, ended.

use serde_json::{Value, json};
use store::{DayOutcome, DayValue, IndicatorDay, IndicatorId, IndicatorVersionId};

use crate::world::{Actor, World};

async fn today(actor: &Actor) -> String {
    let listed = actor.get("/api/v1/indicators").await.json();
    listed["today"].as_str().unwrap().to_owned()
}

async fn good(actor: &Actor) -> Value {
    let body = json!({
        "name": "good_talks", "title": "Good talks", "from_day": today(actor).await,
        "formula": "talks-short_talks", "better": "more", "sample_min": 5,
    });
    let added = actor.post("/api/v1/indicators", body).await;
    assert_eq!(added.status, 201, "{}", added.json());
    added.json()
}

#[tokio::test]
async fn a_mistake_is_placed_and_told_in_the_language_that_was_asked_for() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let check =
        async |body: Value| administrator.post("/api/v1/indicators/check", body).await.json();
    let checked = check(json!({ "formula": "answered / answred", "language": "et" })).await;
    let mistake = &checked["mistake"];
    assert_eq!((&mistake["from"], &mistake["to"]), (&json!(11), &json!(18)));
    assert_eq!(mistake["code"], "unknown_name");
    assert!(mistake["text"].as_str().unwrap().contains("„answered“"), "{mistake}");
    let checked = check(json!({ "formula": "max(7,5; talk / 1 h)", "language": "et" })).await;
    assert_eq!(checked["mistake"], json!(null));
    assert_eq!(checked["needs"], json!(["talk"]));
    let checked = check(json!({ "formula": "asa" })).await;
    assert_eq!(checked["unit"], "seconds");
    let refused = world.anonymous().post("/api/v1/indicators/check", json!({})).await;
    assert_eq!(refused.status, 401);
}

#[tokio::test]
async fn an_indicator_is_kept_in_its_plain_form_and_changed_from_a_day_on() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let added = good(&administrator).await;
    let version = &added["versions"][0];
    assert_eq!(version["formula"], "talks - short_talks");
    assert_eq!((&version["unit"], &added["in_force"]), (&json!("count"), &version["id"]));
    let from = today(&administrator).await;
    let path = format!("/api/v1/indicators/{}", added["id"]);
    let change = json!({
        "title": "Time to answer", "from_day": from, "plugin": "answer-time", "sample_min": 20,
    });
    let changed = administrator.put(&path, change).await.json();
    let version = &changed["versions"][0];
    assert_eq!((&version["plugin"], &version["better"]), (&json!("answer-time"), &json!("less")));
    assert_eq!((&version["unit"], &version["sample_min"]), (&json!("seconds"), &json!(20)));
    let history = administrator.get(&path).await.json();
    assert_eq!(history["versions"].as_array().unwrap().len(), 2, "nothing is forgotten");
    assert_eq!(history["in_force"], version["id"]);
    let end = json!({ "until_day": from });
    let ended = administrator.post(&format!("{path}/end"), end).await.json();
    assert_eq!((&ended["until_day"], &ended["in_force"]), (&json!(from), &json!(null)));
    administrator.post("/api/v1/versions/undo", json!({})).await;
    let listed = administrator.get("/api/v1/indicators").await.json();
    assert_eq!(listed["indicators"], json!([changed]));
}

#[tokio::test]
async fn what_cannot_be_is_pointed_at() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    good(&administrator).await;
    let from = today(&administrator).await;
    let body = |name: &str, rest: Value| {
        let mut body = json!({ "name": name, "title": "Good", "from_day": from });
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        body
    };
    let formula = json!({ "formula": "answered" });
    let cases = [
        (body("", formula.clone()), "/name", "required"),
        (body("talks", formula.clone()), "/name", "malformed"),
        (body("good_talks", formula.clone()), "/name", "taken"),
        (body("good", json!({})), "/formula", "required"),
        (body("good", json!({ "formula": "answered +" })), "/formula", "bad_formula"),
        (body("good", json!({ "formula": "good + 1" })), "/formula", "bad_formula"),
        (body("good", json!({ "plugin": "answer" })), "/plugin", "unknown"),
        (body("good", json!({ "formula": "asa", "better": "best" })), "/better", "unknown"),
        (
            json!({ "name": "good", "title": "", "from_day": from, "formula": "asa" }),
            "/title",
            "required",
        ),
        (
            json!({ "name": "good", "title": "Good", "from_day": "2026-01-01", "formula": "asa" }),
            "/from_day",
            "past",
        ),
    ];
    for (asked, pointer, code) in cases {
        let answer = administrator.post("/api/v1/indicators", asked).await;
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
}

#[tokio::test]
async fn a_draft_is_ranked_beside_what_it_replaces_and_nobody_is_ranked_without_a_value() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let good = good(&administrator).await;
    let draft = json!({ "name": "good_talks", "replaces": good["id"], "formula": "talks",
        "better": "more", "sample_min": 10 });
    let tried = administrator.post("/api/v1/indicators/preview", draft).await.json();
    assert_eq!(
        (&tried["today"], &tried["mean"], &tried["median"]),
        (&json!(true), &json!(3.5), &json!(3.5))
    );
    let people = tried["people"].as_array().unwrap();
    let names: Vec<&str> = people.iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Jaan", "Mari", "Õie"]);
    assert_eq!((&people[0]["rank"], &people[2]["rank"]), (&json!(1), &json!(null)));
    assert_eq!((&people[2]["why"], &people[2]["least"]), (&json!("too_few"), &json!(10)));
    assert_eq!(people[1]["before"]["value"], 1.0);
    let less = json!({ "formula": "talks", "better": "less" });
    let tried = administrator.post("/api/v1/indicators/preview", less).await.json();
    assert_eq!(
        (&tried["people"][0]["name"], &tried["people"][0]["before"]),
        (&json!("Mari"), &json!(null))
    );
    let wrong = json!({ "formula": "talks +" });
    let wrong = administrator.post("/api/v1/indicators/preview", wrong).await;
    assert_eq!(wrong.field(), ("/formula".to_owned(), "bad_formula".to_owned()));
}

#[tokio::test]
async fn values_of_closed_days_and_the_calls_behind_them_are_read() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let good = good(&administrator).await;
    let outcome = DayOutcome::Value { value: 4.0, sample: 9, note: None };
    let day = IndicatorDay {
        indicator: IndicatorId(good["id"].as_u64().unwrap()),
        version: IndicatorVersionId(good["versions"][0]["id"].as_u64().unwrap()),
        day: "2026-03-02".to_owned(),
        values: vec![DayValue { agent: acd::AgentId(1), outcome }],
    };
    assert!(world.tenant.close_indicator_day(&day, 1).await.unwrap());
    let path = format!("/api/v1/indicators/{}/values?from=2026-03-01&to=2026-03-31", good["id"]);
    let values = administrator.get(&path).await.json();
    assert_eq!(values["days"][0]["day"], "2026-03-02");
    assert_eq!(values["days"][0]["people"][0]["value"], 4.0);
    let cases = "/api/v1/indicators/cases?agent=1&from=2026-03-02&to=";
    let none = administrator.get(&format!("{cases}2026-03-02")).await.json();
    assert_eq!(none, json!({ "cases": [], "cut": false }));
    let long = administrator.get(&format!("{cases}2026-05-02")).await;
    assert_eq!(long.field(), ("/to".to_owned(), "bad_span".to_owned()));
}
