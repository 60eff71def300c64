//! The API as its users see it: every route through the real router and a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod calls;
mod decisions;
mod failures;
mod figure_days;
mod figures;
mod groups;
mod health;
mod indicators;
mod live;
mod office;
mod openapi;
mod page;
mod pay;
mod people;
mod plan;
mod plugins;
mod replay;
mod security;
mod selection;
mod session;
mod setup;
mod skills;
mod supervisor;
mod trials;
mod trunks;
mod tv;
mod versions;
mod world;
