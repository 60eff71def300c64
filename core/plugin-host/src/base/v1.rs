//! `ladus:base@1`: the card, the settings and the log, between the wire and our own words.

use crate::routing::v1::bindings::ladus::base::{about, log};
use crate::run::{Level, State};
use crate::{Card, Field, Kind, Value};

impl<S: Send> about::Host for State<S> {}

impl<S: Send> log::Host for State<S> {
    fn write(&mut self, level: log::Level, text: String) -> wasmtime::Result<()> {
        self.called()?;
        let level = match level {
            log::Level::Debug => Level::Debug,
            log::Level::Info => Level::Info,
            log::Level::Warn => Level::Warn,
        };
        self.note(level, text);
        Ok(())
    }
}

impl From<about::Card> for Card {
    fn from(about::Card { name, version, summary, fields }: about::Card) -> Self {
        Self { name, version, summary, fields: fields.into_iter().map(Into::into).collect() }
    }
}

impl From<about::Field> for Field {
    fn from(about::Field { id, label, help, kind, initial }: about::Field) -> Self {
        Self { id, label, help, kind: kind.into(), initial: initial.into() }
    }
}

impl From<about::Kind> for Kind {
    fn from(kind: about::Kind) -> Self {
        match kind {
            about::Kind::Number(about::Range { least, most, step, unit }) => {
                Self::Number { least, most, step, unit }
            }
            about::Kind::Duration => Self::Duration,
            about::Kind::Toggle => Self::Toggle,
            about::Kind::Line => Self::Line,
            about::Kind::Choice(items) => {
                Self::Choice(items.into_iter().map(|item| (item.id, item.label)).collect())
            }
            about::Kind::Pick(list) => Self::Pick(list),
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
