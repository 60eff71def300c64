//! Queueing theory as a witness from outside: what the engine does with exponential callers is what
//! Erlang's formulas say.
//!
//! One group, no wrap-up, agents who answer at once. The simulated side runs through the real
//! engine in virtual time ([`simulated`]); the formulas know nothing of it ([`erlang`]).

mod erlang;
mod simulated;

pub use crate::theory::erlang::{Figures, erlang_a, erlang_c};
pub use crate::theory::simulated::replication;

/// An answer within this time is in time.
pub const IN_TIME_S: f64 = 20.0;

/// The average talk in every load.
pub const TALK_S: f64 = 180.0;

/// What one experiment is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    pub name: &'static str,
    pub servers: u64,
    /// Offered load in Erlang: callers per talk time.
    pub erlang: f64,
    /// The average patience; `None` never hangs up.
    pub patience_s: Option<f64>,
}

/// From a shop to a hall, from quiet to overrun. Without patience a load must stay below its
/// servers.
pub const LOADS: [Load; 10] = [
    Load { name: "one agent", servers: 1, erlang: 0.5, patience_s: None },
    Load { name: "a shop", servers: 3, erlang: 1.8, patience_s: None },
    Load { name: "a small centre", servers: 10, erlang: 8.0, patience_s: None },
    Load { name: "a quiet centre", servers: 25, erlang: 20.0, patience_s: None },
    Load { name: "a hall", servers: 100, erlang: 92.0, patience_s: None },
    Load { name: "one agent, hurried callers", servers: 1, erlang: 0.8, patience_s: Some(60.0) },
    Load { name: "a shop, hurried callers", servers: 3, erlang: 3.0, patience_s: Some(90.0) },
    Load { name: "a small centre, full", servers: 10, erlang: 10.0, patience_s: Some(120.0) },
    Load { name: "overrun", servers: 10, erlang: 14.0, patience_s: Some(120.0) },
    Load { name: "a full hall", servers: 100, erlang: 100.0, patience_s: Some(180.0) },
];

/// How much is simulated: independent replications, each of so many callers after as many as it
/// takes to forget that everybody began idle.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    pub replications: u64,
    pub warm_up: u64,
    pub callers: u64,
}

/// A mean and its confidence interval. The four intervals of a load hold with 95 % *together*: each
/// is that much wider (Bonferroni), so of ten loads half a one lies outside by chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub mean: f64,
    pub low: f64,
    pub high: f64,
}

/// Theory and experiment of one load.
#[derive(Clone, Debug)]
pub struct Verdict {
    pub load: Load,
    pub theory: Figures,
    /// In the order of [`Figures::NAMES`].
    pub simulated: [Interval; 4],
    /// Whether theory lies inside, in the same order.
    pub inside: [bool; 4],
}

/// The two-sided normal quantile of 95 %, and that of 95 % for four figures together.
#[cfg(test)]
const Z_95: f64 = 1.959_964;
const Z_JOINT: f64 = 2.497_705;

impl Verdict {
    pub fn all_inside(&self) -> bool {
        self.inside.iter().all(|&inside| inside)
    }
}

/// Computes one load and simulates it.
pub fn verdict(load: Load, effort: Effort, seed: u64) -> Verdict {
    let theory = load.theory();
    let runs: Vec<Figures> =
        (0..effort.replications).map(|nth| replication(load, effort, seed, nth)).collect();
    let simulated = std::array::from_fn(|figure| {
        interval(&runs.iter().map(|run| run.all()[figure]).collect::<Vec<f64>>())
    });
    let expected = theory.all();
    let inside = std::array::from_fn(|figure: usize| {
        let Interval { low, high, .. } = simulated[figure];
        (low..=high).contains(&expected[figure])
    });
    Verdict { load, theory, simulated, inside }
}

impl Load {
    /// What the formulas say.
    pub fn theory(self) -> Figures {
        match self.patience_s {
            None => erlang_c(self.servers, self.erlang),
            Some(patience_s) => erlang_a(self.servers, self.erlang, patience_s),
        }
    }
}

/// Replications are independent, so their mean is Student-distributed around the truth.
fn interval(runs: &[f64]) -> Interval {
    let count = runs.len() as f64;
    let mean = runs.iter().sum::<f64>() / count;
    let variance = runs.iter().map(|run| (run - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let half = student(Z_JOINT, runs.len()) * (variance / count).sqrt();
    Interval { mean, low: mean - half, high: mean + half }
}

/// The quantile of Student's distribution, with one degree of freedom less than there are runs,
/// that belongs to a normal one: Cornish and Fisher's expansion, right to a thousandth from ten
/// runs on at 95 %.
fn student(z: f64, runs: usize) -> f64 {
    let freedom = runs.saturating_sub(1).max(1) as f64;
    let first = (z.powi(3) + z) / 4.0;
    let second = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let third = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    z + first / freedom + second / freedom.powi(2) + third / freedom.powi(3)
}

#[cfg(test)]
mod tests {
    use super::{Effort, LOADS, Z_95, interval, student, verdict};

    /// `ladus sim theory` makes more of them.
    const EFFORT: Effort = Effort { replications: 10, warm_up: 200, callers: 800 };

    #[test]
    fn the_engine_serves_exponential_callers_as_erlang_says() {
        // Half a load of ten lies outside by chance; four are no chance any more.
        let verdicts = LOADS.map(|load| verdict(load, EFFORT, 1));
        let outside = verdicts.iter().filter(|it| !it.all_inside()).count();
        assert!(outside < 4, "{outside} loads lie outside: {verdicts:#?}");
        for it in &verdicts {
            let far = |(interval, theory): (&super::Interval, f64)| {
                (interval.mean - theory).abs() > 2.0 * (interval.high - interval.mean) + 1e-9
            };
            let far = it.simulated.iter().zip(it.theory.all()).any(far);
            assert!(!far, "{} is far from theory: {it:#?}", it.load.name);
        }
    }

    #[test]
    fn intervals_are_students() {
        let table = [(10, 2.262), (20, 2.093), (30, 2.045)];
        for (runs, quantile) in table {
            let computed = student(Z_95, runs);
            assert!((computed - quantile).abs() < 0.001, "{runs}: {computed}");
        }
        let it = interval(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]);
        // Half as wide as 3.150 (Student's, nine degrees, 98.75 %) times 3.0277 / √10.
        assert_eq!(format!("{:.1} {:.1} {:.1}", it.low, it.mean, it.high), "2.5 5.5 8.5");
    }
}
