//! Money on its way to a total: decimal, exact, rounded once.

use std::iter::Sum;
use std::ops::Add;

use rust_decimal::{Decimal, RoundingStrategy};

/// Milliseconds of an hour.
const HOUR_MS: i64 = 3_600_000;

/// Decimal places of a value that somebody is paid by; what an f64 has beyond is noise.
const VALUE_PLACES: u32 = 9;

/// Values from here on are nobody's: beyond 2^53 an f64 has no units any more.
const VALUE_MAX: f64 = 1e15;

/// An amount that has not been rounded yet.
///
/// It is kept as the money times 3,600,000: a rate an hour times milliseconds is then a product of
/// two decimals, exact like every sum after it. The only division is that of [`Money::total`] (and
/// of [`Money::shown`], which nothing is added up from). A rate has nine digits, a period of 31
/// days ten, a share and a multiplier five each: 29 at the very most, and 96 bits hold 28 and a
/// half. What nobody has ever been paid would lose a digit of those, far below the cent.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Money(Decimal);

impl Money {
    /// Whole units of the currency.
    pub fn of(units: Decimal) -> Money {
        Money(units * Decimal::from(HOUR_MS))
    }

    /// So much an hour for so long.
    pub(super) fn for_time(rate: Decimal, ms: u64) -> Money {
        Money(rate * Decimal::from(ms))
    }

    /// So many times as much.
    pub(super) fn times(self, factor: Decimal) -> Money {
        Money(self.0 * factor)
    }

    /// Lifted to the floor, lowered to the cap; either in units of the currency.
    pub(super) fn within(self, floor: Option<Decimal>, cap: Option<Decimal>) -> Money {
        let lifted = floor.map_or(self, |floor| self.max(Money::of(floor)));
        cap.map_or(lifted, |cap| lifted.min(Money::of(cap)))
    }

    /// How much more than another amount.
    pub(super) fn beyond(self, other: Money) -> Money {
        Money(self.0 - other.0)
    }

    /// In cents, for good: the one rounding, half to even.
    pub fn total(self) -> String {
        cents(self.0 / Decimal::from(HOUR_MS))
    }

    /// To a hundredth of a cent, for readers.
    pub fn shown(self) -> String {
        fixed(self.0 / Decimal::from(HOUR_MS), 4)
    }

    /// Exactly, in units of 1/3,600,000.
    pub fn exact(self) -> String {
        self.0.normalize().to_string()
    }

    /// What [`Money::exact`] wrote.
    pub fn parsed(exact: &str) -> Option<Money> {
        Decimal::from_str_exact(exact).ok().map(Money)
    }
}

impl Add for Money {
    type Output = Money;

    fn add(self, other: Money) -> Money {
        Money(self.0 + other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(all: I) -> Money {
        all.fold(Money::default(), Add::add)
    }
}

/// An amount with two places, half to even.
pub fn cents(units: Decimal) -> String {
    fixed(units, 2)
}

fn fixed(units: Decimal, places: u32) -> String {
    let mut rounded = units.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
    if rounded.is_zero() {
        // There is one zero only.
        rounded = Decimal::ZERO;
    }
    rounded.rescale(places);
    rounded.to_string()
}

/// Where a value of an indicator stops being an f64, and the only such place: the shortest text
/// that reads back as the same f64, as a decimal of at most nine places, half to even. `None` when
/// it is no number or too large to be one that people are paid by.
pub fn decimal_of(value: f64) -> Option<Decimal> {
    if !value.is_finite() || value.abs() >= VALUE_MAX {
        return None;
    }
    let exact: Decimal = format!("{value}").parse().ok()?;
    let places = RoundingStrategy::MidpointNearestEven;
    let rounded = exact.round_dp_with_strategy(VALUE_PLACES, places).normalize();
    Some(if rounded.is_zero() { Decimal::ZERO } else { rounded })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn thirds_of_a_cent_are_not_lost_on_the_way() {
        let third = Money::for_time(decimal("0.005"), 1_200_000);
        assert_eq!(third.shown(), "0.0017");
        assert_eq!((third + third + third).exact(), Money::of(decimal("0.005")).exact());
        let nine = [third; 9].into_iter().sum::<Money>();
        assert_eq!(nine.total(), "0.02", "0.015 is half, and 2 is even");
    }

    #[test]
    fn half_a_cent_goes_to_the_even_one() {
        let of = |text| Money::of(decimal(text)).total();
        let given = ["0.005", "0.015", "0.0150000001", "-0.005", "-0.015", "2"];
        let given = given.map(of);
        assert_eq!(given, ["0.00", "0.02", "0.02", "0.00", "-0.02", "2.00"]);
    }

    #[test]
    fn a_value_becomes_the_decimal_that_people_would_write() {
        let of = |value| decimal_of(value).map(|it| it.to_string());
        assert_eq!(of(0.1 + 0.2).as_deref(), Some("0.3"), "and not 0.30000000000000004");
        assert_eq!(of(1.0 / 3.0).as_deref(), Some("0.333333333"));
        assert_eq!(of(-0.0).as_deref(), Some("0"));
        assert_eq!(of(1e-300).as_deref(), Some("0"));
        assert_eq!(of(4_200.0).as_deref(), Some("4200"));
        for none in [f64::NAN, f64::INFINITY, 1e15, -1e300] {
            assert_eq!(of(none), None, "{none}");
        }
    }
}
