//! The only SQL: plan, people, journal, calls, recordings, sessions.
//!
//! [`Store::open`] gives one database file; [`Store::tenant`] is the only way to anybody's data, so
//! that a query without a tenant cannot be written. One file per noun. Every change of the plan is
//! one transaction that also grows the plan's version and leaves a row in `change`.
//!
//! [`Tenant::plan`] is what the switch runs on, [`Journal::append`] where its facts go. The table
//! `call` is a cache: [`Journal::rebuild_calls`] folds the journal again and gives the same rows.

mod account;
mod body;
mod call;
mod change;
mod credential;
mod error;
mod fact;
mod fold;
mod group;
mod journal;
mod limit;
mod membership;
mod number;
mod open;
mod person;
mod plan;
mod recording;
mod restart;
mod secret;
mod session;
mod setup;
mod sql;
mod start_token;
mod tenant;
mod trunk;
mod word;
mod write;

pub use crate::account::{Account, AccountId, NewAccount};
pub use crate::call::{Call, CallFilter, CallOutcome, PAGE_MAX};
pub use crate::change::Change;
pub use crate::credential::{Credential, CredentialId, NewCredential};
pub use crate::error::{Error, Fault};
pub use crate::fact::{JournalLine, Kept};
pub use crate::group::{Group, GroupPatch, NewGroup, RoutingPolicy};
pub use crate::journal::Journal;
pub use crate::membership::Membership;
pub use crate::open::Store;
pub use crate::person::{NewPerson, Person, PersonPatch};
pub use crate::plan::{Access, Plan};
pub use crate::recording::Recording;
pub use crate::session::{SESSION_MS, Session};
pub use crate::setup::{SetUp, Setup, SetupError, SetupPart};
pub use crate::start_token::START_TOKEN_MS;
pub use crate::tenant::{Company, Tenant, TenantId};
pub use crate::trunk::{NewTrunk, Trunk, TrunkId};
pub use crate::write::By;
