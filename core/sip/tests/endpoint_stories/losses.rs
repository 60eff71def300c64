//! Each message of a call lost once, or for ever.

use expect_test::expect;

use crate::world::check;

#[test]
fn lost_invite_is_repeated() {
    check(
        "
        lose INVITE
        0s trunk dials 6001000
        1s centre rings
        3s centre answers
        9s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE  (lost)
            500     trunk    > centre   INVITE
            510     centre   > trunk    100 INVITE
            510     centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            3000    centre answers
            3000    centre   > trunk    200 INVITE
            3010    trunk    > centre   ACK
            3010    trunk    : answered, sdp of centre
            3020    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE
            9010    centre   > trunk    200 BYE
            9010    centre   : ended Bye
        "#]],
    );
}

#[test]
fn lost_ringing_only_delays_the_news_of_it() {
    check(
        "
        lose 180 INVITE
        0s trunk dials 6001000
        1s centre rings
        3s centre answers
        9s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE  (lost)
            3000    centre answers
            3000    centre   > trunk    200 INVITE
            3010    trunk    > centre   ACK
            3010    trunk    : answered, sdp of centre
            3020    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE
            9010    centre   > trunk    200 BYE
            9010    centre   : ended Bye
        "#]],
    );
}

#[test]
fn lost_answer_is_repeated_by_the_one_who_answered() {
    check(
        "
        lose 200 INVITE
        0s trunk dials 6001000
        1s centre rings
        3s centre answers
        9s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            3000    centre answers
            3000    centre   > trunk    200 INVITE  (lost)
            3500    centre   > trunk    200 INVITE
            3510    trunk    > centre   ACK
            3510    trunk    : answered, sdp of centre
            3520    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE
            9010    centre   > trunk    200 BYE
            9010    centre   : ended Bye
        "#]],
    );
}

#[test]
fn lost_ack_is_sent_again_for_the_repeated_answer() {
    check(
        "
        lose ACK
        0s trunk dials 6001000
        1s centre rings
        3s centre answers
        9s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            3000    centre answers
            3000    centre   > trunk    200 INVITE
            3010    trunk    > centre   ACK  (lost)
            3010    trunk    : answered, sdp of centre
            3500    centre   > trunk    200 INVITE
            3510    trunk    > centre   ACK
            3520    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE
            9010    centre   > trunk    200 BYE
            9010    centre   : ended Bye
        "#]],
    );
}

#[test]
fn lost_bye_is_repeated() {
    check(
        "
        lose BYE
        0s trunk dials 6001000
        1s centre rings
        3s centre answers
        9s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            3000    centre answers
            3000    centre   > trunk    200 INVITE
            3010    trunk    > centre   ACK
            3010    trunk    : answered, sdp of centre
            3020    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE  (lost)
            9500    trunk    > centre   BYE
            9510    centre   > trunk    200 BYE
            9510    centre   : ended Bye
        "#]],
    );
}

#[test]
fn lost_answer_to_bye_is_given_again() {
    check(
        "
        lose 200 BYE
        0s trunk dials 6001000
        1s centre rings
        3s centre answers
        9s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            3000    centre answers
            3000    centre   > trunk    200 INVITE
            3010    trunk    > centre   ACK
            3010    trunk    : answered, sdp of centre
            3020    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE
            9010    centre   > trunk    200 BYE  (lost)
            9010    centre   : ended Bye
            9500    trunk    > centre   BYE
            9510    centre   > trunk    200 BYE
        "#]],
    );
}

#[test]
fn call_to_nobody_ends_with_408() {
    check(
        "
        lose all INVITE
        0s trunk dials 6001000
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE  (lost)
            500     trunk    > centre   INVITE  (lost)
            1500    trunk    > centre   INVITE  (lost)
            3500    trunk    > centre   INVITE  (lost)
            7500    trunk    > centre   INVITE  (lost)
            15500   trunk    > centre   INVITE  (lost)
            20000   trunk    : failed 408
        "#]],
    );
}

#[test]
fn answer_that_is_never_acknowledged_ends_the_call() {
    check(
        "
        lose all ACK
        0s trunk dials 6001000
        1s centre answers
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
            1500    centre   > trunk    200 INVITE
            1510    trunk    > centre   ACK  (lost)
            2500    centre   > trunk    200 INVITE
            2510    trunk    > centre   ACK  (lost)
            4500    centre   > trunk    200 INVITE
            4510    trunk    > centre   ACK  (lost)
            8500    centre   > trunk    200 INVITE
            8510    trunk    > centre   ACK  (lost)
            12500   centre   > trunk    200 INVITE
            12510   trunk    > centre   ACK  (lost)
            16500   centre   > trunk    200 INVITE
            16510   trunk    > centre   ACK  (lost)
            20500   centre   > trunk    200 INVITE
            20510   trunk    > centre   ACK  (lost)
            24500   centre   > trunk    200 INVITE
            24510   trunk    > centre   ACK  (lost)
            28500   centre   > trunk    200 INVITE
            28510   trunk    > centre   ACK  (lost)
            32500   centre   > trunk    200 INVITE
            32510   trunk    > centre   ACK  (lost)
            33000   centre   : ended Lost
            33000   centre   > trunk    BYE
            33010   trunk    > centre   200 BYE
            33010   trunk    : ended Bye
        "#]],
    );
}

#[test]
fn peer_that_vanished_does_not_keep_the_leg() {
    check(
        "
        lose all BYE
        0s trunk dials 6001000
        1s centre answers
        5s trunk hangs up
        6s centre hangs up
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
            5000    trunk hangs up
            5000    trunk    : ended Ours
            5000    trunk    > centre   BYE  (lost)
            5500    trunk    > centre   BYE  (lost)
            6000    centre hangs up
            6000    centre   : ended Ours
            6000    centre   > trunk    BYE  (lost)
            6500    centre   > trunk    BYE  (lost)
            6500    trunk    > centre   BYE  (lost)
            7500    centre   > trunk    BYE  (lost)
            8500    trunk    > centre   BYE  (lost)
            9500    centre   > trunk    BYE  (lost)
            12500   trunk    > centre   BYE  (lost)
            13500   centre   > trunk    BYE  (lost)
            16500   trunk    > centre   BYE  (lost)
            17500   centre   > trunk    BYE  (lost)
            20500   trunk    > centre   BYE  (lost)
            21500   centre   > trunk    BYE  (lost)
            24500   trunk    > centre   BYE  (lost)
            25500   centre   > trunk    BYE  (lost)
            28500   trunk    > centre   BYE  (lost)
            29500   centre   > trunk    BYE  (lost)
            32500   trunk    > centre   BYE  (lost)
            33500   centre   > trunk    BYE  (lost)
            36500   trunk    > centre   BYE  (lost)
            37500   centre   > trunk    BYE  (lost)
        "#]],
    );
}

#[test]
fn refusal_is_repeated_until_it_is_acknowledged() {
    check(
        "
        lose ACK
        lose ACK
        0s trunk dials 6001000
        1s centre refuses 486
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre refuses 486
            1000    centre   > trunk    486 INVITE
            1010    trunk    > centre   ACK  (lost)
            1010    trunk    : failed 486
            1500    centre   > trunk    486 INVITE
            1510    trunk    > centre   ACK  (lost)
            2500    centre   > trunk    486 INVITE
            2510    trunk    > centre   ACK
        "#]],
    );
}

#[test]
fn hang_up_before_the_ack_waits_for_it() {
    check(
        "
        lose ACK
        0s trunk dials 6001000
        1s centre answers
        1s centre hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre answers
            1000    centre   > trunk    200 INVITE
            1000    centre hangs up
            1000    centre   : ended Ours
            1010    trunk    > centre   ACK  (lost)
            1010    trunk    : answered, sdp of centre
            1500    centre   > trunk    200 INVITE
            1510    trunk    > centre   ACK
            1520    centre   > trunk    BYE
            1530    trunk    > centre   200 BYE
            1530    trunk    : ended Bye
        "#]],
    );
}

#[test]
fn hang_up_without_any_ack_sends_bye_in_the_end() {
    check(
        "
        lose all ACK
        0s trunk dials 6001000
        1s centre answers
        2s centre hangs up
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
            1500    centre   > trunk    200 INVITE
            1510    trunk    > centre   ACK  (lost)
            2000    centre hangs up
            2000    centre   : ended Ours
            2500    centre   > trunk    200 INVITE
            2510    trunk    > centre   ACK  (lost)
            4500    centre   > trunk    200 INVITE
            4510    trunk    > centre   ACK  (lost)
            8500    centre   > trunk    200 INVITE
            8510    trunk    > centre   ACK  (lost)
            12500   centre   > trunk    200 INVITE
            12510   trunk    > centre   ACK  (lost)
            16500   centre   > trunk    200 INVITE
            16510   trunk    > centre   ACK  (lost)
            20500   centre   > trunk    200 INVITE
            20510   trunk    > centre   ACK  (lost)
            24500   centre   > trunk    200 INVITE
            24510   trunk    > centre   ACK  (lost)
            28500   centre   > trunk    200 INVITE
            28510   trunk    > centre   ACK  (lost)
            32500   centre   > trunk    200 INVITE
            32510   trunk    > centre   ACK  (lost)
            33000   centre   > trunk    BYE
            33010   trunk    > centre   200 BYE
            33010   trunk    : ended Bye
        "#]],
    );
}

#[test]
fn reliable_flow_repeats_nothing_but_the_answer() {
    check(
        "
        over TCP
        lose 200 BYE
        lose ACK
        0s trunk dials 6001000
        1s centre answers
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
            1500    centre   > trunk    200 INVITE
            1510    trunk    > centre   ACK
            1520    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE
            9010    centre   > trunk    200 BYE  (lost)
            9010    centre   : ended Bye
        "#]],
    );
}
