//! A supervisor's orders through the real switch: what the phones see, and what the journal says.

use media::{Clip, Language};
use serde_json::{Value, json};
use tests::until;

use crate::company::{AGENT_HZ, CALLER_HZ, Company, Picks};
use crate::ears::{until_hears, until_told};

/// The second agent says something else than the first.
const OTHER_HZ: u32 = 700;

fn post(company: &mut Company, path: &str, body: Value) {
    let reply = company.client.post(path, body);
    assert!(reply.status < 300, "{path}: {}", reply.body);
}

#[test]
fn a_waiting_caller_is_moved_to_another_group_and_its_agent_hears_him() {
    let Some(mut company) = Company::found(&[]) else { return };
    let support = company.group("Tugi", "6002000", json!({}));
    let jaan = company.person("Jaan", &[(support, 1)]);
    let agent = company.phone(&jaan, AGENT_HZ, Picks::Up);
    let caller = company.outside("5550001", CALLER_HZ);
    let mut thumb = caller.control();
    thumb.order("dial", &company.uri("6001000"));
    company.until_fact("5550001", "queue_entered", |fact| fact["group"] == company.group);
    let call = company.call_of("5550001").expect("his call");
    post(&mut company, &format!("/calls/{}/move", call["id"]), json!({ "group": support }));
    until_hears(&agent, CALLER_HZ);
    until_hears(&caller, AGENT_HZ);
    let left = company.until_fact("5550001", "queue_left", |_| true);
    assert_eq!(left["leave"], "moved", "{left}");
    company.until_fact("5550001", "queue_entered", |fact| {
        fact["group"] == support && fact["why"] == "moved"
    });
    thumb.order("hangup", "");
    let call = company.until_call("5550001", "it ends", |it| it["ended_ms"].is_number());
    assert_eq!((&call["agent"], &call["group"]), (&json!(jaan.id), &json!(support)), "{call}");
}

#[test]
fn a_promoted_caller_is_served_before_one_who_came_earlier() {
    let Some(mut company) = Company::found(&[]) else { return };
    let (first, second) =
        (company.outside("5550001", CALLER_HZ), company.outside("5550002", OTHER_HZ));
    let mut thumbs = Vec::new();
    for (phone, number) in [(&first, "5550001"), (&second, "5550002")] {
        let mut thumb = phone.control();
        thumb.order("dial", &company.uri("6001000"));
        company.until_fact(number, "queue_entered", |_| true);
        thumbs.push(thumb);
    }
    let call = company.call_of("5550002").expect("his call");
    post(&mut company, &format!("/calls/{}/promote", call["id"]), json!({ "priority": 5 }));
    let moved = company.until_fact("5550002", "queue_moved", |_| true);
    assert_eq!((&moved["from"], &moved["to"]), (&json!(2), &json!(1)), "{moved}");
    let agent = company.phone(&company.mari, AGENT_HZ, Picks::Up);
    until_hears(&agent, OTHER_HZ);
    let waits = company.call_of("5550001").expect("his call");
    assert_eq!(waits["outcome"], "waiting", "{waits}");
    thumbs[1].order("hangup", "");
    until_hears(&first, AGENT_HZ);
}

#[test]
fn a_live_talk_is_transferred_and_the_caller_hears_the_next_agent() {
    let Some(mut company) = Company::found(&[]) else { return };
    let support = company.group("Tugi", "6002000", json!({}));
    let jaan = company.person("Jaan", &[(support, 1)]);
    let (first, second) = (
        company.phone(&company.mari, AGENT_HZ, Picks::Up),
        company.phone(&jaan, OTHER_HZ, Picks::Up),
    );
    let caller = company.outside("5550001", CALLER_HZ);
    caller.control().order("dial", &company.uri("6001000"));
    until_hears(&caller, AGENT_HZ);
    let ear = first.control();
    let call = company.call_of("5550001").expect("his call");
    post(&mut company, &format!("/calls/{}/transfer", call["id"]), json!({ "group": support }));
    ear.until("CALL_CLOSED", 1);
    until_hears(&second, CALLER_HZ);
    until_hears(&caller, OTHER_HZ);
    let done = company.until_fact("5550001", "transfer_done", |_| true);
    assert_eq!((&done["agent"], &done["to"]), (&json!(company.mari.id), &json!(support)), "{done}");
}

#[test]
fn an_agent_who_is_logged_off_while_his_phone_rings_is_silenced_and_the_caller_waits() {
    let Some(mut company) = Company::found(&[]) else { return };
    let agent = company.phone(&company.mari, AGENT_HZ, Picks::Nothing);
    let ear = agent.control();
    let caller = company.outside("5550001", CALLER_HZ);
    caller.control().order("dial", &company.uri("6001000"));
    ear.until("CALL_INCOMING", 1);
    company.until_fact("5550001", "offer_ringing", |_| true);
    let path = format!("/people/{}/wish", company.mari.id);
    post(&mut company, &path, json!({ "wish": "off" }));
    ear.until("CALL_CLOSED", 1);
    let ended = company.until_fact("5550001", "offer_ended", |_| true);
    assert_eq!(ended["outcome"], "withdrawn", "{ended}");
    let call = company.call_of("5550001").expect("his call");
    assert_eq!(call["outcome"], "waiting", "{call}");
    // And on again: the same caller rings at once, for nobody has missed anything.
    post(&mut company, &path, json!({ "wish": "on" }));
    ear.until("CALL_INCOMING", 2);
}

#[test]
fn a_wrap_up_that_the_supervisor_ends_lets_the_next_call_ring_at_once() {
    let Some(mut company) = Company::found(&[]) else { return };
    company.change_group(company.group, json!({ "wrap_up_ms": 600_000 }));
    let agent = company.phone(&company.mari, AGENT_HZ, Picks::Up);
    let ear = agent.control();
    let (first, second) =
        (company.outside("5550001", CALLER_HZ), company.outside("5550002", OTHER_HZ));
    let mut thumb = first.control();
    thumb.order("dial", &company.uri("6001000"));
    until_hears(&agent, CALLER_HZ);
    thumb.order("hangup", "");
    company.until_fact("5550001", "wrapup_started", |_| true);
    second.control().order("dial", &company.uri("6001000"));
    company.until_fact("5550002", "queue_entered", |_| true);
    assert_eq!(ear.count("CALL_ESTABLISHED"), 1, "he wraps up");
    let path = format!("/people/{}/wrapup/end", company.mari.id);
    post(&mut company, &path, json!({}));
    ear.until("CALL_ESTABLISHED", 2);
    until_hears(&agent, OTHER_HZ);
}

#[test]
fn a_door_that_is_closed_turns_callers_away_and_one_that_is_opened_takes_them() {
    let Some(mut company) = Company::found(&[]) else { return };
    let closed = json!({ "kind": "goodbye", "prompt": "closed" });
    company.change_group(company.group, json!({ "closed": closed }));
    let agent = company.phone(&company.mari, AGENT_HZ, Picks::Up);
    let door = format!("/groups/{}/door", company.group);
    post(&mut company, &door, json!({ "door": "closed" }));
    let caller = company.outside("5550001", CALLER_HZ);
    let mut thumb = caller.control();
    thumb.order("dial", &company.uri("6001000"));
    until_told(&caller, Clip::Closed, Language::Estonian);
    thumb.until("CALL_CLOSED", 1);
    company.until_call("5550001", "he is turned away", |call| call["outcome"] == "refused");
    post(&mut company, &door, json!({ "door": "open" }));
    thumb.order("dial", &company.uri("6001000"));
    until_hears(&agent, CALLER_HZ);
    let answered = |call: &Value| call["outcome"] == "answered";
    company.until_call("5550001", "he is served", answered);
    let took = until(5, "both calls stand in the list", || {
        let calls = company.client.get("/calls").body;
        calls["calls"].as_array().map(Vec::len).filter(|calls| *calls == 2)
    });
    assert_eq!(took, 2);
}
