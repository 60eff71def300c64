//! Doors that open and close by the hours or by hand.

use expect_test::expect;

use crate::check;

#[test]
fn a_group_opens_and_closes_by_its_hours() {
    check(
        "
        calendar office 00:01-00:02
        group sales hours=office
        agent mari sales=1
        0s mari logs on
        1s c1 arrives at sales
        1m c2 arrives at sales
        2m30s c3 arrives at sales
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            1s     refuse c1: closed, saying closed
            1s     c1 is refused by sales: closed
            60s    sales opens
            60s    c2 waits in sales, place 1
            60s    ring mari for c2
            60s    c2 is offered to mari
            80s    stop ringing mari for c2
            80s    offer of c2 to mari ends: no_answer
            110s   ring mari for c2
            110s   c2 is offered to mari
            120s   sales closes
            130s   stop ringing mari for c2
            130s   offer of c2 to mari ends: no_answer
            150s   refuse c3: closed, saying closed
            150s   c3 is refused by sales: closed
            160s   ring mari for c2
            160s   c2 is offered to mari
            180s   stop ringing mari for c2
            180s   offer of c2 to mari ends: no_answer
        "#]],
    );
}

#[test]
fn a_hand_on_the_door_overrules_the_hours() {
    check(
        "
        calendar office 00:01-00:02
        group sales hours=office
        0s group sales hours=office door=open
        1s c1 arrives at sales
        2s group sales hours=office door=closed
        3s c2 arrives at sales
        ",
        expect![[r#"
            0s     plan 2 is in force
            0s     sales opens
            1s     c1 waits in sales, place 1
            2s     plan 3 is in force
            2s     sales closes
            3s     refuse c2: closed, saying closed
            3s     c2 is refused by sales: closed
        "#]],
    );
}

#[test]
fn whoever_waits_when_the_group_closes_is_served_or_goes_where_newcomers_go() {
    check(
        "
        calendar office 00:00-00:01
        group night
        group kind hours=office closed=night
        group strict hours=office closed=night closing=turn-away
        1s c1 arrives at kind
        2s c2 arrives at strict
        61s c3 arrives at kind
        ",
        expect![[r#"
            1s     c1 waits in kind, place 1
            2s     c2 waits in strict, place 1
            60s    kind closes
            60s    strict closes
            60s    c2 leaves strict: refused after 58s
            60s    c2 waits in night, place 1, sent on
            61s    c3 waits in night, place 2, sent on
        "#]],
    );
}

#[test]
fn a_call_that_rings_when_the_group_closes_may_still_be_answered_and_else_is_turned_away() {
    check(
        "
        calendar office 00:00-00:01
        group strict hours=office closing=turn-away ring=20s
        agent mari strict=1
        0s mari logs on
        50s c1 arrives at strict
        ",
        expect![[r#"
            0s     mari wants calls, by agent
            50s    c1 waits in strict, place 1
            50s    ring mari for c1
            50s    c1 is offered to mari
            60s    strict closes
            70s    stop ringing mari for c1
            70s    offer of c1 to mari ends: no_answer
            70s    let c1 go, saying closed
            70s    c1 leaves strict: refused after 20s
        "#]],
    );
}

#[test]
fn eight_closed_groups_that_send_on_in_a_circle_end_in_goodbye() {
    check(
        "
        group a
        group b
        0s group a door=closed closed=b
        0s group b door=closed closed=a
        1s c1 arrives at a
        ",
        expect![[r#"
            0s     plan 2 is in force
            0s     a closes
            0s     plan 3 is in force
            0s     b closes
            1s     refuse c1: closed
            1s     c1 is refused by a: closed
        "#]],
    );
}

#[test]
fn hours_are_those_of_the_clocks_on_the_wall_and_holidays_are_days_of_that_place() {
    check(
        "
        calendar kolkata in=Asia/Kolkata 05:31-05:33
        calendar newyork in=America/New_York 19:01-19:03 1969-12-31=19:02-19:04
        calendar thursdays fri=00:01-00:02 thu=00:02-00:03
        group east hours=kolkata
        group west hours=newyork
        group support hours=thursdays
        150s remove calendar kolkata
        240s nothing happens
        ",
        expect![[r#"
            60s    east opens
            120s   west opens
            120s   support opens
            150s   plan 2 is in force
            180s   support closes
            240s   west closes
        "#]],
    );
}
