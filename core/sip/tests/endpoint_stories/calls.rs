//! Calls that go well.

use expect_test::expect;

use crate::world::check;

#[test]
fn trunk_calls_the_centre_and_hangs_up() {
    check(
        "
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
            9010    centre   > trunk    200 BYE
            9010    centre   : ended Bye
        "#]],
    );
}

#[test]
fn centre_calls_a_registered_phone_and_hangs_up() {
    check(
        "
        0s phone registers
        1s centre dials mari
        2s phone rings
        3s phone answers
        9s centre hangs up
        20s phone unregisters
        ",
        expect![[r#"
            0       phone registers
            0       phone    > centre   REGISTER
            10      centre   > phone    401 REGISTER
            20      phone    > centre   REGISTER
            30      centre   > phone    200 REGISTER
            30      centre   : registered mari at sip:mari@10.0.0.3:5060, the first
            40      phone    : register done 200 for 600s
            1000    centre dials mari
            1000    centre   > phone    INVITE
            1010    phone    > centre   100 INVITE
            1010    phone    : invited to mari by mari (anybody), sdp of centre
            2000    phone rings
            2000    phone    > centre   180 INVITE
            2010    centre   : ringing
            3000    phone answers
            3000    phone    > centre   200 INVITE
            3010    centre   > phone    ACK
            3010    centre   : answered, sdp of phone
            3020    phone    : confirmed, no sdp
            9000    centre hangs up
            9000    centre   : ended Ours
            9000    centre   > phone    BYE
            9010    phone    > centre   200 BYE
            9010    phone    : ended Bye
            20000   phone unregisters
            20000   phone    > centre   REGISTER
            20010   centre   > phone    401 REGISTER
            20020   phone    > centre   REGISTER
            20030   centre   > phone    200 REGISTER
            20030   centre   : unregistered mari
            20040   phone    : register done 200 for 0s
        "#]],
    );
}

#[test]
fn user_calls_the_centre_with_a_password() {
    check(
        "
        0s phone dials 6001000
        1s centre answers
        9s phone hangs up
        ",
        expect![[r#"
            0       phone dials 6001000
            0       phone    > centre   INVITE
            10      centre   > phone    401 INVITE
            20      phone    > centre   ACK
            20      phone    > centre   INVITE
            30      centre   > phone    100 INVITE
            30      centre   : invited to 6001000 by mari (mari), sdp of phone
            1000    centre answers
            1000    centre   > phone    200 INVITE
            1010    phone    > centre   ACK
            1010    phone    : answered, sdp of centre
            1020    centre   : confirmed, no sdp
            9000    phone hangs up
            9000    phone    : ended Ours
            9000    phone    > centre   BYE
            9010    centre   > phone    200 BYE
            9010    centre   : ended Bye
        "#]],
    );
}
