//! SIPp as callers by the dozen, and as an agent's phone that knows nothing of us.

use serde_json::json;
use tests::{Ladus, Peer, free_port, need, until};

use crate::baresip::{account, set_up};
use crate::phone::{Phone, Wanted};

#[test]
fn twenty_callers_of_sipp_are_served_one_after_the_other() {
    let (Some(sipp), Some(baresip)) = (need("sipp", "sip-tester"), need("baresip", "baresip-core"))
    else {
        return;
    };
    let ladus = Ladus::start();
    let (mut client, credential) = set_up(&ladus);
    let trunk = json!({ "name": "SIPp", "address": "127.0.0.2" });
    assert_eq!(client.post("/trunks", trunk).status, 201);
    let _agent = Phone::start(&Wanted {
        program: &baresip,
        account: account(&credential, &ladus),
        tone_hz: 700,
        dials: None,
        port: None,
    });
    until(20, "the agent's phone registers", || {
        let people = client.get("/people").body;
        (people["people"][0]["credentials"][0]["registered"] == true).then_some(())
    });
    let folder = tempfile::tempdir().expect("a folder");
    let (port, media_port) = (free_port("127.0.0.2").to_string(), free_port("127.0.0.2") & !1);
    let media_port = media_port.to_string();
    let arguments = [
        "-sn",
        "uac",
        "-s",
        "6001000",
        "-i",
        "127.0.0.2",
        "-p",
        &port,
        "-mp",
        &media_port,
        "-m",
        "20",
        "-r",
        "4",
        "-d",
        "1500",
        "-nostdin",
        "-timeout",
        "60",
        &ladus.sip,
    ];
    let mut callers = Peer::start(&sipp, &arguments, folder.path());
    let code = until(70, "SIPp ends", || callers.ended());
    assert_eq!(code, 0, "every call of SIPp went well");
    until(20, "every call is closed", || {
        let calls = client.get("/calls?limit=50").body;
        let calls = calls["calls"].as_array().cloned().unwrap_or_default();
        let closed = calls.iter().all(|call| call["ended_ms"].is_number());
        (calls.len() == 20 && closed).then_some(())
    });
}

#[test]
fn calls_from_a_stranger_are_not_taken() {
    let Some(sipp) = need("sipp", "sip-tester") else { return };
    let ladus = Ladus::start();
    let (client, _) = set_up(&ladus);
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_port("127.0.0.1").to_string();
    let arguments = [
        "-sn",
        "uac",
        "-s",
        "6001000",
        "-i",
        "127.0.0.1",
        "-p",
        &port,
        "-m",
        "1",
        "-nostdin",
        "-timeout",
        "20",
        &ladus.sip,
    ];
    let mut caller = Peer::start(&sipp, &arguments, folder.path());
    let code = until(30, "SIPp ends", || caller.ended());
    assert_ne!(code, 0, "the call must not be taken");
    let calls = client.get("/calls").body;
    assert_eq!(calls["calls"].as_array().map(Vec::len), Some(0), "{calls}");
}
