//! Arithmetic in which there may be no value, the same bits on every machine.
//!
//! No value is NaN inside columns and never leaves them. Only operations whose last bit IEEE 754
//! fixes are used: sums, products, quotients and square roots, and none of the system's `pow`.

/// No value.
pub(super) const NONE: f64 = f64::NAN;

/// What differs by less than this part of itself is the same: sums of decimals are not exact (0.1 +
/// 0.2 is not 0.3), and nobody is to miss a bonus by the seventeenth digit.
const SAME: f64 = 1e-12;

/// A result that may be told, or no value: dividing by zero gives infinity.
pub(super) fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { NONE }
}

pub(super) fn same(left: f64, right: f64) -> bool {
    left == right || (left - right).abs() <= SAME * left.abs().max(right.abs())
}

/// `base ^ exponent`; no value where there is none or where mathematicians differ: 0 to the power
/// of 0 or less, and a root of what is negative.
pub(super) fn power(base: f64, exponent: f64) -> f64 {
    let size = exponent.abs();
    let (mut whole, mut part) = (size.trunc(), size.fract());
    let hopeless = base.is_nan()
        || exponent.is_nan()
        || (base == 0.0 && exponent <= 0.0)
        || (base < 0.0 && part != 0.0);
    if hopeless {
        return NONE;
    }
    let (mut result, mut factor) = (1.0, base);
    while whole > 0.0 {
        if whole % 2.0 == 1.0 {
            result *= factor;
        }
        whole = (whole / 2.0).trunc();
        factor *= factor;
    }
    // A part of a power is a product of square roots of square roots, one for each binary digit.
    let mut root = base;
    while part > 0.0 {
        root = root.sqrt();
        part *= 2.0;
        if part >= 1.0 {
            result *= root;
            part -= 1.0;
        }
    }
    // One by infinity would be nothing, and nothing is a value.
    if !result.is_finite() {
        return NONE;
    }
    if exponent < 0.0 { finite(1.0 / result) } else { result }
}

/// Rounded to so many decimals, halves away from zero as a spreadsheet does: 1.005 is 1.01, though
/// the nearest binary number lies a little below it.
pub(super) fn rounded(value: f64, decimals: i32) -> f64 {
    let scale = power(10.0, f64::from(decimals));
    let size = value.abs() * scale;
    if value.is_nan() || size >= WHOLE {
        return value;
    }
    let floor = size.floor();
    let part = size - floor;
    let up = part >= 0.5 || same(size, floor + 0.5);
    let size = if up { floor + 1.0 } else { floor } / scale;
    if value < 0.0 { -size } else { size }
}

/// From here on every number is whole.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// The values of whoever has one, smallest first.
pub(super) fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.filter(|it| !it.is_nan()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The mean of whoever has a value. Added up in order, smallest first, so that it is the same to
/// the last bit in whatever order people stand.
pub(super) fn average(sorted: &[f64]) -> f64 {
    finite(sorted.iter().sum::<f64>() / sorted.len() as f64)
}

/// The value below which such a share lies, between neighbours in proportion; `share` outside 0 and
/// 1, and nobody with a value, give none.
pub(super) fn percentile(sorted: &[f64], share: f64) -> f64 {
    if sorted.is_empty() || !(0.0..=1.0).contains(&share) {
        return NONE;
    }
    let place = share * (sorted.len() - 1) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let low = sorted[below];
    match sorted.get(below + 1) {
        Some(high) if part > 0.0 => finite(low + (high - low) * part),
        _ => low,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_arithmetic() {
        assert_eq!(power(2.0, 10.0), 1024.0);
        assert_eq!(power(2.0, -2.0), 0.25);
        assert_eq!(power(9.0, 0.5), 3.0);
        assert_eq!(power(-2.0, 3.0), -8.0);
        for (base, exponent) in [(2.0, 0.3_f64), (7.5, 1.7), (1e-9, 3.3), (1e12, -0.123)] {
            let (ours, theirs) = (power(base, exponent), f64::powf(base, exponent));
            assert!((ours / theirs - 1.0).abs() < 1e-13, "{base} ^ {exponent}: {ours} {theirs}");
        }
        for (base, exponent) in [(2.0, 99_999.0), (2.0, -99_999.0), (0.0, 0.0), (-4.0, 0.5)] {
            assert!(power(base, exponent).is_nan(), "{base} ^ {exponent}");
        }
    }

    #[test]
    fn halves_are_rounded_as_they_are_written() {
        for (value, decimals, expected) in [
            (1.005, 2, 1.01),
            (2.5, 0, 3.0),
            (-2.5, 0, -3.0),
            (0.285, 2, 0.29),
            (1.004_999, 2, 1.0),
            (0.49999999999, 0, 0.0),
            (1e300, 9, 1e300),
        ] {
            assert_eq!(rounded(value, decimals), expected, "{value} to {decimals}");
        }
    }

    #[test]
    fn a_percentile_lies_between_neighbours() {
        let values = sorted([4.0, NONE, 1.0, 3.0, 2.0].into_iter());
        assert_eq!(percentile(&values, 0.5), 2.5);
        assert_eq!(percentile(&values, 1.0), 4.0);
        assert_eq!(percentile(&values, 0.0), 1.0);
        assert!(percentile(&values, 1.1).is_nan());
        assert!(percentile(&[], 0.5).is_nan());
    }

    #[test]
    fn what_differs_in_the_last_digits_is_the_same() {
        assert!(same(0.1 + 0.2, 0.3));
        assert!(!same(0.3, 0.300_000_001));
        assert!(!same(0.0, 1e-300));
    }
}
