//! Calls that are not answered, and calls that end in every way.

use expect_test::expect;

use crate::world::check;

#[test]
fn caller_gives_up_while_ringing() {
    check(
        "
        0s trunk dials 6001000
        1s centre rings
        5s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            5000    trunk hangs up
            5000    trunk    > centre   CANCEL
            5010    centre   > trunk    200 CANCEL
            5010    centre   > trunk    487 INVITE
            5010    centre   : cancelled
            5020    trunk    > centre   ACK
            5020    trunk    : failed 487
        "#]],
    );
}

#[test]
fn caller_gives_up_before_anything_was_heard() {
    check(
        "
        lose INVITE
        0s trunk dials 6001000
        100ms trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE  (lost)
            100     trunk hangs up
            500     trunk    > centre   INVITE
            510     centre   > trunk    100 INVITE
            510     centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            520     trunk    > centre   CANCEL
            530     centre   > trunk    200 CANCEL
            530     centre   > trunk    487 INVITE
            530     centre   : cancelled
            540     trunk    > centre   ACK
            540     trunk    : failed 487
        "#]],
    );
}

#[test]
fn lost_cancel_is_repeated() {
    check(
        "
        lose CANCEL
        0s trunk dials 6001000
        1s centre rings
        5s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            5000    trunk hangs up
            5000    trunk    > centre   CANCEL  (lost)
            5500    trunk    > centre   CANCEL
            5510    centre   > trunk    200 CANCEL
            5510    centre   > trunk    487 INVITE
            5510    centre   : cancelled
            5520    trunk    > centre   ACK
            5520    trunk    : failed 487
        "#]],
    );
}

#[test]
fn refusal_of_a_cancelled_call_may_be_lost() {
    check(
        "
        lose 487 INVITE
        0s trunk dials 6001000
        1s centre rings
        5s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            5000    trunk hangs up
            5000    trunk    > centre   CANCEL
            5010    centre   > trunk    200 CANCEL
            5010    centre   > trunk    487 INVITE  (lost)
            5010    centre   : cancelled
            5510    centre   > trunk    487 INVITE
            5520    trunk    > centre   ACK
            5520    trunk    : failed 487
        "#]],
    );
}

#[test]
fn nobody_answers_in_time() {
    check(
        "
        0s trunk dials 6001000
        1s centre rings
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            20000   trunk    > centre   CANCEL
            20010   centre   > trunk    200 CANCEL
            20010   centre   > trunk    487 INVITE
            20010   centre   : cancelled
            20020   trunk    > centre   ACK
            20020   trunk    : failed 408
        "#]],
    );
}

#[test]
fn dead_phone_is_given_up_as_soon_as_patience_ends() {
    check(
        "
        lose all INVITE
        0s trunk dials 6001000
        25s trunk hangs up
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
            25000   trunk hangs up
        "#]],
    );
}

#[test]
fn phone_that_dies_while_ringing_is_given_up_soon() {
    check(
        "
        lose all CANCEL
        0s trunk dials 6001000
        1s centre rings
        5s trunk hangs up
        50s centre refuses 480
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            5000    trunk hangs up
            5000    trunk    > centre   CANCEL  (lost)
            5500    trunk    > centre   CANCEL  (lost)
            6500    trunk    > centre   CANCEL  (lost)
            8500    trunk    > centre   CANCEL  (lost)
            9000    trunk    : failed 487
            12500   trunk    > centre   CANCEL  (lost)
            16500   trunk    > centre   CANCEL  (lost)
            20500   trunk    > centre   CANCEL  (lost)
            24500   trunk    > centre   CANCEL  (lost)
            28500   trunk    > centre   CANCEL  (lost)
            32500   trunk    > centre   CANCEL  (lost)
            36500   trunk    > centre   CANCEL  (lost)
            50000   centre refuses 480
            50000   centre   > trunk    480 INVITE
            50500   centre   > trunk    480 INVITE
            51500   centre   > trunk    480 INVITE
            53500   centre   > trunk    480 INVITE
            57500   centre   > trunk    480 INVITE
            61500   centre   > trunk    480 INVITE
            65500   centre   > trunk    480 INVITE
            69500   centre   > trunk    480 INVITE
            73500   centre   > trunk    480 INVITE
            77500   centre   > trunk    480 INVITE
            81500   centre   > trunk    480 INVITE
        "#]],
    );
}

#[test]
fn busy() {
    check(
        "
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
            1010    trunk    > centre   ACK
            1010    trunk    : failed 486
        "#]],
    );
}

#[test]
fn rejected_after_ringing() {
    check(
        "
        0s trunk dials 6001000
        1s centre rings
        2s centre refuses 603
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            2000    centre refuses 603
            2000    centre   > trunk    603 INVITE
            2010    trunk    > centre   ACK
            2010    trunk    : failed 603
        "#]],
    );
}

#[test]
fn centre_hangs_up_an_unanswered_call() {
    check(
        "
        0s trunk dials 6001000
        1s centre rings
        2s centre hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            2000    centre hangs up
            2000    centre   > trunk    487 INVITE
            2010    trunk    > centre   ACK
            2010    trunk    : failed 487
        "#]],
    );
}

#[test]
fn unregistered_user_cannot_be_called() {
    check(
        "
        0s centre dials mari
        ",
        expect![[r#"
            0       centre dials mari
            0       centre   : failed 480
        "#]],
    );
}

#[test]
fn lost_flow_ends_an_answered_call() {
    check(
        "
        0s trunk dials 6001000
        1s centre answers
        3s centre loses trunk
        3s trunk loses centre
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
            3000    centre loses trunk
            3000    centre   : ended Lost
            3000    trunk loses centre
            3000    trunk    : ended Lost
        "#]],
    );
}

#[test]
fn lost_flow_ends_a_ringing_call() {
    check(
        "
        0s trunk dials 6001000
        1s centre rings
        3s centre loses trunk
        3s trunk loses centre
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            3000    centre loses trunk
            3000    centre   : cancelled
            3000    trunk loses centre
            3000    trunk    : failed 503
        "#]],
    );
}
