//! A case that is one question, as it is downloaded where a plugin has failed.

use std::fs;
use std::path::Path;

use acd::{Policy, Reply};
use anyhow::{Context, Result, anyhow};
use plugin_host::{CaseAnswer, QuestionCase, RoutingPolicy, World};

use crate::cases::Outcome;
use crate::sandbox::{Taken, failure};

/// By its name: `<case>.question.json`.
pub(crate) fn is_one(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(".question.json"))
}

/// Asks the plugin the question, with the settings of the case. A case without an answer, as it is
/// downloaded, passes when the plugin does not fail; `accept` writes what it answers into the case.
///
/// # Errors
///
/// When the file cannot be read or is no case, or the plugin has no such settings.
pub(crate) fn outcome(plugin: &Taken, path: &Path, accept: bool) -> Result<Outcome> {
    let Taken::Policy(plugin) = plugin else { return Ok(other_world()) };
    if plugin.world() != World::Routing {
        return Ok(other_world());
    }
    let place = || path.display().to_string();
    let text = fs::read_to_string(path).with_context(place)?;
    let case = QuestionCase::read(&text).map_err(|bad| anyhow!("{}: {bad}", place()))?;
    let plugin = plugin.with_settings(&case.settings);
    let plugin = plugin.map_err(|words| anyhow!("{}: settings: {words}", place()))?;
    let mut policy = RoutingPolicy::new();
    policy.set(case.question.group, Some(plugin));
    let Reply { choice, .. } = policy.choose(&case.question.question());
    if let Some(failure) = failure(&policy) {
        return Ok(Outcome::Wrong(format!("the plugin failed: {failure}")));
    }
    let answer = case.answer_of(choice);
    match case.answer {
        Some(expected) if Some(expected) == answer => Ok(Outcome::Same),
        Some(expected) if !accept => {
            let words = answer.map_or_else(|| "rings nobody".to_owned(), told);
            Ok(Outcome::Wrong(format!("it must {}, and {words}", must(expected))))
        }
        None if !accept => Ok(Outcome::Same),
        Some(_) | None => {
            fs::write(path, QuestionCase { answer, ..case }.write()).with_context(place)?;
            Ok(Outcome::Written)
        }
    }
}

fn other_world() -> Outcome {
    Outcome::Wrong("a question is a case of a routing policy, and this is none".to_owned())
}

fn must(answer: CaseAnswer) -> String {
    match answer {
        CaseAnswer::Ring(agent) => format!("ring agent {}", agent.0),
        CaseAnswer::Wait(ms) => format!("wait {ms} ms"),
    }
}

fn told(answer: CaseAnswer) -> String {
    match answer {
        CaseAnswer::Ring(agent) => format!("rings agent {}", agent.0),
        CaseAnswer::Wait(ms) => format!("waits {ms} ms"),
    }
}
