//! What a plugin tells about itself, and its limits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The plugin's visiting card. The list of plugins and the settings form are drawn from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Lower case with hyphens, for example `longest-idle`.
    pub name: String,
    /// For example `1.0.0`.
    pub version: String,
    /// One sentence for the administrator.
    pub summary: String,
    /// The settings, in the order of the form.
    pub fields: Vec<Field>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub id: String,
    pub label: String,
    pub help: String,
    pub kind: Kind,
    pub initial: Value,
}

/// What may be entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Number {
        least: f64,
        most: f64,
        step: f64,
        unit: String,
    },
    Duration,
    Toggle,
    Line,
    /// Pairs of id and label.
    Choice(Vec<(String, String)>),
    /// Something we have a list of: `agent`, `group`.
    Pick(String),
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Empty,
    Number(f64),
    Toggle(bool),
    Text(String),
    Several(Vec<String>),
}

/// Fields of a card: more do not fit a form that a person understands.
const FIELDS_MAX: usize = 50;
/// Items of a choice, for the same reason.
const ITEMS_MAX: usize = 200;

impl Card {
    /// Says what is wrong with the card, if anything is.
    pub(crate) fn fault(&self) -> Option<String> {
        let name_fits = (1..=40).contains(&self.name.len())
            && self.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !name_fits {
            return Some("its name must be 1 to 40 of a-z, 0-9 and hyphen".to_owned());
        }
        let version_fits = (1..=20).contains(&self.version.len())
            && self.version.chars().all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c));
        if !version_fits {
            return Some("its version must be 1 to 20 letters, digits and dots".to_owned());
        }
        if !fits(&self.summary, 500) {
            return Some("its summary is longer than 500 characters".to_owned());
        }
        if self.fields.len() > FIELDS_MAX {
            return Some(format!("it has more than {FIELDS_MAX} settings"));
        }
        let mut ids = BTreeSet::new();
        self.fields.iter().find_map(|field| {
            let fault = if ids.insert(&field.id) { field.fault()? } else { "is there twice" };
            let id: String = field.id.chars().take(40).collect();
            Some(format!("its setting \u{201c}{id}\u{201d} {fault}"))
        })
    }

    /// The values until the administrator chooses others.
    pub(crate) fn initial(&self) -> Vec<(String, Value)> {
        self.fields.iter().map(|field| (field.id.clone(), field.initial.clone())).collect()
    }

    /// Every field with its value: the chosen one where it fits, and else the initial one.
    pub(crate) fn settled(&self, mut chosen: BTreeMap<String, Value>) -> Arc<[(String, Value)]> {
        let value = |field: &Field| {
            let chosen = chosen.remove(&field.id).filter(|value| field.kind.takes(value));
            (field.id.clone(), chosen.unwrap_or_else(|| field.initial.clone()))
        };
        self.fields.iter().map(value).collect()
    }

    /// How the journal names it, for example `longest-idle@1.0.0`.
    pub(crate) fn label(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    /// Says which of these choices cannot be his, if any.
    pub(crate) fn misfit(&self, chosen: &[(String, Value)]) -> Option<String> {
        chosen.iter().find_map(|(id, value)| {
            match self.fields.iter().find(|field| field.id == *id) {
                None => Some(format!("there is no setting \u{201c}{id}\u{201d}")),
                Some(field) if field.kind.takes(value) => None,
                Some(_) => Some(format!("the value of \u{201c}{id}\u{201d} does not fit it")),
            }
        })
    }
}

impl Field {
    fn fault(&self) -> Option<&'static str> {
        if self.id.is_empty() || !fits(&self.id, 40) {
            return Some("needs an id of 1 to 40 characters");
        }
        if self.label.is_empty() || !fits(&self.label, 100) || !fits(&self.help, 500) {
            return Some("needs a label of 1 to 100 characters, and help of at most 500");
        }
        if !self.kind.is_sound() {
            return Some("has a range or a choice that cannot be met");
        }
        (!self.kind.takes(&self.initial)).then_some("starts with a value that does not fit it")
    }
}

impl Kind {
    fn is_sound(&self) -> bool {
        match self {
            Kind::Number { least, most, step, unit } => {
                [least, most, step].iter().all(|it| it.is_finite())
                    && least <= most
                    && *step > 0.0
                    && fits(unit, 20)
            }
            Kind::Duration | Kind::Toggle | Kind::Line => true,
            Kind::Choice(items) => {
                (1..=ITEMS_MAX).contains(&items.len())
                    && items.iter().all(|(id, label)| fits(id, 40) && fits(label, 100))
            }
            Kind::Pick(list) => fits(list, 40),
        }
    }

    /// Whether a value may stand in such a field.
    pub(crate) fn takes(&self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Empty) | (Kind::Toggle, Value::Toggle(_)) => true,
            (Kind::Number { least, most, .. }, Value::Number(it)) => (least..=most).contains(&it),
            (Kind::Duration, Value::Number(ms)) => *ms >= 0.0 && ms.is_finite(),
            (Kind::Line | Kind::Pick(_), Value::Text(text)) => fits(text, 500),
            (Kind::Choice(items), Value::Text(id)) => items.iter().any(|(it, _)| it == id),
            (
                Kind::Number { .. }
                | Kind::Duration
                | Kind::Toggle
                | Kind::Line
                | Kind::Choice(_)
                | Kind::Pick(_),
                Value::Number(_) | Value::Toggle(_) | Value::Text(_) | Value::Several(_),
            ) => false,
        }
    }
}

fn fits(text: &str, characters: usize) -> bool {
    text.len() <= characters * 4 && text.chars().count() <= characters
}
