//! What an indicator is worked out by: a formula, or a plugin with its settings.

use serde_json::{Value, json};

use crate::word::{Word, words};
use crate::{Error, Fault, PluginVersionId, RoutingPolicy, Settings, limit, policy};

/// Bytes of a formula, as the language allows them.
const FORMULA_MAX: usize = 4_000;
/// Characters of a title: the heading of a column.
const TITLE_MAX: u64 = 60;
/// No month has more calls of one person.
const SAMPLE_MAX: u64 = 100_000;

/// How an indicator is worked out and judged.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorRule {
    /// What people call it.
    pub title: String,
    pub source: IndicatorSource,
    pub unit: IndicatorUnit,
    pub better: IndicatorBetter,
    /// A figure that rests on fewer cases is not given out.
    pub sample_min: u32,
}

/// Where an indicator's figures come from.
#[derive(Clone, Debug, PartialEq)]
pub enum IndicatorSource {
    /// The canonical text of a formula. Whether it can be read is checked where the language is.
    Formula(String),
    /// A plugin of the kind indicator.
    Plugin { plugin: IndicatorPlugin, settings: Settings },
}

/// Which plugin.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum IndicatorPlugin {
    /// One that every Ladus brings along, by the name on its card.
    Stock(String),
    /// One that the company has uploaded.
    Uploaded(PluginVersionId),
}

/// What an indicator's figures are measured in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum IndicatorUnit {
    Seconds,
    Count,
    Ratio,
    Money,
}

/// Whoever has more comes first, or whoever has less.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum IndicatorBetter {
    More,
    Less,
}

words!(IndicatorUnit {
    Seconds = "seconds",
    Count = "count",
    Ratio = "ratio",
    Money = "money",
});
words!(IndicatorBetter { More = "more", Less = "less" });

impl IndicatorRule {
    /// Within bounds.
    pub(crate) fn checked(self) -> Result<IndicatorRule, Error> {
        let source = match self.source {
            IndicatorSource::Formula(text) if text.len() > FORMULA_MAX => {
                let max = FORMULA_MAX as u64;
                return Err(Error::invalid("formula", Fault::TooLong { max }));
            }
            IndicatorSource::Formula(text) => IndicatorSource::Formula(text),
            IndicatorSource::Plugin { plugin, settings } => {
                IndicatorSource::Plugin { plugin, settings: policy::checked(settings)? }
            }
        };
        limit::range("sample_min", u64::from(self.sample_min), 0, SAMPLE_MAX)?;
        Ok(IndicatorRule { title: limit::line("title", &self.title, TITLE_MAX)?, source, ..self })
    }
}

impl IndicatorSource {
    /// The version of the company's own plugin that it needs, if it needs one.
    pub fn uploaded(&self) -> Option<PluginVersionId> {
        match self {
            IndicatorSource::Plugin { plugin: IndicatorPlugin::Uploaded(version), .. } => {
                Some(*version)
            }
            IndicatorSource::Plugin { plugin: IndicatorPlugin::Stock(_), .. }
            | IndicatorSource::Formula(_) => None,
        }
    }

    pub(crate) fn trace(&self) -> Value {
        match self {
            IndicatorSource::Formula(text) => json!({ "formula": text }),
            IndicatorSource::Plugin { plugin, settings } => {
                json!({ "plugin": plugin.word(), "settings": policy::written(settings) })
            }
        }
    }
}

/// A source from the text of its trace; `None` when it cannot be.
pub(crate) fn source_of(text: &str) -> Option<IndicatorSource> {
    let trace: Value = serde_json::from_str(text).ok()?;
    if let Some(formula) = trace["formula"].as_str() {
        return Some(IndicatorSource::Formula(formula.to_owned()));
    }
    let plugin = IndicatorPlugin::of_word(trace["plugin"].as_str()?)?;
    Some(IndicatorSource::Plugin { plugin, settings: policy::parsed(&trace["settings"])? })
}

impl IndicatorPlugin {
    /// One word for it, like that of a policy: a stock plugin's name, or `plugin-version:` and an
    /// id.
    pub fn word(&self) -> String {
        match self {
            IndicatorPlugin::Stock(name) => name.clone(),
            IndicatorPlugin::Uploaded(version) => RoutingPolicy::Uploaded(*version).word(),
        }
    }

    /// The plugin of this word.
    pub fn of_word(word: &str) -> Option<IndicatorPlugin> {
        match RoutingPolicy::of_word(word)? {
            RoutingPolicy::Stock(name) => Some(IndicatorPlugin::Stock(name)),
            RoutingPolicy::Uploaded(version) => Some(IndicatorPlugin::Uploaded(version)),
            RoutingPolicy::BuiltIn => None,
        }
    }
}

impl IndicatorUnit {
    /// One word for it: `seconds`, `count`, `ratio`, `money`.
    pub fn name(self) -> &'static str {
        self.word()
    }
}

impl IndicatorBetter {
    /// One word for it: `more`, `less`.
    pub fn name(self) -> &'static str {
        self.word()
    }

    /// The one of this word.
    pub fn named(word: &str) -> Option<IndicatorBetter> {
        IndicatorBetter::of_word(word)
    }
}
