//! The only wasmtime: upload checks, limits, instance pool, routing v1, indicator v1.
//!
//! A [`Host`] takes a WebAssembly file from an administrator and makes a [`Plugin`] of it or says
//! in plain words why not ([`Refusal`]). The file is compiled in a child process with limits,
//! because a small file can keep a compiler busy for minutes.
//!
//! Every decision runs in a fresh instance: nothing leaks from call to call, no instance can be
//! poisoned, and every decision can be taken again. Fuel is the budget (the same on every machine),
//! a deadline the backstop; memory, stack, log and calls to the host are limited.
//!
//! [`RoutingPolicy`] is the engine's side: it asks the plugin of the group, and when that fails it
//! answers with the built-in order at once. A bad plugin can be unfair, never unsafe. Besides the
//! plugins of the groups there may be one for the whole company: it chooses which of the waiting
//! calls a freed agent gets.
//!
//! An [`IndicatorPlugin`] works out a success indicator from a table of people and figures. It is a
//! [`stats::indicator::Indicator`] like any other; whoever asks it need not know of WebAssembly.
//!
//! A group may try a plugin out beside what decides ([`Trial`]): for a share of its calls, or as a
//! shadow that is asked afterwards on another thread and decides nothing.
//!
//! A question is kept with everything that was asked ([`Kept`]). The last ones at which a plugin
//! failed are, and as a [`QuestionCase`] one travels to whoever wrote the plugin.
//!
//! [`STOCK`] are the policies that come with the product, [`STOCK_INDICATORS`] the indicators; to
//! the host they are uploads like any.
//!
//! Folders here mirror those of `sdk/wit`: `base/v1`, `routing/v1`, `indicator/v1`.

mod backtrace;
mod base;
mod cache;
mod card;
mod case;
mod check;
mod compile;
mod engine;
mod failures;
mod health;
mod host;
mod indicator;
mod kept;
mod limits;
mod picker;
mod policy;
mod routing;
mod run;
mod seat;
mod shadows;
mod stock;
mod ticker;
mod trial;
mod untyped;

pub use crate::card::{Card, Field, Kind, Value};
pub use crate::case::{BadCase, CaseAnswer, QuestionCase};
pub use crate::check::{Refusal, World, check};
pub use crate::compile::{Compiler, compile_child};
pub use crate::failures::FailedQuestion;
pub use crate::health::{Health, Suspension};
pub use crate::host::{Host, HostConfig, HostError, Plugin};
pub use crate::indicator::fold::Reading;
pub use crate::indicator::v1::IndicatorPlugin;
pub use crate::kept::Kept;
pub use crate::limits::*;
pub use crate::policy::RoutingPolicy;
pub use crate::run::{Failure, Level, Line, Run};
pub use crate::stock::{STOCK, STOCK_INDICATORS, Stock};
pub use crate::trial::{Difference, Hour, OnTrial, Record, Stage, Tally, Trial};
