//! What a policy is told of the call and its candidates, by stories.

use acd::{Choice, Policy, Question, Reply, Verdict};
use sim::timeline::play;

/// Writes every question down, one line each, and rings the first candidate.
#[derive(Default)]
struct Scribe {
    /// What is written of a question.
    tell: Option<fn(&Question<'_>) -> String>,
    lines: Vec<String>,
}

impl Policy for Scribe {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let words = self.tell.map(|tell| tell(question)).unwrap_or_default();
        self.lines.push(format!("c{}: {words}", question.call.0));
        Reply { choice: Choice::Ring(0), verdict: Verdict::default() }
    }
}

fn check(story: &str, tell: fn(&Question<'_>) -> String, expected: &[&str]) {
    let mut scribe = Scribe { tell: Some(tell), ..Scribe::default() };
    play(&format!("timeline 1\n{story}"), &mut scribe).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!(scribe.lines, expected);
}

#[test]
fn talk_time_is_counted_when_a_talk_ends_and_only_that() {
    let talked = |question: &Question<'_>| {
        let all = question.candidates.iter();
        all.map(|it| format!("{} {};", it.agent.0, it.talk_ms_today)).collect()
    };
    let story = "group sales wrap=5s\nagent mari sales=1\nagent jaan sales=2\n\
                 0s mari logs on\n0s jaan logs on\n1s c1 arrives at sales\n11s mari answers\n\
                 12s mari holds\n30s mari resumes\n31s mari hangs up\n60s c2 arrives at sales\n\
                 61s c2 hangs up";
    check(story, talked, &["c1: 1 0;2 0;", "c2: 1 20000;2 0;"]);
}

#[test]
fn the_delay_of_this_groups_membership_is_told() {
    let delays = |question: &Question<'_>| {
        let all = question.candidates.iter();
        all.map(|it| format!("{} {};", it.agent.0, it.delay_ms)).collect()
    };
    let story = "group support\ngroup sales\nagent mari support=1 sales=2/3s\n\
                 agent jaan support=1/9s sales=1\n0s c1 arrives at sales\n4s mari logs on\n\
                 4s mari rejects\n5s jaan logs on";
    check(story, delays, &["c1: 1 3000;", "c1: 2 0;"]);
}

#[test]
fn skills_are_those_of_the_plan_in_force() {
    let billing = |question: &Question<'_>| {
        let skills = (0..question.candidates.len()).map(|at| question.candidates.skills(at));
        skills.map(|it| format!("{} {};", it.level("billing"), it.level("latin"))).collect()
    };
    let story = "group sales\nagent mari sales=1 skill=billing:7 skill=latin:1\nagent jaan sales=2\n\
                 0s mari logs on\n1s jaan logs on\n2s c1 arrives at sales\n3s c1 hangs up\n\
                 4s agent mari sales=1 skill=billing:8\n5s c2 arrives at sales\n6s c2 hangs up";
    check(story, billing, &["c1: 7 1;0 0;", "c2: 8 0;0 0;"]);
}

#[test]
fn whoever_has_served_the_caller_is_known_and_whether_he_is_there() {
    let served = |question: &Question<'_>| {
        let all = question.services.to_vec();
        let there = |there| if there { "there" } else { "away" };
        let words = all.iter();
        words.map(|it| format!("{} {} {};", it.agent.0, it.ms_ago, there(it.there))).collect()
    };
    let story = "group sales\nagent mari sales=1\nagent jaan sales=2\nagent kati\n\
                 0s kati has served 5551234\n0s mari has served 5551234\n1s mari logs on\n\
                 10s c1 arrives at sales\n11s mari answers\n12s jaan logs on\n\
                 20s c2 arrives at sales from 5551234\n21s jaan answers\n22s c2 hangs up\n\
                 30s c3 arrives at sales from 5551234\n31s c3 hangs up\n\
                 40s mari hangs up c1\n41s mari logs off\n50s c4 arrives at sales from 5551234\n\
                 51s c4 hangs up\n60s c5 arrives at sales from nowhere";
    let expected = [
        "c1: ",
        "c2: 1 20000 there;3 20000 away;",
        "c3: 2 9000 there;1 30000 there;3 30000 away;",
        "c4: 2 29000 there;1 50000 away;3 50000 away;",
        "c5: ",
    ];
    check(story, served, &expected);
}

#[test]
fn what_came_along_with_a_call_stays_with_it() {
    let sent = |question: &Question<'_>| {
        format!("{:?} {:?}", question.sent.language(), question.sent.attributes())
    };
    let story = "group sales\ngroup support\nagent mari support=1\n0s mari logs on\n\
                 1s c1 arrives at sales with tier=gold with priority 2 speaking et with tier=new\n\
                 2s c1 is moved to support by kalle\n3s c1 hangs up\n4s c2 arrives at support";
    let first = r#"c1: Some("et") [("tier", "gold"), ("tier", "new")]"#;
    check(story, sent, &[first, "c2: None []"]);
}

#[test]
fn a_skill_that_cannot_be_is_a_mistake_with_its_word() {
    for skill in ["skill=billing:11", "skill=billing:", "skill=:3", "skill=billing:0"] {
        let script = format!("timeline 1\nagent mari {skill}");
        let mistake = play(&script, &mut Scribe::default()).expect_err("a mistake");
        assert_eq!((mistake.line, mistake.word.as_str()), (2, skill));
    }
}
