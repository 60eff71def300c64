//! An indicator over made-up people.

use std::time::Instant;

use acd::{Activity, Actor, AgentId, CallId, EndCause, Fact, GroupId, Outcome, Side, Time, Wish};
use anyhow::{Result, bail};
use plugin_host::{IndicatorPlugin, PEOPLE_MAX};
use stats::indicator::{Figures, Period, Stories};
use stats::{Limits, Summary};

use super::Row;

/// Computations before any is counted.
const WARM_UP: usize = 10;
/// Computations of one size: a hundred times as much work as a decision.
const COMPUTATIONS: usize = 100;
/// A day of eight hours.
const DAY: Period = Period { from: Time(0), to: Time(28_800_000) };

pub(super) fn measure(indicator: &IndicatorPlugin, counts: &[usize]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for &count in counts {
        if !(1..=PEOPLE_MAX).contains(&count) {
            bail!("--people {count}: 1 to {PEOPLE_MAX} can be measured");
        }
        let figures = figures(count as u64);
        let mut fuel = 0;
        let mut spent = Vec::with_capacity(COMPUTATIONS);
        for nth in 0..WARM_UP + COMPUTATIONS {
            let began = Instant::now();
            let run = indicator.run(&figures);
            let took = began.elapsed();
            if let Err(failure) = run.outcome {
                bail!("with {count} people it failed: {failure}");
            }
            fuel = run.fuel;
            if nth >= WARM_UP {
                spent.push(took.as_nanos() as f64 / 1_000.0);
            }
        }
        rows.push(Row::of(count, spent, fuel));
    }
    Ok(rows)
}

/// A day of people who differ in everything, the same at every run.
fn figures(count: u64) -> Figures {
    let (mut summary, mut stories) = (Summary::new(Limits::default()), Stories::default());
    let mut fold = |at, fact: &Fact| {
        summary.fold(at, fact);
        stories.fold(at, fact);
    };
    let people: Vec<AgentId> = (1..=count).map(AgentId).collect();
    let group = GroupId(1);
    for &agent in &people {
        let below = |most: u64| agent.0 * 7_919 % most;
        let by = Actor::Agent;
        fold(Time(below(900_000)), &Fact::AgentWish { agent, wish: Wish::On, by });
        let idle = Fact::AgentActivity { agent, activity: Activity::Idle };
        fold(Time(below(900_000)), &idle);
        for nth in 0..10 + below(50) {
            let (at, call) = (Time(1_000_000 + nth * 400_000), CallId(agent.0 * 1_000 + nth));
            let missed = nth % 7 == 0;
            let outcome = if missed { Outcome::NoAnswer } else { Outcome::Answered };
            let rang_ms = if missed { 20_000 } else { below(9_000) };
            fold(at, &Fact::OfferEnded { call, group, agent, outcome, rang_ms });
            if !missed {
                let (by, cause) = (Side::Agent, EndCause::HungUp);
                let talked_ms = below(300_000) + nth;
                fold(at, &Fact::TalkEnded { call, group, agent, by, cause, talked_ms });
            }
        }
    }
    Figures::new(&summary, DAY, &people).with_stories(&stories)
}
