//! Virtual time: timelines, made-up days, imagined phones.

pub mod day;
pub mod phone;
mod random;
pub mod reference;
pub mod timeline;
pub mod world;
