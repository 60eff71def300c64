//! What a number measures, and which numbers go together.
//!
//! The algebra is small on purpose: it refuses what is surely a slip (seconds and calls added up)
//! and never asks for more than that.
//!
//! - A number that is written down (`5`) is *plain* and takes on the measure of whatever it meets;
//!   `80%` is a ratio, `20 s` are seconds.
//! - `+`, `-`, comparisons, `min`, `max` and the two branches of `if` want one measure, or plain.
//!   Hours and seconds are both time: they become hours.
//! - `*` and `/` multiply and divide measures. A count in them is "of so many": seconds by a count
//!   are seconds (an average talk), a count by a count is a ratio, seconds by seconds are a ratio,
//!   a count by hours is a rate.
//! - `number(x)` takes the measure away: for points that add up what does not belong together.

use super::wrong::Language;
use crate::indicator::Unit;

/// The measure of a number: powers of seconds, hours and money, and what is left beside them.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Measure {
    seconds: i8,
    hours: i8,
    money: i8,
    /// Of a number without a unit, what it is; of one with a unit, what it is once that is gone.
    rest: Rest,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Rest {
    Plain,
    Count,
    Ratio,
}

/// The steepest power of something that has a unit.
pub(super) const POWER_MAX: i8 = 9;

impl Measure {
    pub(super) const PLAIN: Measure = Measure { seconds: 0, hours: 0, money: 0, rest: Rest::Plain };
    pub(super) const COUNT: Measure = Measure { rest: Rest::Count, ..Measure::PLAIN };
    pub(super) const RATIO: Measure = Measure { rest: Rest::Ratio, ..Measure::PLAIN };
    pub(super) const SECONDS: Measure = Measure { seconds: 1, ..Measure::PLAIN };
    pub(super) const HOURS: Measure = Measure { hours: 1, ..Measure::PLAIN };
    pub(super) const MONEY: Measure = Measure { money: 1, ..Measure::PLAIN };

    pub(super) fn of(unit: Unit) -> Measure {
        match unit {
            Unit::Seconds => Measure::SECONDS,
            Unit::Count => Measure::COUNT,
            Unit::Ratio => Measure::RATIO,
            Unit::Money => Measure::MONEY,
        }
    }

    /// What an indicator is shown in. Rates and other compounds are shown as bare numbers.
    pub(super) fn unit(self) -> Unit {
        if self.money != 0 {
            Unit::Money
        } else if self.seconds == 1 && self.hours <= 0 {
            Unit::Seconds
        } else if self == Measure::RATIO {
            Unit::Ratio
        } else {
            Unit::Count
        }
    }

    /// It has neither seconds nor hours nor money in it.
    pub(super) fn is_bare(self) -> bool {
        (self.seconds, self.hours, self.money) == (0, 0, 0)
    }

    /// The measure of a sum of both; `None` when they do not go together.
    pub(super) fn join(self, other: Measure) -> Option<Measure> {
        let powers = |it: Measure| (it.seconds, it.hours, it.money);
        match (self.rest, other.rest) {
            _ if self == Measure::PLAIN => Some(other),
            _ if other == Measure::PLAIN => Some(self),
            _ if powers(self) != powers(other) => None,
            (left, right) if left == right => Some(self),
            _ if self.is_bare() => None,
            (Rest::Count, _) => Some(self),
            _ => Some(other),
        }
    }

    pub(super) fn times(self, other: Measure) -> Measure {
        let rest = match (self.rest, other.rest) {
            (Rest::Count, _) | (_, Rest::Count) => Rest::Count,
            (Rest::Ratio, _) | (_, Rest::Ratio) => Rest::Ratio,
            (Rest::Plain, Rest::Plain) => Rest::Plain,
        };
        self.compound(other, rest, i8::saturating_add)
    }

    pub(super) fn by(self, other: Measure) -> Measure {
        let rest = match (self.rest, other.rest) {
            (Rest::Plain, Rest::Plain) => Rest::Plain,
            (Rest::Count, Rest::Plain | Rest::Ratio) => Rest::Count,
            (Rest::Count, Rest::Count) | (Rest::Ratio, _) => Rest::Ratio,
            (Rest::Plain, Rest::Count | Rest::Ratio) => Rest::Ratio,
        };
        self.compound(other, rest, i8::saturating_sub)
    }

    /// Of something with a unit the power is a whole number up to [`POWER_MAX`].
    pub(super) fn power(self, exponent: i8) -> Measure {
        let each = |power: i8| power.saturating_mul(exponent);
        let [seconds, hours, money] = [self.seconds, self.hours, self.money].map(each);
        Measure { seconds, hours, money, rest: self.rest }
    }

    fn compound(self, other: Measure, rest: Rest, of: fn(i8, i8) -> i8) -> Measure {
        let compound = Measure {
            seconds: of(self.seconds, other.seconds),
            hours: of(self.hours, other.hours),
            money: of(self.money, other.money),
            rest,
        };
        let units_gone = compound.is_bare() && !(self.is_bare() && other.is_bare());
        let whole = compound.seconds > 0 || compound.hours > 0 || compound.money > 0;
        match rest {
            // Seconds by seconds: a ratio, and not a number that was written down.
            Rest::Plain if units_gone => Measure::RATIO,
            Rest::Count | Rest::Ratio if whole => Measure { rest: Rest::Plain, ..compound },
            Rest::Plain | Rest::Count | Rest::Ratio => compound,
        }
    }

    /// In plain words, for example `seconds` or `count by hours`.
    pub(super) fn words(self, language: Language) -> String {
        let rest = match (self.rest, language) {
            (Rest::Plain, Language::En) => "plain number",
            (Rest::Plain, Language::Et) => "paljas arv",
            (Rest::Count, Language::En) => "count",
            (Rest::Count, Language::Et) => "kogus",
            (Rest::Ratio, Language::En) => "ratio",
            (Rest::Ratio, Language::Et) => "suhtarv",
        };
        let units = match language {
            Language::En => {
                [("seconds", self.seconds), ("hours", self.hours), ("money", self.money)]
            }
            Language::Et => {
                [("sekundid", self.seconds), ("tunnid", self.hours), ("raha", self.money)]
            }
        };
        let power = |(name, power): (&str, i8)| match power.unsigned_abs() {
            1 => name.to_owned(),
            power => format!("{name}^{power}"),
        };
        let above = units.into_iter().filter(|(_, power)| *power > 0).map(power);
        let below = units.into_iter().filter(|(_, power)| *power < 0).map(power);
        let (above, below) = (above.collect::<Vec<_>>(), below.collect::<Vec<_>>());
        let above = if above.is_empty() { rest.to_owned() } else { above.join(" × ") };
        if below.is_empty() { above } else { format!("{above} / {}", below.join(" / ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: Measure = Measure::COUNT;
    const RATIO: Measure = Measure::RATIO;
    const SECONDS: Measure = Measure::SECONDS;
    const PLAIN: Measure = Measure::PLAIN;

    #[test]
    fn counts_go_through_a_product_and_leave_seconds_alone() {
        assert_eq!(SECONDS.by(COUNT), SECONDS);
        assert_eq!(COUNT.times(SECONDS), SECONDS);
        assert_eq!(SECONDS.by(SECONDS), RATIO);
        assert_eq!(COUNT.by(COUNT), RATIO);
        assert_eq!(COUNT.by(RATIO), COUNT);
        assert_eq!(PLAIN.times(COUNT), COUNT);
        assert_eq!(COUNT.by(SECONDS).times(SECONDS), COUNT);
        assert_eq!(COUNT.by(SECONDS).unit(), Unit::Count);
        assert_eq!(Measure::MONEY.by(Measure::HOURS).unit(), Unit::Money);
    }

    #[test]
    fn what_is_added_is_of_one_measure_or_plain() {
        assert_eq!(SECONDS.join(PLAIN), Some(SECONDS));
        assert_eq!(PLAIN.join(RATIO), Some(RATIO));
        assert_eq!(SECONDS.join(COUNT), None);
        assert_eq!(RATIO.join(COUNT), None);
        assert_eq!(SECONDS.join(Measure::HOURS), None);
        let (calls, one) = (COUNT.by(SECONDS), PLAIN.by(SECONDS));
        assert_eq!(one.join(calls), Some(calls));
    }

    #[test]
    fn a_measure_can_be_said() {
        let said = COUNT.by(SECONDS).by(Measure::HOURS).words(Language::En);
        assert_eq!(said, "count / seconds / hours");
        assert_eq!(SECONDS.times(SECONDS).words(Language::Et), "sekundid^2");
    }
}
