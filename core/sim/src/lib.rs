//! Virtual time: timelines, made-up days, imagined phones.

pub mod timeline;
