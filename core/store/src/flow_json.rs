//! A group's flow as a JSON document, and back.

use std::time::Duration;

use acd::{Announce, CalendarId, GroupId, Key, Step, Way};
use serde_json::{Map, Value, json};

use crate::Error;
use crate::flow::{Flow, ms};
use crate::word::Word;

/// The document, as it is kept and as traces show it.
pub(crate) fn written(flow: &Flow) -> Map<String, Value> {
    let steps = flow.steps.iter();
    let steps = steps.map(|step| json!({ "after_ms": ms(step.after), "to": way(&step.to) }));
    let keys = flow.keys.iter();
    let keys = keys.map(|(key, to)| json!({ "key": key.char().to_string(), "to": way(to) }));
    let callers = flow.callers.iter();
    let callers = callers.map(|(number, rank)| json!({ "number": number, "priority": rank }));
    let announce = flow.announce.map(|it| {
        json!({
            "greeting": it.greeting.map(Word::word),
            "first_ms": ms(it.first),
            "every_ms": ms(it.every),
            "place": it.place,
            "wait": it.wait,
        })
    });
    let document = json!({
        "hours": flow.hours.map(|id| id.0),
        "door": flow.door.word(),
        "closed": way(&flow.closed),
        "closing": flow.closing.word(),
        "nobody": flow.nobody.word(),
        "deserted": way(&flow.deserted),
        "full": way(&flow.full),
        "steps": steps.collect::<Vec<_>>(),
        "keys": keys.collect::<Vec<_>>(),
        "sticky_ms": flow.sticky_ms,
        "callers": callers.collect::<Vec<_>>(),
        "announce": announce,
        "keeps_wait": flow.keeps_wait,
    });
    let Value::Object(document) = document else { return Map::new() };
    document
}

/// Reads a document. What an older program did not write has its usual value.
pub(crate) fn read(document: &Value) -> Result<Flow, Error> {
    let corrupt = || Error::Corrupt { table: "grp", cause: format!("settings {document}") };
    let flow = parsed(document).ok_or_else(corrupt)?;
    flow.checked().map_err(|_| corrupt())
}

fn parsed(document: &Value) -> Option<Flow> {
    let usual = Flow::default();
    let at = |key: &str| document.get(key).filter(|value| !value.is_null());
    Some(Flow {
        hours: maybe(at("hours"), |id| id.as_u64().map(CalendarId))?,
        door: at("door").map_or(Some(usual.door), word)?,
        closed: at("closed").map_or(Some(usual.closed), way_of)?,
        closing: at("closing").map_or(Some(usual.closing), word)?,
        nobody: at("nobody").map_or(Some(usual.nobody), word)?,
        deserted: at("deserted").map_or(Some(usual.deserted), way_of)?,
        full: at("full").map_or(Some(usual.full), way_of)?,
        steps: list(at("steps"), |entry| {
            Some(Step { after: span(&entry["after_ms"])?, to: way_of(&entry["to"])? })
        })?,
        keys: list(at("keys"), |entry| Some((key(&entry["key"])?, way_of(&entry["to"])?)))?
            .into_iter()
            .collect(),
        sticky_ms: at("sticky_ms").map_or(Some(usual.sticky_ms), Value::as_u64)?,
        callers: list(at("callers"), |entry| {
            let priority = i32::try_from(entry["priority"].as_i64()?).ok()?;
            Some((entry["number"].as_str()?.to_owned(), priority))
        })?
        .into_iter()
        .collect(),
        announce: maybe(at("announce"), announce)?,
        keeps_wait: at("keeps_wait").map_or(Some(usual.keeps_wait), Value::as_bool)?,
    })
}

/// Nothing where nothing is; but what is there must parse.
fn maybe<T>(value: Option<&Value>, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
    match value {
        Some(value) => read(value).map(Some),
        None => Some(None),
    }
}

fn announce(value: &Value) -> Option<Announce> {
    let greeting = maybe(Some(&value["greeting"]).filter(|it| !it.is_null()), word)?;
    Some(Announce {
        greeting,
        first: span(&value["first_ms"])?,
        every: span(&value["every_ms"])?,
        place: value["place"].as_bool()?,
        wait: value["wait"].as_bool()?,
    })
}

fn list<T>(list: Option<&Value>, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    match list {
        Some(list) => list.as_array()?.iter().map(read).collect(),
        None => Some(Vec::new()),
    }
}

fn key(value: &Value) -> Option<Key> {
    let mut signs = value.as_str()?.chars();
    let key = Key::new(signs.next()?)?;
    signs.next().is_none().then_some(key)
}

fn span(value: &Value) -> Option<Duration> {
    value.as_u64().map(Duration::from_millis)
}

fn word<T: Word>(value: &Value) -> Option<T> {
    value.as_str().and_then(T::of_word)
}

pub(crate) fn way(way: &Way) -> Value {
    match way {
        Way::Group(group) => json!({ "kind": "group", "group": group.0 }),
        Way::Number(number) => json!({ "kind": "number", "number": number }),
        Way::Goodbye(prompt) => json!({ "kind": "goodbye", "prompt": prompt.map(Word::word) }),
        Way::Callback => json!({ "kind": "callback" }),
    }
}

fn way_of(value: &Value) -> Option<Way> {
    Some(match value["kind"].as_str()? {
        "group" => Way::Group(GroupId(value["group"].as_u64()?)),
        "number" => Way::Number(value["number"].as_str()?.to_owned()),
        "goodbye" => Way::Goodbye(maybe(Some(&value["prompt"]).filter(|it| !it.is_null()), word)?),
        "callback" => Way::Callback,
        _ => return None,
    })
}
