//! What may happen in a talk: hold and resume, and an agent whose phone dies.

use media::is_tone;
use serde_json::json;
use tests::until;

use crate::company::{AGENT_HZ, CALLER_HZ, Company, Picks};
use crate::ears::{last, loudest, until_hears};

#[test]
fn a_caller_on_hold_hears_music_until_the_agent_is_back() {
    let Some(mut company) = Company::found(&[]) else { return };
    let agent = company.phone(&company.mari, AGENT_HZ, Picks::Up);
    let caller = company.outside("5550001", CALLER_HZ);
    caller.control().order("dial", &company.uri("6001000"));
    until_hears(&caller, AGENT_HZ);
    let mut thumb = agent.control();
    thumb.order("hold", "");
    let held = company.until_fact("5550001", "hold_started", |_| true);
    assert_eq!(held["by"], "agent", "{held}");
    until(15, "the caller hears music", || {
        let heard = caller.heard().unwrap_or_default();
        let now = last(&heard);
        (loudest(now) > 500 && !is_tone(now, AGENT_HZ)).then_some(())
    });
    thumb.order("resume", "");
    let back = company.until_fact("5550001", "hold_ended", |_| true);
    assert_eq!(back["by"], "agent", "{back}");
    until_hears(&caller, AGENT_HZ);
    until_hears(&agent, CALLER_HZ);
}

#[test]
fn a_caller_whose_agent_dies_in_the_talk_goes_back_to_his_place_and_is_served_by_another() {
    let Some(mut company) = Company::found(&["--media-timeout-s", "3"]) else { return };
    let jaan = company.person("Jaan", &[(company.group, 2)]);
    let first = company.phone(&company.mari, AGENT_HZ, Picks::Up);
    let caller = company.outside("5550001", CALLER_HZ);
    caller.control().order("dial", &company.uri("6001000"));
    until_hears(&caller, AGENT_HZ);
    let second = company.phone(&jaan, 700, Picks::Up);
    let _folder = first.dies();
    let ended = company.until_fact("5550001", "talk_ended", |_| true);
    assert_eq!((&ended["cause"], &ended["by"]), (&json!("lost"), &json!("agent")), "{ended}");
    let again = company.until_fact("5550001", "queue_entered", |fact| fact["why"] == "returned");
    assert_eq!(again["place"], 1, "{again}");
    until_hears(&second, CALLER_HZ);
    until_hears(&caller, 700);
    let call = company.call_of("5550001").expect("his call");
    assert_eq!(call["agent"], jaan.id, "{call}");
}
