//! A case becomes text.

use acd::{Achieved, Candidate, Service, Skills};
use serde_json::{Map, Value as Json, json};

use super::{CaseAnswer, FORMAT, QuestionCase};
use crate::Value;

pub(super) fn write(case: &QuestionCase) -> String {
    let asked = &case.question;
    let candidates = asked.candidates.iter().enumerate();
    let candidates =
        candidates.map(|(at, row)| candidate(row, asked.skills.get(at), asked.achieved.get(at)));
    let mut all = json!({
        "ladus": FORMAT,
        "plugin": case.plugin,
        "settings": case.settings.iter().map(setting).collect::<Map<_, _>>(),
        "now_ms": asked.now.0,
        "group": asked.group.0,
        "call": asked.call.0,
        "waited_ms": asked.waited_ms,
        "priority": asked.priority,
        "offers": asked.offers,
        "waiting": asked.waiting,
        "longest_wait_ms": asked.longest_wait_ms,
        "seed": asked.seed.to_string(),
        "language": asked.sent.language(),
        "attributes": asked.sent.attributes(),
        "services": asked.services.iter().map(service).collect::<Vec<_>>(),
        "candidates": candidates.collect::<Vec<_>>(),
    });
    if let Some(failure) = &case.failure {
        all["failure"] = json!(failure);
    }
    match case.answer {
        Some(CaseAnswer::Ring(agent)) => all["answer"] = json!({ "ring": agent.0 }),
        Some(CaseAnswer::Wait(ms)) => all["answer"] = json!({ "wait_ms": ms }),
        None => (),
    }
    format!("{all:#}\n")
}

fn setting((id, value): &(String, Value)) -> (String, Json) {
    let value = match value {
        Value::Empty => Json::Null,
        Value::Number(number) => json!(number),
        Value::Toggle(on) => json!(on),
        Value::Text(text) => json!(text),
        Value::Several(list) => json!(list),
    };
    (id.clone(), value)
}

fn service(&Service { agent, ms_ago, there }: &Service) -> Json {
    json!({ "agent": agent.0, "ms_ago": ms_ago, "there": there })
}

fn candidate(row: &Candidate, skills: Option<&Skills>, achieved: Option<&Achieved>) -> Json {
    let figures = achieved.unwrap_or(Achieved::NOTHING).iter();
    let skills = skills.unwrap_or(Skills::NONE).iter();
    json!({
        "agent": row.agent.0,
        "order": row.order,
        "delay_ms": row.delay_ms,
        "idle_ms": row.idle_ms,
        "handled_today": row.handled_today,
        "missed_today": row.missed_today,
        "talk_ms_today": row.talk_ms_today,
        "occupancy_permille": row.occupancy_permille,
        "skills": skills.map(|(name, level)| (name.to_owned(), json!(level))).collect::<Map<_, _>>(),
        "last_day": figures.map(|(name, it)| (name.to_owned(), json!(it))).collect::<Map<_, _>>(),
    })
}
