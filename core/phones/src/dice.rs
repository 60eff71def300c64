//! Chance from a seed: the same seed gives the same day of calls.

use std::time::Duration;

/// A small generator (SplitMix64): fast, and good enough to scatter arrivals.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice { state: seed }
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// For the machines that want a seed of their own.
    pub(crate) fn seed(&mut self) -> [u8; 32] {
        let mut seed = [0; 32];
        for part in seed.chunks_exact_mut(8) {
            part.copy_from_slice(&self.number().to_be_bytes());
        }
        seed
    }

    /// At least zero, less than one.
    pub(crate) fn part(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True so many times in a hundred.
    pub(crate) fn percent(&mut self, percent: u8) -> bool {
        self.part() * 100.0 < f64::from(percent)
    }

    /// The gap between two of so many independent arrivals per second (a Poisson process).
    pub(crate) fn gap(&mut self, per_second: f64) -> Duration {
        self.around(Duration::from_secs_f64(1.0 / per_second))
    }

    /// Exponential with this mean.
    pub(crate) fn around(&mut self, mean: Duration) -> Duration {
        mean.mul_f64(-(1.0 - self.part()).ln())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_is_one_day() {
        let throw = |seed| (0..5).map(|_| Dice::new(seed).number()).collect::<Vec<_>>();
        assert_eq!(throw(7), throw(7));
        assert_ne!(throw(7), throw(8));
    }

    #[test]
    fn gaps_have_the_mean_that_was_asked_for() {
        let mut dice = Dice::new(1);
        let total: Duration = (0..10_000).map(|_| dice.gap(100.0)).sum();
        assert!((95.0..105.0).contains(&total.as_secs_f64()), "{total:?}");
    }
}
