//! Folds of facts: every figure comes from the journal.
//!
//! A counter is never kept beside the journal, so a restart resets nothing: whoever starts anew
//! folds today's facts again. Start at [`Summary::fold`]; [`GroupFigures`] words the metrics of a
//! queue, [`AgentFigures`] those of a person, [`Spread`] how evenly work is spread over them,
//! [`Audit`] checks what must never happen. [`indicator`] is what a company works out of the
//! figures of its people, [`formula`] the language in which it writes that down; [`pay`] is
//! what they are paid for it, and the chain of what was signed; [`guards`] flag how figures can be
//! made better than the work was.
//!
//! [`Intervals::fold`] books the same, by the same code, into [`Tables`]: a row for each quarter of
//! an hour, group and agent, of which every report over whole quarters is a sum. [`Place`] gives
//! quarters their days and hours, [`sheet`] gives every metric its name, [`peers`] tell what
//! somebody's figure is beside the others'. [`explain`] opens a figure: the calls that count in it,
//! and those left out and why.

mod agent;
mod audit;
pub mod explain;
pub mod formula;
mod group;
pub mod guards;
pub mod indicator;
mod intervals;
mod ledger;
pub mod pay;
pub mod peers;
mod presence;
mod quarter;
pub mod saved;
pub mod sheet;
mod spread;
mod summary;
mod tables;
mod talk;

pub use crate::agent::{AgentFigures, Breaks};
pub use crate::audit::Audit;
pub use crate::group::{Formula, GroupFigures, Limits};
pub use crate::intervals::Intervals;
pub use crate::presence::Hours;
pub use crate::quarter::{Date, Place, QUARTER_MS, Quarter, Wall};
pub use crate::spread::Spread;
pub use crate::summary::Summary;
pub use crate::tables::{Cell, Numbers, Tables, Tally};
