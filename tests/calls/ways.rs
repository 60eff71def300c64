//! Ways out of a line that a caller hears: a number outside, a closed door, his place in line.

use media::{Clip, Language, is_tone};
use serde_json::json;
use tests::{free_port, until};

use crate::company::{AGENT_HZ, CALLER_HZ, Company};
use crate::ears::{last, until_told, was_told};
use crate::phone::{Phone, Wanted, wav};

const CALLER: &str = "5551234";

#[test]
fn a_caller_who_waited_too_long_is_sent_to_a_number_outside_and_both_hear_each_other() {
    let Some(mut company) = Company::found(&[]) else { return };
    // The provider has one address: who calls and who is called are two of its lines.
    let port = free_port("127.0.0.1");
    company.trunk("Provider", port);
    let to = json!({ "kind": "number", "number": "5559876" });
    company.change_group(company.group, json!({ "steps": [{ "after_ms": 2_000, "to": to }] }));
    let folder = tempfile::tempdir().expect("a folder");
    let tone = folder.path().join("called.wav");
    std::fs::write(&tone, wav(&media::tone(AGENT_HZ, 0.3, 8 * 8_000))).expect("a tone");
    let line = format!("@127.0.0.1:{port}>;regint=0;audio_codecs=PCMA/8000/1;answermode");
    let called = format!("<sip:5559876{line}=auto;audio_source=aufile,{}", tone.display());
    let account = format!("<sip:{CALLER}{line}=manual\n{called}");
    let quiet = Wanted::quiet(&company.baresip, account, CALLER_HZ);
    let provider = Phone::start(&Wanted { port: Some(port), ..quiet });
    let mut thumb = provider.control();
    thumb.order("dial", &company.uri("6001000"));
    company.until_fact(CALLER, "call_diverted", |fact| fact["number"] == "5559876");
    thumb.until("CALL_ESTABLISHED", 2);
    until(25, "both lines of the provider hear the other", || {
        let heard = provider.all_heard();
        let hears = |line: usize, hz| heard.get(line).is_some_and(|it| is_tone(last(it), hz));
        (hears(0, AGENT_HZ) && hears(1, CALLER_HZ)).then_some(())
    });
    thumb.order("hangup", "");
    let call = company.until_call(CALLER, "the call is over", |it| it["ended_ms"].is_number());
    assert_eq!(call["outcome"], "diverted", "{call}");
    thumb.until("CALL_CLOSED", 2);
}

#[test]
fn a_caller_out_of_hours_is_told_so_and_let_go() {
    let Some(mut company) = Company::found(&[]) else { return };
    let never = json!({
        "name": "Suletud", "zone": "Europe/Tallinn", "week": [[], [], [], [], [], [], []]
    });
    let made = company.client.post("/calendars", never);
    assert_eq!(made.status, 201, "{}", made.body);
    let closed = json!({ "kind": "goodbye", "prompt": "closed" });
    let change = json!({ "hours": made.body["id"], "closed": closed });
    company.change_group(company.group, change);
    let caller = company.outside(CALLER, CALLER_HZ);
    let mut thumb = caller.control();
    thumb.order("dial", &company.uri("6001000"));
    until_told(&caller, Clip::Closed, Language::Estonian);
    thumb.until("CALL_CLOSED", 1);
    let heard = caller.heard().expect("it wrote what it heard");
    assert!(!was_told(&heard, Clip::Closed, Language::English), "in the group's language alone");
    let refused = company.until_fact(CALLER, "queue_refused", |_| true);
    assert_eq!(refused["refusal"], "closed", "{refused}");
    let call = company.until_call(CALLER, "the call is over", |it| it["ended_ms"].is_number());
    assert_eq!(call["outcome"], "refused", "{call}");
}

#[test]
fn callers_are_told_their_place_in_the_language_of_the_group() {
    let Some(mut company) = Company::found(&[]) else { return };
    let announce = json!({
        "greeting": null, "first_ms": 1_000, "every_ms": 60_000, "place": true, "wait": false
    });
    company.change_group(company.group, json!({ "announce": announce }));
    let english = json!({ "language": "en", "announce": announce });
    let english = company.group("English line", "6003000", english);
    company.place(english, company.mari.id, 2);
    let callers = [
        ("5550001", "6001000", Language::Estonian),
        ("5550002", "6003000", Language::English),
        ("5550003", "6003000", Language::English),
    ];
    let mut phones = Vec::new();
    for (caller, number, _) in callers {
        let phone = company.outside(caller, AGENT_HZ);
        phone.control().order("dial", &company.uri(number));
        company.until_fact(caller, "queue_entered", |_| true);
        phones.push(phone);
    }
    for ((_, _, language), phone) in callers.iter().zip(&phones) {
        until_told(phone, Clip::YouAreNumber, *language);
    }
    until_told(&phones[1], Clip::InLine, Language::English);
    until_told(&phones[2], Clip::Number(2), Language::English);
    let first = company.until_fact("5550002", "wait_announced", |_| true);
    assert_eq!(first["place"], 1, "{first}");
    let second = company.until_fact("5550003", "wait_announced", |_| true);
    assert_eq!(second["place"], 2, "{second}");
    let heard = phones[1].heard().expect("it wrote what it heard");
    assert!(!was_told(&heard, Clip::YouAreNumber, Language::Estonian));
}
