//! What people are paid: rules, statements that explain themselves, and the chain of what was
//! signed.
//!
//! [`Rule::read`] checks a [`RuleDoc`] at the door and says in which place it is wrong.
//! [`Figure::of`] turns what somebody [`Achieved`] into text once, and [`Rule::pay`] works out his
//! [`Statement`] from it: the same figure gives the same bytes. A [`Sheet`] is all statements of a
//! period with everything they rest on; two people sign it, it becomes an [`Entry`] of the chain,
//! and [`verify`] tells whether anything in the chain was changed since. Whatever is wrong in a
//! closed period is put right by another entry, never by an edit.
//!
//! Documents of this module are serialisable, unlike other pure types: their bytes are what is
//! signed.

mod achieved;
mod chain;
mod document;
mod money;
mod rule;
mod sheet;
mod statement;
mod wrong;

pub use self::achieved::{Achieved, Figure};
pub use self::chain::{
    Broken, Closed, Correction, Entry, FIRST_HASH, Flaw, Link, Signed, hash, verify,
};
pub use self::document::{BandDoc, BaseDoc, ItemDoc, MultiplierDoc, RuleDoc, Scope, TimesDoc};
pub use self::money::{Money, cents, decimal_of};
pub use self::rule::Rule;
pub use self::sheet::{AppliedRule, Difference, LimitsDoc, Sheet};
pub use self::statement::{Kind, Line, Statement, Why};
pub use self::wrong::{Fault, Wrong};
