//! Changes of a session, and whatever else is asked within a dialog.

use std::time::Duration;

use expect_test::expect;
use sip::message::Name;

use crate::puppet::{Ask, Puppet};

/// The second request of the call and all that follow.
fn ask<'a>(line: &'a str, cseq: u32, branch: &'a str) -> Ask<'a> {
    Ask { line, cseq, branch, is_within: true, ..Ask::default() }
}

const REINVITE: &str = "INVITE sip:6001000@10.0.0.1";
const UPDATE: &str = "UPDATE sip:6001000@10.0.0.1";

#[test]
fn reinvite_holds_the_call() {
    let mut puppet = Puppet::in_a_call();
    let told = puppet.ask(Ask { body: "hold", ..ask(REINVITE, 2, "r") });
    let repeated = puppet.ask(Ask { body: "hold", ..ask(REINVITE, 2, "r") });
    let answered = puppet.centre("accepts");
    let unheard = puppet.wait(Duration::from_millis(500));
    let acked = puppet.ask(ask("ACK sip:x@10.0.0.1", 2, "a"));
    expect![[r#"
        > 100 INVITE
        : reoffered, hold
        --
        > 100 INVITE
        --
        > 200 INVITE
        --
        > 200 INVITE
        --
    "#]]
    .assert_eq(&[told, repeated, answered, unheard, acked].join("--\n"));
    assert_eq!(puppet.wait(Duration::from_secs(60)), "");
}

#[test]
fn declined_reinvite_leaves_the_call_as_it_was() {
    let mut puppet = Puppet::in_a_call();
    let told = puppet.ask(Ask { body: "hold", ..ask(REINVITE, 2, "r") });
    let answered = puppet.centre("declines");
    let acked = puppet.ask(ask("ACK sip:x@10.0.0.1", 2, "r"));
    let ended = puppet.centre("hangs up");
    expect![[r#"
        > 100 INVITE
        : reoffered, hold
        --
        > 488 INVITE
        --
        --
        : ended Ours
        > BYE
    "#]]
    .assert_eq(&[told, answered, acked, ended].join("--\n"));
}

#[test]
fn second_reinvite_beside_a_pending_one_is_glare() {
    let mut puppet = Puppet::in_a_call();
    let first = puppet.ask(Ask { body: "hold", ..ask(REINVITE, 2, "r") });
    let second = puppet.ask(Ask { body: "hold", ..ask(REINVITE, 3, "s") });
    let repeated = puppet.ask(Ask { body: "hold", ..ask(REINVITE, 3, "s") });
    let update = puppet.ask(Ask { body: "hold", ..ask(UPDATE, 4, "t") });
    expect![[r#"
        > 100 INVITE
        : reoffered, hold
        --
        > 491 INVITE
        --
        > 491 INVITE
        --
        > 491 UPDATE
    "#]]
    .assert_eq(&[first, second, repeated, update].join("--\n"));
}

#[test]
fn reinvite_before_the_first_ack_is_glare() {
    let mut puppet = Puppet::trunk();
    puppet.ask(Ask { line: REINVITE, body: "offer", ..Ask::default() });
    puppet.centre("rings");
    let early = puppet.ask(Ask { body: "hold", ..ask(REINVITE, 2, "r") });
    puppet.centre("answers");
    let unacked = puppet.ask(Ask { body: "hold", ..ask(REINVITE, 3, "s") });
    expect![[r#"
        > 500 INVITE
        --
        > 491 INVITE
    "#]]
    .assert_eq(&[early, unacked].join("--\n"));
}

#[test]
fn late_offer_in_a_reinvite_is_answered_in_its_ack() {
    let mut puppet = Puppet::in_a_call();
    let told = puppet.ask(ask(REINVITE, 2, "r"));
    let answered = puppet.centre("accepts");
    let acked = puppet.ask(Ask { body: "answer", ..ask("ACK sip:x@10.0.0.1", 2, "a") });
    expect![[r#"
        > 100 INVITE
        : reoffered, no sdp
        --
        > 200 INVITE
        --
        : confirmed, answer
    "#]]
    .assert_eq(&[told, answered, acked].join("--\n"));
}

#[test]
fn late_offer_in_the_first_invite_is_answered_in_its_ack() {
    let mut puppet = Puppet::trunk();
    let told = puppet.ask(Ask { line: REINVITE, ..Ask::default() });
    let answered = puppet.centre("answers");
    let acked = puppet.ask(Ask { body: "answer", ..ask("ACK sip:x@10.0.0.1", 1, "a") });
    expect![[r#"
        > 100 INVITE
        : invited to 6001000 by 5551234 (elisa), no sdp
        --
        > 200 INVITE
        --
        : confirmed, answer
    "#]]
    .assert_eq(&[told, answered, acked].join("--\n"));
}

#[test]
fn reinvite_without_ack_ends_the_call() {
    let mut puppet = Puppet::in_a_call();
    puppet.ask(Ask { body: "hold", ..ask(REINVITE, 2, "r") });
    puppet.centre("accepts");
    let told = puppet.wait(Duration::from_secs(32));
    assert!(told.ends_with(": ended Lost\n> BYE\n"), "{told}");
    assert_eq!(told.matches("> 200 INVITE").count(), 10);
}

#[test]
fn cancelled_reinvite_leaves_the_call_as_it_was() {
    let mut puppet = Puppet::in_a_call();
    puppet.ask(Ask { body: "hold", ..ask(REINVITE, 2, "r") });
    let cancelled = puppet.ask(ask("CANCEL sip:6001000@10.0.0.1", 2, "r"));
    let too_late = puppet.centre("accepts");
    let ended = puppet.centre("hangs up");
    expect![[r#"
        > 200 CANCEL
        > 487 INVITE
        --
        --
        : ended Ours
        > BYE
    "#]]
    .assert_eq(&[cancelled, too_late, ended].join("--\n"));
}

#[test]
fn bye_answers_a_pending_reinvite() {
    let mut puppet = Puppet::in_a_call();
    puppet.ask(Ask { body: "hold", ..ask(REINVITE, 2, "r") });
    expect![[r#"
        > 200 BYE
        > 487 INVITE
        : ended Bye
    "#]]
    .assert_eq(&puppet.ask(ask("BYE sip:6001000@10.0.0.1", 3, "b")));
}

#[test]
fn update_changes_the_session_or_only_refreshes_it() {
    let mut puppet = Puppet::in_a_call();
    let refresh = puppet.ask(ask(UPDATE, 2, "u"));
    let offer = puppet.ask(Ask { body: "hold", ..ask(UPDATE, 3, "v") });
    let answered = puppet.centre("accepts");
    let repeated = puppet.ask(Ask { body: "hold", ..ask(UPDATE, 3, "v") });
    expect![[r#"
        > 200 UPDATE
        --
        : reoffered, hold
        --
        > 200 UPDATE
        --
        > 200 UPDATE
    "#]]
    .assert_eq(&[refresh, offer, answered, repeated].join("--\n"));
}

#[test]
fn request_in_the_wrong_order_is_refused() {
    let mut puppet = Puppet::in_a_call();
    puppet.ask(ask("INFO sip:6001000@10.0.0.1", 7, "i"));
    let told = puppet.ask(ask("INFO sip:6001000@10.0.0.1", 6, "j"));
    expect![[r#"
        > 500 INFO
        Retry-After: 1
    "#]]
    .assert_eq(&(told + &puppet.last(&[Name::RetryAfter])));
}

#[test]
fn info_and_options_are_answered_within_a_call() {
    let mut puppet = Puppet::in_a_call();
    let dtmf = Ask {
        headers: "Content-Type: application/dtmf-relay\n",
        ..ask("INFO sip:6001000@10.0.0.1", 2, "i")
    };
    let info = puppet.ask(dtmf);
    let options = puppet.ask(ask("OPTIONS sip:6001000@10.0.0.1", 3, "o"));
    expect![[r#"
        > 200 INFO
        --
        > 200 OPTIONS
    "#]]
    .assert_eq(&[info, options].join("--\n"));
}

#[test]
fn bye_of_an_unanswered_call_cancels_it() {
    let mut puppet = Puppet::trunk();
    puppet.ask(Ask { line: REINVITE, body: "offer", ..Ask::default() });
    puppet.centre("rings");
    let told = puppet.ask(ask("BYE sip:6001000@10.0.0.1", 2, "b"));
    let acked = puppet.ask(ask("ACK sip:6001000@10.0.0.1", 1, "1"));
    expect![[r#"
        > 200 BYE
        > 487 INVITE
        : cancelled
    "#]]
    .assert_eq(&(told + &acked));
    assert_eq!(puppet.load(), (0, 2));
}

#[test]
fn requests_go_where_the_call_came_from_and_not_to_contact() {
    let mut puppet = Puppet::trunk();
    let contact = "Record-Route: <sip:10.9.9.1;lr>, <sip:10.9.9.2;lr>\n";
    let invite = Ask { line: REINVITE, body: "offer", headers: contact, ..Ask::default() };
    puppet.ask(invite);
    puppet.centre("answers");
    puppet.ask(ask("ACK sip:x@10.0.0.1", 1, "a"));
    let told = puppet.centre("hangs up");
    let names = [Name::Route, Name::From, Name::CSeq];
    expect![[r#"
        : ended Ours
        > BYE
        Route: <sip:10.9.9.1;lr>
        Route: <sip:10.9.9.2;lr>
        From: <sip:6001000@ladus.test>;tag=bc731a1b09b9f366
        CSeq: 1 BYE
    "#]]
    .assert_eq(&(told + &puppet.last(&names)));
}

#[test]
fn long_ringing_is_repeated_each_minute() {
    let mut puppet = Puppet::trunk();
    puppet.ask(Ask { line: REINVITE, body: "offer", ..Ask::default() });
    assert_eq!(puppet.wait(Duration::from_secs(70)), "");
    puppet.centre("rings");
    let told = puppet.wait(Duration::from_secs(150));
    assert_eq!(told, "> 180 INVITE\n> 180 INVITE\n");
}
