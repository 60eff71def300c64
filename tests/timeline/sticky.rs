//! Callers who are known: their last agent, their number.

use expect_test::expect;

use crate::check;

#[test]
fn a_caller_waits_a_moment_for_the_agent_who_served_him_last() {
    check(
        "
        tell decisions
        group sales sticky=30s wrap=10s
        agent mari sales=1
        agent jaan sales=2
        0s jaan has served 5501
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales from 5501
        2s jaan answers
        3s c2 arrives at sales from 5501
        40s nothing happens
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: jaan of jaan by built-in; not mari (the caller waits for his last agent)
            1s     ring jaan for c1
            1s     c1 is offered to jaan
            2s     connect c1 with jaan
            2s     offer of c1 to jaan ends: answered
            2s     c1 leaves sales: answered after 1s
            2s     c1 talks with jaan
            3s     c2 waits in sales, place 1
            33s    c2: mari of mari by built-in; not jaan (occupied)
            33s    ring mari for c2
            33s    c2 is offered to mari
            53s    stop ringing mari for c2
            53s    offer of c2 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn he_waits_no_longer_when_his_agent_goes_or_refuses() {
    check(
        "
        group sales sticky=30s
        agent mari sales=1
        agent jaan sales=2
        0s jaan has served 5501
        0s mari logs on
        0s jaan logs on
        1s c1 arrives at sales from 5501
        2s jaan rejects
        3s mari answers
        4s c1 hangs up
        20s jaan has served 5501
        20s jaan calls a colleague
        21s c2 arrives at sales from 5501
        22s jaan logs off
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            0s     jaan wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     ring jaan for c1
            1s     c1 is offered to jaan
            2s     offer of c1 to jaan ends: rejected
            2s     ring mari for c1
            2s     c1 is offered to mari
            3s     connect c1 with mari
            3s     offer of c1 to mari ends: answered
            3s     c1 leaves sales: answered after 2s
            3s     c1 talks with mari
            4s     hang up mari on c1
            4s     c1 and mari have talked 1s: caller hung up
            21s    c2 waits in sales, place 1
            22s    jaan wants to be off, by agent
            22s    ring mari for c2
            22s    c2 is offered to mari
            42s    stop ringing mari for c2
            42s    offer of c2 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_number_on_the_list_comes_first() {
    check(
        "
        group sales caller=5501:5
        1s c1 arrives at sales
        2s c2 arrives at sales from 5501 with priority 1
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales with priority 6, place 1
        "#]],
    );
}
