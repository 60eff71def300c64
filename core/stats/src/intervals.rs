//! The fold into tables: what goes on, and the rows of what is over.

use acd::{Fact, Time};

use crate::ledger::Ledger;
use crate::quarter::Quarter;
use crate::saved::Saved;
use crate::{Limits, Tables};

/// Folds facts into [`Tables`]. Its memory is what goes on and the rows that nobody has taken yet,
/// however long the journal is.
///
/// Whoever takes it up from a saved state and merges what was handed out has the same tables, to the
/// last row, as a fold from the first fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Intervals {
    ledger: Ledger,
    tables: Tables,
}

impl Intervals {
    pub fn new(limits: Limits) -> Intervals {
        Intervals { ledger: Ledger::new(limits), tables: Tables::default() }
    }

    /// Takes the fold up where [`Intervals::saved`] left it, without rows.
    pub fn restored(saved: Saved) -> Intervals {
        Intervals { ledger: Ledger::restored(saved), tables: Tables::default() }
    }

    /// What goes on, without rows.
    pub fn saved(&self) -> Saved {
        self.ledger.saved()
    }

    /// Takes one fact into account. Facts come in the order of the journal.
    pub fn fold(&mut self, at: Time, fact: &Fact) {
        self.ledger.fold(at, fact, &mut self.tables);
    }

    /// The limits by which it counts.
    pub fn limits(&self) -> Limits {
        self.ledger.limits()
    }

    /// What is over and was not taken.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The same with everything that goes on counted up to `now`.
    #[must_use]
    pub fn tables_until(&self, now: Time) -> Tables {
        let mut tables = self.tables.clone();
        self.ledger.book_open(now, &mut tables);
        tables
    }

    /// Hands out the rows before a quarter ([`Tables::drain_before`]).
    #[must_use]
    pub fn take_before(&mut self, quarter: Quarter) -> Tables {
        self.tables.drain_before(quarter)
    }
}
