//! What an indicator may see: a row for each person, a column for each figure.

use std::cell::OnceCell;

#[cfg(not(target_arch = "wasm32"))]
use self::nowhere::{people, period};
use crate::Settings;
#[cfg(target_arch = "wasm32")]
use crate::indicator::bindings::{people, period};

/// The figures of some people over a period.
///
/// Every column comes from the host and is fetched when it is first asked for; a built plugin
/// imports only those that it can ask for, and the administrator sees that list.
#[derive(Debug, Default)]
pub struct Figures {
    count: OnceCell<u32>,
    period: OnceCell<(u64, u64)>,
    short_talk_limit_ms: OnceCell<u32>,
    columns: Columns,
    settings: Settings,
}

impl Figures {
    /// Figures made up for a test: these people, in this order, over the first day of 1970, with
    /// talks below 10 s being short.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        Self {
            count: OnceCell::from(u32::try_from(rows.len()).unwrap_or(u32::MAX)),
            period: OnceCell::from((0, 86_400_000)),
            short_talk_limit_ms: OnceCell::from(10_000),
            columns: Columns::of(rows),
            settings: Settings::default(),
        }
    }

    /// The same figures over another period, in milliseconds since 1970.
    #[must_use]
    pub fn with_period_ms(self, from: u64, to: u64) -> Self {
        Self { period: OnceCell::from((from, to)), ..self }
    }

    /// The same figures under other settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// How many people there are; may be 0.
    #[must_use]
    pub fn count(&self) -> u32 {
        *self.count.get_or_init(people::count)
    }

    /// The period in milliseconds since 1970 (UTC): from, and up to without.
    #[must_use]
    pub fn period_ms(&self) -> (u64, u64) {
        *self.period.get_or_init(|| (period::from_ms(), period::to_ms()))
    }

    /// Talks shorter than this are short: the company's own limit.
    #[must_use]
    pub fn short_talk_limit_ms(&self) -> u32 {
        *self.short_talk_limit_ms.get_or_init(people::short_talk_limit_ms)
    }

    /// Everybody.
    pub fn people(&self) -> impl Iterator<Item = Person<'_>> {
        (0..self.count() as usize).map(|position| Person { all: &self.columns, position })
    }

    /// What the administrator chose.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// One person's row.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    all: &'a Columns,
    position: usize,
}

impl Person<'_> {
    /// The place among the people, from 0.
    #[must_use]
    pub fn position(self) -> usize {
        self.position
    }

    /// Whole milliseconds of ringing with every missed offer in it, and how many offers these are:
    /// the time to answer for pay, for ignoring a phone must not improve it.
    #[must_use]
    pub fn ring_with_missed(self) -> Option<(f64, f64)> {
        let ms = self.ring_answered_ms()? + self.ring_missed_ms()?;
        Some((ms, self.answered()? + self.missed()?))
    }

    /// Talk, hold and wrap-up together, in milliseconds.
    #[must_use]
    pub fn handling_ms(self) -> Option<f64> {
        Some(self.talk_ms()? + self.hold_ms()? + self.wrap_up_ms()?)
    }
}

macro_rules! columns {
    ($($(#[doc = $about:literal])* $name:ident;)*) => {
        /// One person, written down: what a test makes [`Figures`] of. What is not named is not
        /// known.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Row {
            $($(#[doc = $about])* pub $name: Option<f64>,)*
        }

        /// The columns fetched so far.
        #[derive(Debug, Default)]
        struct Columns {
            $($name: OnceCell<Vec<Option<f64>>>,)*
        }

        impl Columns {
            fn of(rows: &[Row]) -> Self {
                Self {
                    $($name: OnceCell::from(rows.iter().map(|row| row.$name).collect::<Vec<_>>()),)*
                }
            }
        }

        impl Person<'_> {
            $(
                $(#[doc = $about])*
                #[must_use]
                pub fn $name(self) -> Option<f64> {
                    // Every column is as long as there are people.
                    self.all.$name.get_or_init(people::$name)[self.position]
                }
            )*
        }

        /// On the author's own machine all figures come from [`Figures::of`], which leaves nothing
        /// to fetch; default figures are those of nobody.
        #[cfg(not(target_arch = "wasm32"))]
        mod nowhere {
            pub(super) mod people {
                pub(in super::super) fn count() -> u32 {
                    0
                }

                pub(in super::super) fn short_talk_limit_ms() -> u32 {
                    0
                }

                $(pub(in super::super) fn $name() -> Vec<Option<f64>> {
                    Vec::new()
                })*
            }

            pub(super) mod period {
                pub(in super::super) fn from_ms() -> u64 {
                    0
                }

                pub(in super::super) fn to_ms() -> u64 {
                    0
                }
            }
        }
    };
}

columns! {
    /// Offers that ended in the period, however they ended.
    offers;
    /// Offers that were answered.
    answered;
    /// Offers that rang until their time was over.
    missed;
    /// Offers that the agent rejected by a key.
    rejected;
    /// Offers that met a busy phone.
    busy;
    /// Offers that found no phone: not registered, or no network.
    unreachable;
    /// Offers during which the caller gave up. Nobody's fault.
    caller_left;
    /// Offers that the server took back itself. Nobody's fault.
    withdrawn;
    /// Milliseconds that the phone rang, in all offers.
    ring_ms;
    /// Milliseconds that the phone rang in the answered offers; never the caller's time in the
    /// queue.
    ring_answered_ms;
    /// Milliseconds that the phone rang in the missed offers, each at its full ring time.
    ring_missed_ms;
    /// Talks with callers that ended in the period.
    talks;
    /// Milliseconds of these talks, without hold.
    talk_ms;
    /// Milliseconds that one side had the other on hold in them.
    hold_ms;
    /// Milliseconds of rest after talks.
    wrap_up_ms;
    /// Talks below [`Figures::short_talk_limit_ms`], whoever ended them.
    short_talks;
    /// Milliseconds of the short talks, without hold.
    short_talk_ms;
    /// Short talks that the agent ended by hanging up: without a floor, they win.
    instant_hang_ups;
    /// Short talks that the agent ended by handing the caller on.
    quick_transfers;
    /// Talks that the agent ended by handing the caller on, quick ones included.
    transfers;
    /// Milliseconds logged on, breaks included. A call counts whatever the agent has wished
    /// meanwhile. Not known while the journal tells no wish of his.
    logged_on_ms;
    /// Milliseconds on a break, calls during it left out. Not known like `logged_on_ms`.
    break_ms;
    /// Milliseconds logged on, not on a break, with nothing to do and a phone that could ring. Not
    /// known like `logged_on_ms`.
    idle_ms;
    /// Milliseconds logged on, not on a break, without a registered phone. Not known like
    /// `logged_on_ms`.
    unreachable_ms;
}

#[cfg(test)]
mod tests {
    use super::{Figures, Row};

    #[test]
    fn figures_of_rows_answer_with_what_the_rows_say() {
        let mari = Row {
            answered: Some(3.0),
            missed: Some(1.0),
            ring_answered_ms: Some(6_000.0),
            ring_missed_ms: Some(20_000.0),
            ..Row::default()
        };
        let jaan =
            Row { talk_ms: Some(1.0), hold_ms: Some(2.0), wrap_up_ms: Some(3.0), ..Row::default() };
        let figures = Figures::of(&[mari, jaan]);
        let rings: Vec<_> = figures.people().map(|it| it.ring_with_missed()).collect();
        assert_eq!(rings, [Some((26_000.0, 4.0)), None]);
        let handling: Vec<_> = figures.people().map(|it| it.handling_ms()).collect();
        assert_eq!(handling, [None, Some(6.0)]);
        assert_eq!((figures.count(), figures.short_talk_limit_ms()), (2, 10_000));
        assert_eq!(figures.with_period_ms(1, 2).period_ms(), (1, 2));
        assert_eq!(Figures::default().people().count(), 0);
    }
}
