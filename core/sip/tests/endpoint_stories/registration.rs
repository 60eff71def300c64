//! Phones come, stay, move and go.

use expect_test::expect;

use crate::world::check;

#[test]
fn binding_runs_out() {
    check(
        "
        0s phone registers
        700s centre dials mari
        ",
        expect![[r#"
            0       phone registers
            0       phone    > centre   REGISTER
            10      centre   > phone    401 REGISTER
            20      phone    > centre   REGISTER
            30      centre   > phone    200 REGISTER
            30      centre   : registered mari at sip:mari@10.0.0.3:5060, the first
            40      phone    : register done 200 for 600s
            600030  centre   : unregistered mari
            700000  centre dials mari
            700000  centre   : failed 480
        "#]],
    );
}

#[test]
fn refresh_keeps_the_binding() {
    check(
        "
        0s phone registers
        300s phone registers
        700s phone unregisters
        ",
        expect![[r#"
            0       phone registers
            0       phone    > centre   REGISTER
            10      centre   > phone    401 REGISTER
            20      phone    > centre   REGISTER
            30      centre   > phone    200 REGISTER
            30      centre   : registered mari at sip:mari@10.0.0.3:5060, the first
            40      phone    : register done 200 for 600s
            300000  phone registers
            300000  phone    > centre   REGISTER
            300010  centre   > phone    401 REGISTER
            300020  phone    > centre   REGISTER
            300030  centre   > phone    200 REGISTER
            300030  centre   : registered mari at sip:mari@10.0.0.3:5060
            300040  phone    : register done 200 for 600s
            700000  phone unregisters
            700000  phone    > centre   REGISTER
            700010  centre   > phone    401 REGISTER
            700020  phone    > centre   REGISTER
            700030  centre   > phone    200 REGISTER
            700030  centre   : unregistered mari
            700040  phone    : register done 200 for 0s
        "#]],
    );
}

#[test]
fn wrong_password_is_refused() {
    check(
        "
        0s phone forgets
        0s phone registers
        ",
        expect![[r#"
            0       phone forgets
            0       phone registers
            0       phone    > centre   REGISTER
            10      centre   > phone    401 REGISTER
            20      phone    > centre   REGISTER
            30      centre   > phone    403 REGISTER
            40      phone    : register done 403 for 0s
        "#]],
    );
}

#[test]
fn lost_register_is_repeated() {
    check(
        "
        lose REGISTER
        lose 401 REGISTER
        0s phone registers
        9s phone unregisters
        ",
        expect![[r#"
            0       phone registers
            0       phone    > centre   REGISTER  (lost)
            500     phone    > centre   REGISTER
            510     centre   > phone    401 REGISTER  (lost)
            1500    phone    > centre   REGISTER
            1510    centre   > phone    401 REGISTER
            1520    phone    > centre   REGISTER
            1530    centre   > phone    200 REGISTER
            1530    centre   : registered mari at sip:mari@10.0.0.3:5060, the first
            1540    phone    : register done 200 for 600s
            9000    phone unregisters
            9000    phone    > centre   REGISTER
            9010    centre   > phone    401 REGISTER
            9020    phone    > centre   REGISTER
            9030    centre   > phone    200 REGISTER
            9030    centre   : unregistered mari
            9040    phone    : register done 200 for 0s
        "#]],
    );
}

#[test]
fn lost_answer_to_register_is_given_again() {
    check(
        "
        lose 200 REGISTER
        0s phone registers
        9s phone unregisters
        ",
        expect![[r#"
            0       phone registers
            0       phone    > centre   REGISTER
            10      centre   > phone    401 REGISTER
            20      phone    > centre   REGISTER
            30      centre   > phone    200 REGISTER  (lost)
            30      centre   : registered mari at sip:mari@10.0.0.3:5060, the first
            520     phone    > centre   REGISTER
            530     centre   > phone    200 REGISTER
            540     phone    : register done 200 for 600s
            9000    phone unregisters
            9000    phone    > centre   REGISTER
            9010    centre   > phone    401 REGISTER
            9020    phone    > centre   REGISTER
            9030    centre   > phone    200 REGISTER
            9030    centre   : unregistered mari
            9040    phone    : register done 200 for 0s
        "#]],
    );
}

#[test]
fn calls_go_to_the_newest_of_two_devices() {
    check(
        "
        0s phone registers
        1s desk registers
        2s phone registers
        3s centre dials mari
        4s desk rings
        5s desk refuses 486
        6s desk unregisters
        7s centre dials mari
        8s phone refuses 486
        9s phone unregisters
        ",
        expect![[r#"
            0       phone registers
            0       phone    > centre   REGISTER
            10      centre   > phone    401 REGISTER
            20      phone    > centre   REGISTER
            30      centre   > phone    200 REGISTER
            30      centre   : registered mari at sip:mari@10.0.0.3:5060, the first
            40      phone    : register done 200 for 600s
            1000    desk registers
            1000    desk     > centre   REGISTER
            1010    centre   > desk     401 REGISTER
            1020    desk     > centre   REGISTER
            1030    centre   > desk     200 REGISTER
            1030    centre   : registered mari at sip:mari@10.0.0.4:5060
            1040    desk     : register done 200 for 600s
            2000    phone registers
            2000    phone    > centre   REGISTER
            2010    centre   > phone    401 REGISTER
            2020    phone    > centre   REGISTER
            2030    centre   > phone    200 REGISTER
            2030    centre   : registered mari at sip:mari@10.0.0.3:5060
            2040    phone    : register done 200 for 600s
            3000    centre dials mari
            3000    centre   > desk     INVITE
            3010    desk     > centre   100 INVITE
            3010    desk     : invited to mari by mari (anybody), sdp of centre
            4000    desk rings
            4000    desk     > centre   180 INVITE
            4010    centre   : ringing
            5000    desk refuses 486
            5000    desk     > centre   486 INVITE
            5010    centre   > desk     ACK
            5010    centre   : failed 486
            6000    desk unregisters
            6000    desk     > centre   REGISTER
            6010    centre   > desk     401 REGISTER
            6020    desk     > centre   REGISTER
            6030    centre   > desk     200 REGISTER
            6040    desk     : register done 200 for 0s
            7000    centre dials mari
            7000    centre   > phone    INVITE
            7010    phone    > centre   100 INVITE
            7010    phone    : invited to mari by mari (anybody), sdp of centre
            8000    phone refuses 486
            8000    phone    > centre   486 INVITE
            8010    centre   > phone    ACK
            8010    centre   : failed 486
            9000    phone unregisters
            9000    phone    > centre   REGISTER
            9010    centre   > phone    401 REGISTER
            9020    phone    > centre   REGISTER
            9030    centre   > phone    200 REGISTER
            9030    centre   : unregistered mari
            9040    phone    : register done 200 for 0s
        "#]],
    );
}

#[test]
fn lost_flow_removes_its_binding() {
    check(
        "
        0s phone registers
        1s desk registers
        2s centre loses desk
        3s centre dials mari
        4s phone refuses 486
        5s centre loses phone
        6s centre dials mari
        ",
        expect![[r#"
            0       phone registers
            0       phone    > centre   REGISTER
            10      centre   > phone    401 REGISTER
            20      phone    > centre   REGISTER
            30      centre   > phone    200 REGISTER
            30      centre   : registered mari at sip:mari@10.0.0.3:5060, the first
            40      phone    : register done 200 for 600s
            1000    desk registers
            1000    desk     > centre   REGISTER
            1010    centre   > desk     401 REGISTER
            1020    desk     > centre   REGISTER
            1030    centre   > desk     200 REGISTER
            1030    centre   : registered mari at sip:mari@10.0.0.4:5060
            1040    desk     : register done 200 for 600s
            2000    centre loses desk
            3000    centre dials mari
            3000    centre   > phone    INVITE
            3010    phone    > centre   100 INVITE
            3010    phone    : invited to mari by mari (anybody), sdp of centre
            4000    phone refuses 486
            4000    phone    > centre   486 INVITE
            4010    centre   > phone    ACK
            4010    centre   : failed 486
            5000    centre loses phone
            5000    centre   : unregistered mari
            6000    centre dials mari
            6000    centre   : failed 480
        "#]],
    );
}

#[test]
fn registrar_that_is_gone_is_told_as_408() {
    check(
        "
        lose all REGISTER
        0s phone registers
        ",
        expect![[r#"
            0       phone registers
            0       phone    > centre   REGISTER  (lost)
            500     phone    > centre   REGISTER  (lost)
            1500    phone    > centre   REGISTER  (lost)
            3500    phone    > centre   REGISTER  (lost)
            7500    phone    > centre   REGISTER  (lost)
            11500   phone    > centre   REGISTER  (lost)
            15500   phone    > centre   REGISTER  (lost)
            19500   phone    > centre   REGISTER  (lost)
            23500   phone    > centre   REGISTER  (lost)
            27500   phone    > centre   REGISTER  (lost)
            31500   phone    > centre   REGISTER  (lost)
            32000   phone    : register done 408 for 0s
        "#]],
    );
}
