//! What the phones saw, counted without asking the system under test.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

/// Every call has one of the four outcomes `answered`, `abandoned`, `refused` and `failed`, or is
/// still `live`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Agents' phones that are registered.
    pub registered: u64,
    /// Calls placed.
    pub offered: u64,
    /// Calls that an agent joined and that ended in order.
    pub answered: u64,
    /// Callers whose patience ended before an agent joined.
    pub abandoned: u64,
    /// Turned away with 486: the group takes no more.
    pub refused: u64,
    /// Everything else.
    pub failed: u64,
    /// The failed ones by cause.
    pub failed_why: BTreeMap<String, u64>,
    /// Calls that are not over.
    pub live: u64,
    /// Live calls that an agent has joined.
    pub talking: u64,
    /// Times that a phone began to ring for a call that another phone rang for or talked with.
    pub rung_twice: u64,
    /// Times that a phone was rung while its agent had a call.
    pub rung_while_busy: u64,
    /// SIP requests that we or the other side sent once more.
    pub retransmissions: u64,
    /// From the caller's INVITE to the first agent's.
    pub setup_ms_p50: f64,
    pub setup_ms_p99: f64,
    /// Packets of sound, of all phones.
    pub rtp_sent: u64,
    pub rtp_received: u64,
    /// Gaps in what the phones heard.
    pub rtp_lost: u64,
    /// Talks long enough to be judged by ear.
    pub judged: u64,
    /// Judged talks in which a side heard nothing.
    pub one_way: u64,
    /// Judged talks in which a side heard something else than its peer's tone.
    pub wrong_tone: u64,
}

impl Report {
    /// Calls that are over.
    pub fn ended(&self) -> u64 {
        self.answered + self.abandoned + self.refused + self.failed
    }
}

/// Sub-buckets of an octave: a quantile is at most three percent too high.
const STEPS: u64 = 32;
/// Octaves above the first `STEPS` values: 2^5 · 2^35 µs is eleven days.
const OCTAVES: u64 = 35;

/// Durations in buckets that grow with their size: quantiles without keeping every value.
#[derive(Clone, Debug)]
pub(crate) struct Histogram {
    buckets: Vec<u64>,
    count: u64,
}

impl Default for Histogram {
    fn default() -> Histogram {
        Histogram { buckets: vec![0; (STEPS * (OCTAVES + 1)) as usize], count: 0 }
    }
}

impl Histogram {
    pub(crate) fn add(&mut self, span: Duration) {
        let micros = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
        let last = self.buckets.len() - 1;
        self.buckets[bucket(micros).min(last)] += 1;
        self.count += 1;
    }

    /// The value that this part of all values does not exceed, in milliseconds; zero when empty.
    pub(crate) fn quantile_ms(&self, part: f64) -> f64 {
        let rank = (part * self.count as f64).ceil() as u64;
        let mut seen = 0;
        for (bucket, count) in self.buckets.iter().enumerate() {
            seen += count;
            if *count > 0 && seen >= rank {
                return upper_bound(bucket as u64) as f64 / 1_000.0;
            }
        }
        0.0
    }
}

/// The first `STEPS` buckets hold one value each, then each octave has `STEPS` of them.
fn bucket(micros: u64) -> usize {
    if micros < STEPS {
        return micros as usize;
    }
    let octave = u64::from(micros.ilog2() - STEPS.ilog2());
    let step = (micros >> octave) - STEPS;
    (STEPS + octave * STEPS + step) as usize
}

fn upper_bound(bucket: u64) -> u64 {
    if bucket < STEPS {
        return bucket;
    }
    let (octave, step) = ((bucket - STEPS) / STEPS, bucket % STEPS);
    ((STEPS + step + 1) << octave) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_lies_in_its_bucket() {
        for micros in (0..100_000).chain([u64::from(u32::MAX), 1 << 38]) {
            let bucket = bucket(micros) as u64;
            assert!(micros <= upper_bound(bucket), "{micros}");
            assert!(bucket == 0 || micros > upper_bound(bucket - 1), "{micros}");
        }
    }

    #[test]
    fn quantiles_are_close() {
        let mut histogram = Histogram::default();
        assert_eq!(histogram.quantile_ms(0.5), 0.0);
        (1..=1_000).for_each(|ms| histogram.add(Duration::from_millis(ms)));
        assert!((500.0..520.0).contains(&histogram.quantile_ms(0.5)));
        assert!((990.0..1_025.0).contains(&histogram.quantile_ms(0.99)));
    }
}
