//! The API as its users see it: every route through the real router and a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod calls;
mod groups;
mod health;
mod live;
mod office;
mod openapi;
mod page;
mod people;
mod plan;
mod plugins;
mod security;
mod session;
mod setup;
mod skills;
mod supervisor;
mod trunks;
mod tv;
mod versions;
mod world;
