//! Callers who hang up and keep their place.

use expect_test::expect;

use crate::check;

#[test]
fn a_caller_hangs_up_keeps_his_place_and_is_called_back() {
    check(
        "
        group sales key=1:callback wrap=5s
        agent mari sales=1
        1s c1 arrives at sales from 5501
        2s c2 arrives at sales
        3s c1 presses 1
        4s c1 hangs up
        5s mari logs on
        6s mari answers
        10s c1 is reached
        20s c1 hangs up
        26s mari answers
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales, place 2
            3s     let c1 go, saying callback noted
            3s     c1 keeps its place in sales, to be called at 5501
            5s     mari wants calls, by agent
            5s     ring mari for c1
            5s     c1 is offered to mari
            6s     offer of c1 to mari ends: answered
            6s     call 5501 back for c1, mari is on the line
            10s    connect c1 with mari
            10s    c1 is called back by mari: reached
            10s    c1 leaves sales: called back after 9s
            10s    c1 talks with mari
            20s    hang up mari on c1
            20s    c1 and mari have talked 10s: caller hung up
            20s    mari wraps up c1
            25s    mari has wrapped up, by timer
            25s    ring mari for c2
            25s    c2 is offered to mari
            26s    connect c2 with mari
            26s    offer of c2 to mari ends: answered
            26s    c2 leaves sales: answered after 24s
            26s    c2 talks with mari
        "#]],
    );
}

#[test]
fn a_caller_who_is_not_reached_is_tried_three_times_two_minutes_apart() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s c1 arrives at sales
        2s c1 presses 1
        3s mari logs on
        4s mari answers
        10s c1 is not reached
        131s mari answers
        140s c1 is not reached
        261s mari answers
        270s c1 is not reached
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: answered
            4s     call 5500001 back for c1, mari is on the line
            10s    hang up mari on c1
            10s    c1 is called back by mari: not reached
            130s   ring mari for c1
            130s   c1 is offered to mari
            131s   offer of c1 to mari ends: answered
            131s   call 5500001 back for c1, mari is on the line
            140s   hang up mari on c1
            140s   c1 is called back by mari: not reached
            260s   ring mari for c1
            260s   c1 is offered to mari
            261s   offer of c1 to mari ends: answered
            261s   call 5500001 back for c1, mari is on the line
            270s   hang up mari on c1
            270s   c1 is called back by mari: not reached
            270s   c1 is not called back: not reached
            270s   c1 leaves sales: callback failed after 269s
        "#]],
    );
}

#[test]
fn an_agent_who_leaves_before_the_caller_is_reached_gives_the_callback_back() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        agent jaan sales=2
        1s c1 arrives at sales
        2s c1 presses 1
        3s mari logs on
        4s mari answers
        5s jaan logs on
        6s mari hangs up
        7s c1 is not reached
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5500001
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: answered
            4s     call 5500001 back for c1, mari is on the line
            5s     jaan wants calls, by agent
            6s     hang up c1
            6s     ring jaan for c1
            6s     c1 is offered to jaan
            26s    stop ringing jaan for c1
            26s    offer of c1 to jaan ends: no_answer
            36s    ring mari for c1
            36s    c1 is offered to mari
        "#]],
    );
}

#[test]
fn a_caller_who_calls_again_has_the_place_of_his_callback() {
    check(
        "
        group sales key=1:callback
        1s c1 arrives at sales from 5501
        2s c2 arrives at sales
        3s c1 presses 1
        4s c3 arrives at sales from 5501
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales, place 2
            3s     let c1 go, saying callback noted
            3s     c1 keeps its place in sales, to be called at 5501
            4s     c1 is not called back: called again
            4s     c1 leaves sales: moved after 3s
            4s     c3 waits in sales, place 1
        "#]],
    );
}

#[test]
fn a_caller_without_a_number_stays_in_line() {
    check(
        "
        group sales key=1:callback
        1s c1 arrives at sales from nowhere
        2s c1 presses 1
        3s c1 hangs up
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            3s     c1 leaves sales: abandoned after 2s
        "#]],
    );
}

#[test]
fn of_two_callbacks_of_one_caller_the_one_that_stands_first_is_left() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s c1 arrives at sales from 5501
        2s c2 arrives at sales from 5501
        3s c1 presses 1
        4s c2 presses 1
        5s mari logs on
        6s mari answers
        10s c1 is reached
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     c2 waits in sales, place 2
            3s     let c1 go, saying callback noted
            3s     c1 keeps its place in sales, to be called at 5501
            4s     let c2 go, saying callback noted
            4s     c2 keeps its place in sales, to be called at 5501
            4s     c2 is not called back: called again
            4s     c2 leaves sales: moved after 2s
            5s     mari wants calls, by agent
            5s     ring mari for c1
            5s     c1 is offered to mari
            6s     offer of c1 to mari ends: answered
            6s     call 5501 back for c1, mari is on the line
            10s    connect c1 with mari
            10s    c1 is called back by mari: reached
            10s    c1 leaves sales: called back after 9s
            10s    c1 talks with mari
        "#]],
    );
}

#[test]
fn a_caller_who_asks_again_while_he_is_called_back_is_called_for_one_of_both_only() {
    check(
        "
        group sales key=1:callback
        agent mari sales=1
        1s c1 arrives at sales from 5501
        2s c1 presses 1
        3s mari logs on
        4s mari answers
        5s c2 arrives at sales from 5501
        6s c2 presses 1
        7s c1 is not reached
        130s mari answers
        140s c1 is reached
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5501
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: answered
            4s     call 5501 back for c1, mari is on the line
            5s     c2 waits in sales, place 1
            6s     let c2 go, saying callback noted
            6s     c2 keeps its place in sales, to be called at 5501
            7s     hang up mari on c1
            7s     c1 is called back by mari: not reached
            7s     c2 is not called back: called again
            7s     c2 leaves sales: moved after 2s
            127s   ring mari for c1
            127s   c1 is offered to mari
            130s   offer of c1 to mari ends: answered
            130s   call 5501 back for c1, mari is on the line
            140s   connect c1 with mari
            140s   c1 is called back by mari: reached
            140s   c1 leaves sales: called back after 139s
            140s   c1 talks with mari
        "#]],
    );
}

#[test]
fn a_line_that_is_full_is_full_for_a_caller_who_is_called_back_at_that_moment() {
    check(
        "
        group sales max=1 key=1:callback
        agent mari sales=1
        1s c1 arrives at sales from 5501
        2s c1 presses 1
        3s mari logs on
        4s mari answers
        5s c2 arrives at sales
        6s c3 arrives at sales from 5501
        ",
        expect![[r#"
            1s     c1 waits in sales, place 1
            2s     let c1 go, saying callback noted
            2s     c1 keeps its place in sales, to be called at 5501
            3s     mari wants calls, by agent
            3s     ring mari for c1
            3s     c1 is offered to mari
            4s     offer of c1 to mari ends: answered
            4s     call 5501 back for c1, mari is on the line
            5s     c2 waits in sales, place 1
            6s     refuse c3: full
            6s     c3 is refused by sales: full
        "#]],
    );
}
