//! The only SQL: plan, people, plugins, journal, calls, recordings, sessions.
//!
//! [`Store::open`] gives one database file; [`Store::tenant`] is the only way to anybody's data, so
//! that a query without a tenant cannot be written. One file per noun. Every change of the plan is
//! one transaction that writes a new version of it and leaves rows in `change`; going back to an
//! old version is a new one. What people can is part of a version; the people themselves, phones
//! and uploaded files are not, and a version whose files are gone cannot be gone back to.
//!
//! What was signed about pay is a chain that is only added to: [`Tenant::verify_pay`] reads it
//! anew.
//!
//! [`Tenant::plan`] is what the switch runs on, [`Journal::append`] where its facts go. The table
//! `call` is a cache: [`Journal::rebuild_calls`] folds the journal again and gives the same
//! rows. So are figures by quarter of an hour: [`Tenant::fold_intervals`] follows the journal.

mod account;
mod body;
mod calendar;
mod call;
mod change;
mod credential;
mod document;
mod error;
mod fact;
mod figures;
mod flow;
mod flow_json;
mod fold;
mod group;
mod interval;
mod journal;
mod kind;
mod limit;
mod loan;
mod membership;
mod mode;
mod number;
mod office;
mod open;
mod pay;
mod person;
mod plan;
mod plugin;
mod policy;
mod recording;
mod restart;
mod rules;
mod secret;
mod selection;
mod session;
mod setup;
mod skill;
mod sql;
mod start_token;
mod tenant;
mod trial;
mod trunk;
mod tv;
mod version;
mod word;
mod write;

pub use crate::account::{Account, AccountId, NewAccount};
pub use crate::calendar::{Calendar, CalendarPatch, NewCalendar, zone_of};
pub use crate::call::{Call, CallFilter, CallKind, CallOutcome, PAGE_MAX};
pub use crate::change::Change;
pub use crate::credential::{Credential, CredentialId, NewCredential};
pub use crate::document::Difference;
pub use crate::error::{Error, Fault};
pub use crate::fact::{JournalLine, Kept};
pub use crate::flow::Flow;
pub use crate::group::{FlowChange, Group, GroupPatch, NewGroup};
pub use crate::interval::Folded;
pub use crate::journal::Journal;
pub use crate::kind::vocabulary;
pub use crate::loan::NewLoan;
pub use crate::membership::{Loan, Membership, NewMembership};
pub use crate::mode::{Mode, ModeChange, ModePatch, NewMode, Pressed};
pub use crate::open::Store;
pub use crate::pay::{
    NewPayCorrection, NewPayDispute, NewPayRule, PayCorrection, PayDispute, PayPeriod, PayPreview,
    PayReport, PayRule, PayRuleVersion, PaySheet, PaySpan, PayState, PeriodReport,
};
pub use crate::person::{NewPerson, Person, PersonPatch};
pub use crate::plan::{Access, Plan};
pub use crate::plugin::{NewPluginVersion, PLUGIN_FILE_MAX, PluginVersion, PluginVersionId};
pub use crate::policy::{RoutingPolicy, Setting, Settings};
pub use crate::recording::Recording;
pub use crate::restart::LeftOpen;
pub use crate::selection::Selection;
pub use crate::session::{SESSION_MS, Session};
pub use crate::setup::{SetUp, Setup, SetupError, SetupPart};
pub use crate::skill::PersonSkills;
pub use crate::start_token::START_TOKEN_MS;
pub use crate::tenant::{Company, Tenant, TenantId};
pub use crate::trial::{Stage, Trial};
pub use crate::trunk::{NewTrunk, Trunk, TrunkId};
pub use crate::tv::TvLink;
pub use crate::version::{VERSIONS_LISTED, Version};
pub use crate::write::By;
