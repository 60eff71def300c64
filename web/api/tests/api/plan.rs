//! What befalls callers and when people work: flows, calendars, loans, modes, rules.

use serde_json::{Value, json};

use crate::world::{Actor, World, now_ms};

async fn group(administrator: &Actor, name: &str) -> Value {
    administrator.post("/api/v1/groups", json!({ "name": name })).await.json()["id"].clone()
}

async fn person(administrator: &Actor, name: &str) -> Value {
    administrator.post("/api/v1/people", json!({ "name": name })).await.json()["id"].clone()
}

/// A calendar that is open round the clock, or never.
async fn calendar(administrator: &Actor, name: &str, open: bool) -> Value {
    let day = if open { json!([{ "from": 0, "to": 1440 }]) } else { json!([]) };
    let body = json!({ "name": name, "zone": "Europe/Tallinn", "week": vec![day; 7] });
    let answer = administrator.post("/api/v1/calendars", body).await;
    assert_eq!(answer.status, 201);
    answer.json()["id"].clone()
}

#[tokio::test]
async fn a_group_says_what_befalls_its_callers_and_keeps_what_is_not_named() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let hours = calendar(&administrator, "Office", true).await;
    let (sales, support) =
        (group(&administrator, "Sales").await, group(&administrator, "Support").await);
    let path = format!("/api/v1/groups/{sales}");
    let change = json!({
        "hours": hours, "closing": "turn_away", "nobody": "leave", "sticky_ms": 30_000,
        "closed": { "kind": "number", "number": "+3726000000" },
        "deserted": { "kind": "group", "group": support },
        "full": { "kind": "callback" },
        "steps": [
            { "after_ms": 20_000, "to": { "kind": "group", "group": support } },
            { "after_ms": 60_000, "to": { "kind": "goodbye", "prompt": "busy" } },
        ],
        "keys": [{ "key": "1", "to": { "kind": "callback" } }],
        "callers": [{ "number": "+3725551234", "priority": 10 }],
        "announce": { "greeting": "welcome", "first_ms": 5_000, "every_ms": 30_000,
            "place": true, "wait": false },
        "keeps_wait": false,
    });
    let changed = administrator.patch(&path, change.clone()).await.json();
    for (key, value) in change.as_object().unwrap() {
        assert_eq!(&changed[key], value, "{key}");
    }
    let renamed = administrator.patch(&path, json!({ "name": "Müük", "hours": null })).await.json();
    assert_eq!((&renamed["hours"], &renamed["steps"]), (&Value::Null, &change["steps"]));
    let closed = administrator.post(&format!("{path}/door"), json!({ "door": "closed" })).await;
    assert_eq!(
        (&closed.json()["door"], &closed.json()["keys"]),
        (&json!("closed"), &change["keys"])
    );
}

#[tokio::test]
async fn a_way_that_leads_nowhere_is_pointed_at() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let sales = group(&administrator, "Sales").await;
    let path = format!("/api/v1/groups/{sales}");
    let to = |group: &Value| json!({ "kind": "group", "group": group });
    let many: Vec<Value> =
        (0..21).map(|at| json!({ "after_ms": at, "to": { "kind": "callback" } })).collect();
    let cases = [
        (json!({ "closed": to(&sales) }), "/closed/group", "itself"),
        (json!({ "full": to(&json!(99)) }), "/full/group", "unknown"),
        (json!({ "steps": [{ "after_ms": 1, "to": to(&sales) }] }), "/steps/0/to/group", "itself"),
        (json!({ "steps": many }), "/steps", "too_many"),
        (json!({ "hours": 99 }), "/hours", "unknown"),
        (
            json!({ "keys": [{ "key": "12", "to": { "kind": "callback" } }] }),
            "/keys/0/key",
            "unknown",
        ),
        (
            json!({ "callers": [{ "number": "x", "priority": 1 }] }),
            "/callers/0/number",
            "not_a_number",
        ),
        (json!({ "deserted": { "kind": "number", "number": "" } }), "/deserted/number", "required"),
    ];
    for (change, pointer, code) in cases {
        let answer = administrator.patch(&path, change).await;
        assert_eq!(answer.status, 422, "{pointer}");
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
    let support = group(&administrator, "Support").await;
    administrator.patch(&path, json!({ "full": to(&support) })).await;
    let needed = administrator.delete(&format!("/api/v1/groups/{support}")).await;
    assert_eq!(needed.problem(), (409, "in_use".to_owned()));
    assert_eq!(needed.json()["params"]["by"], "Sales");
}

#[tokio::test]
async fn a_calendar_that_cannot_be_is_worded() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let with = |zone: &str, monday: Value, dates: Value| {
        let mut week = vec![json!([]); 7];
        week[0] = monday;
        json!({ "name": "Office", "zone": zone, "week": week, "dates": dates })
    };
    let nine = json!([{ "from": 540, "to": 1020 }]);
    let cases = [
        (with("Europe/Tallin", nine.clone(), json!([])), "/zone", "no_such_zone"),
        (with("UTC", json!([{ "from": 9, "to": 8 }]), json!([])), "/week/0", "bad_span"),
        (with("UTC", nine, json!([{ "date": "2026-02-30", "spans": [] }])), "/dates", "not_a_day"),
        (json!({ "name": "Office", "zone": "UTC", "week": [] }), "/week", "malformed"),
    ];
    for (body, pointer, code) in cases {
        let answer = administrator.post("/api/v1/calendars", body).await;
        assert_eq!(answer.field(), (pointer.to_owned(), code.to_owned()));
    }
    let id = calendar(&administrator, "Always", true).await;
    let listed = administrator.get("/api/v1/calendars").await.json();
    assert_eq!(listed["calendars"][0]["open_now"], true);
    assert_eq!(listed["calendars"][0]["next_turn_ms"], Value::Null);
    let path = format!("/api/v1/calendars/{id}");
    let changed = administrator.patch(&path, json!({ "name": "Round the clock" })).await;
    assert_eq!(changed.json()["name"], "Round the clock");
    let body = json!({ "name": "Sales", "hours": id });
    assert_eq!(administrator.post("/api/v1/groups", body).await.status, 201);
    assert_eq!(administrator.delete(&path).await.problem(), (409, "in_use".to_owned()));
}

#[tokio::test]
async fn people_are_moved_and_lent_together_each_time_as_one_version() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let (sales, support) =
        (group(&administrator, "Sales").await, group(&administrator, "Support").await);
    let (mari, jaan) = (person(&administrator, "Mari").await, person(&administrator, "Jaan").await);
    let night = calendar(&administrator, "Never", false).await;
    world.asked();
    let body = json!({ "set": [
        { "person": mari, "group": sales, "order": 1, "calendar": night, "wrap_up_ms": 5_000 },
        { "person": jaan, "group": sales, "order": 2, "delay_ms": 10_000 },
    ] });
    let set = administrator.post("/api/v1/memberships", body).await;
    assert_eq!((set.status.as_u16(), &set.json()["set"][0]["calendar"]), (200, &night));
    let wrong = json!({ "set": [{ "person": mari, "group": sales, "order": 1, "calendar": 99 }] });
    let wrong = administrator.post("/api/v1/memberships", wrong).await;
    assert_eq!(wrong.field(), ("/set/0/calendar".to_owned(), "unknown".to_owned()));
    let loan = |until_ms: u64| {
        json!({ "people": [mari, jaan], "group": support, "order": 1, "until_ms": until_ms,
            "wholly": true })
    };
    for (until_ms, code) in [(now_ms() - 1, "past"), (now_ms() + 32 * 86_400_000, "too_large")] {
        let wrong = administrator.post("/api/v1/loans", loan(until_ms)).await;
        assert_eq!(wrong.field(), ("/until_ms".to_owned(), code.to_owned()));
    }
    let until_ms = now_ms() + 3_600_000;
    assert_eq!(administrator.post("/api/v1/loans", loan(until_ms)).await.status, 201);
    assert_eq!(world.asked().len(), 2, "one version for each");
    let people = administrator.get("/api/v1/people").await.json();
    let lent = &people["people"][0]["memberships"][1];
    assert_eq!(lent["loan"], json!({ "until_ms": until_ms, "wholly": true }));
    let explained = administrator.get(&format!("/api/v1/groups/{sales}/explain")).await.json();
    let why = |row: usize| explained["people"][row]["why_not"].clone();
    assert_eq!((why(0), why(1)), (json!("lent"), json!("lent")));
    let later = format!("/api/v1/groups/{sales}/explain?at_ms={}", until_ms + 1);
    let later = administrator.get(&later).await.json();
    assert_eq!(later["people"][0]["why_not"], "calendar");
    assert_eq!((&later["people"][1]["counts"], &later["open"]), (&json!(true), &json!(true)));
    let end = format!("/api/v1/loans/{support}/{mari}");
    assert_eq!(administrator.delete(&end).await.status, 204);
    assert_eq!(administrator.delete(&end).await.problem(), (404, "not_found".to_owned()));
}

#[tokio::test]
async fn a_mode_shows_what_it_changes_is_pressed_and_returned_from() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let sales = group(&administrator, "Sales").await;
    let mari = person(&administrator, "Mari").await;
    let rush = json!({ "name": "Rush", "code": "*41", "changes": [
        { "kind": "door", "group": sales, "door": "open" },
        { "kind": "member", "person": mari, "group": sales, "order": 1, "delay_ms": 0 },
    ] });
    let made = administrator.post("/api/v1/modes", rush.clone()).await;
    assert_eq!((made.status.as_u16(), &made.json()["changes"]), (201, &rush["changes"]));
    let path = format!("/api/v1/modes/{}", made.json()["id"]);
    let taken = json!({ "name": "Night", "code": "*41" });
    let taken = administrator.post("/api/v1/modes", taken).await;
    assert_eq!(taken.field(), ("/code".to_owned(), "taken".to_owned()));
    let wrong = json!({ "name": "Night", "code": "41" });
    assert_eq!(administrator.post("/api/v1/modes", wrong).await.field().1, "malformed");
    let preview = administrator.get(&format!("{path}/preview")).await.json();
    let expected = json!({ "changes": [
        { "what": "door", "group": sales, "before": "by_hours", "after": "open" },
        { "what": "member", "person": mari, "group": sales, "before": null,
            "after": { "order": 1, "delay_ms": 0 } },
    ] });
    assert_eq!(preview, expected);
    let until_ms = now_ms() + 60_000;
    let press = administrator.post(&format!("{path}/press"), json!({ "until_ms": until_ms })).await;
    assert_eq!(press.status, 204);
    let active = administrator.get("/api/v1/modes").await.json()["active"].clone();
    assert_eq!((&active["name"], &active["until_ms"]), (&json!("Rush"), &json!(until_ms)));
    assert_eq!(active["who"], "Tiina");
    let plan = world.tenant.plan().await.unwrap();
    let group = acd::GroupId(sales.as_u64().unwrap());
    assert_eq!(plan.acd(now_ms()).groups[&group].door, acd::Door::Open);
    assert_eq!(plan.acd(until_ms).groups[&group].door, acd::Door::ByHours, "it returns by itself");
    let groups = administrator.get("/api/v1/groups").await.json();
    assert_eq!(groups["groups"][0]["door"], "by_hours", "the plan itself is not touched");
    let preview = administrator.get(&format!("{path}/preview")).await.json();
    assert_eq!(preview["changes"], json!([]), "nothing would change any more");
    let back = async || administrator.post("/api/v1/modes/return", json!({})).await;
    assert_eq!(back().await.status, 204);
    assert_eq!(back().await.problem(), (404, "not_found".to_owned()));
    let uncoded = administrator.patch(&path, json!({ "code": null })).await.json();
    assert_eq!((&uncoded["code"], &uncoded["name"]), (&Value::Null, &json!("Rush")));
    assert_eq!(administrator.delete(&path).await.status, 204);
}

#[tokio::test]
async fn rules_of_misses_are_changed_one_by_one() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let rest = json!({ "limit": 3, "then": { "kind": "rest", "ms": 60_000 } });
    let change = json!({ "misses": { "no_answer": rest } });
    assert_eq!(administrator.patch("/api/v1/rules", change).await.status, 200);
    let off = json!({ "limit": 1, "then": { "kind": "off" } });
    administrator.patch("/api/v1/rules", json!({ "misses": { "busy": off } })).await;
    let misses = administrator.get("/api/v1/rules").await.json()["misses"].clone();
    assert_eq!((&misses["no_answer"], &misses["busy"]), (&rest, &off));
    assert_eq!(misses["rejected"], json!({ "limit": 0, "then": { "kind": "nothing" } }));
    let wrong = json!({ "limit": 1, "then": { "kind": "break", "reason": "" } });
    let wrong = administrator.patch("/api/v1/rules", json!({ "misses": { "busy": wrong } })).await;
    assert_eq!(wrong.field(), ("/misses/busy/then/reason".to_owned(), "required".to_owned()));
}
