//! Real phones of colleagues: they call each other and the outside, and a caller waits meanwhile.

use media::is_tone;
use serde_json::{Value, json};
use tests::{Client, Ladus, free_port, need, until};

use crate::baresip::{account, set_up};
use crate::phone::{Phone, Wanted};

const MARI_HZ: u32 = 1_000;
const LEO_HZ: u32 = 600;
const OUTSIDE_HZ: u32 = 440;
/// Two seconds of sound.
const SAMPLES: usize = 2 * 8_000;

#[test]
fn two_colleagues_talk_and_a_caller_waits_for_the_agent_among_them() {
    let Some(baresip) = need("baresip", "baresip-core") else { return };
    let ladus = Ladus::start();
    let (mut client, mari) = set_up(&ladus);
    let mari_id = client.get("/people").body["people"][0]["id"].clone();
    let extension = json!({ "extension": "101" });
    assert_eq!(client.patch(&format!("/people/{mari_id}"), extension).status, 200);
    let leo = colleague(&mut client);
    let port = trunk(&mut client);

    let agent = Phone::start(&Wanted {
        program: &baresip,
        account: account(&mari, &ladus),
        tone_hz: MARI_HZ,
        dials: None,
        port: None,
    });
    until(20, "the agent's phone registers", || is_registered(&client, &mari_id));
    let colleague = Phone::start(&Wanted {
        program: &baresip,
        account: account(&leo, &ladus),
        tone_hz: LEO_HZ,
        dials: Some((format!("sip:101@{}", ladus.sip), 14)),
        port: None,
    });
    let office = until(20, "the colleagues talk", || newest(&client, "office=true", "answered"));
    assert_eq!(
        (&office["kind"], &office["number"], &office["agent"], &office["group"]),
        (&json!("internal"), &json!("101"), &mari_id, &Value::Null),
    );
    let heard = until(20, "the agent hears two seconds", || two_seconds(&agent));
    assert!(is_tone(last_half_second(&heard), LEO_HZ), "the agent hears the colleague");
    let heard = until(20, "the colleague hears two seconds", || two_seconds(&colleague));
    assert!(is_tone(last_half_second(&heard), MARI_HZ), "the colleague hears the agent");

    let _caller = Phone::start(&Wanted {
        program: &baresip,
        account: format!("<sip:5551234@127.0.0.1:{port}>;regint=0;audio_codecs=PCMA/8000/1"),
        tone_hz: OUTSIDE_HZ,
        dials: Some((format!("sip:6001000@{}", ladus.sip), 30)),
        port: Some(port),
    });
    until(10, "a caller waits for the group", || newest(&client, "office=false", "waiting"));
    let office_path = format!("/calls/{}", office["id"]);
    assert!(client.get(&office_path).body["ended_ms"].is_null(), "the colleagues talk on");
    let call = until(40, "the agent takes him when the colleague hangs up", || {
        newest(&client, "office=false", "answered")
    });
    assert_eq!(call["agent"], mari_id, "{call}");
    let office = client.get(&office_path).body;
    assert!(office["talked_ms"].as_u64().is_some_and(|ms| ms > 3_000), "{office}");
    let began = call["arrived_ms"].as_u64().zip(call["waited_ms"].as_u64());
    let began = began.map(|(arrived, waited)| arrived + waited);
    assert!(began >= office["ended_ms"].as_u64(), "not a moment before: {call} {office}");
    let kinds = office["facts"].as_array().expect("facts").iter().map(|fact| fact["kind"].clone());
    let kinds: Vec<Value> = kinds.collect();
    assert_eq!(kinds, ["office_started", "office_answered", "office_ended"].map(|it| json!(it)));
    assert!(office["recording"].is_null(), "office calls are not recorded");
}

#[test]
fn a_phone_calls_the_outside_through_the_trunk() {
    let Some(baresip) = need("baresip", "baresip-core") else { return };
    let ladus = Ladus::start();
    let (mut client, _) = set_up(&ladus);
    let leo = colleague(&mut client);
    let port = trunk(&mut client);
    let outside = Phone::start(&Wanted {
        program: &baresip,
        account: format!(
            "<sip:5559999@127.0.0.1:{port}>;regint=0;answermode=auto;audio_codecs=PCMU/8000/1"
        ),
        tone_hz: OUTSIDE_HZ,
        dials: None,
        port: Some(port),
    });
    assert_eq!(client.patch("/office", json!({ "outside_calls": true })).status, 200);
    let phone = Phone::start(&Wanted {
        program: &baresip,
        account: account(&leo, &ladus),
        tone_hz: LEO_HZ,
        dials: Some((format!("sip:5559999@{}", ladus.sip), 12)),
        port: None,
    });
    let call = until(20, "they talk", || newest(&client, "office=true", "answered"));
    assert_eq!((&call["kind"], &call["number"]), (&json!("outbound"), &json!("5559999")));
    let heard = until(20, "the outside hears two seconds", || two_seconds(&outside));
    assert!(is_tone(last_half_second(&heard), LEO_HZ), "the outside hears the phone");
    let heard = until(20, "the phone hears two seconds", || two_seconds(&phone));
    assert!(is_tone(last_half_second(&heard), OUTSIDE_HZ), "the phone hears the outside");
    until(20, "the phone hangs up", || {
        let call = client.get(&format!("/calls/{}", call["id"])).body;
        call["ended_ms"].is_number().then_some(())
    });
}

/// Leo, who is in no group, at extension 102; his credential.
fn colleague(client: &mut Client) -> Value {
    let person = client.post("/people", json!({ "name": "Leo", "extension": "102" }));
    assert_eq!(person.status, 201, "{}", person.body);
    let path = format!("/people/{}/credentials", person.body["id"]);
    let credential = client.post(&path, json!({}));
    assert_eq!(credential.status, 201, "{}", credential.body);
    credential.body
}

/// A trunk at a port where nobody is yet.
fn trunk(client: &mut Client) -> u16 {
    let port = free_port("127.0.0.1");
    let trunk = json!({ "name": "Operator", "address": "127.0.0.1", "port": port });
    assert_eq!(client.post("/trunks", trunk).status, 201);
    port
}

fn is_registered(client: &Client, person: &Value) -> Option<()> {
    let people = client.get("/people").body;
    let mut people = people["people"].as_array()?.iter();
    let person = people.find(|row| row["id"] == *person)?;
    (person["credentials"][0]["registered"] == true).then_some(())
}

/// The newest call of a kind, once it has come so far.
fn newest(client: &Client, kind: &str, outcome: &str) -> Option<Value> {
    let calls = client.get(&format!("/calls?{kind}")).body;
    Some(calls["calls"][0].clone()).filter(|call| call["outcome"] == outcome)
}

fn two_seconds(phone: &Phone) -> Option<Vec<i16>> {
    phone.heard().filter(|samples| samples.len() > SAMPLES)
}

fn last_half_second(samples: &[i16]) -> &[i16] {
    &samples[samples.len().saturating_sub(4_000)..]
}
