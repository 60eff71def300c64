//! Erlang C in closed form, and Erlang A from its birth-death chain.

use crate::theory::{IN_TIME_S, TALK_S};

/// What becomes less likely than this is nothing.
const NOTHING: f64 = 1e-14;

/// The four figures of a load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// The share of callers who find nobody free.
    pub waits: f64,
    /// The average wait of the answered in milliseconds, those included who did not wait.
    pub asa_ms: f64,
    /// The share of callers who hang up.
    pub abandoned: f64,
    /// The share of callers who are answered in time.
    pub service_level: f64,
}

impl Figures {
    pub const NAMES: [&'static str; 4] = ["waits", "asa_ms", "abandoned", "service_level"];

    /// In the order of their names.
    pub fn all(&self) -> [f64; 4] {
        [self.waits, self.asa_ms, self.abandoned, self.service_level]
    }
}

/// Callers who never hang up; the load must be below the servers.
pub fn erlang_c(servers: u64, load: f64) -> Figures {
    let count = servers as f64;
    // Erlang B by its recursion, then C from B.
    let blocked = (1..=servers).fold(1.0, |b, n| load * b / (n as f64 + load * b));
    let waits = blocked / (1.0 - load / count * (1.0 - blocked));
    let drain_s = TALK_S / (count - load);
    Figures {
        waits,
        asa_ms: 1_000.0 * waits * drain_s,
        abandoned: 0.0,
        service_level: 1.0 - waits * (-IN_TIME_S / drain_s).exp(),
    }
}

/// Callers with exponential patience.
pub fn erlang_a(servers: u64, load: f64, patience_s: f64) -> Figures {
    let (arrive, talk, leave) = (load / TALK_S, 1.0 / TALK_S, 1.0 / patience_s);
    let count = servers as f64;
    // Stationary shares of "so many in the system", not yet divided by their sum.
    let mut shares = vec![1.0_f64];
    let mut most = 1.0_f64;
    loop {
        let n = shares.len() as f64;
        let death = talk * n.min(count) + leave * (n - count).max(0.0);
        let next = shares[shares.len() - 1] * arrive / death;
        most = most.max(next);
        shares.push(next);
        if n > count && next < most * NOTHING {
            break;
        }
    }
    let sum: f64 = shares.iter().sum();
    // Callers arrive at random moments, so they see these shares; by how many wait already.
    let full = usize::try_from(servers).unwrap_or(usize::MAX);
    let ahead: Vec<f64> = shares.iter().skip(full).map(|share| share / sum).collect();
    let waits: f64 = ahead.iter().sum();
    let (mut served, mut served_wait_s) = (1.0 - waits, 0.0);
    let (mut stays, mut inverse_s) = (1.0, 0.0);
    for (n, share) in (0_u32..).zip(&ahead) {
        // With n ahead of him, n + 1 must go before it is his turn; while j of them wait, the next
        // one goes at this rate, and he himself gives up at `leave`.
        let goes = count * talk + f64::from(n) * leave;
        stays *= goes / (goes + leave);
        inverse_s += 1.0 / (goes + leave);
        served += share * stays;
        served_wait_s += share * stays * inverse_s;
    }
    Figures {
        waits,
        asa_ms: 1_000.0 * served_wait_s / served,
        abandoned: 1.0 - served,
        service_level: 1.0 - waits + served_within(&ahead, count * talk, leave),
    }
}

/// The share of those who wait and are served in time: where each of them stands is a chain that
/// only goes down, followed over the time by uniformisation.
fn served_within(ahead: &[f64], serve: f64, leave: f64) -> f64 {
    let pace = serve + leave * (ahead.len() as f64 + 1.0);
    let mean = pace * IN_TIME_S;
    let mut place = ahead.to_vec();
    let (mut served, mut in_time) = (0.0, 0.0);
    // Poisson weights in logarithms: the first ones of a fast chain are too small for a float.
    let (mut log_weight, mut total, mut step) = (-mean, 0.0, 0.0);
    while total < 1.0 - 1e-12 && step < mean + 60.0 * mean.sqrt() + 60.0 {
        let weight = f64::exp(log_weight);
        in_time += weight * served;
        total += weight;
        served += place[0] * serve / pace;
        for n in 0..place.len() {
            let goes = serve + n as f64 * leave;
            let comes = place.get(n + 1).map_or(0.0, |&above| above * (goes + leave) / pace);
            place[n] = place[n] * (1.0 - (goes + leave) / pace) + comes;
        }
        step += 1.0;
        log_weight += (mean / step).ln();
    }
    in_time
}

#[cfg(test)]
mod tests {
    use super::{erlang_a, erlang_c};

    #[test]
    fn erlang_c_agrees_with_the_tables() {
        // Ten agents, eight Erlang: the textbook's 40.92 %; one agent: the load itself.
        let ten = erlang_c(10, 8.0);
        assert_eq!(format!("{:.4}", ten.waits), "0.4092");
        assert_eq!(format!("{:.0}", ten.asa_ms), "36826");
        let one = erlang_c(1, 0.5);
        assert_eq!((one.waits, one.asa_ms.round()), (0.5, 180_000.0));
    }

    #[test]
    fn patience_without_end_makes_erlang_a_an_erlang_c() {
        for (servers, load) in [(1, 0.5), (3, 1.8), (10, 8.0), (25, 20.0)] {
            let (a, c) = (erlang_a(servers, load, 1e9), erlang_c(servers, load));
            for (a, c) in a.all().into_iter().zip(c.all()) {
                assert!((a - c).abs() <= 1e-4 * (1.0 + c.abs()), "{servers}, {load}: {a} {c}");
            }
        }
    }

    #[test]
    fn patience_as_long_as_a_talk_makes_the_system_a_poisson_one() {
        // All leave at the same rate, in line or in talk: the number there is Poisson(2), so with
        // one server P(wait) = 1 - e^-2 and the share served is (1 - e^-2) / 2.
        let it = erlang_a(1, 2.0, super::TALK_S);
        let waits = 1.0 - f64::exp(-2.0);
        assert!((it.waits - waits).abs() < 1e-12, "{it:?}");
        assert!((it.abandoned - (1.0 - waits / 2.0)).abs() < 1e-12, "{it:?}");
    }
}
