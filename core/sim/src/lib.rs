//! Virtual time: timelines, made-up days, imagined phones, and witnesses for all of it.

pub mod bench;
pub mod check;
pub mod day;
pub mod model;
pub mod phone;
mod random;
pub mod reference;
pub mod replay;
pub mod theory;
pub mod timeline;
pub mod world;
