//! The thread on which shadows are asked: no decision waits for one that decides nothing.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{self, JoinHandle};

use acd::{Choice, Time};

use crate::limits::{SHADOWS_PERCENT_MAX, SHADOWS_WAITING_MAX};
use crate::routing::v1::Answer;
use crate::run::Run;
use crate::{Kept, Plugin};

/// Asks shadows one after the other, within their part of the time.
#[derive(Debug)]
pub(crate) struct Shadows {
    /// `None` only while it is being dropped.
    questions: Option<SyncSender<Asked>>,
    answers: Receiver<Answered>,
    /// Questions without an answer yet.
    under_way: usize,
    thread: Option<JoinHandle<()>>,
}

/// A question for a shadow.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Which trial asks: its answer is nothing to the next one of the same group.
    pub(crate) trial: u64,
    pub(crate) plugin: Plugin,
    pub(crate) kept: Kept,
    /// What was decided.
    pub(crate) decided: Choice,
}

/// What became of it.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) asked: Asked,
    /// `None`: shadows have had their part of this second.
    pub(crate) run: Option<Run<Answer>>,
}

impl Shadows {
    pub(crate) fn new() -> std::io::Result<Self> {
        let (questions, asked) = sync_channel(SHADOWS_WAITING_MAX);
        let (answered, answers) = channel();
        let thread = thread::Builder::new()
            .name("plugin-shadows".into())
            .spawn(move || answer(&asked, &answered))?;
        Ok(Self { questions: Some(questions), answers, under_way: 0, thread: Some(thread) })
    }

    /// Hands a question over, without waiting; false when too many are waiting already.
    pub(crate) fn ask(&mut self, asked: Asked) -> bool {
        let taken = self.questions.as_ref().is_some_and(|it| it.try_send(asked).is_ok());
        self.under_way += usize::from(taken);
        taken
    }

    /// The next answer that is there.
    pub(crate) fn answered(&mut self) -> Option<Answered> {
        let answered = self.answers.try_recv().ok()?;
        self.under_way -= 1;
        Some(answered)
    }

    /// The next answer, for as long as one is to come.
    pub(crate) fn awaited(&mut self) -> Option<Answered> {
        if self.under_way == 0 {
            return None;
        }
        let answered = self.answers.recv().ok()?;
        self.under_way -= 1;
        Some(answered)
    }
}

impl Drop for Shadows {
    fn drop(&mut self) {
        self.questions = None;
        // Nobody hears any more: the thread ends with the run under way, whatever is waiting.
        self.answers = channel().1;
        if let Some(thread) = self.thread.take() {
            // A run lasts ten milliseconds at most; whoever panicked there decided nothing.
            drop(thread.join());
        }
    }
}

/// Until nobody asks any more or nobody hears the answers.
fn answer(questions: &Receiver<Asked>, answers: &Sender<Answered>) {
    let mut allowance = Allowance::default();
    while let Ok(asked) = questions.recv() {
        let run = allowance.is_left(asked.kept.now).then(|| {
            let run = asked.plugin.decide(&asked.kept.question());
            allowance.spend(run.micros);
            run
        });
        if answers.send(Answered { asked, run }).is_err() {
            return;
        }
    }
}

/// The time of one second that shadows may still take.
#[derive(Debug, Default)]
struct Allowance {
    /// Since 1970, by the questions' own clock.
    second: u64,
    spent_us: u64,
}

impl Allowance {
    fn is_left(&mut self, now: Time) -> bool {
        let second = now.0 / 1_000;
        if second != self.second {
            *self = Self { second, spent_us: 0 };
        }
        self.spent_us < SHADOWS_PERCENT_MAX * 10_000
    }

    fn spend(&mut self, micros: u32) {
        self.spent_us += u64::from(micros);
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, Time};

    #[test]
    fn shadows_have_a_twentieth_of_every_second() {
        let mut allowance = Allowance::default();
        for _ in 0..5 {
            assert!(allowance.is_left(Time(7_100)));
            allowance.spend(10_000);
        }
        assert!(!allowance.is_left(Time(7_999)));
        assert!(allowance.is_left(Time(8_000)));
    }
}
