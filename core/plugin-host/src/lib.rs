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
//! answers with the built-in order at once. A bad plugin can be unfair, never unsafe.
//!
//! An [`IndicatorPlugin`] works out a success indicator from a table of people and figures. It is a
//! [`stats::indicator::Indicator`] like any other; whoever asks it need not know of WebAssembly.
//!
//! [`STOCK`] are the policies that come with the product, [`STOCK_INDICATORS`] the indicators; to
//! the host they are uploads like any.
//!
//! Folders here mirror those of `sdk/wit`: `base/v1`, `routing/v1`, `indicator/v1`.

mod base;
mod cache;
mod card;
mod check;
mod compile;
mod engine;
mod health;
mod host;
mod indicator;
mod limits;
mod policy;
mod routing;
mod run;
mod stock;
mod ticker;

pub use crate::card::{Card, Field, Kind, Value};
pub use crate::check::{Refusal, World, check};
pub use crate::compile::{Compiler, compile_child};
pub use crate::health::{Health, Suspension};
pub use crate::host::{Host, HostConfig, HostError, Plugin};
pub use crate::indicator::fold::Reading;
pub use crate::indicator::v1::IndicatorPlugin;
pub use crate::limits::*;
pub use crate::policy::RoutingPolicy;
pub use crate::run::{Failure, Level, Line, Run};
pub use crate::stock::{STOCK, STOCK_INDICATORS, Stock};
