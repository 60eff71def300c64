//! Office calls that reach nobody: busy, away, unwilling, or one too many.

use expect_test::expect;

use crate::check;

#[test]
fn a_colleague_does_not_pick_up() {
    check(
        "
        agent mari
        agent jaan
        1s mari dials jaan
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.04s    jaan: it rings, "mari"
            46.04s   jaan: it stops ringing
            46.05s   c1 ends: no answer, talked 0s
            46.06s   mari: refused with 480
        "#]],
    );
}

#[test]
fn a_colleague_presses_reject() {
    check(
        "
        agent mari
        agent jaan
        1s mari dials jaan
        3s jaan rejects
        5s mari dials jaan
        7s jaan is busy
        9s mari dials jaan
        11s jaan fails 500
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.04s    jaan: it rings, "mari"
            3.01s    c1 ends: rejected, talked 0s
            3.02s    mari: refused with 603
            5.03s    mari calls jaan: c2
            5.04s    jaan: it rings, "mari"
            7.01s    c2 ends: busy, talked 0s
            7.02s    mari: refused with 486
            9.03s    mari calls jaan: c3
            9.04s    jaan: it rings, "mari"
            11.01s   c3 ends: unreachable, talked 0s
            11.02s   mari: refused with 480
        "#]],
    );
}

#[test]
fn a_colleague_without_a_phone_is_not_there() {
    check(
        "
        agent mari
        agent jaan phone=off
        1s mari dials jaan
        ",
        expect![[r#"
            1.03s    mari cannot call 102: 480
            1.04s    mari: refused with 480
        "#]],
    );
}

#[test]
fn an_extension_that_nobody_has_is_not_found() {
    check(
        "
        agent mari
        1s mari dials 199
        ",
        expect![[r#"
            1.03s    mari cannot call 199: 404
            1.04s    mari: refused with 404
        "#]],
    );
}

/// With a caller, while his phone rings for one, with a colleague, and for himself.
#[test]
fn whoever_talks_or_rings_is_busy() {
    check(
        "
        group sales wrap=0s
        agent mari sales=1
        agent jaan
        agent tiit
        1s kati dials sales
        2s jaan dials mari
        3s mari answers
        4s jaan dials mari
        6s kati hangs up
        7s jaan dials mari
        8s tiit dials jaan
        9s mari answers
        10s tiit dials mari
        12s jaan hangs up
        14s jaan dials jaan
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            2.03s    jaan cannot call 101: 486
            2.04s    jaan: refused with 486
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            4.03s    jaan cannot call 101: 486
            4.04s    jaan: refused with 486
            6.01s    c1 and mari have talked 3s: caller hung up
            6.02s    mari: hung up on
            6.21s    c1 is on file, 3s
            7.03s    jaan calls mari: c2
            7.04s    mari: it rings, "jaan"
            8.03s    tiit cannot call 102: 486
            8.04s    tiit: refused with 486
            9.01s    c2 is answered
            9.02s    mari: connected
            9.02s    jaan: answered
            10.03s   tiit cannot call 101: 486
            10.04s   tiit: refused with 486
            12.01s   c2 ends: answered, talked 3s
            12.02s   mari: hung up on
            14.03s   jaan cannot call 102: 486
            14.04s   jaan: refused with 486
        "#]],
    );
}

#[test]
fn a_codec_that_we_do_not_have_rings_nobody() {
    check(
        "
        agent mari
        agent jaan
        1s mari dials jaan speaking opus
        ",
        expect![[r#"
            1.03s    mari cannot call 102: 488
            1.04s    mari: refused with 488
        "#]],
    );
}

#[test]
fn two_who_call_each_other_are_both_busy() {
    check(
        "
        agent mari
        agent jaan
        1s mari dials jaan
        1s jaan dials mari
        5s jaan hangs up
        ",
        expect![[r#"
            1.03s    mari calls jaan: c1
            1.03s    jaan cannot call 101: 486
            1.04s    jaan: is busy
            1.04s    jaan: refused with 486
            1.05s    c1 ends: busy, talked 0s
            1.06s    mari: refused with 486
        "#]],
    );
}

#[test]
fn a_fifth_call_of_one_person_is_one_too_many() {
    check(
        "
        agent mari
        agent a
        agent b
        agent c
        agent d
        agent e
        1s mari dials a
        2s mari's phone is new
        2s mari dials b
        3s mari's phone is new
        3s mari dials c
        4s mari's phone is new
        4s mari dials d
        5s mari's phone is new
        5s mari dials e
        ",
        expect![[r#"
            1.03s    mari calls a: c1
            1.04s    a: it rings, "mari"
            2.03s    mari calls b: c2
            2.04s    b: it rings, "mari"
            3.03s    mari calls c: c3
            3.04s    c: it rings, "mari"
            4.03s    mari calls d: c4
            4.04s    d: it rings, "mari"
            5.03s    mari cannot call 106: 486
            5.04s    mari: refused with 486
            46.04s   a: it stops ringing
            46.05s   c1 ends: no answer, talked 0s
            46.06s   mari: refused with 480
            47.04s   b: it stops ringing
            47.05s   c2 ends: no answer, talked 0s
            47.06s   mari: refused with 480
            48.04s   c: it stops ringing
            48.05s   c3 ends: no answer, talked 0s
            48.06s   mari: refused with 480
            49.04s   d: it stops ringing
            49.05s   c4 ends: no answer, talked 0s
            49.06s   mari: refused with 480
        "#]],
    );
}

#[test]
fn a_colleague_who_waits_in_a_group_is_busy() {
    check(
        "
        tell activity
        group sales
        agent mari sales=1
        agent tiit
        0s mari takes a break
        1s tiit dials sales
        3s mari dials tiit
        5s tiit hangs up
        7s mari dials tiit
        8s tiit answers
        9s mari hangs up
        ",
        expect![[r#"
            0s       mari wants a break (break), by agent
            1.03s    tiit is talking with a colleague
            1.03s    tiit dials 6000001: c1
            1.03s    c1 waits in sales, place 1
            1.04s    tiit: answered
            3.03s    mari cannot call 102: 486
            3.04s    mari: refused with 486
            5.01s    c1 leaves sales: abandoned after 3.98s
            5.01s    tiit is idle
            7.03s    mari calls tiit: c2
            7.03s    mari is talking with a colleague
            7.03s    tiit is talking with a colleague
            7.04s    tiit: it rings, "mari"
            8.01s    c2 is answered
            8.02s    tiit: connected
            8.02s    mari: answered
            9.01s    c2 ends: answered, talked 1s
            9.01s    mari is idle
            9.01s    tiit is idle
            9.02s    tiit: hung up on
        "#]],
    );
}
