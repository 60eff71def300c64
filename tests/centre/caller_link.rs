//! The link to the caller dies at every step, in one direction or both, while both phones live.

use expect_test::expect;

use crate::check;

#[test]
fn the_callers_while_he_waits() {
    check(
        "
        group sales
        agent mari sales=1
        0s mari logs off
        1s kati dials sales
        5s cut kati
        ",
        expect![[r#"
            0s       mari wants to be off, by agent
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.02s    kati: answered
            66.01s   c1 leaves sales: abandoned after 65s
        "#]],
    );
}

#[test]
fn the_callers_while_he_rings() {
    check(
        "
        group sales ring=60s
        agent mari sales=1
        1s kati dials sales
        5s cut kati
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            61.01s   offer of c1 to mari ends: no_answer after ringing 59.98s
            61.02s   mari: it stops ringing
            66.01s   c1 leaves sales: abandoned after 65s
        "#]],
    );
}

#[test]
fn the_callers_while_they_talk() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        9s cut kati
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            38.01s   c1 and mari have talked 35s: caller was cut off
            38.02s   mari: hung up on
            38.21s   c1 is on file, 35s
        "#]],
    );
}

#[test]
fn only_from_the_caller_while_they_talk() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        9s cut from kati
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s        kati <- 200 INVITE
            1.01s        mari <- INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            1.02s        mari -> 100 INVITE
            1.02s    mari: it rings, "kati (sales)"
            1.02s        mari -> 180 INVITE
            1.03s    mari's phone rings for c1
            3s           mari -> 200 INVITE
            3.01s        mari <- ACK
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            38.01s   c1 and mari have talked 35s: caller was cut off
            38.01s       kati <- BYE
            38.01s       mari <- BYE
            38.02s       kati -> 200 BYE  (lost)
            38.02s   kati: hung up on
            38.02s       mari -> 200 BYE
            38.02s   mari: hung up on
            38.21s   c1 is on file, 35s
        "#]],
    );
}

#[test]
fn only_to_the_caller_while_they_talk() {
    check(
        "
        tell sip
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        9s cut to kati
        20s kati hangs up
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.01s        kati <- 200 INVITE
            1.01s        mari <- INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            1.02s        mari -> 100 INVITE
            1.02s    mari: it rings, "kati (sales)"
            1.02s        mari -> 180 INVITE
            1.03s    mari's phone rings for c1
            3s           mari -> 200 INVITE
            3.01s        mari <- ACK
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            20s          kati -> BYE
            20.01s       kati <- 200 BYE  (lost)
            20.01s   c1 and mari have talked 17s: caller hung up
            20.01s       mari <- BYE
            20.02s       mari -> 200 BYE
            20.02s   mari: hung up on
            20.21s   c1 is on file, 17s
        "#]],
    );
}

#[test]
fn only_to_the_caller_before_he_hears_that_he_is_answered() {
    check(
        "
        group sales ring=60s
        agent mari sales=1
        1s kati dials sales
        1.005s cut to kati
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            33s      kati: refused with 408
            33.01s   offer of c1 to mari ends: caller_left after ringing 31.98s
            33.01s   c1 leaves sales: abandoned after 32s
            33.02s   mari: it stops ringing
        "#]],
    );
}

#[test]
fn only_from_the_caller_before_he_acknowledges() {
    check(
        "
        group sales ring=60s
        agent mari sales=1
        1s kati dials sales
        1.015s cut from kati
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            33.01s   offer of c1 to mari ends: caller_left after ringing 31.98s
            33.01s   c1 leaves sales: abandoned after 32s
            33.02s   kati: hung up on
            33.02s   mari: it stops ringing
        "#]],
    );
}

#[test]
fn everybodys() {
    check(
        "
        group sales wrap=5s
        agent mari sales=1
        1s kati dials sales
        5s mari answers
        9s cut mari
        9s cut kati
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 3.98s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with mari
            5.02s    mari: connected
            38.01s   c1 and mari have talked 33s: caller was cut off
            38.01s   mari wraps up c1
            38.21s   c1 is on file, 33s
            43.01s   mari has wrapped up, by timer
        "#]],
    );
}
