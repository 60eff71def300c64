//! The facts as the host gives them; outside the host there are none.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use self::nowhere::{
    attributes, caller, count, delay_ms, familiar_ms_ago, handled_today, idle_ms, language,
    last_day, missed_today, now_ms, occupancy, order, queue, seed, served_ms_ago, skill_level,
    talk_ms_today, write,
};
#[cfg(target_arch = "wasm32")]
pub(crate) use crate::bindings::{
    attributes, caller, count, delay_ms, familiar_ms_ago, handled_today, idle_ms, language,
    last_day, missed_today, now_ms, occupancy, order, queue, seed, served_ms_ago, skill_level,
    talk_ms_today, write,
};

/// How much a line of the log matters.
#[derive(Clone, Copy)]
pub(crate) enum Level {
    Debug,
    Info,
    Warn,
}

/// On the author's own machine every fact comes from [`crate::Question::of`], which leaves nothing
/// to fetch; a default question is one with nobody in it.
#[cfg(not(target_arch = "wasm32"))]
mod nowhere {
    use super::Level;
    use crate::{Caller, Queue};

    pub(crate) fn caller() -> Caller {
        Caller::default()
    }

    pub(crate) fn queue() -> Queue {
        Queue::default()
    }

    pub(crate) fn now_ms() -> u64 {
        0
    }

    pub(crate) fn seed() -> u64 {
        0
    }

    pub(crate) fn language() -> Option<String> {
        None
    }

    pub(crate) fn attributes() -> Vec<(String, String)> {
        Vec::new()
    }

    pub(crate) fn familiar_ms_ago() -> Option<u32> {
        None
    }

    pub(crate) fn count() -> u32 {
        0
    }

    pub(crate) fn order() -> Vec<u32> {
        Vec::new()
    }

    pub(crate) fn idle_ms() -> Vec<u32> {
        Vec::new()
    }

    pub(crate) fn handled_today() -> Vec<u32> {
        Vec::new()
    }

    pub(crate) fn missed_today() -> Vec<u32> {
        Vec::new()
    }

    pub(crate) fn occupancy() -> Vec<f32> {
        Vec::new()
    }

    pub(crate) fn delay_ms() -> Vec<u32> {
        Vec::new()
    }

    pub(crate) fn talk_ms_today() -> Vec<u32> {
        Vec::new()
    }

    pub(crate) fn served_ms_ago() -> Vec<u32> {
        Vec::new()
    }

    pub(crate) fn skill_level(_name: &str) -> Vec<u8> {
        Vec::new()
    }

    pub(crate) fn last_day(_indicator: &str) -> Vec<Option<f64>> {
        Vec::new()
    }

    pub(crate) fn write(_level: Level, _text: &str) {}
}
