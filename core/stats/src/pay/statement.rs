//! One person's pay, line by line: what was counted, times what, is how much.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::achieved::Figure;
use super::money::Money;
use super::rule::{Between, Gives, Item, Rule};

/// What somebody is paid for a period, and why.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub agent: u64,
    pub currency: String,
    /// Base, items, multipliers, floor and cap, in this order.
    pub lines: Vec<Line>,
    /// Their sum in cents, rounded once, half to even.
    pub total: String,
}

/// One line. Lines of floors and caps say what they add or take away.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Which part of the rule it comes from: `base.per_hour`, `items[0]`, `items[0].cap`.
    pub place: String,
    pub kind: Kind,
    /// As the rule names it; empty for what has no name.
    pub name: String,
    /// The value that was looked at; empty for what rests on none.
    pub on: String,
    /// What was counted: milliseconds for an hourly rate, calls for a rate a call, else the value.
    pub counted: Option<String>,
    /// The band that the value is in: from here, and below there.
    pub from: Option<String>,
    pub to: Option<String>,
    /// What it is multiplied by, or the amount itself.
    pub rate: Option<String>,
    /// Of how much a part is meant, to a hundredth of a cent.
    pub of: Option<String>,
    /// The amount to a hundredth of a cent, for readers.
    pub amount: String,
    /// The amount itself, times 3,600,000: the total is the sum of these.
    pub exact: String,
    /// Why nothing is paid on this line.
    pub why: Option<Why>,
}

/// How a line's amount comes about.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Rate × time.
    PerHour,
    /// Rate × answered calls.
    PerCall,
    Fixed,
    /// What the value's band gives.
    Amount,
    /// The same as a part of the base.
    OfBase,
    /// (Factor − 1) × base and items together.
    Times,
    Floor,
    Cap,
}

/// Why a line pays nothing. No value is never taken for 0.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Why {
    /// The journal tells nothing of his hours.
    HoursUnknown,
    /// There is no such value of his.
    NoValue,
    /// He answered fewer calls than the rule asks for.
    TooFew { calls: u64, least: u64 },
    /// No band has this value.
    Outside,
}

impl Statement {
    /// The sum of the lines, not rounded; `None` when a line is not one of ours.
    pub fn sum(&self) -> Option<Money> {
        self.lines.iter().map(|line| Money::parsed(&line.exact)).sum()
    }
}

impl Rule {
    /// What somebody is paid by this rule. The same figure gives the same bytes.
    pub fn pay(&self, figure: &Figure) -> Statement {
        let mut sheet = Lines::default();
        let base = self.base(figure, &mut sheet);
        for (nth, item) in self.items.iter().enumerate() {
            sheet.item(&format!("items[{nth}]"), item, figure, base);
        }
        let subtotal = sheet.sum;
        for (nth, item) in self.multipliers.iter().enumerate() {
            sheet.item(&format!("multipliers[{nth}]"), item, figure, subtotal);
        }
        // Nobody owes his wages, however many multipliers are below one.
        let floor = Some(self.all.floor.unwrap_or_default());
        sheet.keep("", Money::default(), Between { floor, ..self.all });
        Statement {
            agent: figure.agent,
            currency: self.currency.clone(),
            total: sheet.sum.total(),
            lines: sheet.lines,
        }
    }

    fn base(&self, figure: &Figure, sheet: &mut Lines) -> Money {
        if let Some(rate) = self.per_hour {
            let amount = figure.worked_ms.map(|ms| Money::for_time(rate, ms));
            sheet.add(
                amount.unwrap_or_default(),
                Line {
                    counted: figure.worked_ms.map(|ms| ms.to_string()),
                    rate: Some(rate.to_string()),
                    why: amount.is_none().then_some(Why::HoursUnknown),
                    ..Line::bare("base.per_hour", Kind::PerHour)
                },
            );
        }
        if let Some(rate) = self.per_call {
            sheet.add(
                Money::of(rate * Decimal::from(figure.answered)),
                Line {
                    counted: Some(figure.answered.to_string()),
                    rate: Some(rate.to_string()),
                    ..Line::bare("base.per_call", Kind::PerCall)
                },
            );
        }
        if let Some(amount) = self.fixed {
            let rate = Some(amount.to_string());
            sheet.add(Money::of(amount), Line { rate, ..Line::bare("base.fixed", Kind::Fixed) });
        }
        sheet.keep("base.", Money::default(), self.base);
        sheet.sum
    }
}

/// The lines so far.
#[derive(Default)]
struct Lines {
    lines: Vec<Line>,
    sum: Money,
}

impl Lines {
    fn add(&mut self, amount: Money, line: Line) {
        self.sum = self.sum + amount;
        self.lines.push(Line { amount: amount.shown(), exact: amount.exact(), ..line });
    }

    /// A line for a value, and what its floor or cap makes of it. `of`: what parts are parts of.
    fn item(&mut self, place: &str, item: &Item, figure: &Figure, of: Money) {
        let before = self.sum;
        let value = figure.value(&item.on);
        let found = value.and_then(|value| item.bands.iter().find(|band| band.has(value)));
        let (calls, least) = (figure.answered, item.calls_min);
        let why = match found {
            _ if calls < least => Some(Why::TooFew { calls, least }),
            None if value.is_none() => Some(Why::NoValue),
            None => Some(Why::Outside),
            Some(_) => None,
        };
        let bare = Line {
            name: item.name.clone(),
            on: item.on.clone(),
            counted: value.filter(|_| calls >= least).map(|it| it.to_string()),
            ..Line::bare(place, item.kind())
        };
        match found.filter(|_| why.is_none()) {
            None => self.add(Money::default(), Line { why, ..bare }),
            Some(band) => {
                let (kind, rate, amount) = match band.gives {
                    Gives::Amount(amount) => (Kind::Amount, amount, Money::of(amount)),
                    Gives::OfBase(part) => (Kind::OfBase, part, of.times(part)),
                    Gives::Times(factor) => (Kind::Times, factor, of.times(factor - Decimal::ONE)),
                };
                let is_part = kind != Kind::Amount;
                self.add(
                    amount,
                    Line {
                        kind,
                        from: band.from.map(|it| it.to_string()),
                        to: band.to.map(|it| it.to_string()),
                        rate: Some(rate.to_string()),
                        of: is_part.then(|| of.shown()),
                        ..bare
                    },
                );
            }
        }
        self.keep(&format!("{place}."), before, item.within);
    }

    /// Keeps what was added since `before` between its floor and its cap, by a line of its own.
    fn keep(&mut self, place: &str, before: Money, within: Between) {
        let amount = self.sum.beyond(before);
        let kept = amount.within(within.floor, within.cap);
        if kept == amount {
            return;
        }
        let (word, kind, rate) = match kept > amount {
            true => ("floor", Kind::Floor, within.floor),
            false => ("cap", Kind::Cap, within.cap),
        };
        self.add(
            kept.beyond(amount),
            Line {
                rate: rate.map(|it| it.to_string()),
                of: Some(amount.shown()),
                ..Line::bare(&format!("{place}{word}"), kind)
            },
        );
    }
}

impl Item {
    /// What its lines are when no band says so.
    fn kind(&self) -> Kind {
        match self.bands.first().map(|band| band.gives) {
            Some(Gives::OfBase(_)) => Kind::OfBase,
            Some(Gives::Times(_)) => Kind::Times,
            Some(Gives::Amount(_)) | None => Kind::Amount,
        }
    }
}

impl Line {
    fn bare(place: &str, kind: Kind) -> Line {
        Line {
            place: place.to_owned(),
            kind,
            name: String::new(),
            on: String::new(),
            counted: None,
            from: None,
            to: None,
            rate: None,
            of: None,
            amount: String::new(),
            exact: String::new(),
            why: None,
        }
    }
}
