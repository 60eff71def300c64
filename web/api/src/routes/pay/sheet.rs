//! Statements as they are sent.

use std::collections::BTreeMap;

use serde::Serialize;
use stats::pay::{Figure, Kind, Line, Sheet, Statement, Why};
use utoipa::ToSchema;

/// What somebody is paid, line by line.
#[derive(Serialize, ToSchema)]
#[schema(as = PayStatement)]
pub(super) struct StatementOut {
    pub(super) person: u64,
    pub(super) name: String,
    currency: String,
    lines: Vec<LineOut>,
    /// The sum of the lines in cents, rounded once, half to even.
    pub(super) total: String,
    /// Logged on, breaks left out; null when the journal tells nothing of it.
    #[schema(required)]
    worked_ms: Option<u64>,
    answered: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayLine)]
struct LineOut {
    /// Which part of the rule: `base.per_hour`, `items[0]`, `items[0].cap`.
    place: String,
    /// `per_hour`, `per_call`, `fixed`, `amount`, `of_base`, `times`, `floor`, `cap`.
    kind: &'static str,
    name: String,
    /// The value that was looked at; empty when it rests on none.
    on: String,
    #[schema(required)]
    counted: Option<String>,
    #[schema(required)]
    from: Option<String>,
    #[schema(required)]
    to: Option<String>,
    #[schema(required)]
    rate: Option<String>,
    #[schema(required)]
    of: Option<String>,
    /// To a hundredth of a cent.
    amount: String,
    #[schema(required)]
    why: Option<WhyOut>,
}

/// Why a line pays nothing.
#[derive(Serialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = PayWhy)]
enum WhyOut {
    HoursUnknown,
    NoValue,
    TooFew { calls: u64, least: u64 },
    Outside,
}

impl StatementOut {
    pub(super) fn of(figure: &Figure, statement: &Statement) -> StatementOut {
        StatementOut {
            person: statement.agent,
            name: figure.name.clone(),
            currency: statement.currency.clone(),
            lines: statement.lines.iter().map(LineOut::of).collect(),
            total: statement.total.clone(),
            worked_ms: figure.worked_ms,
            answered: figure.answered,
        }
    }

    /// Everybody's, by name.
    pub(super) fn all(sheet: &Sheet) -> Vec<StatementOut> {
        let pairs = sheet.figures.iter().zip(&sheet.statements);
        let mut all: Vec<_> = pairs.map(|(figure, it)| StatementOut::of(figure, it)).collect();
        all.sort_by(|a, b| (&a.name, a.person).cmp(&(&b.name, b.person)));
        all
    }

    /// Everybody's, by person.
    pub(super) fn by_person(sheet: &Sheet) -> BTreeMap<u64, StatementOut> {
        StatementOut::all(sheet).into_iter().map(|it| (it.person, it)).collect()
    }
}

impl LineOut {
    fn of(line: &Line) -> LineOut {
        let Line { place, kind, name, on, counted, from, to, rate, of, amount, exact: _, why } =
            line.clone();
        let kind = match kind {
            Kind::PerHour => "per_hour",
            Kind::PerCall => "per_call",
            Kind::Fixed => "fixed",
            Kind::Amount => "amount",
            Kind::OfBase => "of_base",
            Kind::Times => "times",
            Kind::Floor => "floor",
            Kind::Cap => "cap",
        };
        let why = why.map(|why| match why {
            Why::HoursUnknown => WhyOut::HoursUnknown,
            Why::NoValue => WhyOut::NoValue,
            Why::TooFew { calls, least } => WhyOut::TooFew { calls, least },
            Why::Outside => WhyOut::Outside,
        });
        LineOut { place, kind, name, on, counted, from, to, rate, of, amount, why }
    }
}
