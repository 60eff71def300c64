//! An agent becomes free, more than one caller waits for him, and a policy says which is next.

use acd::{Choice, Freed, Pick, Policy, Question, Reply, Verdict};
use expect_test::expect;

use crate::check_with;

/// Leaves agents to the built-in order and picks calls by a rule.
struct Picks<F>(F);

impl<F: FnMut(&Freed<'_>) -> Option<usize>> Policy for Picks<F> {
    fn choose(&mut self, _question: &Question<'_>) -> Reply {
        let verdict = Verdict { policy: "group's own".to_owned(), ..Verdict::default() };
        Reply { choice: Choice::Ring(0), verdict }
    }

    fn picks(&self) -> bool {
        true
    }

    fn freed(&mut self, freed: &Freed<'_>) -> Option<Pick> {
        let position = (self.0)(freed)?;
        let verdict = Verdict { policy: "picker".to_owned(), ..Verdict::default() };
        Some(Pick { position, verdict })
    }
}

/// Whoever has waited longest, in whatever group.
fn longest_wait(freed: &Freed<'_>) -> Option<usize> {
    let waited = freed.calls.iter().map(|call| call.waited_ms);
    waited.enumerate().max_by_key(|&(_, waited)| waited).map(|(position, _)| position)
}

fn last(freed: &Freed<'_>) -> Option<usize> {
    Some(freed.calls.len() - 1)
}

/// Tells a story and what was shown of each freed agent: `mari: c1 c2`.
fn shown(script: &str) -> Vec<String> {
    let mut asked = Vec::new();
    let mut policy = Picks(|freed: &Freed<'_>| {
        let calls: Vec<String> = freed.calls.iter().map(|it| format!("c{}", it.call.0)).collect();
        asked.push(format!("{} {}", freed.agent.0, calls.join(" ")));
        None
    });
    sim::timeline::play(&format!("timeline 1\n{script}"), &mut policy).expect("a story");
    asked
}

#[test]
fn the_policy_may_give_a_freed_agent_a_later_call() {
    check_with(
        "
        tell decisions
        group sales
        group support
        agent mari sales=1 support=2
        0s c1 arrives at support
        1s c2 arrives at sales
        2s mari logs on
        3s mari answers
        4s mari hangs up
        ",
        &mut Picks(longest_wait),
        expect![[r#"
            0s     c1 waits in support, place 1
            1s     c2 waits in sales, place 1
            2s     mari wants calls, by agent
            2s     c1: mari takes call 2 of 2 by picker
            2s     ring mari for c1
            2s     c1 is offered to mari
            3s     connect c1 with mari
            3s     offer of c1 to mari ends: answered
            3s     c1 leaves support: answered after 3s
            3s     c1 talks with mari
            4s     hang up c1
            4s     c1 and mari have talked 1s: agent hung up
            4s     c2: mari of mari by group's own
            4s     ring mari for c2
            4s     c2 is offered to mari
            24s    stop ringing mari for c2
            24s    offer of c2 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn without_an_opinion_the_built_in_order_chooses_the_call_and_the_group_the_agent() {
    check_with(
        "
        tell decisions
        group sales
        group support
        agent mari sales=1 support=2
        0s c1 arrives at support
        1s c2 arrives at sales
        2s mari logs on
        ",
        &mut Picks(|_: &Freed<'_>| None),
        expect![[r#"
            0s     c1 waits in support, place 1
            1s     c2 waits in sales, place 1
            2s     mari wants calls, by agent
            2s     c2: mari of mari by group's own
            2s     ring mari for c2
            2s     c2 is offered to mari
            22s    stop ringing mari for c2
            22s    offer of c2 to mari ends: no_answer
            32s    c1: mari of mari by group's own
            32s    ring mari for c1
            32s    c1 is offered to mari
        "#]],
    );
}

#[test]
fn of_one_call_there_is_nothing_to_choose() {
    let story = "group sales\ngroup support\nagent mari sales=1\nagent jaan support=1\n\
                 0s c1 arrives at sales\n1s c2 arrives at support\n2s mari logs on";
    assert_eq!(shown(story), Vec::<String>::new());
}

#[test]
fn a_position_that_is_not_there_is_the_first_call_and_says_so() {
    check_with(
        "
        tell decisions
        group sales
        agent mari sales=1
        0s c1 arrives at sales
        1s c2 arrives at sales
        2s mari logs on
        ",
        &mut Picks(|freed: &Freed<'_>| Some(freed.calls.len())),
        expect![[r#"
            0s     c1 waits in sales, place 1
            1s     c2 waits in sales, place 2
            2s     mari wants calls, by agent
            2s     c1: mari takes call 1 of 2 by picker, which chose call 2 of 2
            2s     ring mari for c1
            2s     c1 is offered to mari
            22s    stop ringing mari for c1
            22s    offer of c1 to mari ends: no_answer
            32s    c2: mari of mari by group's own
            32s    ring mari for c2
            32s    c2 is offered to mari
        "#]],
    );
}

#[test]
fn a_freed_agent_is_shown_only_what_he_may_take() {
    // He rejected c1, c2 waits for jaan, c3 has not waited long enough, c4 is in another season.
    let story = "calendar later 00:02-00:03\ngroup sales sticky=5m\ngroup support\ngroup night\n\
                 agent mari sales=1 support=2/60s night=1,in=later\nagent jaan sales=9\n\
                 0s jaan has served 5551234\n0s jaan logs on\n0s jaan takes a break for lunch\n\
                 1s mari logs on\n2s c1 arrives at sales\n3s mari rejects\n\
                 4s c2 arrives at sales from 5551234\n5s c3 arrives at support\n\
                 6s c4 arrives at night\n7s c5 arrives at sales\n8s c6 arrives at sales\n\
                 30s mari answers\n31s mari hangs up\n32s mari answers\n\
                 70s c7 arrives at sales\n71s c8 arrives at sales\n72s mari hangs up\n\
                 73s mari answers";
    assert_eq!(shown(story), ["1 c5 c6", "1 c7 c8 c3"]);
}

#[test]
fn nobody_is_overtaken_for_more_than_five_minutes() {
    check_with(
        "
        tell decisions
        group sales wrap=2m
        agent mari sales=1
        0s c1 arrives at sales
        1s c2 arrives at sales
        2s c3 arrives at sales
        3s c4 arrives at sales
        10s mari logs on
        11s mari answers
        1m mari hangs up
        181s mari answers
        191s mari hangs up
        312s mari answers
        ",
        &mut Picks(last),
        expect![[r#"
            0s     c1 waits in sales, place 1
            1s     c2 waits in sales, place 2
            2s     c3 waits in sales, place 3
            3s     c4 waits in sales, place 4
            10s    mari wants calls, by agent
            10s    c4: mari takes call 4 of 4 by picker
            10s    ring mari for c4
            10s    c4 is offered to mari
            11s    connect c4 with mari
            11s    offer of c4 to mari ends: answered
            11s    c4 leaves sales: answered after 8s
            11s    c4 talks with mari
            60s    hang up c4
            60s    c4 and mari have talked 49s: agent hung up
            60s    mari wraps up c4
            180s   mari has wrapped up, by timer
            180s   c3: mari takes call 3 of 3 by picker
            180s   ring mari for c3
            180s   c3 is offered to mari
            181s   connect c3 with mari
            181s   offer of c3 to mari ends: answered
            181s   c3 leaves sales: answered after 179s
            181s   c3 talks with mari
            191s   hang up c3
            191s   c3 and mari have talked 10s: agent hung up
            191s   mari wraps up c3
            311s   mari has wrapped up, by timer
            311s   c1: mari takes call 1 of 2 by picker, which preferred others for too long
            311s   ring mari for c1
            311s   c1 is offered to mari
            312s   connect c1 with mari
            312s   offer of c1 to mari ends: answered
            312s   c1 leaves sales: answered after 312s
            312s   c1 talks with mari
        "#]],
    );
}

#[test]
fn whoever_was_free_before_has_the_older_claim_on_a_call_of_the_same_moment() {
    check_with(
        "
        tell decisions
        group sales
        group support
        agent mari sales=1 support=1
        agent jaan support=1
        0s mari logs on
        1s c1 arrives at sales
        2s mari answers
        3s c2 arrives at sales
        4s jaan logs on
        5s mari transfers c1 to support
        ",
        &mut Picks(last),
        expect![[r#"
            0s     mari wants calls, by agent
            1s     c1 waits in sales, place 1
            1s     c1: mari of mari by group's own
            1s     ring mari for c1
            1s     c1 is offered to mari
            2s     connect c1 with mari
            2s     offer of c1 to mari ends: answered
            2s     c1 leaves sales: answered after 1s
            2s     c1 talks with mari
            3s     c2 waits in sales, place 1
            4s     jaan wants calls, by agent
            5s     hang up mari on c1
            5s     music for c1
            5s     c1 and mari have talked 3s: agent hung up
            5s     c1 goes from mari in sales to support, by agent
            5s     c1 waits in support, place 1, transferred
            5s     c2: mari of mari by group's own
            5s     ring mari for c2
            5s     c2 is offered to mari
            5s     c1: jaan of jaan by group's own; not mari (occupied)
            5s     ring jaan for c1
            5s     c1 is offered to jaan
            25s    stop ringing mari for c2
            25s    offer of c2 to mari ends: no_answer
            25s    stop ringing jaan for c1
            25s    offer of c1 to jaan ends: no_answer
        "#]],
    );
}

#[test]
fn agents_who_are_freed_at_once_choose_one_after_the_other() {
    check_with(
        "
        tell decisions
        calendar later 00:01-00:02
        group sales
        agent mari sales=2,in=later
        agent jaan sales=1,in=later
        0s mari logs on
        1s jaan logs on
        2s c1 arrives at sales
        3s c2 arrives at sales
        4s c3 arrives at sales
        1m nothing happens
        ",
        &mut Picks(last),
        expect![[r#"
            0s     mari wants calls, by agent
            1s     jaan wants calls, by agent
            2s     c1 waits in sales, place 1
            3s     c2 waits in sales, place 2
            4s     c3 waits in sales, place 3
            60s    c3: mari takes call 3 of 3 by picker
            60s    ring mari for c3
            60s    c3 is offered to mari
            60s    c2: jaan takes call 2 of 2 by picker; not mari (occupied)
            60s    ring jaan for c2
            60s    c2 is offered to jaan
            80s    stop ringing mari for c3
            80s    offer of c3 to mari ends: no_answer
            80s    stop ringing jaan for c2
            80s    offer of c2 to jaan ends: no_answer
            90s    c2: mari takes call 2 of 2 by picker; not jaan (refused before)
            90s    ring mari for c2
            90s    c2 is offered to mari
            90s    c3: jaan takes call 2 of 2 by picker; not mari (occupied)
            90s    ring jaan for c3
            90s    c3 is offered to jaan
        "#]],
    );
}

#[test]
fn a_long_line_hides_no_other() {
    let mut story = "group sales max=200\ngroup support max=200\ngroup night\n\
                     agent mari sales=1 support=2 night=3\n"
        .to_owned();
    for call in 1..=140 {
        story += &format!("{call}s c{call} arrives at {}\n", ["sales", "support"][call / 121]);
    }
    story += "150s c141 arrives at night\n160s mari logs on";
    let asked = shown(&story);
    let calls = asked[0].split(' ').skip(1);
    let numbers: Vec<u32> = calls.filter_map(|call| call[1..].parse().ok()).collect();
    let expected: Vec<u32> = (1..=79).chain(121..=140).chain([141]).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn what_is_told_of_an_agent_and_of_the_calls_is_true() {
    let mut told = Vec::new();
    let mut policy = Picks(|freed: &Freed<'_>| {
        told.push(format!(
            "{} idle {} handled {} talked {} billing {}",
            freed.agent.0,
            freed.idle_ms,
            freed.handled_today,
            freed.talk_ms_today,
            freed.skills.level("billing")
        ));
        for it in freed.calls {
            let served = it.services.to_vec().iter().map(|it| (it.agent.0, it.ms_ago)).collect();
            let served: Vec<(u64, u64)> = served;
            told.push(format!(
                "c{} in {} order {} waited {} priority {} offers {} of {} {:?} {served:?} {:?}",
                it.call.0,
                it.group.0,
                it.order,
                it.waited_ms,
                it.priority,
                it.offers,
                it.waiting,
                it.sent.language(),
                it.overtaken_ms,
            ));
        }
        Some(1)
    });
    let story = "timeline 1\ngroup sales\ngroup support\n\
                 agent mari sales=1 support=2 skill=billing:7\n\
                 0s mari logs on\n1s c1 arrives at sales from 5551\n2s mari answers\n\
                 3s c2 arrives at support from 5551 with priority 4\n4s c3 arrives at sales\n\
                 5s c4 arrives at sales speaking et\n12s mari hangs up\n13s mari answers\n\
                 14s mari hangs up";
    sim::timeline::play(story, &mut policy).expect("a story");
    let expected = [
        "1 idle 0 handled 1 talked 10000 billing 7",
        "c3 in 1 order 1 waited 8000 priority 0 offers 0 of 2 None [] None",
        "c4 in 1 order 1 waited 7000 priority 0 offers 0 of 2 Some(\"et\") [] None",
        "c2 in 2 order 2 waited 9000 priority 4 offers 0 of 1 None [(1, 10000)] None",
        "1 idle 0 handled 2 talked 11000 billing 7",
        "c3 in 1 order 1 waited 10000 priority 0 offers 0 of 1 None [] Some(2000)",
        "c2 in 2 order 2 waited 11000 priority 4 offers 0 of 1 None [(1, 12000)] None",
    ];
    assert_eq!(told, expected);
}
