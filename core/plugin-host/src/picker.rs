//! The plugin that chooses calls for freed agents, for all groups of a company.

use acd::{Freed, Pick, Verdict};

use crate::routing::selection::Answer;
use crate::run::{Failure, Level, Line, Run};
use crate::{Health, Plugin};

/// A plugin at work.
#[derive(Debug)]
pub(crate) struct Picker {
    pub(crate) plugin: Plugin,
    pub(crate) health: Health,
    label: String,
}

impl Picker {
    pub(crate) fn new(plugin: Plugin) -> Picker {
        let label = plugin.label();
        Picker { plugin, health: Health::default(), label }
    }

    /// Asks the plugin. When it fails the agent gets the first call at once, and the fact says so.
    pub(crate) fn pick(&mut self, freed: &Freed<'_>) -> Option<Pick> {
        let Run { outcome, micros, fuel, log, backtrace } = self.plugin.pick(freed);
        self.tell(freed, &log);
        let verdict = Verdict { policy: self.label.clone(), micros, fuel, ..Verdict::default() };
        match outcome {
            Ok(Answer { position, reason }) => {
                self.health.count(freed.now, None);
                position.map(|position| Pick { position, verdict: Verdict { reason, ..verdict } })
            }
            Err(failure) => {
                let fallback = Some(failure.to_string());
                self.failed(freed, failure, backtrace);
                Some(Pick { position: 0, verdict: Verdict { fallback, ..verdict } })
            }
        }
    }

    fn failed(&mut self, freed: &Freed<'_>, failure: Failure, backtrace: Vec<String>) {
        let (plugin, agent) = (&self.label, freed.agent.0);
        tracing::warn!(%plugin, agent, %failure, ?backtrace, "a plugin that chooses calls failed");
        if failure == Failure::Busy {
            return;
        }
        self.health.count(freed.now, Some(failure));
        self.health.last_backtrace = backtrace;
        if let Some(why) = self.health.suspension {
            tracing::error!(%plugin, %why, "a plugin that chooses calls is no longer asked");
        }
    }

    /// The plugin's own words, at levels where they cannot drown ours.
    fn tell(&self, freed: &Freed<'_>, log: &[Line]) {
        let (plugin, agent) = (&self.label, freed.agent.0);
        for Line { level, text } in log {
            match level {
                Level::Debug => tracing::trace!(%plugin, agent, "{text}"),
                Level::Info | Level::Warn => tracing::debug!(%plugin, agent, ?level, "{text}"),
            }
        }
    }
}
