//! Modes that an agent presses by dialling a code on a real phone.

use media::{Clip, Language};
use serde_json::json;
use tests::until;

use crate::company::{AGENT_HZ, Company, Picks};
use crate::ears::until_told;

#[test]
fn a_code_on_a_phone_presses_its_mode_and_a_set_time_ends_it() {
    let Some(mut company) = Company::found(&[]) else { return };
    let lunch = json!({
        "name": "Lõuna", "code": "*42",
        "changes": [{ "kind": "door", "group": company.group, "door": "closed" }]
    });
    let made = company.client.post("/modes", lunch);
    assert_eq!(made.status, 201, "{}", made.body);
    let mode = made.body["id"].clone();
    let phone = company.phone(&company.mari, AGENT_HZ, Picks::Up);
    let mut thumb = phone.control();
    let is_open = |company: &Company| {
        let opens = company.client.get(&format!("/groups/{}/explain", company.group)).body;
        opens["open"] == true
    };
    assert!(is_open(&company));
    thumb.order("dial", &company.uri("*42"));
    until_told(&phone, Clip::Done, Language::Estonian);
    thumb.until("CALL_CLOSED", 1);
    let active = until(10, "the mode is pressed", || {
        let active = company.client.get("/modes").body["active"].clone();
        (active["mode"] == mode).then_some(active)
    });
    assert!(active["who"].as_str().is_some_and(|who| !who.is_empty()), "{active}");
    assert!(!is_open(&company), "the mode closes the door");
    let versions = company.client.get("/versions").body.to_string();
    assert!(versions.contains("mode_pressed"), "{versions}");

    // Dialled once more it is over; pressed for a set time it is over by itself.
    thumb.order("dial", &company.uri("*42"));
    let over =
        |company: &Company| company.client.get("/modes").body["active"].is_null().then_some(());
    until(10, "the mode is over", || over(&company));
    assert!(is_open(&company));
    thumb.until("CALL_CLOSED", 2);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let until_ms = now.expect("a clock").as_millis() as u64 + 3_000;
    let press =
        company.client.post(&format!("/modes/{mode}/press"), json!({ "until_ms": until_ms }));
    assert!(press.status < 300, "{}", press.body);
    assert!(!is_open(&company), "closed until then");
    until(15, "the mode returns by itself", || over(&company));
    assert!(is_open(&company));
}
