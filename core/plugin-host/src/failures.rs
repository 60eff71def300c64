//! What plugins were asked when they failed, so that the same can be asked again.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::case::QuestionCase;
use crate::limits::FAILED_QUESTIONS_MAX;
use crate::run::Failure;
use crate::{Kept, Plugin, Value};

/// A question at which a plugin failed.
#[derive(Clone, Debug)]
pub struct FailedQuestion {
    /// Counts from 1, in the life of one [`crate::RoutingPolicy`].
    pub id: u64,
    /// As the journal names the plugin.
    pub label: String,
    settings: Vec<(String, Value)>,
    pub question: Kept,
    pub failure: Failure,
}

/// The last ones, oldest first, of all groups.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    kept: VecDeque<Arc<FailedQuestion>>,
    counted: u64,
}

impl FailedQuestion {
    /// The same as a case, for whoever wrote the plugin.
    pub fn case(&self) -> QuestionCase {
        let mut settings = self.settings.clone();
        settings.sort_by(|one, other| one.0.cmp(&other.0));
        QuestionCase {
            plugin: self.label.clone(),
            settings,
            failure: Some(self.failure.to_string()),
            question: self.question.clone(),
            answer: None,
        }
    }
}

impl Failures {
    /// Keeps what was asked, unless the failure was not the plugin's fault.
    pub(crate) fn note(
        &mut self,
        plugin: &Plugin,
        failure: &Failure,
        question: impl FnOnce() -> Kept,
    ) {
        if *failure == Failure::Busy {
            return;
        }
        if self.kept.len() == FAILED_QUESTIONS_MAX {
            self.kept.pop_front();
        }
        self.counted += 1;
        self.kept.push_back(Arc::new(FailedQuestion {
            id: self.counted,
            label: plugin.label(),
            settings: plugin.settings().to_vec(),
            question: question(),
            failure: failure.clone(),
        }));
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<FailedQuestion>> {
        self.kept.iter()
    }
}
