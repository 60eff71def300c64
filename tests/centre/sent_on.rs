//! Callers whom the centre sends on to a number.

use std::time::Duration;

use expect_test::expect;
use sim::world::{Size, World};

use crate::check;

#[test]
fn a_caller_is_sent_on_to_a_number_and_either_side_ends_it() {
    check(
        "
        tell sip media
        group sales door=closed closed=5551000
        agent mari sales=1
        1s 5551000 has a phone
        2s kati dials sales
        4s 5551000 answers
        30s kati hangs up
        40s liis dials sales
        44s 5551000 answers
        50s 5551000 hangs up
        ",
        expect![[r#"
            2s           kati -> INVITE
            2.01s        kati <- 100 INVITE
            2.01s        relay 0: caller PCMA sendrecv
            2.01s        relay 0: music
            2.01s    kati dials 6000001: c1
            2.01s    c1 goes on to 5551000
            2.01s        kati <- 200 INVITE
            2.01s        5551000 <- INVITE
            2.02s        kati -> ACK
            2.02s    kati: answered
            2.02s        5551000 -> 100 INVITE
            2.02s    5551000: it rings, "sales"
            2.02s        5551000 -> 180 INVITE
            4s           5551000 -> 200 INVITE
            4.01s        5551000 <- ACK
            4.01s        relay 0: caller PCMA sendrecv
            4.01s        relay 0: agent PCMA sendrecv
            4.01s        relay 0: joined
            4.02s    5551000: connected
            30s          kati -> BYE
            30.01s       kati <- 200 BYE
            30.01s       relay 0: free
            30.01s       5551000 <- BYE
            30.02s       5551000 -> 200 BYE
            30.02s   5551000: hung up on
            40s          liis -> INVITE
            40.01s       liis <- 100 INVITE
            40.01s       relay 1: caller PCMA sendrecv
            40.01s       relay 1: music
            40.01s   liis dials 6000001: c2
            40.01s   c2 goes on to 5551000
            40.01s       liis <- 200 INVITE
            40.01s       5551000 <- INVITE
            40.02s       liis -> ACK
            40.02s   liis: answered
            40.02s       5551000 -> 100 INVITE
            40.02s   5551000: it rings, "sales"
            40.02s       5551000 -> 180 INVITE
            44s          5551000 -> 200 INVITE
            44.01s       5551000 <- ACK
            44.01s       relay 1: caller PCMA sendrecv
            44.01s       relay 1: agent PCMA sendrecv
            44.01s       relay 1: joined
            44.02s   5551000: connected
            50s          5551000 -> BYE
            50.01s       5551000 <- 200 BYE
            50.01s       relay 1: free
            50.01s       liis <- BYE
            50.02s       liis -> 200 BYE
            50.02s   liis: hung up on
        "#]],
    );
}

#[test]
fn a_number_that_does_not_answer_is_told_as_busy() {
    check(
        "
        group sales step=10s:5551000
        agent mari sales=1
        1s mari takes a break
        1s 5551000 has a phone
        2s kati dials sales
        15s 5551000 is busy
        40s liis dials sales
        55s liis hangs up
        ",
        expect![[r#"
            1s       mari wants a break (break), by agent
            2.01s    kati dials 6000001: c1
            2.01s    c1 waits in sales, place 1
            2.02s    kati: answered
            12.01s   c1 leaves sales: overflow after 10s
            12.01s   c1 goes on to 5551000
            12.02s   5551000: it rings, "sales"
            18.84s   kati: hung up on
            40.01s   liis dials 6000001: c2
            40.01s   c2 waits in sales, place 1
            40.02s   liis: answered
            50.01s   c2 leaves sales: overflow after 10s
            50.01s   c2 goes on to 5551000
            50.02s   5551000: it rings, "sales"
            55.02s   5551000: it stops ringing
        "#]],
    );
}

#[test]
fn one_who_came_by_no_trunk_is_sent_to_no_number() {
    check(
        "
        tell media
        group sales door=closed closed=5551000
        agent mari sales=1
        1s 5551000 has a phone
        2s mari dials sales
        ",
        expect![[r#"
            2.03s        relay 0: caller PCMA sendrecv
            2.03s        relay 0: music
            2.03s    mari dials 6000001: c1
            2.03s    6000001 cannot call 5551000: 503
            2.03s        relay 0: silence
            2.03s        relay 0: caller hears Busy
            2.03s    c1 goes on to 5551000
            2.04s    mari: answered
            5.85s        relay 0: free
            5.86s    mari: hung up on
        "#]],
    );
}

#[test]
fn nobody_gets_more_than_fifty_calls_to_the_outside_out_of_us() {
    let mut world = World::new(Size::default());
    let mut script = String::from(
        "group sales door=closed closed=5551000\nagent mari sales=1\n1s 5551000 has a phone\n",
    );
    for caller in 0..52 {
        script += &format!("2s c-{caller} dials sales\n");
    }
    // Nothing that is dialled is answered or refused.
    script += "2.02s cut 5551000\n";
    world.play(&script).unwrap();
    world.run_for(Duration::from_secs(5));
    let story = world.story();
    let refused: Vec<&str> = story.lines().filter(|line| line.contains("cannot call")).collect();
    assert_eq!(refused.len(), 2, "{story}");
    assert!(refused.iter().all(|line| line.ends_with("6000001 cannot call 5551000: 503")));
    world.rest().unwrap();
}
