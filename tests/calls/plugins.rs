//! A company's own policy, uploaded over the API, decides for real calls.

use plugin_host::QuestionCase;
use serde_json::{Value, json};
use tests::until;

use crate::company::{AGENT_HZ, CALLER_HZ, Company, Picks};

/// Rings the first candidate, with `last` the last one, and with `fail` none.
const HOUSE_RULE: &[u8] = include_bytes!("../browser/house-rule.wasm");
const LABEL: &str = "house-rule@1.0.0";

/// What was decided for the first offer of a new caller.
fn decided(company: &mut Company, caller: &str) -> Value {
    let phone = company.outside(caller, CALLER_HZ);
    phone.control().order("dial", &company.uri("6001000"));
    let decided = company.until_fact(caller, "route_decided", |_| true);
    phone.control().order("hangup", "");
    company.until_call(caller, "the call is over", |call| call["ended_ms"].is_number());
    decided
}

#[test]
fn an_uploaded_plugin_decides_for_the_very_next_call_and_is_taken_back() {
    let Some(mut company) = Company::found(&[]) else { return };
    let jaan = company.person("Jaan", &[(company.group, 2)]);
    let _phones =
        [&company.mari, &jaan].map(|person| company.phone(person, AGENT_HZ, Picks::Nothing));

    let refused = company.client.upload("/plugins", &HOUSE_RULE[..HOUSE_RULE.len() / 2]);
    assert_eq!((refused.status, &refused.body["params"]["kind"]), (422, &json!("damaged")));
    let uploaded = company.client.upload("/plugins", HOUSE_RULE);
    assert_eq!(uploaded.status, 201, "{}", uploaded.body);
    let policy = uploaded.body["policy"].clone();
    let give = |company: &mut Company, settings: Value| {
        let given = json!({ "groups": [company.group], "policy": policy, "settings": settings });
        let given = company.client.post("/plugins/give", given);
        assert_eq!(given.status, 204, "{}", given.body);
    };

    give(&mut company, json!({ "last": true }));
    let last = decided(&mut company, "5550001");
    assert_eq!((&last["policy"], &last["chosen"]), (&json!(LABEL), &json!(jaan.id)), "{last}");

    give(&mut company, json!({ "fail": true }));
    let failed = decided(&mut company, "5550002");
    assert_eq!((&failed["policy"], &failed["chosen"]), (&json!(LABEL), &json!(company.mari.id)));
    assert_eq!(failed["fallback"], "it gave up (panic)", "the call is offered all the same");
    let state = until(20, "the board tells the failure", || {
        let at_work = company.client.get("/plugins").body["at_work"][0].clone();
        (at_work["failures"] == 1).then(|| at_work["state"].clone())
    });
    assert_eq!(state, "active");
    let failure = company.client.get("/plugins").body["failures"][0].clone();
    assert_eq!((&failure["label"], &failure["group"]), (&json!(LABEL), &json!(company.group)));
    let case = company.client.get(&format!("/plugins/failures/{}/case", failure["id"])).body;
    let case = QuestionCase::read(&case.to_string()).expect("a test case");
    assert_eq!(case.question.call.0, failure["call"]);
    let candidates: Vec<u64> = case.question.candidates.iter().map(|it| it.agent.0).collect();
    assert_eq!(candidates, [company.mari.id, jaan.id], "whom it could have rung");

    for caller in ["5550003", "5550004"] {
        let undone = company.client.post("/versions/undo", json!({}));
        assert_eq!(undone.status, 200, "{}", undone.body);
        let back = decided(&mut company, caller);
        // Twice is none: first the settings of before, then those that fail again.
        let fails = !back["fallback"].is_null();
        assert_eq!(fails, caller == "5550004", "{back}");
    }
}

#[test]
fn a_freed_agent_gets_whoever_has_waited_longest_in_any_group_when_the_company_says_so() {
    let Some(mut company) = Company::found(&[]) else { return };
    let support = company.group("Support", "6002000", json!({}));
    company.place(support, company.mari.id, 2);
    let _mari = company.phone(&company.mari, AGENT_HZ, Picks::Nothing);
    let wish = |company: &mut Company, wish: &str| {
        let path = format!("/people/{}/wish", company.mari.id);
        let wished = company.client.post(&path, json!({ "wish": wish }));
        assert!(wished.status < 300, "{}", wished.body);
    };
    let rule = json!({ "policy": "longest-wait-first", "settings": { "worth": 5_000 } });
    let chosen = company.client.put("/plugins/selection", rule);
    assert_eq!(chosen.status, 200, "{}", chosen.body);

    wish(&mut company, "off");
    let callers = [("5550011", "6002000"), ("5550012", "6001000")].map(|(caller, number)| {
        let phone = company.outside(caller, CALLER_HZ);
        phone.control().order("dial", &company.uri(number));
        company.until_fact(caller, "queue_entered", |_| true);
        phone
    });
    wish(&mut company, "on");
    let decided = company.until_fact("5550011", "route_decided", |_| true);
    let label = json!("longest-wait-first@0.1.0");
    assert_eq!((&decided["policy"], &decided["chosen"]), (&label, &json!(company.mari.id)));
    assert_eq!((&decided["picked"], &decided["picked_of"]), (&json!(1), &json!(2)), "{decided}");
    let at_work = company.client.get("/plugins/selection").body["at_work"].clone();
    assert_eq!((&at_work["label"], &at_work["failures"]), (&label, &json!(0)), "{at_work}");

    // Taken back, the agent's first group comes first again.
    wish(&mut company, "off");
    let undone = company.client.post("/versions/undo", json!({}));
    assert_eq!(undone.status, 200, "{}", undone.body);
    wish(&mut company, "on");
    let decided = company.until_fact("5550012", "route_decided", |_| true);
    assert_eq!((&decided["policy"], &decided["picked"]), (&json!("built-in"), &Value::Null));
    drop(callers);
}

#[test]
fn a_shadow_decides_for_no_caller_and_tells_whom_it_would_have_rung() {
    let Some(mut company) = Company::found(&[]) else { return };
    let jaan = company.person("Jaan", &[(company.group, 2)]);
    let _phones =
        [&company.mari, &jaan].map(|person| company.phone(person, AGENT_HZ, Picks::Nothing));
    let policy = company.client.upload("/plugins", HOUSE_RULE).body["policy"].clone();
    let given = json!({
        "groups": [company.group], "policy": policy, "settings": { "last": true },
        "stage": "shadow",
    });
    assert_eq!(company.client.post("/plugins/give", given).status, 204);

    let first = decided(&mut company, "5550001");
    assert_eq!(
        (&first["policy"], &first["chosen"]),
        (&json!("built-in"), &json!(company.mari.id)),
        "{first}"
    );
    let trial = until(20, "the shadow has answered", || {
        let trial = company.client.get("/plugins").body["trials"][0].clone();
        (trial["total"]["different"] == 1).then_some(trial)
    });
    assert_eq!(trial["label"], LABEL);
    let difference = &trial["differences"][0];
    assert_eq!(
        (&difference["decided"], &difference["instead"]),
        (&json!(company.mari.id), &json!(jaan.id)),
        "{trial}"
    );

    let path = format!("/groups/{}/trial/promote", company.group);
    assert_eq!(company.client.post(&path, json!({})).status, 204);
    let last = decided(&mut company, "5550002");
    assert_eq!((&last["policy"], &last["chosen"]), (&json!(LABEL), &json!(jaan.id)), "{last}");
    assert_eq!(company.client.get("/plugins").body["trials"], json!([]));
}

#[test]
fn the_caller_of_an_english_line_reaches_the_best_english_speaker() {
    let Some(mut company) = Company::found(&[]) else { return };
    let jaan = company.person("Jaan", &[(company.group, 2)]);
    let _phones =
        [&company.mari, &jaan].map(|person| company.phone(person, AGENT_HZ, Picks::Nothing));
    let speaks = |company: &Company, person: u64, level: u32| {
        let skills = json!({ "skills": { "english": level } });
        let set = company.client.put(&format!("/people/{person}/skills"), skills);
        assert_eq!(set.status, 200, "{}", set.body);
    };
    let settings = json!({ "skill": "english", "least-level": 3, "prefer": "best" });
    let given = json!({ "groups": [company.group], "policy": "skills", "settings": settings });
    assert_eq!(company.client.post("/plugins/give", given).status, 204);
    speaks(&company, company.mari.id, 4);
    speaks(&company, jaan.id, 9);
    let best = decided(&mut company, "5550001");
    assert_eq!((&best["chosen"], &best["reason"]), (&json!(jaan.id), &json!("english 9")));

    // Mari learns, and the very next call is hers.
    speaks(&company, company.mari.id, 10);
    let learnt = decided(&mut company, "5550002");
    assert_eq!(learnt["chosen"], json!(company.mari.id), "{learnt}");
    assert_eq!(company.client.post("/versions/undo", json!({})).status, 200);
    assert_eq!(decided(&mut company, "5550003")["chosen"], json!(jaan.id));
}
