//! A plugin's card as JSON, as it is sent and as the store keeps it; and settings against it.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use control::{FieldItem, FieldKind, FieldValue, PluginCard};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use store::{Setting, Settings};
use utoipa::ToSchema;

use crate::app::App;
use crate::code::Code;
use crate::problem::Problem;

/// Characters of one line.
const LINE_MAX: usize = 500;

/// What a plugin tells about itself.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[schema(as = PluginCard)]
pub(crate) struct Card {
    /// What it decides. Cards from before there was a choice are of routing policies.
    #[serde(default)]
    #[schema(required)]
    pub(crate) kind: PluginKind,
    pub(crate) name: String,
    pub(crate) version: String,
    /// One sentence for the administrator, in the plugin's own language.
    pub(crate) summary: String,
    /// The settings, in the order of the form.
    pub(crate) fields: Vec<Field>,
}

/// What a plugin decides.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PluginKind {
    /// Whose phone rings for a call: a group has it.
    #[default]
    Routing,
    /// Which call a freed agent gets: the whole company has it.
    Selection,
    /// What people have achieved: an indicator is worked out by it.
    Indicator,
}

/// One setting.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[schema(as = PluginField)]
pub(crate) struct Field {
    id: String,
    label: String,
    help: String,
    #[serde(flatten)]
    kind: Kind,
    /// The value until somebody chooses another one.
    initial: Given,
}

/// What may be entered.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[schema(as = PluginFieldKind)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Kind {
    Number {
        least: f64,
        most: f64,
        step: f64,
        unit: String,
    },
    /// Milliseconds.
    Duration,
    Toggle,
    Line,
    /// The id of one of these.
    Choice {
        items: Vec<Item>,
    },
    /// The id of something we have a list of: `agent`, `group`; a `skill` is its name. Of any
    /// other word: a line.
    Pick {
        list: String,
    },
}

/// One of a choice.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[schema(as = PluginFieldItem)]
pub(crate) struct Item {
    id: String,
    label: String,
}

/// The value of a setting: a number, a truth, a text, texts, or nothing.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize, ToSchema)]
#[schema(as = PluginSetting)]
#[serde(untagged)]
pub(crate) enum Given {
    Toggle(bool),
    Number(f64),
    Text(String),
    Several(Vec<String>),
    Empty,
}

/// Ids of everything that a setting may pick.
pub(crate) struct Picked {
    pub(crate) agents: BTreeSet<u64>,
    pub(crate) groups: BTreeSet<u64>,
}

impl Card {
    pub(crate) fn of(card: PluginCard) -> Card {
        let field = |field: control::Field| Field {
            id: field.id,
            label: field.label,
            help: field.help,
            kind: Kind::of(field.kind),
            initial: Given::of_field(field.initial),
        };
        Card {
            kind: PluginKind::of(card.kind),
            name: card.name,
            version: card.version,
            summary: card.summary,
            fields: card.fields.into_iter().map(field).collect(),
        }
    }

    /// The card as the store keeps it. Only we write it: one that does not parse has no fields.
    pub(crate) fn of_store(name: &str, version: &str, card: &Value) -> Card {
        serde_json::from_value(card.clone()).unwrap_or_else(|_| Card {
            kind: PluginKind::default(),
            name: name.to_owned(),
            version: version.to_owned(),
            summary: String::new(),
            fields: Vec::new(),
        })
    }

    /// Settings that fit this card, or which of them does not.
    pub(crate) fn checked(
        &self,
        given: BTreeMap<String, Given>,
        picked: &Picked,
    ) -> Result<Settings, Problem> {
        let mut settings = Settings::new();
        for (id, value) in given {
            let place = format!("/settings/{}", id.replace('~', "~0").replace('/', "~1"));
            let wrong = |(code, params)| unacceptable(&place, code, params);
            let field = self.fields.iter().find(|field| field.id == id);
            let field = field.ok_or_else(|| wrong((Code::Unknown, None)))?;
            field.kind.takes(&value, picked).map_err(wrong)?;
            settings.insert(id, value.kept());
        }
        Ok(settings)
    }
}

impl Picked {
    /// Everything that the company has.
    pub(crate) async fn of(app: &App) -> Result<Picked, Problem> {
        let people = app.tenant.people().await?.into_iter().map(|person| person.id.0);
        let groups = app.tenant.groups().await?.into_iter().map(|group| group.id.0);
        Ok(Picked { agents: people.collect(), groups: groups.collect() })
    }
}

impl PluginKind {
    pub(crate) fn of(kind: control::PluginKind) -> PluginKind {
        match kind {
            control::PluginKind::Routing => PluginKind::Routing,
            control::PluginKind::Selection => PluginKind::Selection,
            control::PluginKind::Indicator => PluginKind::Indicator,
        }
    }
}

/// A code, and the limit that was broken.
type Wrong = (Code, Option<(&'static str, f64)>);

impl Kind {
    fn of(kind: FieldKind) -> Kind {
        match kind {
            FieldKind::Number { least, most, step, unit } => {
                Kind::Number { least, most, step, unit }
            }
            FieldKind::Duration => Kind::Duration,
            FieldKind::Toggle => Kind::Toggle,
            FieldKind::Line => Kind::Line,
            FieldKind::Choice(items) => {
                let item = |FieldItem { id, label }| Item { id, label };
                Kind::Choice { items: items.into_iter().map(item).collect() }
            }
            FieldKind::Pick(list) => Kind::Pick { list },
        }
    }

    fn takes(&self, value: &Given, picked: &Picked) -> Result<(), Wrong> {
        match (self, value) {
            (_, Given::Empty) | (Kind::Toggle, Given::Toggle(_)) => Ok(()),
            (Kind::Number { least, most, .. }, Given::Number(number)) => {
                if number < least {
                    return Err((Code::TooSmall, Some(("min", *least))));
                }
                let fits = number <= most;
                if fits { Ok(()) } else { Err((Code::TooLarge, Some(("max", *most)))) }
            }
            (Kind::Duration, Given::Number(ms)) => {
                if *ms >= 0.0 {
                    Ok(())
                } else {
                    Err((Code::TooSmall, Some(("min", 0.0))))
                }
            }
            (Kind::Line, Given::Text(text)) => line(text),
            (Kind::Choice { items }, Given::Text(id)) => known(items.iter().any(|it| it.id == *id)),
            (Kind::Pick { list }, Given::Text(id)) => match list.as_str() {
                "agent" => known(id.parse().is_ok_and(|id| picked.agents.contains(&id))),
                "group" => known(id.parse().is_ok_and(|id| picked.groups.contains(&id))),
                _ => line(id),
            },
            (
                Kind::Number { .. }
                | Kind::Duration
                | Kind::Toggle
                | Kind::Line
                | Kind::Choice { .. }
                | Kind::Pick { .. },
                Given::Number(_) | Given::Toggle(_) | Given::Text(_) | Given::Several(_),
            ) => Err((Code::Malformed, None)),
        }
    }
}

fn line(text: &str) -> Result<(), Wrong> {
    match text.chars().count() > LINE_MAX {
        true => Err((Code::TooLong, Some(("max", LINE_MAX as f64)))),
        false => Ok(()),
    }
}

fn known(is_known: bool) -> Result<(), Wrong> {
    if is_known { Ok(()) } else { Err((Code::Unknown, None)) }
}

fn unacceptable(place: &str, code: Code, limit: Option<(&'static str, f64)>) -> Problem {
    let params = limit.map(|(name, value)| (name.to_owned(), json!(value)));
    let params: Map<String, Value> = params.into_iter().collect();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid).about_with(place, code, params)
}

impl Given {
    fn of_field(value: FieldValue) -> Given {
        match value {
            FieldValue::Empty => Given::Empty,
            FieldValue::Number(number) => Given::Number(number),
            FieldValue::Toggle(on) => Given::Toggle(on),
            FieldValue::Text(text) => Given::Text(text),
            FieldValue::Several(list) => Given::Several(list),
        }
    }

    pub(crate) fn of_store(setting: Setting) -> Given {
        match setting {
            Setting::Empty => Given::Empty,
            Setting::Number(number) => Given::Number(number),
            Setting::Toggle(on) => Given::Toggle(on),
            Setting::Text(text) => Given::Text(text),
            Setting::Several(list) => Given::Several(list),
        }
    }

    fn kept(self) -> Setting {
        match self {
            Given::Empty => Setting::Empty,
            Given::Number(number) => Setting::Number(number),
            Given::Toggle(on) => Setting::Toggle(on),
            Given::Text(text) => Setting::Text(text),
            Given::Several(list) => Setting::Several(list),
        }
    }
}
