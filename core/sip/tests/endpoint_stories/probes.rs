//! Whether anybody is still there, and phones that stop ringing by themselves.

use std::time::Duration;

use expect_test::expect;

use crate::puppet::{Ask, Puppet};
use crate::world::check;

#[test]
fn peer_that_is_there_says_so_and_nothing_else_happens() {
    check(
        "
        0s trunk dials 6001000
        1s centre answers
        60s centre probes
        90s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre answers
            1000    centre   > trunk    200 INVITE
            1010    trunk    > centre   ACK
            1010    trunk    : answered, sdp of centre
            1020    centre   : confirmed, no sdp
            60000   centre probes
            60000   centre   > trunk    OPTIONS
            60010   trunk    > centre   200 OPTIONS
            90000   trunk hangs up
            90000   trunk    : ended Ours
            90000   trunk    > centre   BYE
            90010   centre   > trunk    200 BYE
            90010   centre   : ended Bye
        "#]],
    );
}

#[test]
fn peer_that_does_not_answer_a_probe_is_lost() {
    check(
        "
        lose all OPTIONS
        0s trunk dials 6001000
        1s centre answers
        60s centre probes
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre answers
            1000    centre   > trunk    200 INVITE
            1010    trunk    > centre   ACK
            1010    trunk    : answered, sdp of centre
            1020    centre   : confirmed, no sdp
            60000   centre probes
            60000   centre   > trunk    OPTIONS  (lost)
            60500   centre   > trunk    OPTIONS  (lost)
            61500   centre   > trunk    OPTIONS  (lost)
            63500   centre   > trunk    OPTIONS  (lost)
            67500   centre   > trunk    OPTIONS  (lost)
            71500   centre   > trunk    OPTIONS  (lost)
            75500   centre   > trunk    OPTIONS  (lost)
            79500   centre   > trunk    OPTIONS  (lost)
            83500   centre   > trunk    OPTIONS  (lost)
            87500   centre   > trunk    OPTIONS  (lost)
            91500   centre   > trunk    OPTIONS  (lost)
            92000   centre   : ended Lost
            92000   centre   > trunk    BYE
            92010   trunk    > centre   200 BYE
            92010   trunk    : ended Bye
        "#]],
    );
}

#[test]
fn peer_that_has_forgotten_the_call_is_lost_at_once() {
    let mut puppet = Puppet::in_a_call();
    let told = puppet.centre("probes") + &puppet.answers("481 Never Heard");
    expect![[r#"
        > OPTIONS
        : ended Lost
        > BYE
    "#]]
    .assert_eq(&told);
}

#[test]
fn leg_that_waits_for_its_ack_is_not_probed() {
    check(
        "
        lose ACK
        0s trunk dials 6001000
        1s centre answers
        1200ms centre probes
        9s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre answers
            1000    centre   > trunk    200 INVITE
            1010    trunk    > centre   ACK  (lost)
            1010    trunk    : answered, sdp of centre
            1200    centre probes
            1500    centre   > trunk    200 INVITE
            1510    trunk    > centre   ACK
            1520    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE
            9010    centre   > trunk    200 BYE
            9010    centre   : ended Bye
        "#]],
    );
}

#[test]
fn invitation_that_runs_out_stops_ringing_by_itself() {
    let mut puppet = Puppet::trunk();
    let line = "INVITE sip:6001000@10.0.0.1";
    let headers = "Expires: 20\n";
    let mut told = puppet.ask(Ask { line, headers, body: "offer", ..Ask::default() });
    told += &puppet.centre("rings");
    told += &puppet.wait(Duration::from_secs(19));
    told += "after 19 s\n";
    told += &puppet.wait(Duration::from_secs(1));
    expect![[r#"
        > 100 INVITE
        : invited to 6001000 by 5551234 (elisa), offer
        > 180 INVITE
        after 19 s
        > 487 INVITE
        : cancelled
    "#]]
    .assert_eq(&told);
}
