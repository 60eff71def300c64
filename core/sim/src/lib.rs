//! Virtual time: timelines, made-up days, imagined phones.

pub mod phone;
pub mod timeline;
pub mod day;
mod random;
pub mod reference;
pub mod world;
