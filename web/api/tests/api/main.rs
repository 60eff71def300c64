//! The API as its users see it: every route through the real router and a real database.

mod calls;
mod groups;
mod health;
mod live;
mod openapi;
mod page;
mod people;
mod security;
mod session;
mod setup;
mod trunks;
mod world;
