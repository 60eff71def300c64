//! A made-up day: callers and agents who behave badly, all from one seed.
//!
//! The day is lived and written down at once: what people do depends on whose phone rings, and
//! every deed is a line of the timeline language. So a failing seed is already a story.

mod people;
mod whim;

use std::cell::RefCell;

use acd::{Output, Policy, Time};

use crate::day::people::People;
use crate::timeline::{Mistake, Moment, Player, Reader, Step, span_words};

pub use crate::day::whim::{Sloth, Whim};

/// Deeds of a day. More would only be more of the same.
const DEEDS_MAX: usize = 2_000;

/// Lives the day of a seed. The script grows while the day goes on, so that it can be shown even
/// if something panics in the middle.
pub fn live(
    seed: u64,
    policy: &mut dyn Policy,
    script: &mut String,
    see: &mut dyn FnMut(&Moment<'_>),
) -> Result<(), Mistake> {
    let mut people = People::new(seed);
    let mut reader = Reader::default();
    for line in people.scene() {
        write(script, &mut reader, &line)?;
    }
    let happened: RefCell<Vec<Output>> = RefCell::default();
    let mut watch = |moment: &Moment<'_>| {
        happened.borrow_mut().extend_from_slice(moment.out);
        see(moment);
    };
    let mut player = Player::new(&reader.opening(), policy, &mut watch);
    for _ in 0..DEEDS_MAX {
        // What is due before the next deed may change what people do: one moment at a time.
        let due = player.engine().deadline();
        let Some(next) = people.next_at() else { break };
        let now = if let Some(due) = due.filter(|&due| due < next) {
            player.advance(Time(due.0 + 1), policy, &mut watch);
            due
        } else {
            let Some(deed) = people.next_deed() else { break };
            let line = format!("{} {deed}", span_words(next.0));
            if let Some(step) = write(script, &mut reader, &line)? {
                player.step(&step, policy, &mut watch)?;
            }
            next
        };
        for output in happened.take() {
            people.react(now, &output);
        }
    }
    player.run_on(policy, &mut watch);
    Ok(())
}

fn write(script: &mut String, reader: &mut Reader, line: &str) -> Result<Option<Step>, Mistake> {
    script.push_str(line);
    script.push('\n');
    reader.line(line)
}
