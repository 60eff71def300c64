//! What a centre does when it is full, or about to go.

use expect_test::expect;
use sim::world::{Size, World};

use crate::{check, check_world};

#[test]
fn a_drained_centre_takes_no_new_calls_and_ends_none() {
    check(
        "
        group sales
        agent mari sales=1
        1s kati dials sales
        3s mari answers
        4s the centre drains
        5s peeter dials sales
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
            5.01s    peeter cannot call 6000001: 503
            5.02s    peeter: refused with 503
            9.01s    c1 and mari have talked 6s: caller hung up
            9.02s    mari: hung up on
            9.21s    c1 is on file, 6s
        "#]],
    );
}

#[test]
fn a_centre_that_ends_all_leaves_nobody_on_the_line() {
    check(
        "
        tell media
        group sales
        agent mari sales=1
        agent jaan sales=2
        1s kati dials sales
        3s mari answers
        4s peeter dials sales
        4s liis dials sales
        6s the centre ends all
        7s anu dials sales
        ",
        expect![[r#"
            1.01s        relay 0: caller PCMA sendrecv
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            3.01s        relay 0: caller PCMA sendrecv
            3.01s        relay 0: agent PCMA sendrecv
            3.01s        relay 0: joined
            3.01s        relay 0: record PCMA
            3.01s    c1 is recorded
            3.01s    offer of c1 to mari ends: answered after ringing 1.98s
            3.01s    c1 leaves sales: answered after 2s
            3.01s    c1 talks with mari
            3.02s    mari: connected
            4.01s        relay 1: caller PCMA sendrecv
            4.01s        relay 1: music
            4.01s    peeter dials 6000001: c2
            4.01s    c2 waits in sales, place 1
            4.01s    c2 is offered to jaan
            4.01s        relay 2: caller PCMA sendrecv
            4.01s        relay 2: music
            4.01s    liis dials 6000001: c3
            4.01s    c3 waits in sales, place 1
            4.02s    peeter: answered
            4.02s    jaan: it rings, "peeter (sales)"
            4.02s    liis: answered
            4.03s    jaan's phone rings for c2
            6s       c3 leaves sales: abandoned after 1.99s
            6s           relay 2: free
            6s       offer of c2 to jaan ends: caller_left after ringing 1.97s
            6s       c2 leaves sales: abandoned after 1.99s
            6s           relay 1: free
            6s       c1 and mari have talked 2.99s: caller was cut off by us
            6s           relay 0: stop recording
            6s           relay 0: free
            6.01s    liis: hung up on
            6.01s    peeter: hung up on
            6.01s    jaan: it stops ringing
            6.01s    kati: hung up on
            6.01s    mari: hung up on
            6.2s     c1 is on file, 2.99s
            7.01s    anu cannot call 6000001: 503
            7.02s    anu: refused with 503
        "#]],
    );
}

#[test]
fn an_overloaded_centre_says_so_and_recovers() {
    check(
        "
        group sales
        agent mari sales=1
        1s the centre is overloaded
        2s kati dials sales
        3s the centre recovers
        4s kati dials sales
        5s mari answers
        9s kati hangs up
        ",
        expect![[r#"
            2.01s    kati cannot call 6000001: 503
            2.02s    kati: refused with 503
            4.01s    kati dials 6000001: c1
            4.01s    c1 waits in sales, place 1
            4.01s    c1 is offered to mari
            4.02s    kati: answered
            4.02s    mari: it rings, "kati (sales)"
            4.03s    mari's phone rings for c1
            5.01s    c1 is recorded
            5.01s    offer of c1 to mari ends: answered after ringing 0.98s
            5.01s    c1 leaves sales: answered after 1s
            5.01s    c1 talks with mari
            5.02s    mari: connected
            9.01s    c1 and mari have talked 4s: caller hung up
            9.02s    mari: hung up on
            9.21s    c1 is on file, 4s
        "#]],
    );
}

#[test]
fn calls_beyond_the_limit_are_refused() {
    let mut world = World::new(Size { calls_max: 1, ..Size::default() });
    world
        .play(
            "
            group sales
            agent mari sales=1
            1s kati dials sales
            2s peeter dials sales
            9s kati hangs up
            10s peeter dials sales
            12s mari answers
            19s peeter hangs up
            ",
        )
        .unwrap();
    check_world(
        world,
        expect![[r#"
        1.01s    kati dials 6000001: c1
        1.01s    c1 waits in sales, place 1
        1.01s    c1 is offered to mari
        1.02s    kati: answered
        1.02s    mari: it rings, "kati (sales)"
        1.03s    mari's phone rings for c1
        2.01s    peeter cannot call 6000001: 503
        2.02s    peeter: refused with 503
        9.01s    offer of c1 to mari ends: caller_left after ringing 7.98s
        9.01s    c1 leaves sales: abandoned after 8s
        9.02s    mari: it stops ringing
        10.01s   peeter dials 6000001: c2
        10.01s   c2 waits in sales, place 1
        10.01s   c2 is offered to mari
        10.02s   peeter: answered
        10.02s   mari: it rings, "peeter (sales)"
        10.03s   mari's phone rings for c2
        12.01s   c2 is recorded
        12.01s   offer of c2 to mari ends: answered after ringing 1.98s
        12.01s   c2 leaves sales: answered after 2s
        12.01s   c2 talks with mari
        12.02s   mari: connected
        19.01s   c2 and mari have talked 7s: caller hung up
        19.02s   mari: hung up on
        19.21s   c2 is on file, 7s
    "#]],
    );
}

#[test]
fn without_a_free_relay_a_caller_is_refused_and_nothing_leaks() {
    let mut world = World::new(Size { relays_max: 1, ..Size::default() });
    world
        .play(
            "
            tell media
            group sales
            agent mari sales=1
            1s kati dials sales
            2s peeter dials sales
            9s kati hangs up
            10s peeter dials sales
            19s peeter hangs up
            ",
        )
        .unwrap();
    check_world(
        world,
        expect![[r#"
            1.01s        relay 0: caller PCMA sendrecv
            1.01s        relay 0: music
            1.01s    kati dials 6000001: c1
            1.01s    c1 waits in sales, place 1
            1.01s    c1 is offered to mari
            1.02s    kati: answered
            1.02s    mari: it rings, "kati (sales)"
            1.03s    mari's phone rings for c1
            2.01s    peeter cannot call 6000001: 503
            2.02s    peeter: refused with 503
            9.01s    offer of c1 to mari ends: caller_left after ringing 7.98s
            9.01s    c1 leaves sales: abandoned after 8s
            9.01s        relay 0: free
            9.01s        bind 64 relays
            9.02s    mari: it stops ringing
            10.01s       relay 0: caller PCMA sendrecv
            10.01s       relay 0: music
            10.01s   peeter dials 6000001: c2
            10.01s   c2 waits in sales, place 1
            10.01s   c2 is offered to mari
            10.02s   peeter: answered
            10.02s   mari: it rings, "peeter (sales)"
            10.03s   mari's phone rings for c2
            19.01s   offer of c2 to mari ends: caller_left after ringing 8.98s
            19.01s   c2 leaves sales: abandoned after 9s
            19.01s       relay 0: free
            19.02s   mari: it stops ringing
            19.03s       bind 64 relays
            31.25s       bind 64 relays
            42.25s       bind 64 relays
        "#]],
    );
}

#[test]
fn without_any_relay_every_caller_is_refused() {
    let mut world = World::new(Size { relays_max: 0, ..Size::default() });
    world
        .play(
            "
            tell media
            group sales
            agent mari sales=1
            1s kati dials sales
            30s peeter dials sales
            ",
        )
        .unwrap();
    check_world(
        world,
        expect![[r#"
        1.01s    kati cannot call 6000001: 503
        1.02s    kati: refused with 503
        30.01s   peeter cannot call 6000001: 503
        30.01s       bind 64 relays
        30.02s   peeter: refused with 503
    "#]],
    );
}
