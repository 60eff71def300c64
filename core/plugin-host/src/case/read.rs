//! Text becomes a case, or a place in it and what is wrong there.

use std::collections::{BTreeMap, BTreeSet};

use acd::{
    ATTRIBUTE_NAME_MAX, ATTRIBUTE_VALUE_MAX, ATTRIBUTES_MAX, Achieved, AgentId, CANDIDATES_MAX,
    CallId, Candidate, GroupId, INDICATOR_NAME_MAX, INDICATORS_MAX, SKILL_LEVEL_MAX,
    SKILL_NAME_MAX, SKILLS_MAX, Sent, Service, Skills, Time,
};
use serde_json::Value as Json;

use super::place::{Fields, Place};
use super::{BadCase, CaseAnswer, FORMAT, QuestionCase};
use crate::limits::CASE_MAX;
use crate::{Kept, Value};

/// The engine remembers a handful of agents of each caller.
const SERVICES_MAX: usize = 100;
/// Entries of a setting's list; a card's choice has no more.
const SEVERAL_MAX: usize = 200;
const LANGUAGE_MAX: usize = 40;

const KEYS: &[&str] = &[
    "ladus",
    "plugin",
    "settings",
    "failure",
    "now_ms",
    "group",
    "call",
    "waited_ms",
    "priority",
    "offers",
    "waiting",
    "longest_wait_ms",
    "seed",
    "language",
    "attributes",
    "services",
    "candidates",
    "answer",
];

pub(super) fn read(text: &str) -> Result<QuestionCase, BadCase> {
    let whole = |words| BadCase { place: "the file".to_owned(), words };
    if text.len() > CASE_MAX {
        return Err(whole(format!("it is larger than {} MB", CASE_MAX >> 20)));
    }
    let all: Json = serde_json::from_str(text)
        .map_err(|error| whole(format!("it is not JSON, or not all of it: {error}")))?;
    let top = Place::top(&all);
    let format = top.value.get("ladus").and_then(Json::as_str);
    if format != Some(FORMAT) {
        return Err(top.wrong(format!("it does not say \"ladus\": \"{FORMAT}\"")));
    }
    let fields = top.fields(KEYS)?;
    let question = question(&fields)?;
    Ok(QuestionCase {
        plugin: maybe_text(&fields, "plugin")?.unwrap_or_default(),
        settings: settings(&fields.at("settings")?)?,
        failure: maybe_text(&fields, "failure")?,
        answer: fields.maybe("answer").map(|place| answer(&place, &question)).transpose()?,
        question,
    })
}

fn maybe_text(fields: &Fields<'_>, key: &str) -> Result<Option<String>, BadCase> {
    fields.maybe(key).map(|place| place.text().map(str::to_owned)).transpose()
}

fn question(fields: &Fields<'_>) -> Result<Kept, BadCase> {
    let (candidates, skills, achieved) = candidates(&fields.at("candidates")?)?;
    Ok(Kept {
        now: Time(fields.at("now_ms")?.whole()?),
        group: GroupId(fields.at("group")?.whole()?),
        call: CallId(fields.at("call")?.whole()?),
        waited_ms: fields.at("waited_ms")?.whole()?,
        priority: fields.at("priority")?.signed()?,
        offers: fields.at("offers")?.whole()?,
        waiting: fields.at("waiting")?.whole()?,
        longest_wait_ms: fields.at("longest_wait_ms")?.whole()?,
        seed: seed(&fields.at("seed")?)?,
        sent: sent(fields)?,
        services: services(&fields.at("services")?)?,
        candidates,
        skills,
        achieved,
    })
}

fn seed(place: &Place<'_>) -> Result<u64, BadCase> {
    let digits = place.text()?;
    digits.parse().map_err(|_| place.wrong("digits of a number below 2^64 are needed, in quotes"))
}

fn sent(fields: &Fields<'_>) -> Result<Sent, BadCase> {
    let language = maybe_text(fields, "language")?;
    if let Some(place) = fields.maybe("language")
        && language.as_ref().is_some_and(|it| it.chars().count() > LANGUAGE_MAX)
    {
        return Err(place.wrong(format!("it is longer than {LANGUAGE_MAX} characters")));
    }
    let mut sent = Sent::in_language(language);
    for (at, place) in fields.at("attributes")?.items(ATTRIBUTES_MAX)?.iter().enumerate() {
        let pair = place.items(2)?;
        let [name, value] = pair.as_slice() else {
            return Err(place.wrong("a name and a value are needed"));
        };
        sent.add(name.text()?, value.text()?);
        if sent.attributes().len() == at {
            return Err(place.wrong(format!(
                "the name has 1 to {ATTRIBUTE_NAME_MAX} characters, the value at most \
                 {ATTRIBUTE_VALUE_MAX}"
            )));
        }
    }
    Ok(sent)
}

fn services(place: &Place<'_>) -> Result<Vec<Service>, BadCase> {
    let service = |place: &Place<'_>| {
        let fields = place.fields(&["agent", "ms_ago", "there"])?;
        Ok(Service {
            agent: AgentId(fields.at("agent")?.whole()?),
            ms_ago: fields.at("ms_ago")?.whole()?,
            there: fields.at("there")?.yes()?,
        })
    };
    place.items(SERVICES_MAX)?.iter().map(service).collect()
}

/// Those who could be rung, with what each can and has achieved.
type Rows = (Vec<Candidate>, Vec<Skills>, Vec<Achieved>);

fn candidates(place: &Place<'_>) -> Result<Rows, BadCase> {
    let rows = place.items(CANDIDATES_MAX)?;
    if rows.is_empty() {
        return Err(place.wrong("at least one is needed"));
    }
    let mut agents = BTreeSet::new();
    let mut candidates = Vec::with_capacity(rows.len());
    let mut skills = Vec::with_capacity(rows.len());
    let mut achieved = Vec::with_capacity(rows.len());
    for row in &rows {
        let fields = row.fields(&[
            "agent",
            "order",
            "delay_ms",
            "idle_ms",
            "handled_today",
            "missed_today",
            "talk_ms_today",
            "occupancy_permille",
            "skills",
            "last_day",
        ])?;
        let agent = AgentId(fields.at("agent")?.whole()?);
        if !agents.insert(agent) {
            return Err(fields.at("agent")?.wrong("he is there twice"));
        }
        candidates.push(Candidate {
            agent,
            order: fields.at("order")?.whole()?,
            delay_ms: fields.at("delay_ms")?.whole()?,
            idle_ms: fields.at("idle_ms")?.whole()?,
            handled_today: fields.at("handled_today")?.whole()?,
            missed_today: fields.at("missed_today")?.whole()?,
            talk_ms_today: fields.at("talk_ms_today")?.whole()?,
            occupancy_permille: fields.at("occupancy_permille")?.whole()?,
        });
        skills.push(levels(&fields.at("skills")?)?);
        let last_day = fields.maybe("last_day").map(|place| figures(&place)).transpose()?;
        achieved.push(last_day.unwrap_or_default());
    }
    Ok((candidates, skills, achieved))
}

fn levels(place: &Place<'_>) -> Result<Skills, BadCase> {
    let entries = place.entries()?.map(|(name, level)| Ok((name.to_owned(), level.whole()?)));
    let levels = entries.collect::<Result<BTreeMap<String, u8>, BadCase>>()?;
    Skills::new(levels).ok_or_else(|| {
        place.wrong(format!(
            "at most {SKILLS_MAX} skills are needed, with names of 1 to {SKILL_NAME_MAX} characters \
             and levels from 1 to {SKILL_LEVEL_MAX}"
        ))
    })
}

fn figures(place: &Place<'_>) -> Result<Achieved, BadCase> {
    let figure =
        |place: Place<'_>| place.value.as_f64().ok_or_else(|| place.wrong("a number is needed"));
    let entries = place.entries()?.map(|(name, place)| Ok((name.to_owned(), figure(place)?)));
    let figures = entries.collect::<Result<BTreeMap<String, f64>, BadCase>>()?;
    Achieved::new(figures).ok_or_else(|| {
        place.wrong(format!(
            "at most {INDICATORS_MAX} figures are needed, with names of 1 to {INDICATOR_NAME_MAX} \
             characters"
        ))
    })
}

fn settings(place: &Place<'_>) -> Result<Vec<(String, Value)>, BadCase> {
    place.entries()?.map(|(id, place)| Ok((id.to_owned(), setting(&place)?))).collect()
}

fn setting(place: &Place<'_>) -> Result<Value, BadCase> {
    let needed = || place.wrong("a number, a text, true, false, null or a list of texts is needed");
    Ok(match place.value {
        Json::Null => Value::Empty,
        Json::Bool(on) => Value::Toggle(*on),
        Json::Number(number) => Value::Number(number.as_f64().ok_or_else(needed)?),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(_) => {
            let items = place.items(SEVERAL_MAX)?;
            let text = |item: &Place<'_>| item.text().map(str::to_owned);
            Value::Several(items.iter().map(text).collect::<Result<_, BadCase>>()?)
        }
        Json::Object(_) => return Err(needed()),
    })
}

fn answer(place: &Place<'_>, question: &Kept) -> Result<CaseAnswer, BadCase> {
    let fields = place.fields(&["ring", "wait_ms"])?;
    match (fields.maybe("ring"), fields.maybe("wait_ms")) {
        (Some(ring), None) => {
            let agent = AgentId(ring.whole()?);
            let known = question.candidates.iter().any(|candidate| candidate.agent == agent);
            if known { Ok(CaseAnswer::Ring(agent)) } else { Err(ring.wrong("no candidate is he")) }
        }
        (None, Some(wait)) => Ok(CaseAnswer::Wait(wait.whole()?)),
        (Some(_), Some(_)) | (None, None) => Err(place.wrong("ring or wait_ms is needed")),
    }
}
