//! Which policy chooses among the free agents of a group, and with which settings.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{Error, Fault, PluginVersionId};

/// Settings of one policy: its form has no more fields.
const SETTINGS_MAX: usize = 50;
/// A field's id, as on the card.
const ID_MAX: usize = 40;
/// A line of text.
const TEXT_MAX: usize = 500;
/// Entries of one setting that is a list.
const SEVERAL_MAX: usize = 200;
/// A stock policy's name, as on its card.
const NAME_MAX: usize = 40;
/// What stands before the id of an uploaded version. No name has a colon.
const UPLOADED: &str = "plugin-version:";

/// Who chooses whose phone rings.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum RoutingPolicy {
    /// The engine's own order.
    #[default]
    BuiltIn,
    /// A policy that every Ladus brings along, by the name on its card. Which ones there are is
    /// not the store's to know: one that is gone leaves the built-in order.
    Stock(String),
    /// A plugin that the company has uploaded.
    Uploaded(PluginVersionId),
}

/// The value of one setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    Empty,
    Number(f64),
    Toggle(bool),
    Text(String),
    Several(Vec<String>),
}

/// What an administrator chose, by field. A field that is not named has the card's own value.
pub type Settings = BTreeMap<String, Setting>;

impl RoutingPolicy {
    /// One word for it: `built-in`, a stock policy's name, or `plugin-version:` and an id.
    pub fn word(&self) -> String {
        match self {
            RoutingPolicy::BuiltIn => "built-in".to_owned(),
            RoutingPolicy::Stock(name) => name.clone(),
            RoutingPolicy::Uploaded(version) => format!("{UPLOADED}{}", version.0),
        }
    }

    /// The policy of this word.
    pub fn of_word(word: &str) -> Option<RoutingPolicy> {
        if let Some(id) = word.strip_prefix(UPLOADED) {
            return Some(RoutingPolicy::Uploaded(PluginVersionId(id.parse().ok()?)));
        }
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let is_name = (1..=NAME_MAX).contains(&word.len()) && word.chars().all(fits);
        match word {
            "built-in" => Some(RoutingPolicy::BuiltIn),
            _ if is_name => Some(RoutingPolicy::Stock(word.to_owned())),
            _ => None,
        }
    }

    pub(crate) fn stock(&self) -> Option<&str> {
        match self {
            RoutingPolicy::Stock(name) => Some(name),
            RoutingPolicy::BuiltIn | RoutingPolicy::Uploaded(_) => None,
        }
    }

    /// The version of the company's own plugin that it is, if it is one.
    pub fn uploaded(&self) -> Option<PluginVersionId> {
        match self {
            RoutingPolicy::Uploaded(version) => Some(*version),
            RoutingPolicy::BuiltIn | RoutingPolicy::Stock(_) => None,
        }
    }
}

/// Settings within bounds. Whether they fit the policy's card is checked where the card is.
pub(crate) fn checked(settings: Settings) -> Result<Settings, Error> {
    if settings.len() > SETTINGS_MAX {
        return Err(Error::invalid("settings", Fault::TooMany { max: SETTINGS_MAX as u64 }));
    }
    for (id, setting) in &settings {
        let fault = if id.is_empty() || id.chars().count() > ID_MAX {
            Some(Fault::Unknown)
        } else {
            setting.fault()
        };
        if let Some(fault) = fault {
            return Err(Error::Placed { place: format!("settings/{id}"), fault });
        }
    }
    Ok(settings)
}

pub(crate) fn written(settings: &Settings) -> Map<String, Value> {
    settings.iter().map(|(id, setting)| (id.clone(), setting.written())).collect()
}

/// `None` when it cannot be.
pub(crate) fn parsed(value: &Value) -> Option<Settings> {
    let entries = value.as_object()?.iter();
    let settings = entries.map(|(id, value)| Some((id.clone(), Setting::of_json(value)?)));
    checked(settings.collect::<Option<Settings>>()?).ok()
}

impl Setting {
    fn fault(&self) -> Option<Fault> {
        let too_long = |text: &String| text.chars().count() > TEXT_MAX;
        match self {
            Setting::Empty | Setting::Toggle(_) => None,
            Setting::Number(number) => (!number.is_finite()).then_some(Fault::NotANumber),
            Setting::Text(text) => {
                too_long(text).then_some(Fault::TooLong { max: TEXT_MAX as u64 })
            }
            Setting::Several(list) if list.len() > SEVERAL_MAX => {
                Some(Fault::TooMany { max: SEVERAL_MAX as u64 })
            }
            Setting::Several(list) => {
                list.iter().any(too_long).then_some(Fault::TooLong { max: TEXT_MAX as u64 })
            }
        }
    }

    fn written(&self) -> Value {
        match self {
            Setting::Empty => Value::Null,
            Setting::Number(number) => Value::from(*number),
            Setting::Toggle(on) => Value::from(*on),
            Setting::Text(text) => Value::from(text.as_str()),
            Setting::Several(list) => Value::from(list.as_slice()),
        }
    }

    fn of_json(value: &Value) -> Option<Setting> {
        Some(match value {
            Value::Null => Setting::Empty,
            Value::Bool(on) => Setting::Toggle(*on),
            Value::Number(number) => Setting::Number(number.as_f64()?),
            Value::String(text) => Setting::Text(text.clone()),
            Value::Array(list) => {
                let texts = list.iter().map(|it| it.as_str().map(str::to_owned));
                Setting::Several(texts.collect::<Option<_>>()?)
            }
            Value::Object(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{RoutingPolicy, Setting, Settings, checked, parsed, written};
    use crate::PluginVersionId;

    #[test]
    fn every_policy_has_its_word_and_every_word_one_policy() {
        let policies = [
            RoutingPolicy::BuiltIn,
            RoutingPolicy::Stock("longest-idle".to_owned()),
            RoutingPolicy::Uploaded(PluginVersionId(12)),
        ];
        for policy in policies {
            assert_eq!(RoutingPolicy::of_word(&policy.word()), Some(policy));
        }
        for wrong in ["", "Longest Idle", "plugin-version:", "plugin-version:x", "a:b"] {
            assert_eq!(RoutingPolicy::of_word(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn settings_are_read_as_they_were_written_or_not_at_all() {
        let settings = Settings::from([
            ("threshold".to_owned(), Setting::Number(2.5)),
            ("only_first".to_owned(), Setting::Toggle(true)),
            ("note".to_owned(), Setting::Text("kõrge mägi".to_owned())),
            ("agents".to_owned(), Setting::Several(vec!["7".to_owned()])),
            ("nothing".to_owned(), Setting::Empty),
        ]);
        assert_eq!(parsed(&written(&settings).into()), Some(settings));
        assert_eq!(parsed(&serde_json::json!({ "deep": { "er": 1 } })), None);
        let text = |length| Setting::Text("ö".repeat(length));
        assert!(checked(Settings::from([("line".to_owned(), text(500))])).is_ok());
        let refused = checked(Settings::from([("line".to_owned(), text(501))])).unwrap_err();
        assert!(refused.to_string().starts_with("settings/line "), "{refused}");
        let nan = Settings::from([("n".to_owned(), Setting::Number(f64::NAN))]);
        assert!(checked(nan).is_err());
    }
}
