//! Folds of facts: every figure comes from the journal.
//!
//! A counter is never kept beside the journal, so a restart resets nothing: whoever starts anew
//! folds today's facts again. Start at [`Summary::fold`]; [`GroupFigures`] words the metrics of a
//! queue, [`AgentFigures`] those of a person, [`Spread`] how evenly work is spread over them,
//! [`Audit`] checks what must never happen. [`indicator`] is what a company works out of the
//! figures of its people; [`pay`]
//! what they are paid for it, and the chain of what was signed; [`guards`] flag how figures can be
//! made better than the work was.

mod agent;
mod audit;
mod group;
pub mod guards;
pub mod indicator;
pub mod pay;
mod presence;
mod spread;
mod summary;
mod talk;

pub use crate::agent::AgentFigures;
pub use crate::audit::Audit;
pub use crate::group::{Formula, GroupFigures, Limits};
pub use crate::presence::Hours;
pub use crate::spread::Spread;
pub use crate::summary::Summary;
