//! A caller keeps his place while the process is killed, and is called back by the next one.

use std::fs;
use std::path::{Path, PathBuf};

use media::tone_level;
use serde_json::{Value, json};
use tests::{Client, End, Ladus, Peer, free_port, need, until};

use crate::baresip::{account, registered, set_up};
use crate::phone::{Phone, Wanted};

/// Where the trunk is: callers come from there and are called back there.
const TRUNK: &str = "127.0.0.2";
/// What the agent says, and hears as the caller's echo.
const AGENT_HZ: u32 = 1_000;

/// Dials, hears that he may press 1, presses it, and is let go.
const ASKS: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="asks for a callback">
  <send retrans="500"><![CDATA[
    INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: "Kati" <sip:5551234@[local_ip]:[local_port]>;tag=[pid]-[call_number]
    To: <sip:[service]@[remote_ip]:[remote_port]>
    Call-ID: [call_id]
    CSeq: 1 INVITE
    Contact: <sip:5551234@[local_ip]:[local_port]>
    Max-Forwards: 70
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=kati 1 1 IN IP4 [local_ip]
    s=-
    c=IN IP4 [media_ip]
    t=0 0
    m=audio [media_port] RTP/AVP 8
    a=rtpmap:8 PCMA/8000
  ]]></send>
  <recv response="100" optional="true" />
  <recv response="180" optional="true" />
  <recv response="200" rrs="true" />
  <send><![CDATA[
    ACK [next_url] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: "Kati" <sip:5551234@[local_ip]:[local_port]>;tag=[pid]-[call_number]
    [last_To:]
    Call-ID: [call_id]
    CSeq: 1 ACK
    Max-Forwards: 70
    Content-Length: 0

  ]]></send>
  <send retrans="500"><![CDATA[
    INFO [next_url] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: "Kati" <sip:5551234@[local_ip]:[local_port]>;tag=[pid]-[call_number]
    [last_To:]
    Call-ID: [call_id]
    CSeq: 2 INFO
    Max-Forwards: 70
    Content-Type: application/dtmf-relay
    Content-Length: [len]

    Signal=1
    Duration=160
  ]]></send>
  <recv response="200" />
  <recv request="BYE" />
  <send><![CDATA[
    SIP/2.0 200 OK
    [last_Via:]
    [last_From:]
    [last_To:]
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0

  ]]></send>
</scenario>
"#;

/// Is called back, picks up, talks for five seconds and hangs up.
const PICKS_UP: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="is called back">
  <recv request="INVITE" rrs="true">
    <action>
      <ereg regexp="sip:5551234@" search_in="hdr" header="To:" check_it="true" assign_to="number" />
      <ereg regexp="sip:6002000@" search_in="hdr" header="From:" check_it="true" assign_to="ours" />
      <ereg regexp=".*" search_in="hdr" header="From:" check_it="true" assign_to="peer" />
    </action>
  </recv>
  <send><![CDATA[
    SIP/2.0 180 Ringing
    [last_Via:]
    [last_From:]
    [last_To:];tag=[pid]-[call_number]
    [last_Call-ID:]
    [last_CSeq:]
    Contact: <sip:5551234@[local_ip]:[local_port]>
    Content-Length: 0

  ]]></send>
  <send retrans="500"><![CDATA[
    SIP/2.0 200 OK
    [last_Via:]
    [last_From:]
    [last_To:];tag=[pid]-[call_number]
    [last_Call-ID:]
    [last_CSeq:]
    Contact: <sip:5551234@[local_ip]:[local_port]>
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=kati 1 1 IN IP4 [local_ip]
    s=-
    c=IN IP4 [media_ip]
    t=0 0
    m=audio [media_port] RTP/AVP 8
    a=rtpmap:8 PCMA/8000
  ]]></send>
  <recv request="ACK" />
  <pause milliseconds="5000" />
  <send retrans="500"><![CDATA[
    BYE [next_url] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: <sip:5551234@[local_ip]:[local_port]>;tag=[pid]-[call_number]
    To:[$peer]
    Call-ID: [call_id]
    CSeq: 2 BYE
    Max-Forwards: 70
    Content-Length: 0

  ]]></send>
  <recv response="200" />
  <Reference variables="number,ours" />
</scenario>
"#;

/// A SIPp of one call at the trunk's address.
fn caller(sipp: &Path, folder: &Path, scenario: &str, port: u16, to: Option<&str>) -> Peer {
    fs::write(folder.join("scenario.xml"), scenario).expect("a scenario");
    let (port, media) = (port.to_string(), (free_port(TRUNK) & !1).to_string());
    let mut arguments = vec!["-sf", "scenario.xml", "-s", "6002000", "-i", TRUNK, "-p", &port];
    arguments.extend(["-mp", &media, "-m", "1", "-nostdin", "-rtp_echo", "-timeout", "60"]);
    arguments.extend(to);
    Peer::start(sipp, &arguments, folder)
}

fn call_of(client: &Client) -> Value {
    client.get("/calls").body["calls"][0].clone()
}

/// A caller who has asked to be called back and waits for it.
struct Waits {
    ladus: Ladus,
    client: Client,
    credential: Value,
    call: Value,
    /// Where his phone is.
    port: u16,
    sipp: PathBuf,
    folder: tempfile::TempDir,
}

/// `None`: a peer is missing.
fn waits() -> Option<Waits> {
    let sipp = need("sipp", "sip-tester")?;
    let ladus = Ladus::start();
    let (mut client, credential) = set_up(&ladus);
    let trunk = json!({ "name": "SIPp", "address": TRUNK });
    assert_eq!(client.post("/trunks", trunk).status, 201);
    let keys = json!([{ "key": "1", "to": { "kind": "callback" } }]);
    let group = json!({ "name": "Tugi", "numbers": ["6002000"], "keys": keys });
    let group = client.post("/groups", group);
    assert_eq!(group.status, 201, "{}", group.body);
    let person = client.get("/people").body["people"][0]["id"].clone();
    let place = format!("/groups/{}/members/{person}", group.body["id"]);
    assert!(client.put(&place, json!({ "order": 1 })).status < 300);

    let (folder, port) = (tempfile::tempdir().expect("a folder"), free_port(TRUNK));
    let mut asks = caller(&sipp, folder.path(), ASKS, port, Some(&ladus.sip));
    let code = until(60, "the caller is let go", || asks.ended());
    assert_eq!(code, 0, "the caller pressed the key, heard the words and was let go");
    let call = until(10, "the call waits for a callback", || {
        Some(call_of(&client)).filter(|call| call["outcome"] == "callback")
    });
    assert!(call["ended_ms"].is_null(), "{call}");
    Some(Waits { ladus, client, credential, call, port, sipp, folder })
}

/// What the journal says of the callback, by kind.
fn callback_facts(client: &Client, call: &Value) -> Vec<(String, Value)> {
    let told = client.get(&format!("/calls/{}", call["id"])).body;
    let facts = told["facts"].as_array().cloned().unwrap_or_default();
    let named = facts
        .into_iter()
        .map(|it| (it["kind"].as_str().unwrap_or_default().to_owned(), it["body"].clone()));
    named.filter(|(kind, _)| kind.starts_with("callback")).collect()
}

fn story(end: End) {
    let Some(baresip) = need("baresip", "baresip-core") else { return };
    let Some(Waits { mut ladus, credential, call: before, port, sipp, folder, .. }) = waits()
    else {
        return;
    };
    ladus.restart(end);
    let client = ladus.client();
    assert_eq!(call_of(&client), before, "the call waits on");
    let mut picks_up = caller(&sipp, folder.path(), PICKS_UP, port, None);
    let agent = Phone::start(&Wanted {
        program: &baresip,
        account: account(&credential, &ladus),
        tone_hz: AGENT_HZ,
        dials: None,
        port: None,
    });
    until(20, "the agent's phone registers", || registered(&client));
    let call = until(40, "the caller was called back and the call is on file", || {
        let call = call_of(&client);
        (call["ended_ms"].is_number() && call["recording"] == true).then_some(call)
    });
    assert_eq!((&call["id"], &call["outcome"]), (&before["id"], &json!("called_back")), "{call}");
    let code = until(20, "the caller's phone is done", || picks_up.ended());
    assert_eq!(code, 0, "the caller was called at his number, from ours");
    // The caller's phone sends back what it hears: the agent's voice went there and came back.
    let heard = until(10, "the agent's phone has written what it heard", || agent.heard());
    let level = tone_level(&heard, AGENT_HZ);
    assert!(level > 0.01, "the agent hears the caller: {level}");
    let kinds: Vec<String> =
        callback_facts(&client, &call).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["callback_origin", "callback_asked", "callback_tried"]);
}

#[test]
fn a_caller_is_called_back_by_the_process_that_follows_a_killed_one() {
    story(End::Kill);
}

#[test]
fn a_caller_is_called_back_after_a_clean_stop() {
    story(End::Ask);
}

#[test]
fn a_supervisor_ends_a_callback_of_the_process_before() {
    let Some(Waits { mut ladus, client, call, .. }) = waits() else { return };
    let end = format!("/calls/{}/callback/end", call["id"]);
    drop(client);
    ladus.restart(End::Kill);
    let mut client = ladus.client();
    assert_eq!(client.post(&end, json!({})).status, 204);
    let ended = until(10, "the call is closed", || {
        Some(call_of(&client)).filter(|call| call["ended_ms"].is_number())
    });
    assert_eq!(ended["outcome"], "callback_ended", "{ended}");
    let (kind, body) = callback_facts(&client, &call).pop().expect("a fact");
    let told = (kind.as_str(), &body["reason"], &body["who"]);
    assert_eq!(told, ("callback_ended", &json!("ended"), &json!("Mall")));
    assert_eq!(client.post(&end, json!({})).status, 404, "it is no live call any more");
}
