//! The longest run of calls answered without one that was missed.

use ladus_plugin::fold::{Ending, Fact, Fold};
use ladus_plugin::indicator::{Better, Outcome, Profile, Unit};
use ladus_plugin::{Card, Field, Settings};

/// The stock indicator, as far as it has read: runs at both ends are kept, for the story may go on
/// at either.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct AnsweredInARow {
    /// Answered before the first miss.
    first: u32,
    /// Answered after the last miss.
    last: u32,
    longest: u32,
    answered: u32,
    missed: u32,
}

const LEAST_CALLS: &str = "least-calls";

impl Fold for AnsweredInARow {
    fn profile() -> Profile {
        let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        let card = Card::new(name, version, "The most calls answered in a row without a miss.")
            .field(
                Field::number(LEAST_CALLS, "Fewest calls", (1.0, 1_000.0), "calls", 10.0)
                    .help("Whoever has answered fewer in all has no value."),
            );
        Profile::new(card, Unit::Count, Better::More).sample_min(1)
    }

    fn init(_settings: &Settings) -> Self {
        Self::default()
    }

    fn read(&mut self, fact: &Fact, _settings: &Settings) {
        let Fact::Offer(offer) = fact else { return };
        let one = match offer.ending {
            Ending::Answered => Self { first: 1, last: 1, longest: 1, answered: 1, missed: 0 },
            Ending::Missed | Ending::Rejected | Ending::Busy | Ending::Unreachable => {
                Self { missed: 1, ..Self::default() }
            }
            // Nobody's fault.
            Ending::CallerLeft | Ending::Withdrawn => return,
        };
        *self = self.merge(one);
    }

    fn merge(self, later: Self) -> Self {
        let between = self.last + later.first;
        Self {
            first: if self.missed == 0 { between } else { self.first },
            last: if later.missed == 0 { between } else { later.last },
            longest: self.longest.max(between).max(later.longest),
            answered: self.answered + later.answered,
            missed: self.missed + later.missed,
        }
    }

    fn finish(people: &[Self], settings: &Settings) -> Result<Vec<Outcome>, String> {
        let least = settings.whole(LEAST_CALLS).unwrap_or(10);
        Ok(people.iter().map(|person| person.outcome(least)).collect())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let Self { first, last, longest, answered, missed } = *self;
        [first, last, longest, answered, missed].into_iter().flat_map(u32::to_le_bytes).collect()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, []) = bytes.as_chunks::<4>() else { return None };
        let [first, last, longest, answered, missed] =
            <[[u8; 4]; 5]>::try_from(words).ok()?.map(u32::from_le_bytes);
        Some(Self { first, last, longest, answered, missed })
    }
}

impl AnsweredInARow {
    fn outcome(&self, least: u32) -> Outcome {
        let Self { longest, answered, missed, .. } = *self;
        if answered < least {
            return Outcome::None(format!("{answered} of at least {least} calls answered"));
        }
        let outcome = Outcome::Value { value: longest.into(), sample: answered, note: None };
        if missed > 0 { outcome.noting(format!("{missed} missed")) } else { outcome }
    }
}

ladus_plugin::export_fold!(AnsweredInARow);

#[cfg(test)]
mod tests {
    use ladus_plugin::Value;
    use ladus_plugin::fold::{Offer, folded};

    use super::*;

    /// Offers in letters: answered, missed, rejected, left by the caller.
    fn check(offers: &str, expected: Outcome) {
        let offer = |letter| {
            let ending = match letter {
                'a' => Ending::Answered,
                'm' => Ending::Missed,
                'r' => Ending::Rejected,
                _ => Ending::CallerLeft,
            };
            Fact::Offer(Offer { at_ms: 0, ending, ring_ms: 0 })
        };
        let story: Vec<Fact> = offers.chars().map(offer).collect();
        let settings = Settings::new(vec![(LEAST_CALLS.to_owned(), Value::Number(2.0))]);
        assert_eq!(folded::<AnsweredInARow>(&[&story], &settings), Ok(vec![expected]), "{offers}");
    }

    fn value(longest: u32, sample: u32) -> Outcome {
        Outcome::Value { value: longest.into(), sample, note: None }
    }

    #[test]
    fn the_longest_run_counts_wherever_it_stands_and_however_the_day_is_cut() {
        check("aaaa", value(4, 4));
        check("aamaaamaa", value(3, 7).noting("2 missed"));
        check("maaaa", value(4, 4).noting("1 missed"));
        check("aarmaa", value(2, 4).noting("2 missed"));
    }

    #[test]
    fn a_caller_who_gives_up_does_not_break_a_run() {
        check("aalaa", value(4, 4));
    }

    #[test]
    fn too_few_answers_say_nothing() {
        let few = |words: &str| Outcome::None(words.to_owned());
        check("am", few("1 of at least 2 calls answered"));
        check("", few("0 of at least 2 calls answered"));
        assert_eq!(AnsweredInARow::from_bytes(&[1, 2, 3]), None);
    }
}
