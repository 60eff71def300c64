//! The plan changes in mid-call: what is going on finishes, everything else obeys at once.

use expect_test::expect;

use crate::check;

#[test]
fn a_person_added_takes_the_call_that_waits() {
    check(
        "
        group sales
        agent mari phone=off
        agent jaan
        1s kati dials sales
        3s agent jaan sales=1
        5s jaan answers
        9s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.02s    kati: answered
            3s       plan 2 is in force
            3s       c1 is offered to jaan
            3.01s    jaan: it rings, "kati (sales)"
            3.02s    jaan's phone rings for c1
            5.01s    c1 is recorded
            5.01s    offer of c1 to jaan ends: answered after ringing 1.99s
            5.01s    c1 leaves sales: answered after 4s
            5.01s    c1 talks with jaan
            5.02s    jaan: connected
            9.01s    c1 and jaan have talked 4s: caller hung up
            9.02s    jaan: hung up on
            9.21s    c1 is on file, 4s
        "#]],
    );
}

#[test]
fn a_person_with_a_new_phone_takes_the_very_next_call() {
    check(
        "
        group sales
        agent mari sales=1 phone=off
        1s agent jaan sales=1
        2s jaan's phone is new
        3s kati dials sales
        5s jaan answers
        9s kati hangs up
        ",
        expect![[r#"
            1s       plan 2 is in force
            1s       jaan wants calls, by rule
            2.03s    jaan has a phone
            3.01s    kati dials 6000001: c1
            3.01s    c1 waits in sales, place 1
            3.01s    c1 is offered to jaan
            3.02s    kati: answered
            3.02s    jaan: it rings, "kati (sales)"
            3.03s    jaan's phone rings for c1
            5.01s    c1 is recorded
            5.01s    offer of c1 to jaan ends: answered after ringing 1.98s
            5.01s    c1 leaves sales: answered after 2s
            5.01s    c1 talks with jaan
            5.02s    jaan: connected
            9.01s    c1 and jaan have talked 4s: caller hung up
            9.02s    jaan: hung up on
            9.21s    c1 is on file, 4s
        "#]],
    );
}

#[test]
fn a_person_removed_finishes_his_talk() {
    check(
        "
        group sales wrap=5s
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        3s mari answers
        5s remove agent mari
        9s kati hangs up
        20s peeter dials sales
        22s jaan answers
        29s peeter hangs up
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
            5s       mari has lost the phone mari
            5s       plan 2 is in force
            9.01s    c1 and mari have talked 6s: caller hung up
            9.01s    mari wraps up c1
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
            14.01s   mari has wrapped up, by timer
            14.01s   mari wants to be off, by rule
            20.01s   peeter dials 6000001: c2
            20.01s   c2 waits in sales, place 1
            20.01s   c2 is offered to jaan
            20.02s   peeter: answered
            20.02s   jaan: it rings, "peeter (sales)"
            20.03s   jaan's phone rings for c2
            22.01s   c2 is recorded
            22.01s   offer of c2 to jaan ends: answered after ringing 1.98s
            22.01s   c2 leaves sales: answered after 2s
            22.01s   c2 talks with jaan
            22.02s   jaan: connected
            29.01s   c2 and jaan have talked 7s: caller hung up
            29.01s   jaan wraps up c2
            29.02s   jaan: hung up on
            29.21s   c2 is on file, 7s
            34.01s   jaan has wrapped up, by timer
        "#]],
    );
}

#[test]
fn a_person_removed_while_his_phone_rings_gives_the_call_back() {
    check(
        "
        group sales ring=10s
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        5s remove agent mari
        12s jaan answers
        19s kati hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            5s       mari has lost the phone mari
            5s       offer of c1 to mari ends: unreachable after ringing 3.97s
            5s       c1 is offered to jaan
            5s       plan 2 is in force
            5s       mari wants to be off, by rule
            5.01s    mari: it stops ringing
            5.01s    jaan: it rings, "kati (sales)"
            5.02s    jaan's phone rings for c1
            12.01s   c1 is recorded
            12.01s   offer of c1 to jaan ends: answered after ringing 6.99s
            12.01s   c1 leaves sales: answered after 11s
            12.01s   c1 talks with jaan
            12.02s   jaan: connected
            19.01s   c1 and jaan have talked 7s: caller hung up
            19.02s   jaan: hung up on
            19.21s   c1 is on file, 7s
        "#]],
    );
}

#[test]
fn callers_of_a_removed_group_are_let_go() {
    check(
        "
        tell sip
        group sales
        agent mari
        1s kati dials sales
        2s peeter dials sales
        5s remove group sales
        6s liis dials sales
        ",
        expect![[r#"
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s        kati <- 200 INVITE
            1.02s        kati -> ACK
            1.02s    kati: answered
            2s           peeter -> INVITE
            2.01s        peeter <- 100 INVITE
            2.01s    peeter dials 6000001: c2
            2.01s    c2 waits in sales, place 2
            2.01s        peeter <- 200 INVITE
            2.02s        peeter -> ACK
            2.02s    peeter: answered
            5s       plan 2 is in force
            5s       c1 leaves sales: refused after 3.99s
            5s       c2 leaves sales: refused after 2.99s
            5s           kati <- BYE
            5s           peeter <- BYE
            5.01s        kati -> 200 BYE
            5.01s    kati: hung up on
            5.01s        peeter -> 200 BYE
            5.01s    peeter: hung up on
            6s           liis -> INVITE
            6.01s        liis <- 100 INVITE
            6.01s    liis cannot call 6000001: 404
            6.01s        liis <- 404 INVITE
            6.02s        liis -> ACK
            6.02s    liis: refused with 404
        "#]],
    );
}

#[test]
fn a_group_removed_during_a_talk_lets_the_talk_go_on() {
    check(
        "
        group sales ring=10s
        agent mari sales=1
        agent jaan sales=1
        1s kati dials sales
        3s mari answers
        4s peeter dials sales
        5s remove group sales
        9s kati hangs up
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
            4.01s    peeter dials 6000001: c2
            4.01s    c2 waits in sales, place 1
            4.01s    c2 is offered to jaan
            4.02s    peeter: answered
            4.02s    jaan: it rings, "peeter (sales)"
            4.03s    jaan's phone rings for c2
            5s       plan 2 is in force
            9.01s    c1 and mari have talked 6s: caller hung up
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
            14.01s   offer of c2 to jaan ends: no_answer after ringing 9.98s
            14.01s   c2 leaves sales: refused after 10s
            14.02s   jaan: it stops ringing
            14.02s   peeter: hung up on
        "#]],
    );
}

#[test]
fn a_number_that_moves_leads_the_next_caller_elsewhere() {
    check(
        "
        group sales
        group support
        agent mari sales=1
        agent jaan support=1
        1s kati dials 6000001
        2s 6000001 belongs to support
        3s peeter dials 6000001
        4s mari answers
        5s jaan answers
        9s kati hangs up
        10s peeter hangs up
        ",
        expect![[r#"
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            2s       plan 2 is in force
            3.01s    peeter dials 6000001: c2
            3.01s    c2 waits in support, place 1
            3.01s    c2 is offered to jaan
            3.02s    peeter: answered
            3.02s    jaan: it rings, "peeter (support)"
            3.03s    jaan's phone rings for c2
            4.01s    c1 is recorded
            4.01s    offer of c1 to mari ends: answered after ringing 2.98s
            4.01s    c1 leaves sales: answered after 3s
            4.01s    c1 talks with mari
            4.02s    mari: connected
            5.01s    c2 is recorded
            5.01s    offer of c2 to jaan ends: answered after ringing 1.98s
            5.01s    c2 leaves support: answered after 2s
            5.01s    c2 talks with jaan
            5.02s    jaan: connected
            9.01s    c1 and mari have talked 5s: caller hung up
            9.02s    mari: hung up on
            9.21s    c1 is on file, 5s
            10.01s   c2 and jaan have talked 5s: caller hung up
            10.02s   jaan: hung up on
            10.21s   c2 is on file, 5s
        "#]],
    );
}
