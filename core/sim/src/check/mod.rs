//! Made-up days with made-up plans, under two witnesses: the judge from outside
//! ([`crate::reference`]) and the model that predicts every order and fact ([`crate::model`]).
//!
//! A day on which a witness protests is made as short as it can be and still protest: what is left
//! is a timeline that tells what is wrong.

#[cfg(test)]
mod count;
mod draw;
mod shrink;

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use acd::{BuiltIn, Event, Output, Policy, Time};

use crate::check::draw::Draw;
use crate::model::Model;
use crate::reference::Reference;
use crate::timeline::{Moment, Player, Reader, Step, Timeline, span_words};

pub use crate::check::shrink::shortest;

/// Deeds of a day. More would only be more of the same.
const DEEDS_MAX: usize = 1_500;

/// Who protested.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Witness {
    /// A promise was broken: the judge says so, or an assertion of the engine itself.
    Judge,
    /// The engine said something else than the model.
    Model,
}

/// What a witness says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Protest {
    pub witness: Witness,
    pub problem: String,
}

/// A day that went wrong, as short as it can be.
#[derive(Clone, Debug)]
pub struct BadDay {
    pub seed: u64,
    pub protest: Protest,
    /// A timeline.
    pub script: String,
}

/// Every other day has rules that the judge does not know yet: only the model witnesses it.
fn is_rich(seed: u64) -> bool {
    seed % 2 == 1
}

/// Lives the day of a seed.
pub fn day(seed: u64) -> Result<(), Box<BadDay>> {
    let (script, judged) = (RefCell::default(), !is_rich(seed));
    let lived = witnessed(judged, &mut BuiltIn, |policy, see| live(seed, &script, policy, see));
    let Some(first) = lived else { return Ok(()) };
    let lines: Vec<String> = script.take();
    let found = protest(&lines, judged, &mut BuiltIn).unwrap_or_else(|| Protest {
        problem: format!("{} (and not when the day is played again)", first.problem),
        ..first
    });
    let same = |lines: &[String]| {
        protest(lines, judged, &mut BuiltIn).is_some_and(|it| it.witness == found.witness)
    };
    let lines = shortest(lines, &same);
    let protest = protest(&lines, judged, &mut BuiltIn).unwrap_or(found);
    Err(Box::new(BadDay { seed, protest, script: lines.join("\n") }))
}

/// Plays a script before the model, which knows the built-in order only, and, if it is to be
/// judged, the judge. A script that cannot be read finds no protest.
pub fn protest(lines: &[String], judged: bool, policy: &mut dyn Policy) -> Option<Protest> {
    let timeline = Timeline::parse(&lines.join("\n")).ok()?;
    witnessed(judged, policy, |policy, see| {
        // Who has not been rung yet cannot answer: such a script ends there.
        let _ = timeline.run(policy, see);
    })
}

/// Shows every moment of a story to the witnesses and returns the first protest.
fn witnessed(
    is_judged: bool,
    policy: &mut dyn Policy,
    story: impl FnOnce(&mut dyn Policy, &mut dyn FnMut(&Moment<'_>)),
) -> Option<Protest> {
    let mut reference = Reference::new();
    let mut policy = reference.spy(policy);
    let mut model = Model::new();
    let mut first: Option<Protest> = None;
    let told = catch_unwind(AssertUnwindSafe(|| {
        story(&mut policy, &mut |moment| {
            if first.is_none() {
                let judged = is_judged.then(|| judged(&mut reference, moment)).flatten();
                first = judged.or_else(|| predicted(&mut model, moment));
            }
        });
    }));
    if let Err(panic) = told {
        let words = panic.downcast_ref::<String>().cloned().unwrap_or_default();
        let problem = format!("an assertion failed: {words}");
        return Some(Protest { witness: Witness::Judge, problem });
    }
    first
}

fn judged(reference: &mut Reference, moment: &Moment<'_>) -> Option<Protest> {
    let problem = reference.judge(moment).err()?;
    Some(Protest { witness: Witness::Judge, problem: at(moment, &problem) })
}

fn predicted(model: &mut Model, moment: &Moment<'_>) -> Option<Protest> {
    // A new engine knows nothing.
    if !moment.begun && matches!(moment.event, Event::PlanChanged(_)) {
        model.restart();
    }
    let is_remembered = model.remembers(moment.event);
    let expected = model.handle(moment.now, moment.event);
    let said = moment.out;
    let wakes_late = model
        .next_moment()
        .filter(|&at| moment.engine.deadline().is_none_or(|deadline| deadline > at));
    let problem = if let Some(nth) =
        (0..said.len().max(expected.len())).find(|&nth| said.get(nth) != expected.get(nth))
    {
        format!(
            "after {:?} the engine says {:?}, the model {:?}",
            moment.event,
            said.get(nth),
            expected.get(nth)
        )
    } else if !is_remembered {
        format!("the journal does not keep what was there: {:?}", moment.event)
    } else {
        let Time(at) = wakes_late?;
        let wanted = moment.engine.deadline();
        format!("something is due at {}, the engine wakes at {wanted:?}", span_words(at))
    };
    Some(Protest { witness: Witness::Model, problem: at(moment, &problem) })
}

fn at(moment: &Moment<'_>, problem: &str) -> String {
    format!("{}: {problem}", span_words(moment.now.0))
}

/// Lives and writes down a day: what people do depends on whose phone rings.
fn live(
    seed: u64,
    script: &RefCell<Vec<String>>,
    policy: &mut dyn Policy,
    see: &mut dyn FnMut(&Moment<'_>),
) {
    let mut draw = Draw::new(seed, is_rich(seed));
    let mut reader = Reader::default();
    for line in draw.scene() {
        write(script, &mut reader, line);
    }
    let happened: RefCell<Vec<Output>> = RefCell::default();
    let mut watch = |moment: &Moment<'_>| {
        happened.borrow_mut().extend_from_slice(moment.out);
        see(moment);
    };
    let mut player = Player::new(&reader.opening(), policy, &mut watch);
    player.advance(draw.start(), policy, &mut watch);
    for _ in 0..DEEDS_MAX {
        // What is due before the next deed may change what people do: one moment at a time.
        let due = player.engine().deadline();
        let Some(next) = draw.next_at() else { break };
        let now = if let Some(due) = due.filter(|&due| due < next) {
            player.advance(Time(due.0 + 1), policy, &mut watch);
            due
        } else {
            let Some(deed) = draw.next_deed() else { break };
            let line = format!("{} {deed}", span_words(next.0));
            if let Some(step) = write(script, &mut reader, line) {
                let _ = player.step(&step, policy, &mut watch);
            }
            next
        };
        for output in happened.take() {
            draw.react(now, &output);
        }
    }
    player.run_on(policy, &mut watch);
}

fn write(script: &RefCell<Vec<String>>, reader: &mut Reader, line: String) -> Option<Step> {
    let step = reader.line(&line);
    script.borrow_mut().push(line);
    // A line of ours that cannot be read would make the day an empty one: better to fall.
    step.unwrap_or_else(|mistake| panic!("a made-up day cannot be read: {mistake}"))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use acd::{BuiltIn, Choice, Policy, Question, Reply, Verdict};

    use super::{Witness, day, live, protest, shortest};
    use crate::check::count::Count;

    /// `ladus sim check` lives many more.
    const DAYS: u64 = 200;

    #[test]
    fn the_engine_says_what_the_model_predicts() {
        for seed in 0..DAYS {
            if let Err(bad) = day(seed) {
                panic!("seed {seed}: {}\n{}", bad.protest.problem, bad.script);
            }
        }
    }

    #[test]
    fn everything_that_can_happen_is_drawn() {
        let mut count = Count::default();
        for seed in 0..DAYS {
            live(seed, &RefCell::default(), &mut BuiltIn, &mut |moment| {
                count.moment(moment.event, moment.out);
            });
        }
        assert_eq!(count.missing(), Vec::<&str>::new(), "{count:#?}");
    }

    /// Disobeys the built-in order: the last candidate.
    struct Last;

    impl Policy for Last {
        fn choose(&mut self, question: &Question<'_>) -> Reply {
            let choice = Choice::Ring(question.candidates.len() - 1);
            let verdict = Verdict { policy: "built-in".to_owned(), ..Verdict::default() };
            Reply { choice, verdict }
        }
    }

    #[test]
    fn an_order_that_is_not_obeyed_is_found_and_told_in_a_few_lines() {
        let story = "
            timeline 1
            group sales ring=5s wrap=10s
            group support max=3
            agent mari sales=1 support=1
            agent jaan support=2/10s sales=1
            agent kati sales=1
            0s mari logs on
            1s jaan logs on
            2s c1 arrives at support
            3s mari answers c1
            4s kati logs on
            6s c2 arrives at sales
            9s c1 hangs up
            12s c2 hangs up
        ";
        let story = story.trim().lines().map(|line| line.trim().to_owned()).collect();
        let fails = |lines: &[String]| {
            let found = protest(lines, true, &mut Last);
            found.is_some_and(|found| found.witness == Witness::Model)
        };
        let left = [
            "timeline 1",
            "group sales",
            "agent mari sales=1",
            "agent kati sales=1",
            "0s mari logs on",
            "4s kati logs on",
            "6s c2 arrives at sales",
        ];
        assert_eq!(shortest(story, &fails), left);
    }
}
