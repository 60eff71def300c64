//! Two real phones: one calls from a trunk, one is the agent's.

use media::{is_tone, tone_level};
use serde_json::{Value, json};
use tests::{Client, Ladus, free_port, need, until};

use crate::phone::{Phone, Wanted};

/// What the caller and the agent say.
const CALLER_HZ: u32 = 440;
const AGENT_HZ: u32 = 1_000;

/// Sets a new system up; gives the client and the agent's credentials.
pub(crate) fn set_up(ladus: &Ladus) -> (Client, Value) {
    let mut client = ladus.client();
    let reply = client.post(
        "/setup",
        json!({
            "company": { "name": "Kask ja Pojad", "language": "et" },
            "administrator": {
                "name": "Mall", "email": "mall@example.com", "password": "pikk-ja-hea-parool"
            },
            "group": { "name": "Müük", "number": "6001000" },
            "person": { "name": "Mari Maasikas" },
        }),
    );
    assert_eq!(reply.status, 201, "{}", reply.body);
    let credential = reply.body["credential"].clone();
    (client, credential)
}

/// The account line of an agent's phone.
pub(crate) fn account(credential: &Value, ladus: &Ladus) -> String {
    let (user, password) = (credential["sip_user"].as_str(), credential["password"].as_str());
    format!(
        "<sip:{}@{}>;auth_user={};auth_pass={};answermode=auto;regint=60;\
         audio_codecs=PCMA/8000/1,PCMU/8000/1",
        user.expect("a user"),
        ladus.sip,
        user.expect("a user"),
        password.expect("a password"),
    )
}

pub(crate) fn registered(client: &Client) -> Option<()> {
    let people = client.get("/people").body;
    let credential = &people["people"][0]["credentials"][0];
    (credential["registered"] == true).then_some(())
}

#[test]
fn two_phones_talk_and_the_recording_has_both() {
    let Some(baresip) = need("baresip", "baresip-core") else { return };
    let ladus = Ladus::start();
    let (mut client, credential) = set_up(&ladus);
    let port = free_port("127.0.0.1");
    let trunk = json!({ "name": "Caller", "address": "127.0.0.1", "port": port });
    assert_eq!(client.post("/trunks", trunk).status, 201);

    let agent = Phone::start(&Wanted {
        program: &baresip,
        account: account(&credential, &ladus),
        tone_hz: AGENT_HZ,
        dials: None,
        port: None,
    });
    until(20, "the agent's phone registers", || registered(&client));
    let caller = Phone::start(&Wanted {
        program: &baresip,
        account: format!("<sip:5551234@127.0.0.1:{port}>;regint=0;audio_codecs=PCMA/8000/1"),
        tone_hz: CALLER_HZ,
        dials: Some((format!("sip:6001000@{}", ladus.sip), 8)),
        port: Some(port),
    });
    let call = until(40, "the call ends with a recording", || {
        let calls = client.get("/calls").body;
        let call = calls["calls"][0].clone();
        (call["ended_ms"].is_number() && call["recording"] == true).then_some(call)
    });
    assert_eq!(call["outcome"], "answered", "{call}");
    assert_eq!(call["caller"], "5551234", "{call}");

    let heard = agent.heard().expect("the agent's phone wrote what it heard");
    assert!(is_tone(middle(&heard), CALLER_HZ), "the agent hears the caller");
    let heard = caller.heard().expect("the caller's phone wrote what it heard");
    assert!(is_tone(middle(&heard), AGENT_HZ), "the caller hears the agent");

    let file = client.bytes(&format!("/calls/{}/recording", call["id"]));
    let (left, right) = channels(&file);
    assert!(tone_level(middle(&left), CALLER_HZ) > 4.0 * tone_level(middle(&left), AGENT_HZ));
    assert!(tone_level(middle(&right), AGENT_HZ) > 4.0 * tone_level(middle(&right), CALLER_HZ));
    assert!(is_tone(middle(&left), CALLER_HZ), "the caller is on the left");
    assert!(is_tone(middle(&right), AGENT_HZ), "the agent is on the right");
}

#[test]
fn a_waiting_caller_hears_music_and_a_new_agent_takes_the_call() {
    let Some(baresip) = need("baresip", "baresip-core") else { return };
    let ladus = Ladus::start();
    let (mut client, first) = set_up(&ladus);
    let port = free_port("127.0.0.1");
    let trunk = json!({ "name": "Caller", "address": "127.0.0.1", "port": port });
    assert_eq!(client.post("/trunks", trunk).status, 201);
    drop(first);

    // The only agent has no phone: the caller waits.
    let caller = Phone::start(&Wanted {
        program: &baresip,
        account: format!("<sip:5550000@127.0.0.1:{port}>;regint=0;audio_codecs=PCMU/8000/1"),
        tone_hz: CALLER_HZ,
        dials: Some((format!("sip:6001000@{}", ladus.sip), 14)),
        port: Some(port),
    });
    until(20, "the caller waits", || {
        let calls = client.get("/calls").body;
        (calls["calls"][0]["outcome"] == "waiting").then_some(())
    });
    let music = until(20, "the caller hears a second of music", || {
        caller.heard().filter(|samples| samples.len() > 2 * 8_000)
    });
    let loudest = music.iter().map(|sample| i32::from(*sample).abs()).max().unwrap_or_default();
    assert!(loudest > 500, "music is not silence: {loudest}");

    // A person is added, gets a phone and a group: no restart, no reload.
    let person = client.post("/people", json!({ "name": "Jüri" }));
    assert_eq!(person.status, 201, "{}", person.body);
    let id = person.body["id"].clone();
    let credential = client.post(&format!("/people/{id}/credentials"), json!({}));
    assert_eq!(credential.status, 201, "{}", credential.body);
    let group = client.get("/groups").body["groups"][0]["id"].clone();
    let member = json!({ "order": 1, "delay_ms": 0 });
    let put = client.put(&format!("/groups/{group}/members/{id}"), member);
    assert!(put.status < 300, "{}", put.body);
    let _agent = Phone::start(&Wanted {
        program: &baresip,
        account: account(&credential.body, &ladus),
        tone_hz: AGENT_HZ,
        dials: None,
        port: None,
    });
    let call = until(30, "the call ends", || {
        let call = client.get("/calls").body["calls"][0].clone();
        call["ended_ms"].is_number().then_some(call)
    });
    assert_eq!(call["outcome"], "answered", "{call}");
    assert_eq!(call["agent"], id, "{call}");
}

/// The middle third: without the beginning and the end of a call.
pub(crate) fn middle(samples: &[i16]) -> &[i16] {
    &samples[samples.len() / 3..samples.len() * 2 / 3]
}

/// The two channels of a recording as it is served: 16-bit PCM.
fn channels(file: &[u8]) -> (Vec<i16>, Vec<i16>) {
    let at = file.windows(4).position(|word| word == b"data").expect("a WAV file") + 8;
    let frames = file[at..].chunks_exact(4);
    let left = frames.clone().map(|it| i16::from_le_bytes([it[0], it[1]])).collect();
    (left, frames.map(|it| i16::from_le_bytes([it[2], it[3]])).collect())
}
