//! What a company's indicators cost: ten formulas for a thousand people.

use std::hint::black_box;

use acd::{Activity, Actor, AgentId, CallId, EndCause, Fact, GroupId, Outcome, Side, Time, Wish};
use criterion::{Criterion, criterion_group, criterion_main};
use stats::Summary;
use stats::formula::{Formula, Others};
use stats::indicator::{Figures, Indicator as _, Metric, Period};

const PEOPLE: u64 = 1_000;
const HOUR_MS: u64 = 3_600_000;

const FORMULAS: [&str; 10] = [
    "asa_with_missed",
    "answered / work_hours",
    "if(answered >= 20, answer_rate, 0)",
    "aht / group.average(aht)",
    "max(0, min(1, (occupancy - 50%) / 30%))",
    "answered / expected(answered)",
    "if(answered >= percentile(answered, 75%), 1, 0)",
    "0.5 * answered / group.median(answered) + 0.5 * answer_rate",
    "round(talk / talks, 1) - abs(hold - wrap_up) / max(answered, 1)",
    "if(missed > 3 and not (answer_rate >= 80%) or break > 1 h, 0, pace * 2)",
];

/// A day of a thousand people, each with as many calls as the number tells, up to 40.
fn figures() -> Figures {
    let mut summary = Summary::default();
    for agent in (0..PEOPLE).map(AgentId) {
        let (group, by) = (GroupId(1), Side::Caller);
        let mut tell = |at, fact: Fact| summary.fold(Time(at), &fact);
        tell(0, Fact::AgentWish { agent, wish: Wish::On, by: Actor::Agent });
        tell(0, Fact::AgentActivity { agent, activity: Activity::Idle });
        for nth in 0..agent.0 % 41 {
            let call = CallId(agent.0 * 100 + nth);
            let missed = nth % 9 == 8;
            let (outcome, rang_ms) =
                if missed { (Outcome::NoAnswer, 20_000) } else { (Outcome::Answered, 3_000 + nth) };
            tell(nth, Fact::OfferEnded { call, group, agent, outcome, rang_ms });
            let (cause, talked_ms) = (EndCause::HungUp, 90_000 + 100 * agent.0);
            if !missed {
                tell(nth, Fact::TalkEnded { call, group, agent, by, cause, talked_ms });
            }
        }
    }
    let people: Vec<AgentId> = (0..PEOPLE).map(AgentId).collect();
    let period = Period { from: Time(0), to: Time(8 * HOUR_MS) };
    let expected = (0..PEOPLE).map(|at| Some((at % 37) as f64)).collect();
    Figures::new(&summary, period, &people).with_expected(vec![(Metric::Answered, expected)])
}

fn formula(c: &mut Criterion) {
    let figures = figures();
    let others = Others::default().with_formula("pace", "answered_per_hour * answer_rate");
    let read = || FORMULAS.map(|text| Formula::read(black_box(text), &others).expect("a formula"));
    let formulas = read();
    let mut group = c.benchmark_group("formula");
    group.bench_function("read ten", |b| b.iter(read));
    group.bench_function("ten for a thousand people", |b| {
        b.iter(|| formulas.each_ref().map(|formula| formula.evaluate(black_box(&figures))));
    });
    group.finish();
}

criterion_group!(benches, formula);
criterion_main!(benches);
