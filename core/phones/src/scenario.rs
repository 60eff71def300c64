//! What is to be played: whose phones, who calls, how long they wait and talk.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use sim::phone::{Ring, Then};

use crate::dice::Dice;

/// A play for [`crate::start`].
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The SIP address of the system under test.
    pub server: SocketAddr,
    /// Chance: arrivals, patience, talks, and the phones' tags and branches.
    pub seed: u64,
    /// The address of the agents' phones; each has a SIP port of its own.
    pub agents_from: IpAddr,
    pub agents: Vec<AgentPhone>,
    /// `None`: phones that register and wait for others to call.
    pub callers: Option<Callers>,
    /// Phones talk and listen; otherwise their RTP address is a socket that nobody reads.
    pub media: bool,
    /// How long calls may go on when no new ones come.
    pub finish_max: Duration,
}

/// A phone with an account at the system under test.
#[derive(Clone, Debug)]
pub struct AgentPhone {
    pub user: String,
    pub password: String,
    pub habits: Habits,
}

/// How an agent treats calls.
#[derive(Clone, Debug)]
pub struct Habits {
    /// From the ring to the answer.
    pub answers_after: Span,
    /// From the answer to the end; `None` leaves the end to the caller.
    pub talks: Option<Span>,
    /// Of a hundred calls, how many are refused with 486 …
    pub busy_percent: u8,
    /// … how many are declined with 603 …
    pub declines_percent: u8,
    /// … and how many are left to ring.
    pub ignores_percent: u8,
}

/// A trunk full of callers.
#[derive(Clone, Debug)]
pub struct Callers {
    /// The address that the system under test knows as a trunk.
    pub from: IpAddr,
    /// What they dial, with weights.
    pub numbers: Vec<(String, u32)>,
    /// A Poisson process of this rate.
    pub per_second: f64,
    /// From the INVITE until a caller without an agent gives up.
    pub patience: Span,
    /// A talk that lasts longer is ended by the caller and counted as failed.
    pub talk_max: Duration,
    /// No more calls than this …
    pub calls_max: Option<u64>,
    /// … and none after this long. With neither, until [`crate::Running::finish`].
    pub duration: Option<Duration>,
}

/// A length of time with chance in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Span {
    Exactly(Duration),
    /// Evenly from the first to the second.
    Between(Duration, Duration),
    /// Exponential with this mean, cut at `max`.
    Around {
        mean: Duration,
        max: Duration,
    },
}

/// An agent repeats himself after this many calls.
const PLANS: usize = 128;

/// 486 Busy here, 603 Decline.
const BUSY: u16 = 486;
const DECLINE: u16 = 603;

impl Default for Habits {
    /// Answers every call at once and never hangs up.
    fn default() -> Habits {
        Habits {
            answers_after: Span::Exactly(Duration::ZERO),
            talks: None,
            busy_percent: 0,
            declines_percent: 0,
            ignores_percent: 0,
        }
    }
}

impl Habits {
    /// What the phone does with its next calls.
    pub(crate) fn plans(&self, dice: &mut Dice) -> Vec<Ring> {
        (0..PLANS).map(|_| Ring { rings_after: Duration::ZERO, then: self.then(dice) }).collect()
    }

    fn then(&self, dice: &mut Dice) -> Then {
        let after = self.answers_after.draw(dice);
        if dice.percent(self.busy_percent) {
            return Then::Refuse { after, status: BUSY };
        }
        if dice.percent(self.declines_percent) {
            return Then::Refuse { after, status: DECLINE };
        }
        if dice.percent(self.ignores_percent) {
            return Then::Ignore;
        }
        Then::Answer { after, talk: self.talks.map(|talks| talks.draw(dice)) }
    }
}

impl Callers {
    /// A number by its weight; `None` when there are none to dial.
    pub(crate) fn number(&self, dice: &mut Dice) -> Option<&str> {
        let total: u64 = self.numbers.iter().map(|(_, weight)| u64::from(*weight)).sum();
        let mut point = dice.number() % total.max(1);
        for (number, weight) in &self.numbers {
            if point < u64::from(*weight) {
                return Some(number);
            }
            point -= u64::from(*weight);
        }
        None
    }
}

impl Span {
    pub(crate) fn draw(self, dice: &mut Dice) -> Duration {
        match self {
            Span::Exactly(span) => span,
            Span::Between(least, most) => least + most.saturating_sub(least).mul_f64(dice.part()),
            Span::Around { mean, max } => dice.around(mean).min(max),
        }
    }
}

/// Reads `200ms`, `30s` or `2m`: for the command line.
pub fn span(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u64 = digits.parse().map_err(|_| format!("`{text}` is not like 200ms or 30s"))?;
    match &text[digits.len()..] {
        "ms" => Ok(Duration::from_millis(number)),
        "s" => Ok(Duration::from_secs(number)),
        "m" => Ok(Duration::from_secs(number.saturating_mul(60))),
        _unit => Err(format!("`{text}` is not like 200ms, 30s or 2m")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_with_their_unit() {
        assert_eq!(span("200ms"), Ok(Duration::from_millis(200)));
        assert_eq!(span("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(span("2m"), Ok(Duration::from_secs(120)));
        assert!(span("30").is_err());
        assert!(span("s").is_err());
        assert!(span("").is_err());
    }

    #[test]
    fn numbers_are_dialled_by_their_weight() {
        let callers = Callers {
            from: IpAddr::from([127, 0, 0, 1]),
            numbers: vec![("1".to_owned(), 1), ("2".to_owned(), 3), ("3".to_owned(), 0)],
            per_second: 1.0,
            patience: Span::Exactly(Duration::ZERO),
            talk_max: Duration::ZERO,
            calls_max: None,
            duration: None,
        };
        let mut dice = Dice::new(3);
        let dialled = (0..1_000).filter_map(|_| callers.number(&mut dice)).collect::<Vec<_>>();
        let twos = dialled.iter().filter(|number| **number == "2").count();
        assert!((700..800).contains(&twos), "{twos}");
        assert!(!dialled.contains(&"3"));
    }

    #[test]
    fn habits_make_their_share_of_refusals() {
        let habits = Habits { busy_percent: 50, ..Habits::default() };
        let plans = habits.plans(&mut Dice::new(5));
        let busy = |ring: &&Ring| matches!(ring.then, Then::Refuse { status: BUSY, .. });
        let share = plans.iter().filter(busy).count();
        assert!((40..90).contains(&share), "{share}");
    }
}
