//! Keys of a waiting caller: into another line, and home with his place kept. By RFC 4733 from
//! baresip, by INFO from linphone.

use media::{Clip, Language};
use serde_json::json;
use tests::{need, until};

use crate::company::{AGENT_HZ, CALLER_HZ, Company, Picks};
use crate::ears::{last, loudest, until_hears, until_told, was_told};
use crate::linphone::Linphone;

const CALLER: &str = "5551234";

/// Two lines that say welcome; 2 leads from the first to the second, 1 keeps the place there. Mari
/// serves both and is on a break. Gives the second line.
fn two_lines(company: &mut Company) -> u64 {
    let announce = json!({
        "greeting": "welcome", "first_ms": 0, "every_ms": 60_000, "place": false, "wait": false
    });
    let keeps = json!([{ "key": "1", "to": { "kind": "callback" } }]);
    let support = company.group("Tugi", "6002000", json!({ "keys": keeps, "wrap_up_ms": 0 }));
    let leads = json!([{ "key": "2", "to": { "kind": "group", "group": support } }]);
    company.change_group(company.group, json!({ "keys": leads, "announce": announce }));
    company.place(support, company.mari.id, 1);
    let rests = json!({ "wish": "break", "reason": "kohv" });
    let wish = company.client.post(&format!("/people/{}/wish", company.mari.id), rests);
    assert!(wish.status < 300, "{}", wish.body);
    support
}

fn mari_is_back(company: &mut Company) {
    let path = format!("/people/{}/wish", company.mari.id);
    let wish = company.client.post(&path, json!({ "wish": "on" }));
    assert!(wish.status < 300, "{}", wish.body);
}

#[test]
fn a_key_of_rfc_4733_leads_on_and_another_keeps_the_place_for_a_callback() {
    let Some(mut company) = Company::found(&[]) else { return };
    let support = two_lines(&mut company);
    let agent = company.phone(&company.mari, AGENT_HZ, Picks::Up);
    let mut caller = company.outside(CALLER, CALLER_HZ);
    let mut thumb = caller.control();
    thumb.order("dial", &company.uri("6001000"));
    until_told(&caller, Clip::Welcome, Language::Estonian);
    until(10, "music goes on", || caller.heard().filter(|it| loudest(last(it)) > 500));

    caller.press('2');
    company.until_fact(CALLER, "queue_left", |fact| fact["leave"] == "key");
    company.until_fact(CALLER, "queue_entered", |fact| fact["group"] == support);
    caller.press('1');
    company.until_fact(CALLER, "callback_asked", |fact| fact["number"] == CALLER);
    thumb.until("CALL_CLOSED", 1);
    let heard = caller.heard().expect("it wrote what it heard");
    assert!(was_told(&heard, Clip::CallbackNoted, Language::Estonian), "a voice says so");
    let call = company.call_of(CALLER).expect("his call");
    assert!(call["ended_ms"].is_null(), "his place is kept: {call}");

    let ear = agent.control();
    mari_is_back(&mut company);
    ear.until("CALL_ESTABLISHED", 1);
    thumb.until("CALL_ESTABLISHED", 2);
    until_hears(&caller, AGENT_HZ);
    until_hears(&agent, CALLER_HZ);
    thumb.order("hangup", "");
    let call = company.until_call(CALLER, "the call is over", |it| it["ended_ms"].is_number());
    assert_eq!(call["outcome"], "called_back", "{call}");
    assert_eq!(call["agent"], company.mari.id, "{call}");
    assert_eq!(call["group"], support, "{call}");
    let tried = company.until_fact(CALLER, "callback_tried", |_| true);
    assert_eq!(tried["outcome"], "reached", "{tried}");
}

#[test]
fn a_key_of_info_leads_on_and_another_keeps_the_place_for_a_callback() {
    let Some(linphonec) = need("linphonec", "linphone-cli") else { return };
    let Some(mut company) = Company::found(&[]) else { return };
    let support = two_lines(&mut company);
    let agent = company.phone(&company.mari, AGENT_HZ, Picks::Up);
    let mut caller = Linphone::caller(&linphonec, CALLER);
    company.trunk("Linphone", caller.port);
    caller.says(&format!("call {}", company.uri("6001000")));
    company.until_fact(CALLER, "queue_entered", |fact| fact["group"] == company.group);
    until(20, "linphone is told welcome", || {
        was_told(&caller.heard(), Clip::Welcome, Language::Estonian).then_some(())
    });

    caller.says("2");
    company.until_fact(CALLER, "queue_entered", |fact| fact["group"] == support);
    caller.says("1");
    company.until_fact(CALLER, "callback_asked", |fact| fact["number"] == CALLER);
    let ear = agent.control();
    mari_is_back(&mut company);
    ear.until("CALL_ESTABLISHED", 1);
    let tried = company.until_fact(CALLER, "callback_tried", |_| true);
    assert_eq!(tried["outcome"], "reached", "{tried}");
    until_hears(&agent, caller.hz);
    caller.says("terminate all");
    let call = company.until_call(CALLER, "the call is over", |it| it["ended_ms"].is_number());
    assert_eq!(call["outcome"], "called_back", "{call}");
}
