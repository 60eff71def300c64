//! A plugin at work for one group, with its record.

use acd::{CallId, Choice, GroupId, Question, Reply, Time, Verdict};

use crate::failures::Failures;
use crate::routing::v1::Answer;
use crate::run::{Failure, Level, Line, Run};
use crate::{Health, Kept, Plugin};

/// A plugin at work for one group.
#[derive(Debug)]
pub(crate) struct Seat {
    pub(crate) plugin: Plugin,
    label: String,
    pub(crate) health: Health,
}

/// Which decision it was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occasion {
    pub(crate) now: Time,
    pub(crate) group: GroupId,
    pub(crate) call: CallId,
}

impl Seat {
    pub(crate) fn new(plugin: Plugin) -> Self {
        Self { label: plugin.label(), plugin, health: Health::default() }
    }

    /// Asks the plugin, unless it is suspended; without its answer the first candidate is rung.
    pub(crate) fn choose(&mut self, question: &Question<'_>, failures: &mut Failures) -> Reply {
        if let Some(why) = self.health.suspension {
            let (policy, fallback) = (self.label.clone(), Some(why.to_string()));
            let verdict = Verdict { policy, fallback, ..Verdict::default() };
            return Reply { choice: Choice::Ring(0), verdict };
        }
        let Question { now, group, call, .. } = *question;
        let run = self.plugin.decide(question);
        if let Err(failure) = &run.outcome {
            failures.note(&self.plugin, failure, || Kept::of(question));
        }
        self.take(Occasion { now, group, call }, run)
    }

    /// Counts a run and makes a reply of it.
    pub(crate) fn take(&mut self, occasion: Occasion, run: Run<Answer>) -> Reply {
        let Run { outcome, micros, fuel, log, backtrace } = run;
        tell(&self.label, occasion.call, &log);
        let policy = self.label.clone();
        let verdict = Verdict { policy, micros, fuel, ..Verdict::default() };
        match outcome {
            Ok(Answer { choice, reason }) => {
                self.health.count(occasion.now, None);
                Reply { choice, verdict: Verdict { reason, ..verdict } }
            }
            Err(failure) => {
                let fallback = Some(failure.to_string());
                self.failed(occasion, failure, backtrace);
                Reply { choice: Choice::Ring(0), verdict: Verdict { fallback, ..verdict } }
            }
        }
    }

    fn failed(&mut self, occasion: Occasion, failure: Failure, backtrace: Vec<String>) {
        let (plugin, group, call) = (&self.label, occasion.group.0, occasion.call.0);
        tracing::warn!(%plugin, group, call, %failure, ?backtrace, "a routing plugin failed");
        if failure == Failure::Busy {
            return;
        }
        self.health.count(occasion.now, Some(failure));
        self.health.last_backtrace = backtrace;
        if let Some(why) = self.health.suspension {
            tracing::error!(%plugin, group, %why, "a routing plugin is no longer asked for a group");
        }
    }
}

/// The plugin's own words, at levels where they cannot drown ours.
fn tell(plugin: &str, call: CallId, log: &[Line]) {
    let call = call.0;
    for Line { level, text } in log {
        match level {
            Level::Debug => tracing::trace!(%plugin, call, "{text}"),
            Level::Info | Level::Warn => tracing::debug!(%plugin, call, ?level, "{text}"),
        }
    }
}
