//! `ladus stats FILE --explain FIGURE`: the calls behind one figure.

use acd::{Fact, Time};
use anyhow::{Context, anyhow};
use serde_json::{Value, json};
use sim::timeline::Names;
use stats::Limits;
use stats::explain::{Case, Explanation, Figure, Question};
use stats::indicator::Period;

/// Which figure is opened, and whose.
#[derive(clap::Args, Debug)]
pub(super) struct Opened {
    /// Open a figure (`asa_ms`, `service_level.b`, `unattended`, `average_duration_ms` …): its
    /// formula, the calls that count in it, and those left out and why, as one JSON object.
    #[arg(long = "explain", value_name = "FIGURE")]
    pub(super) figure: Option<String>,
    /// Only this group's.
    #[arg(long, requires = "figure")]
    group: Option<String>,
    /// Only this agent's.
    #[arg(long, requires = "figure")]
    agent: Option<String>,
}

/// Counts everything up to a moment, that one included.
pub(super) fn explain(
    figure: &str,
    opened: &Opened,
    names: &Names,
    facts: &[(Time, Fact)],
    (until, limits): (Time, Limits),
) -> anyhow::Result<Value> {
    let group = opened.group.as_ref().map(|name| {
        names.group_id(name).with_context(|| format!("the story has no group `{name}`"))
    });
    let agent = opened.agent.as_ref().map(|name| {
        names.agent_id(name).with_context(|| format!("the story has no agent `{name}`"))
    });
    let (group, agent) = (group.transpose()?, agent.transpose()?);
    let figure = Figure::named(figure, agent.is_some())
        .ok_or_else(|| anyhow!("`{figure}` is no figure that calls stand behind"))?;
    let period = Period { from: Time(0), to: Time(until.0 + 1) };
    let mut told = Explanation::new(Question { figure, group, agent, period, limits });
    facts.iter().for_each(|(at, fact)| told.fold(*at, fact));
    let case = |case: &Case| {
        json!({
            "call": format!("c{}", case.call.0),
            "group": names.group(case.group),
            "agent": case.agent.map(|agent| names.agent(agent)),
            "began_ms": case.began.0,
            "ended_ms": case.at.0,
            "ms": case.ms,
            "part": case.part,
            "whole": case.whole,
        })
    };
    let left_out = told.left_out.iter().map(|(left, reason)| {
        let mut left = case(left);
        left["reason"] = reason.id().into();
        left
    });
    Ok(json!({
        "figure": figure.id(),
        "formula": figure.formula(),
        "value": told.value(),
        "part": told.part,
        "whole": told.whole,
        "counted": told.counted.iter().map(case).collect::<Vec<_>>(),
        "left_out": left_out.collect::<Vec<_>>(),
        "unlisted": told.unlisted,
    }))
}
