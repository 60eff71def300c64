//! Messages that meet on the way, come twice, or overtake each other.

use expect_test::expect;

use crate::world::check;

#[test]
fn cancel_crosses_the_answer() {
    check(
        "
        0s trunk dials 6001000
        1s centre rings
        5000ms trunk hangs up
        5005ms centre answers
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
            5005    centre answers
            5005    centre   > trunk    200 INVITE
            5010    centre   > trunk    200 CANCEL
            5015    trunk    > centre   ACK
            5015    trunk    > centre   BYE
            5015    trunk    : failed 487
            5025    centre   : confirmed, no sdp
            5025    centre   > trunk    200 BYE
            5025    centre   : ended Bye
        "#]],
    );
}

#[test]
fn cancel_crosses_a_refusal() {
    check(
        "
        0s trunk dials 6001000
        1s centre rings
        5000ms trunk hangs up
        5005ms centre refuses 486
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
            5005    centre refuses 486
            5005    centre   > trunk    486 INVITE
            5010    centre   > trunk    200 CANCEL
            5015    trunk    > centre   ACK
            5015    trunk    : failed 487
        "#]],
    );
}

#[test]
fn byes_cross() {
    check(
        "
        0s trunk dials 6001000
        1s centre answers
        5000ms trunk hangs up
        5005ms centre hangs up
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
            5000    trunk    > centre   BYE
            5005    centre hangs up
            5005    centre   : ended Ours
            5005    centre   > trunk    BYE
            5010    centre   > trunk    200 BYE
            5015    trunk    > centre   200 BYE
        "#]],
    );
}

#[test]
fn everything_comes_twice() {
    check(
        "
        double INVITE
        double 100 INVITE
        double 180 INVITE
        double 200 INVITE
        double ACK
        double BYE
        double 200 BYE
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
            20      centre   > trunk    100 INVITE
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1010    trunk    : ringing
            3000    centre answers
            3000    centre   > trunk    200 INVITE
            3010    trunk    > centre   ACK
            3010    trunk    : answered, sdp of centre
            3020    trunk    > centre   ACK
            3020    centre   : confirmed, no sdp
            9000    trunk hangs up
            9000    trunk    : ended Ours
            9000    trunk    > centre   BYE
            9010    centre   > trunk    200 BYE
            9010    centre   : ended Bye
            9020    centre   > trunk    200 BYE
        "#]],
    );
}

#[test]
fn refusal_comes_twice() {
    check(
        "
        double 486 INVITE
        double ACK
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
            1020    trunk    > centre   ACK
        "#]],
    );
}

#[test]
fn hang_up_right_after_a_late_answer_waits_for_the_ack() {
    check(
        "
        late 200 INVITE by 300ms
        0s trunk dials 6001000
        1000ms centre answers
        1005ms centre hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre answers
            1000    centre   > trunk    200 INVITE
            1005    centre hangs up
            1005    centre   : ended Ours
            1300    trunk    > centre   ACK
            1300    trunk    : answered, sdp of centre
            1310    centre   > trunk    BYE
            1320    trunk    > centre   200 BYE
            1320    trunk    : ended Bye
        "#]],
    );
}

#[test]
fn bye_overtakes_the_ack() {
    check(
        "
        late ACK by 300ms
        0s trunk dials 6001000
        1s centre answers
        1015ms trunk hangs up
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
            1015    trunk hangs up
            1015    trunk    : ended Ours
            1015    trunk    > centre   BYE
            1025    centre   > trunk    200 BYE
            1025    centre   : ended Bye
        "#]],
    );
}

#[test]
fn ringing_overtaken_by_the_answer_is_not_told() {
    check(
        "
        late 180 INVITE by 300ms
        0s trunk dials 6001000
        1000ms centre rings
        1005ms centre answers
        3s trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
            10      centre   > trunk    100 INVITE
            10      centre   : invited to 6001000 by 5551234 (elisa), sdp of trunk
            1000    centre rings
            1000    centre   > trunk    180 INVITE
            1005    centre answers
            1005    centre   > trunk    200 INVITE
            1015    trunk    > centre   ACK
            1015    trunk    : answered, sdp of centre
            1025    centre   : confirmed, no sdp
            3000    trunk hangs up
            3000    trunk    : ended Ours
            3000    trunk    > centre   BYE
            3010    centre   > trunk    200 BYE
            3010    centre   : ended Bye
        "#]],
    );
}

#[test]
fn late_invite_of_a_cancelled_call_is_known() {
    check(
        "
        late INVITE by 700ms
        0s trunk dials 6001000
        100ms trunk hangs up
        ",
        expect![[r#"
            0       trunk dials 6001000
            0       trunk    > centre   INVITE
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
