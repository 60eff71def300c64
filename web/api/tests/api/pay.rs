//! Pay through the API: who may do what, in which order, and what is told when it is refused.

use serde_json::{Value, json};
use store::{NewAccount, NewPerson};

use crate::world::{Actor, BY, PASSWORD, World, now_ms};

/// A month that is over.
const MONTH: [&str; 2] = ["2026-02-01", "2026-02-28"];

/// Two administrators and two people.
async fn two(world: &World) -> (Actor, Actor) {
    for name in ["=Mari", "Jaan"] {
        world.tenant.add_person(NewPerson { name, extension: None }, BY).await.unwrap();
    }
    let first = world.administrator().await;
    let new = NewAccount { name: "Toomas", email: "toomas@firma.ee", password: PASSWORD };
    let account = world.tenant.add_account(new, BY).await.unwrap();
    let token = world.tenant.open_session(Some(account.id), "", now_ms()).await.unwrap();
    let second = first.with_cookie(&format!("ladus_session={token}"));
    (first, second)
}

fn fixed(amount: &str) -> Value {
    json!({ "currency": "EUR", "scope": "everybody", "base": { "fixed": amount } })
}

fn named(rule: Value) -> Value {
    json!({ "name": "Usual", "valid_from": "2026-01-01", "rule": rule })
}

async fn opened(actor: &Actor) -> String {
    let body = json!({ "from": MONTH[0], "to": MONTH[1] });
    let period = actor.post("/api/v1/pay/periods", body).await;
    assert_eq!(period.status, 201);
    format!("/api/v1/pay/periods/{}", period.json()["id"])
}

#[tokio::test]
async fn a_rule_is_previewed_written_and_told_where_it_is_wrong() {
    let world = World::new().await;
    let (tiina, _) = two(&world).await;
    let empty = tiina.get("/api/v1/pay/rules").await.json();
    assert_eq!(empty["rules"], json!([]));
    assert!(empty["values"].as_array().unwrap().contains(&json!("answer-time-ms")));
    let draft = json!({ "from": MONTH[0], "to": MONTH[1], "rule": fixed("100") });
    let preview = tiina.post("/api/v1/pay/preview", draft).await.json();
    let first = &preview["people"][0];
    assert_eq!((&first["old"], &first["new"]["total"]), (&json!(null), &json!("100.00")));
    let made = tiina.post("/api/v1/pay/rules", named(fixed("100"))).await;
    assert_eq!(made.status, 201);
    let id = made.json()["id"].as_u64().unwrap();
    let again = tiina.post("/api/v1/pay/rules", named(fixed("1"))).await;
    assert_eq!(again.field(), ("/name".to_owned(), "taken".to_owned()));
    let path = format!("/api/v1/pay/rules/{id}/versions");
    let second = tiina.post(&path, named(fixed("120"))).await.json();
    assert_eq!(second["versions"][0]["rule"]["base"]["fixed"], "120");
    assert_eq!(second["versions"][1]["version"], 1);
    let draft = json!({
        "from": MONTH[0], "to": MONTH[1], "rule": fixed("90"), "instead_of": id,
    });
    let preview = tiina.post("/api/v1/pay/preview", draft).await.json();
    let first = &preview["people"][0];
    assert_eq!(
        (&first["old"]["total"], &first["new"]["total"]),
        (&json!("120.00"), &json!("90.00"))
    );

    let gap = json!([{ "to": "5", "amount": "1" }, { "from": "6", "amount": "x" }]);
    let item = json!({ "name": "Quick", "on": "answer-time-ms", "bands": gap });
    let mut rule = fixed("100");
    rule["items"] = json!([item]);
    let wrong = tiina.post("/api/v1/pay/rules", named(rule.clone())).await;
    assert_eq!(wrong.status, 422);
    let errors = wrong.json()["errors"].clone();
    assert_eq!(errors[0]["pointer"], "/rule/items/0/bands/1/amount");
    assert_eq!(errors[0]["code"], "not_a_number");
    assert_eq!(errors[1]["pointer"], "/rule/items/0/bands/1/from");
    assert_eq!(
        errors[1]["params"]["words"],
        "after band 1 nothing is said about what lies from 5 to 6"
    );
    rule["bonus"] = json!(1);
    let unknown = tiina.post("/api/v1/pay/rules", named(rule)).await;
    assert_eq!(unknown.problem(), (400, "malformed".to_owned()));
    let end = json!({ "ended_from": "2026-02-01" });
    let ended = tiina.post(&format!("/api/v1/pay/rules/{id}/end"), end).await.json();
    assert_eq!(ended["ended_from"], "2026-02-01");
}

#[tokio::test]
async fn a_period_needs_two_people_and_is_exported_with_its_corrections() {
    let world = World::new().await;
    let (tiina, toomas) = two(&world).await;
    let period = opened(&tiina).await;
    assert_eq!(tiina.get(&format!("{period}/flags")).await.json(), json!({ "flags": [] }));
    let nobody = tiina.post(&format!("{period}/review"), json!({})).await;
    assert_eq!(nobody.problem(), (409, "pay_nobody".to_owned()));
    tiina.post("/api/v1/pay/rules", named(fixed("100.005"))).await;
    assert_eq!(toomas.post(&format!("{period}/close"), json!({})).await.problem().1, "pay_state");
    let reviewed = tiina.post(&format!("{period}/review"), json!({})).await.json();
    assert_eq!(
        (&reviewed["state"], &reviewed["reviewed"]["name"]),
        (&json!("reviewed"), &json!("Tiina"))
    );
    let alone = tiina.post(&format!("{period}/close"), json!({})).await;
    assert_eq!(alone.problem(), (409, "pay_same_signer".to_owned()));
    assert_eq!(alone.json()["params"]["name"], "Tiina");
    assert_eq!(tiina.get(&format!("{period}/export.csv")).await.problem().1, "pay_state");
    let closed = toomas.post(&format!("{period}/close"), json!({})).await.json();
    assert_eq!(
        (&closed["period"]["state"], &closed["signed"]["name"]),
        (&json!("closed"), &json!("Toomas"))
    );
    assert_eq!(closed["entry"]["number"], 1);
    assert_eq!(tiina.delete(&period).await.problem().1, "pay_state");

    let body = json!({ "person": 1, "line": "base.fixed", "words": "It should be more." });
    let dispute = tiina.post(&format!("{period}/disputes"), body).await;
    assert_eq!(dispute.status, 201);
    let answer = format!("/api/v1/pay/disputes/{}/answer", dispute.json()["id"]);
    let body = json!({ "words": "So it should.", "amount": "-0.5" });
    let answered = tiina.post(&answer, body.clone()).await.json();
    assert_eq!(
        (&answered["state"], &answered["answer"]["who"]),
        (&json!("accepted"), &json!("Tiina"))
    );
    assert_eq!(tiina.post(&answer, body).await.problem().1, "pay_state");
    let sheet = tiina.get(&period).await.json();
    let sign = format!("/api/v1/pay/corrections/{}/sign", sheet["corrections"][0]["id"]);
    assert_eq!(tiina.post(&sign, json!({})).await.problem().1, "pay_same_signer");
    let signed = toomas.post(&sign, json!({})).await.json();
    assert_eq!((&signed["state"], &signed["entry"]), (&json!("signed"), &json!(2)));
    let body = json!({ "person": 2, "line": "", "amount": "3", "reason": "A gift." });
    let proposed = toomas.post(&format!("{period}/corrections"), body).await;
    assert_eq!(proposed.status, 201);
    let withdraw = format!("/api/v1/pay/corrections/{}/withdraw", proposed.json()["id"]);
    assert_eq!(toomas.post(&withdraw, json!({})).await.json()["state"], "withdrawn");

    let statement = tiina.get(&format!("{period}/statements/1")).await.json();
    assert_eq!(
        (&statement["statement"]["total"], &statement["rule"]["name"]),
        (&json!("100.00"), &json!("Usual"))
    );
    assert_eq!(tiina.get(&format!("{period}/statements/9")).await.problem().0, 404);
    let csv = tiina.get(&format!("{period}/export.csv")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let text = String::from_utf8(csv.body).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mari = "1,\"'=Mari\",2026-02-01,2026-02-28,EUR,,0,100.00,-0.50,99.50,1,";
    assert!(lines[1].starts_with(mari), "{text}");
    assert!(lines[2].starts_with("2,\"Jaan\",") && lines[2].contains(",100.00,0.00,100.00,1,"));
    assert!(world.tenant.verify_pay().await.unwrap().is_well());
}

#[tokio::test]
async fn a_review_is_taken_back_and_a_change_after_it_must_be_looked_at() {
    let world = World::new().await;
    let (tiina, toomas) = two(&world).await;
    let made = tiina.post("/api/v1/pay/rules", named(fixed("100"))).await.json();
    let period = opened(&tiina).await;
    tiina.post(&format!("{period}/review"), json!({})).await;
    let reopened = toomas.post(&format!("{period}/reopen"), json!({})).await.json();
    assert_eq!((&reopened["state"], &reopened["reviewed"]), (&json!("open"), &json!(null)));
    tiina.post(&format!("{period}/review"), json!({})).await;
    let path = format!("/api/v1/pay/rules/{}/versions", made["id"]);
    tiina.post(&path, named(fixed("1000"))).await;
    let changed = toomas.post(&format!("{period}/close"), json!({})).await;
    assert_eq!(changed.problem(), (409, "pay_changed".to_owned()));
    assert_eq!(toomas.get(&period).await.json()["period"]["state"], "open");
    let body = json!({ "from": "2026-02-10", "to": "2026-02-11" });
    let shared = tiina.post("/api/v1/pay/periods", body).await;
    assert_eq!(shared.problem(), (409, "pay_overlaps".to_owned()));
    assert_eq!(tiina.delete(&period).await.status, 204);
}

#[tokio::test]
async fn a_second_administrator_is_let_in_and_nobody_else_sees_pay() {
    let world = World::new().await;
    let tiina = world.administrator().await;
    let body = json!({ "name": "Toomas", "email": "toomas@firma.ee", "password": PASSWORD });
    assert_eq!(tiina.post("/api/v1/accounts", body.clone()).await.status, 201);
    let taken = tiina.post("/api/v1/accounts", body.clone()).await;
    assert_eq!(taken.field(), ("/email".to_owned(), "taken".to_owned()));
    let listed = tiina.get("/api/v1/accounts").await.json();
    assert_eq!(listed["accounts"][1]["name"], "Toomas");
    assert!(!listed.to_string().contains("password"));
    let login = json!({ "email": "toomas@firma.ee", "password": PASSWORD });
    assert_eq!(world.anonymous().post("/api/v1/session", login).await.status, 200);
    for path in ["accounts", "pay/rules", "pay/periods", "pay/periods/1/export.csv"] {
        let answer = world.anonymous().get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.problem(), (401, "not_logged_in".to_owned()), "{path}");
    }
}
