//! What is turned away at the door, and that it costs nothing.

use expect_test::expect;
use sip::message::Name;

use crate::puppet::{Ask, Puppet};
use crate::world::World;

const HEADERS: [Name; 6] = [
    Name::Allow,
    Name::Supported,
    Name::Unsupported,
    Name::RetryAfter,
    Name::Accept,
    Name::WwwAuthenticate,
];

/// A stranger asks; nothing is kept.
fn refused(ask: Ask<'_>) -> String {
    let mut puppet = Puppet::at("10.7.7.7:5060", World::new());
    puppet.tag = "none-of-yours".into();
    let told = puppet.ask(ask);
    assert_eq!(puppet.load(), (0, 0));
    told + &puppet.last(&HEADERS)
}

#[test]
fn unknown_and_unserved_methods_are_told_what_is_served() {
    let dance = refused(Ask { line: "DANCE sip:6001000@10.0.0.1", ..Ask::default() });
    let refer = refused(Ask { line: "REFER sip:6001000@10.0.0.1", ..Ask::default() });
    expect![[r#"
        > 405 DANCE
        Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER
        > 405 REFER
        Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, REGISTER
    "#]]
    .assert_eq(&(dance + &refer));
}

#[test]
fn unknown_scheme_is_refused() {
    let urn = refused(Ask { line: "INVITE urn:service:sos", ..Ask::default() });
    expect![[r#"
        > 416 INVITE
    "#]]
    .assert_eq(&urn);
}

#[test]
fn request_without_hops_left_is_refused() {
    let mut puppet = Puppet::trunk();
    let text = "INVITE sip:6001000@10.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK1\n\
                From: <sip:a@b>;tag=1\nTo: <sip:c@d>\nCall-ID: x\nCSeq: 1 INVITE\n\
                Max-Forwards: 0\nContact: <sip:a@b>\nContent-Length: 0\n\n";
    expect![[r#"
        > 483 INVITE to 10.0.0.2:5060
    "#]]
    .assert_eq(&puppet.say(text));
}

#[test]
fn required_extensions_are_not_supported() {
    let headers = "Require: 100rel, gruu\nRequire: path\n";
    let ask = Ask { line: "INVITE sip:6001000@10.0.0.1", headers, ..Ask::default() };
    expect![[r#"
        > 420 INVITE
        Unsupported: 100rel, gruu, path
    "#]]
    .assert_eq(&refused(ask));
}

#[test]
fn unknown_dialogs_are_refused() {
    let mut told = String::new();
    for method in ["INVITE", "BYE", "INFO", "UPDATE", "OPTIONS"] {
        let line = &format!("{method} sip:6001000@10.0.0.1");
        told += &refused(Ask { line, is_within: true, ..Ask::default() });
    }
    for method in ["BYE", "INFO", "UPDATE", "CANCEL"] {
        let line = &format!("{method} sip:6001000@10.0.0.1");
        told += &refused(Ask { line, ..Ask::default() });
    }
    expect![[r#"
        > 481 INVITE
        > 481 BYE
        > 481 INFO
        > 481 UPDATE
        > 481 OPTIONS
        > 481 BYE
        > 481 INFO
        > 481 UPDATE
        > 481 CANCEL
    "#]]
    .assert_eq(&told);
}

#[test]
fn tags_of_another_dialog_are_refused() {
    let mut puppet = Puppet::in_a_call();
    puppet.tag.push('0');
    let bye = Ask { line: "BYE sip:x@10.0.0.1", cseq: 2, branch: "b", ..Ask::default() };
    let told = puppet.ask(Ask { is_within: true, ..bye });
    expect![[r#"
        > 481 BYE
    "#]]
    .assert_eq(&told);
    assert_eq!(puppet.load().0, 1);
}

#[test]
fn stray_ack_and_stray_response_are_passed_over() {
    let mut puppet = Puppet::trunk();
    puppet.tag = "none-of-yours".into();
    let line = "ACK sip:6001000@10.0.0.1";
    assert_eq!(puppet.ask(Ask { line, is_within: true, ..Ask::default() }), "");
    let response = "SIP/2.0 200 OK\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\n\
                    From: <sip:a@b>;tag=1\nTo: <sip:c@d>;tag=2\nCall-ID: x\nCSeq: 1 INVITE\n\
                    Content-Length: 0\n\n";
    assert_eq!(puppet.say(response), "");
}

#[test]
fn invite_that_took_two_ways_is_one_call() {
    let mut puppet = Puppet::trunk();
    let ask = |branch| Ask { line: "INVITE sip:6001000@10.0.0.1", branch, ..Ask::default() };
    let first = puppet.ask(ask("one"));
    let second = puppet.ask(ask("two"));
    let retried = puppet.ask(Ask { cseq: 2, ..ask("three") });
    expect![[r#"
        > 100 INVITE
        : invited to 6001000 by 5551234 (elisa), no sdp
        --
        > 482 INVITE
        --
        > 100 INVITE
        : invited to 6001000 by 5551234 (elisa), no sdp
    "#]]
    .assert_eq(&[first, second, retried].join("--\n"));
}

#[test]
fn body_that_is_no_sdp_is_refused() {
    let mut puppet = Puppet::trunk();
    let text = "INVITE sip:6001000@10.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK1\n\
                From: <sip:a@b>;tag=1\nTo: <sip:c@d>\nCall-ID: x\nCSeq: 1 INVITE\n\
                Contact: <sip:a@b>\nContent-Type: text/plain\nContent-Length: 5\n\nhello";
    let told = puppet.say(text) + &puppet.last(&HEADERS);
    expect![[r#"
        > 415 INVITE to 10.0.0.2:5060
        Accept: application/sdp
    "#]]
    .assert_eq(&told);
    assert_eq!(puppet.load(), (0, 0));
}

#[test]
fn broken_messages_are_refused_or_passed_over() {
    let mut puppet = Puppet::trunk();
    let good = "OPTIONS sip:x@10.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.2;branch=z9hG4bK1\n\
                From: <sip:a@b>;tag=1\nTo: <sip:c@d>\nCall-ID: x\nCSeq: 1 OPTIONS\n\
                Content-Length: 0\n\n";
    let told = [
        puppet.say(good),
        puppet.say(&good.replace("SIP/2.0\nVia", "SIP/3.0\nVia")),
        puppet.say(&good.replace("CSeq: 1", "CSeq: one")),
        puppet.say(&good.replace("Length: 0", "Length: 900")),
        puppet.say(&good.replace("1 OPTIONS", "1 INVITE")),
        puppet.say(&good.replace("From: ", "Form: ")),
        puppet.say("\n\n"),
        puppet.say("hello"),
    ];
    expect![[r#"
        > 200 OPTIONS to 10.0.0.2:5060
        --
        > 505 OPTIONS to 10.0.0.2:5060
        --
        > 400 to 10.0.0.2:5060
        --
        > 400 OPTIONS to 10.0.0.2:5060
        --
        > 400 INVITE to 10.0.0.2:5060
        --
        --
        --
    "#]]
    .assert_eq(&told.join("--\n"));
    assert_eq!(puppet.load(), (0, 0));
}

#[test]
fn strangers_and_wrong_passwords_are_not_told_apart() {
    let mut stories = Vec::new();
    for user in ["mari", "nobody"] {
        let mut puppet = Puppet::at("10.7.7.7:5060", World::new());
        let line = "INVITE sip:6001000@10.0.0.1";
        let first = puppet.ask(Ask { line, ..Ask::default() });
        let login = sip::Login { user: user.into(), password: "guessed".into() };
        let challenge = puppet.heard.last().unwrap();
        let method = sip::message::Method::Invite;
        let uri = "sip:6001000@10.0.0.1";
        let (_, proof) = sip::auth::answer(challenge, &login, &method, uri, "c", 1).unwrap();
        let headers = &format!("Authorization: {proof}\n");
        let ask = Ask { line, cseq: 2, branch: "2", headers, ..Ask::default() };
        let second = puppet.ask(ask) + &puppet.last(&HEADERS);
        assert_eq!(puppet.load(), (0, 0));
        stories.push(first + &second);
    }
    assert_eq!(stories[0], stories[1]);
    expect![[r#"
        > 401 INVITE
        > 403 INVITE
    "#]]
    .assert_eq(&stories[0]);
}

#[test]
fn answers_go_back_to_where_the_request_came_from() {
    let at = "10.7.7.7:4242";
    let ask = |via: &str| {
        let mut puppet = Puppet::at(at, World::new());
        let told = puppet.say(&format!(
            "OPTIONS sip:x@10.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP {via};branch=z9hG4bK1\n\
             From: <sip:a@b>;tag=1\nTo: <sip:c@d>\nCall-ID: x\nCSeq: 1 OPTIONS\n\
             Content-Length: 0\n\n"
        ));
        told + &puppet.last(&[Name::Via])
    };
    let told = ask("192.168.1.7:5060;rport") + &ask("192.168.1.7:5062") + &ask("10.7.7.7:4242");
    expect![[r#"
        > 200 OPTIONS
        Via: SIP/2.0/UDP 192.168.1.7:5060;rport=4242;branch=z9hG4bK1;received=10.7.7.7
        > 200 OPTIONS to 10.7.7.7:5062
        Via: SIP/2.0/UDP 192.168.1.7:5062;branch=z9hG4bK1;received=10.7.7.7
        > 200 OPTIONS
        Via: SIP/2.0/UDP 10.7.7.7:4242;branch=z9hG4bK1
    "#]]
    .assert_eq(&told);
}

#[test]
fn forgotten_answers_are_given_again_with_the_same_tag() {
    let mut puppet = Puppet::trunk();
    puppet.ask(Ask::default());
    let first = puppet.tag.clone();
    puppet.ask(Ask::default());
    assert_eq!(first, puppet.tag);
}

#[test]
fn full_house_asks_to_come_again() {
    let line = "INVITE sip:6001000@10.0.0.1";
    let mut puppet = Puppet::at("10.0.0.2:5060", World::with_limits(100, 2));
    let mut told = String::new();
    for number in 0..4 {
        let branch = &format!("b{number}");
        told += &puppet.ask(Ask { line, branch, cseq: number + 1, ..Ask::default() });
    }
    expect![[r#"
        > 100 INVITE
        : invited to 6001000 by 5551234 (elisa), no sdp
        > 100 INVITE
        : invited to 6001000 by 5551234 (elisa), no sdp
        > 503 INVITE
        > 503 INVITE
        Retry-After: 5
    "#]]
    .assert_eq(&(told + &puppet.last(&HEADERS)));
    assert_eq!(puppet.load(), (2, 2));
}

#[test]
fn bye_is_served_when_nothing_else_is() {
    let mut puppet = Puppet::at("10.0.0.2:5060", World::with_limits(1, 10));
    puppet.ask(Ask { line: "INVITE sip:6001000@10.0.0.1", ..Ask::default() });
    puppet.centre("answers");
    let ask = |line, cseq, branch| Ask { line, cseq, branch, is_within: true, ..Ask::default() };
    puppet.ask(ask("ACK sip:x@10.0.0.1", 1, "a"));
    let info = puppet.ask(ask("INFO sip:x@10.0.0.1", 2, "i"));
    let bye = puppet.ask(ask("BYE sip:x@10.0.0.1", 3, "b"));
    expect![[r#"
        > 503 INFO
        > 200 BYE
        : ended Bye
    "#]]
    .assert_eq(&(info + &bye));
}

#[test]
fn what_a_trunk_sends_along_is_told_in_small_letters() {
    let mut puppet = Puppet::trunk();
    let told = puppet.ask(Ask {
        line: "INVITE sip:6001000@10.0.0.1",
        headers: "X-Tier: gold\nSubject: hello\nx-order:  12 \n",
        body: "offer",
        ..Ask::default()
    });
    let expected = "invited to 6001000 by 5551234 (elisa), x-tier gold, x-order 12, offer";
    assert!(told.contains(expected), "{told}");
}
