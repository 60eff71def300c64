//! Scripts that cannot be read: the line and the word are named, and nothing panics.

use acd::BuiltIn;
use expect_test::{Expect, expect};

#[track_caller]
fn check_mistakes(scene: &str, lines: &[&str], expected: Expect) {
    let mut mistakes = String::new();
    for line in lines {
        match sim::timeline::play(&format!("{scene}{line}"), &mut BuiltIn) {
            Ok(log) => panic!("`{line}` can be read:\n{log}"),
            Err(mistake) => mistakes.push_str(&format!("{mistake}\n")),
        }
    }
    expected.assert_eq(&mistakes);
}

const SCENE: &str = "timeline 1\ngroup sales\nagent mari sales=1\n1s mari logs on\n";

#[test]
fn the_first_line_names_the_version() {
    check_mistakes(
        "",
        &["", "group sales", "# a story\n\ntimeline 2"],
        expect![[r#"
        line 1: the first line must be `timeline 1`
        line 1: `group`: the first line must be `timeline 1`
        line 3: `timeline`: the first line must be `timeline 1`
    "#]],
    );
}

#[test]
fn every_mistake_names_its_line_and_its_word() {
    check_mistakes(
        SCENE,
        &[
            "soon c1 arrives at sales",
            "0.5s c1 arrives at sales",
            "2s",
            "2s c1 arrives at support",
            "2s c1 arrives at sales with priority high",
            "2s c1 sings",
            "2s jaan logs on",
            "2s jaan's phone is lost",
            "2s mari logs on and off",
            "2s mari answers jaan",
            "2s mari answers c1 now",
            "2s mari answers",
            "group support",
            "2s agent c5 sales=1",
            "2s agent kati sales=first",
            "2s group sales ring=long",
            "2s remove everything",
        ],
        expect![[r#"
            line 5: `soon`: neither a time nor `group`, `agent` or `tell`
            line 5: `0.5s`: lies before the line above
            line 5: what happens then?
            line 5: `support`: no such group
            line 5: `high`: not a priority
            line 5: `sings`: callers cannot do this
            line 5: `jaan`: nobody's name
            line 5: `jaan's`: nobody's name
            line 5: `and`: only `by <who>` can follow
            line 5: `jaan`: not a call: calls are c1, c2 …
            line 5: `now`: one word too many
            line 5: the agent's phone has not rung yet: name the call
            line 5: `group`: needs a time, now that the story has begun
            line 5: `c5`: not a name for an agent
            line 5: `sales=first`: not `group=order` or `group=order/delay`
            line 5: `ring=long`: not a setting of a group: `ring=`, `wrap=` or `max=`
            line 5: `everything`: the plan cannot be changed like this
        "#]],
    );
}

#[test]
fn no_line_of_bytes_panics() {
    let words = [
        "1s",
        "c1",
        "c",
        "c99999999999999999999",
        "mari",
        "mari's",
        "'s",
        "=",
        "sales=",
        "group",
        "agent",
        "remove",
        "=1/",
        "phone=off",
        "é’s",
        "1.s",
        ".",
        "arrives",
        "at",
        "\u{0}",
        "by",
    ];
    for first in words {
        for second in words {
            for third in words {
                let script = format!("{SCENE}{first} {second} {third}\n2s {second} {third}");
                let _ = sim::timeline::play(&script, &mut BuiltIn);
            }
        }
    }
}

#[test]
fn a_calendar_that_cannot_be_is_a_mistake() {
    check_mistakes(
        SCENE,
        &[
            "2s calendar office 9-17",
            "2s calendar office 09:00-17:00 fri=sometimes",
            "2s calendar office 09:00-17:00 friday=shut",
            "2s calendar office 1970-02-30=shut",
            "2s calendar office in=Europe/Tallin 09:00-17:00",
            "2s calendar office 09:00-17:00 16:00-18:00",
            "2s remove calendar office",
        ],
        expect![[r#"
            line 5: `9-17`: not a span like `09:00-17:30`
            line 5: `fri=sometimes`: not a span like `09:00-17:30`
            line 5: `office`: days are `mon` to `sun` and dates like `1970-12-24`
            line 5: `office`: days are `mon` to `sun` and dates like `1970-12-24`
            line 5: `office`: no such place is in the time zone database
            line 5: `office`: spans must be in order and apart
            line 5: `office`: no such calendar
        "#]],
    );
}
