//! Virtual time: timelines, made-up days, imagined phones.
