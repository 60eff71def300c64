//! Answers to our own INVITE that our own endpoints never give: forks, challenges, odd Contacts.

use std::time::Duration;

use bytes::Bytes;
use expect_test::expect;
use sip::message::{Message, Method, Name};
use sip::{Dial, Flow, Login, Output, Target, Transport};

use crate::puppet::Puppet;
use crate::world::{CENTRE, sdp};

/// The centre calls a fixed peer, which answers by hand.
fn called() -> Puppet {
    let mut puppet = Puppet::trunk();
    let local = puppet.world.sides[CENTRE].address;
    let flow = Flow { id: 1, transport: Transport::Udp, local, remote: puppet.address };
    let dial = Dial {
        target: Target::Peer { flow, uri: "sip:5551234@10.0.0.2".into() },
        from_user: "6001000".into(),
        from_display: "Ladus \"AS\"".into(),
        to_user: "5551234".into(),
        sdp: sdp("centre"),
        headers: vec![("X-Ladus-Group".into(), "sales".into())],
        login: Some(Login { user: "ladus".into(), password: "secret".into() }),
        patience: Duration::from_secs(20),
    };
    let (now, mut out) = (puppet.world.now, Vec::new());
    let side = &mut puppet.world.sides[CENTRE];
    side.leg = Some(side.endpoint.dial(now, dial, &mut out));
    let told = puppet.hear(out);
    assert_eq!(told, "> INVITE\n");
    puppet
}

/// A response to the latest INVITE that we heard.
fn responds(puppet: &mut Puppet, status: u16, tag: &str, headers: &[(Name, &str)]) -> String {
    let invites = puppet.heard.iter().filter(|m| *m.method() == Method::Invite);
    let invite = invites.last().unwrap().clone();
    let mut response = Message::response_to(&invite, status, Some(tag));
    for (name, value) in headers {
        response.push(*name, Bytes::copy_from_slice(value.as_bytes()));
    }
    response.body = Bytes::from_static(b"answer");
    puppet.send(response.to_bytes())
}

#[test]
fn slower_forks_are_hung_up() {
    let mut puppet = called();
    let told = [
        responds(&mut puppet, 180, "a", &[]),
        responds(&mut puppet, 183, "b", &[]),
        responds(&mut puppet, 200, "b", &[(Name::Contact, "<sip:b@10.0.0.2:5070>")]),
        responds(&mut puppet, 200, "a", &[(Name::Contact, "<sip:a@10.0.0.2:5070>")]),
        responds(&mut puppet, 200, "a", &[(Name::Contact, "<sip:a@10.0.0.2:5070>")]),
        responds(&mut puppet, 200, "b", &[(Name::Contact, "<sip:b@10.0.0.2:5070>")]),
    ];
    expect![[r#"
        : ringing
        --
        --
        > ACK
        : answered, answer
        --
        > ACK
        > BYE
        --
        > ACK
        --
        > ACK
    "#]]
    .assert_eq(&told.join("--\n"));
    assert_eq!(puppet.load().0, 1);
}

#[test]
fn dialog_with_a_fixed_peer_follows_its_contact_and_routes() {
    let mut puppet = called();
    let contact = (Name::Contact, "<sip:b@10.0.0.9:5099>");
    let told = responds(&mut puppet, 200, "b", &[contact]);
    let ended = puppet.centre("hangs up");
    expect![[r#"
        > ACK to 10.0.0.9:5099
        : answered, answer
        : ended Ours
        > BYE to 10.0.0.9:5099
    "#]]
    .assert_eq(&(told + &ended));
    let mut puppet = called();
    let routes = (Name::RecordRoute, "<sip:10.0.0.7;lr>, <sip:10.0.0.8:5088;lr>");
    let told = responds(&mut puppet, 200, "b", &[contact, routes]);
    let ended = puppet.centre("hangs up");
    let uri = puppet.heard.last().unwrap().uri().unwrap().to_owned();
    expect![[r#"
        > ACK to 10.0.0.8:5088
        : answered, answer
        : ended Ours
        > BYE to 10.0.0.8:5088
        sip:b@10.0.0.9:5099
        Route: <sip:10.0.0.8:5088;lr>
        Route: <sip:10.0.0.7;lr>
    "#]]
    .assert_eq(&(told + &ended + &uri + "\n" + &puppet.last(&[Name::Route])));
}

#[test]
fn strict_router_becomes_the_address() {
    let mut puppet = called();
    let contact = (Name::Contact, "<sip:b@10.0.0.9:5099>");
    responds(&mut puppet, 200, "b", &[contact, (Name::RecordRoute, "<sip:10.0.0.7>")]);
    let ended = puppet.centre("hangs up");
    let uri = puppet.heard.last().unwrap().uri().unwrap().to_owned();
    expect![[r#"
        : ended Ours
        > BYE to 10.0.0.7:5060
        sip:10.0.0.7
        Route: <sip:b@10.0.0.9:5099>
    "#]]
    .assert_eq(&(ended + &uri + "\n" + &puppet.last(&[Name::Route])));
}

#[test]
fn challenge_is_answered_once() {
    let mut puppet = called();
    let challenge =
        [(Name::ProxyAuthenticate, "Digest realm=\"p\", nonce=\"1\", qop=\"auth\", algorithm=MD5")];
    let first = responds(&mut puppet, 407, "a", &challenge);
    let asked = puppet.last(&[Name::CSeq]);
    assert!(puppet.last(&[Name::ProxyAuthorization]).contains("username=\"ladus\""));
    let second = responds(&mut puppet, 407, "a", &challenge);
    expect![[r#"
        > ACK
        > INVITE
        --
        CSeq: 2 INVITE
        --
        > ACK
        : failed 407
    "#]]
    .assert_eq(&[first, asked, second].join("--\n"));
}

#[test]
fn challenge_that_nobody_understands_is_a_failure() {
    let mut puppet = called();
    let told = responds(&mut puppet, 401, "a", &[(Name::WwwAuthenticate, "Basic realm=\"p\"")]);
    expect![[r#"
        > ACK
        : failed 401
    "#]]
    .assert_eq(&told);
}

#[test]
fn answer_after_all_patience_is_hung_up() {
    let mut puppet = called();
    let ringing = responds(&mut puppet, 180, "a", &[]);
    let given_up = puppet.wait(Duration::from_secs(24));
    let late = responds(&mut puppet, 200, "a", &[(Name::Contact, "<sip:a@10.0.0.2:5070>")]);
    assert!(given_up.ends_with(": failed 408\n"), "{given_up}");
    expect![[r#"
        : ringing
        > ACK
        > BYE
    "#]]
    .assert_eq(&(ringing + &late));
    puppet.wait(Duration::from_secs(100));
    assert_eq!(puppet.load(), (0, 0));
}

#[test]
fn invite_carries_the_caller_and_further_headers() {
    let puppet = called();
    let invite = puppet.heard.last().unwrap();
    assert_eq!(invite.get_named("X-Ladus-Group"), Some(&b"sales"[..]));
    let from = invite.from().unwrap();
    assert_eq!(from.display, "Ladus \"AS\"");
    assert_eq!(from.uri, "sip:6001000@ladus.test");
    expect![[r#"
        Max-Forwards: 70
        To: <sip:5551234@ladus.test>
        Contact: <sip:6001000@10.0.0.1:5060>
    "#]]
    .assert_eq(&puppet.last(&[Name::Contact, Name::To, Name::MaxForwards]));
}

#[test]
fn header_that_could_not_be_written_fails_at_once() {
    let mut puppet = called();
    let dial = Dial {
        target: Target::User("mari".into()),
        from_user: String::new(),
        from_display: String::new(),
        to_user: String::new(),
        sdp: Bytes::new(),
        headers: vec![("X-A".into(), "b\r\nEvil: yes".into())],
        login: None,
        patience: Duration::from_secs(20),
    };
    let mut out: Vec<Output> = Vec::new();
    puppet.world.sides[CENTRE].endpoint.dial(sip::Time(0), dial, &mut out);
    expect![[r#"
        : failed 400
    "#]]
    .assert_eq(&puppet.hear(out));
}

#[test]
fn challenge_to_our_bye_is_answered_once() {
    let mut puppet = called();
    responds(&mut puppet, 200, "b", &[]);
    puppet.centre("hangs up");
    let challenge = "Digest realm=\"p\", nonce=\"1\", qop=\"auth\", algorithm=MD5";
    let mut told = String::new();
    for _ in 0..2 {
        let mut response = Message::response_to(puppet.heard.last().unwrap(), 401, None);
        response.push(Name::WwwAuthenticate, challenge);
        told += &puppet.send(response.to_bytes());
    }
    expect![[r#"
        > BYE to 10.0.0.2:5060
        CSeq: 3 BYE
    "#]]
    .assert_eq(&(told + &puppet.last(&[Name::CSeq])));
    assert_eq!(puppet.load().0, 0);
}
