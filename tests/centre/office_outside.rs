//! Our own phones call the outside, and nobody who comes from there does.

use std::time::Duration;

use expect_test::expect;
use sim::world::{Size, World};

use crate::check;

#[test]
fn the_outside_is_called_through_the_trunk_under_the_number_of_the_first_group() {
    check(
        "
        tell sip media activity
        group sales
        group support
        agent mari sales=2 support=1
        0s phones may call outside
        0s 5551000 has a phone
        1s mari dials 5551000
        3s 5551000 answers
        9s 5551000 hangs up
        ",
        expect![[r#"
            0s       plan 2 is in force
            1s           mari -> INVITE
            1.01s        mari <- 401 INVITE
            1.02s        mari -> ACK
            1.02s        mari -> INVITE
            1.03s        mari <- 100 INVITE
            1.03s    mari calls 5551000 outside: c1
            1.03s    mari is calling the outside
            1.03s        5551000 <- INVITE
            1.04s        5551000 -> 100 INVITE
            1.04s    5551000: it rings, "support"
            1.04s        5551000 -> 180 INVITE
            1.05s        mari <- 180 INVITE
            3s           5551000 -> 200 INVITE
            3.01s        5551000 <- ACK
            3.01s        relay 0: caller PCMA sendrecv
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s    c1 is answered
            3.01s        mari <- 200 INVITE
            3.02s    5551000: connected
            3.02s        mari -> ACK
            3.02s    mari: answered
            9s           5551000 -> BYE
            9.01s        5551000 <- 200 BYE
            9.01s    c1 ends: answered, talked 6s
            9.01s        relay 0: free
            9.01s        mari <- BYE
            9.01s    mari is idle
            9.02s        mari -> 200 BYE
            9.02s    mari: hung up on
        "#]],
    );
}

#[test]
fn a_person_without_a_group_calls_the_outside_without_a_name() {
    check(
        "
        agent tiit
        0s phones may call outside
        0s +3725551000 has a phone
        1s tiit dials +3725551000
        3s +3725551000 answers
        9s tiit hangs up
        ",
        expect![[r#"
            0s       plan 2 is in force
            1.03s    tiit calls +3725551000 outside: c1
            1.04s    +3725551000: it rings, ""
            3.01s    c1 is answered
            3.02s    +3725551000: connected
            3.02s    tiit: answered
            9.01s    c1 ends: answered, talked 6s
            9.02s    +3725551000: hung up on
        "#]],
    );
}

#[test]
fn an_agent_who_calls_the_outside_is_not_rung() {
    check(
        "
        tell activity
        group sales wrap=0s
        agent mari sales=1
        0s phones may call outside
        0s 5551000 has a phone
        1s mari dials 5551000
        2s kati dials sales
        3s 5551000 answers
        9s mari hangs up
        11s mari answers
        13s kati hangs up
        ",
        expect![[r#"
            0s       plan 2 is in force
            1.03s    mari calls 5551000 outside: c1
            1.03s    mari is calling the outside
            1.04s    5551000: it rings, "sales"
            2.01s    kati dials 6000001: c2
            2.01s    c2 waits in sales, place 1
            2.02s    kati: answered
            3.01s    c1 is answered
            3.02s    5551000: connected
            3.02s    mari: answered
            9.01s    c1 ends: answered, talked 6s
            9.01s    mari is idle
            9.01s    c2 is offered to mari
            9.01s    mari is offered a call
            9.02s    5551000: hung up on
            9.02s    mari: it rings, "kati (sales)"
            9.03s    mari's phone rings for c2
            11.01s   c2 is recorded
            11.01s   offer of c2 to mari ends: answered after ringing 1.98s
            11.01s   c2 leaves sales: answered after 9s
            11.01s   c2 talks with mari
            11.01s   mari is talking
            11.02s   mari: connected
            13.01s   c2 and mari have talked 2s: caller hung up
            13.01s   mari is idle
            13.02s   mari: hung up on
            13.21s   c2 is on file, 2s
        "#]],
    );
}

#[test]
fn an_outside_number_that_does_not_answer_is_busy_or_is_none() {
    check(
        "
        agent tiit
        0s phones may call outside
        0s 5551000 has a phone
        1s tiit dials 5551000
        3s 5551000 is busy
        5s tiit dials 5551000
        7s 5551000 fails 404
        9s tiit dials 5551000
        11s 5551000 fails 503
        13s tiit dials 5551000
        ",
        expect![[r#"
            0s       plan 2 is in force
            1.03s    tiit calls 5551000 outside: c1
            1.04s    5551000: it rings, ""
            3.01s    c1 ends: busy, talked 0s
            3.02s    tiit: refused with 486
            5.03s    tiit calls 5551000 outside: c2
            5.04s    5551000: it rings, ""
            7.01s    c2 ends: unreachable, talked 0s
            7.02s    tiit: refused with 404
            9.03s    tiit calls 5551000 outside: c3
            9.04s    5551000: it rings, ""
            11.01s   c3 ends: unreachable, talked 0s
            11.02s   tiit: refused with 503
            13.03s   tiit calls 5551000 outside: c4
            13.04s   5551000: it rings, ""
            58.04s   5551000: it stops ringing
            58.05s   c4 ends: no answer, talked 0s
            58.06s   tiit: refused with 480
        "#]],
    );
}

#[test]
fn the_outside_is_closed_until_somebody_opens_it() {
    check(
        "
        agent tiit
        0s 5551000 has a phone
        1s tiit dials 5551000
        ",
        expect![[r#"
            1.03s    tiit cannot call 5551000: 404
            1.04s    tiit: refused with 404
        "#]],
    );
}

#[test]
fn only_digits_after_a_plus_or_not_reach_the_trunk() {
    check(
        "
        agent tiit
        0s phones may call outside
        1s tiit dials 555-1000
        2s tiit dials *21
        3s tiit dials ++1
        4s tiit dials 1+1
        5s tiit dials +
        6s tiit dials tiina
        7s tiit dials 123456789012345678901234567890123
        ",
        expect![[r#"
            0s       plan 2 is in force
            1.03s    tiit cannot call 555-1000: 404
            1.04s    tiit: refused with 404
            2.03s    tiit cannot call *21: 404
            2.04s    tiit: refused with 404
            3.03s    tiit cannot call ++1: 404
            3.04s    tiit: refused with 404
            4.03s    tiit cannot call 1+1: 404
            4.04s    tiit: refused with 404
            5.03s    tiit cannot call +: 404
            5.04s    tiit: refused with 404
            6.03s    tiit cannot call tiina: 404
            6.04s    tiit: refused with 404
            7.03s    tiit cannot call 123456789012345678901234567890123: 404
            7.04s    tiit: refused with 404
        "#]],
    );
}

#[test]
fn nobody_who_comes_by_a_trunk_reaches_the_outside_or_an_extension() {
    check(
        "
        tell sip
        agent tiit
        0s phones may call outside
        0s 5551000 has a phone
        1s kati dials 5551000
        2s kati dials 101
        3s kati dials +5551000
        ",
        expect![[r#"
            0s       plan 2 is in force
            1s           kati -> INVITE
            1.01s        kati <- 100 INVITE
            1.01s    kati cannot call 5551000: 404
            1.01s        kati <- 404 INVITE
            1.02s        kati -> ACK
            1.02s    kati: refused with 404
            2s           kati -> INVITE
            2.01s        kati <- 100 INVITE
            2.01s    kati cannot call 101: 404
            2.01s        kati <- 404 INVITE
            2.02s        kati -> ACK
            2.02s    kati: refused with 404
            3s           kati -> INVITE
            3.01s        kati <- 100 INVITE
            3.01s    kati cannot call +5551000: 404
            3.01s        kati <- 404 INVITE
            3.02s        kati -> ACK
            3.02s    kati: refused with 404
        "#]],
    );
}

#[test]
fn office_calls_and_diverted_ones_share_the_limit_of_calls_to_the_outside() {
    let mut world = World::new(Size::default());
    let mut script = String::new();
    for person in 0..51 {
        script += &format!("agent p{person}\n");
    }
    script += "0s phones may call outside\n0s 5551000 has a phone\n";
    for person in 0..51 {
        script += &format!("1s p{person} dials 5551000\n");
    }
    script += "1.02s cut 5551000\n";
    world.play(&script).unwrap();
    world.run_for(Duration::from_secs(5));
    let story = world.story();
    let refused: Vec<&str> = story.lines().filter(|line| line.contains("cannot call")).collect();
    assert_eq!(refused.len(), 1, "{story}");
    assert!(refused.iter().all(|line| line.ends_with("cannot call 5551000: 503")), "{story}");
    world.rest().unwrap();
}
