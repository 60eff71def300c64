//! The border of the sandbox: generated from the WIT, and the conversions by hand.

use std::marker::PhantomData;

use crate::host::Level;
use crate::{
    Answer, Caller, Card, Decision, Field, Kind, Policy, Question, Queue, Settings, Value,
};

wit_bindgen::generate!({
    path: ["../wit/base/v1", "../wit/routing/v1"],
    world: "ladus:routing/routing",
    generate_all,
    pub_export_macro: true,
    export_macro_name: "export_routing",
    default_bindings_module: "ladus_plugin::bindings",
});

use exports::ladus::routing::policy as wire;
use ladus::base::about;
use ladus::routing::{candidates, situation};

pub(crate) use candidates::{
    count, delay_ms, handled_today, idle_ms, last_day, missed_today, occupancy, order,
    served_ms_ago, skill_level, talk_ms_today,
};
pub(crate) use situation::{attributes, familiar_ms_ago, language, now_ms, seed};

/// A policy as the world's export.
#[derive(Debug)]
pub struct Exported<P>(PhantomData<P>);

impl<P: Policy> wire::Guest for Exported<P> {
    fn describe() -> wire::Card {
        P::card().into()
    }

    fn decide(settings: wire::Settings) -> Result<wire::Answer, String> {
        let settings = settings.into_iter().map(|(id, value)| (id, value.into())).collect();
        let question = Question::default().with_settings(Settings::new(settings));
        P::decide(&question).map(Into::into)
    }
}

pub(crate) fn caller() -> Caller {
    let situation::Caller { waited_ms, priority, offers } = situation::get_caller();
    Caller { waited_ms, priority, offers }
}

pub(crate) fn queue() -> Queue {
    let situation::Queue { waiting, longest_wait_ms } = situation::get_queue();
    Queue { waiting, longest_wait_ms }
}

pub(crate) fn write(level: Level, text: &str) {
    let level = match level {
        Level::Debug => ladus::base::log::Level::Debug,
        Level::Info => ladus::base::log::Level::Info,
        Level::Warn => ladus::base::log::Level::Warn,
    };
    ladus::base::log::write(level, text);
}

impl From<Answer> for wire::Answer {
    fn from(Answer { decision, reason }: Answer) -> Self {
        let decision = match decision {
            Decision::Ring(position) => wire::Decision::Ring(position),
            Decision::Wait(milliseconds) => wire::Decision::Wait(milliseconds),
            Decision::Pass => wire::Decision::Pass,
        };
        Self { decision, reason }
    }
}

impl From<Card> for wire::Card {
    fn from(Card { name, version, summary, fields }: Card) -> Self {
        Self { name, version, summary, fields: fields.into_iter().map(Into::into).collect() }
    }
}

impl From<Field> for about::Field {
    fn from(Field { id, label, help, kind, initial }: Field) -> Self {
        Self { id, label, help, kind: kind.into(), initial: initial.into() }
    }
}

impl From<Kind> for about::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Number { least, most, step, unit } => {
                Self::Number(about::Range { least, most, step, unit })
            }
            Kind::Duration => Self::Duration,
            Kind::Toggle => Self::Toggle,
            Kind::Line => Self::Line,
            Kind::Choice(items) => Self::Choice(
                items.into_iter().map(|(id, label)| about::Item { id, label }).collect(),
            ),
            Kind::Pick(list) => Self::Pick(list),
        }
    }
}

impl From<Value> for about::Value {
    fn from(value: Value) -> Self {
        match value {
            Value::Empty => Self::Empty,
            Value::Number(number) => Self::Number(number),
            Value::Toggle(on) => Self::Toggle(on),
            Value::Text(text) => Self::Text(text),
            Value::Several(ids) => Self::Several(ids),
        }
    }
}

impl From<about::Value> for Value {
    fn from(value: about::Value) -> Self {
        match value {
            about::Value::Empty => Self::Empty,
            about::Value::Number(number) => Self::Number(number),
            about::Value::Toggle(on) => Self::Toggle(on),
            about::Value::Text(text) => Self::Text(text),
            about::Value::Several(ids) => Self::Several(ids),
        }
    }
}
