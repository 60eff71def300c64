//! The facts as the host gives them; outside the host there are none.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use self::nowhere::{
    attribute, callback, count, delay_ms, group, group_waiting, handled_today, idle_ms, language,
    last_day, missed_today, now_ms, occupancy, offers, order, overtaken_ms, priority, seed,
    served_ms_ago, skill_level, talk_ms_today, waited_ms,
};
#[cfg(target_arch = "wasm32")]
pub(crate) use super::bindings::{
    attribute, callback, count, delay_ms, group, group_waiting, handled_today, idle_ms, language,
    last_day, missed_today, now_ms, occupancy, offers, order, overtaken_ms, priority, seed,
    served_ms_ago, skill_level, talk_ms_today, waited_ms,
};

/// On the author's own machine every fact comes from [`super::Freed::of`], which leaves nothing to
/// fetch; a default question is one without a call in it.
#[cfg(not(target_arch = "wasm32"))]
mod nowhere {
    /// A fact of the agent or of the moment.
    macro_rules! nothing {
        ($($fact:ident: $kind:ty),+ $(,)?) => {
            $(pub(crate) fn $fact() -> $kind {
                <$kind>::default()
            })+
        };
    }

    nothing! {
        now_ms: u64, seed: u64,
        idle_ms: u32, handled_today: u32, missed_today: u32, talk_ms_today: u32, occupancy: f32,
        count: u32, group: Vec<u32>, order: Vec<u32>, delay_ms: Vec<u32>, waited_ms: Vec<u32>,
        priority: Vec<i32>, offers: Vec<u32>, group_waiting: Vec<u32>, callback: Vec<bool>,
        overtaken_ms: Vec<u32>, language: Vec<String>, served_ms_ago: Vec<u32>,
    }

    pub(crate) fn skill_level(_name: &str) -> u8 {
        0
    }

    pub(crate) fn last_day(_indicator: &str) -> Option<f64> {
        None
    }

    pub(crate) fn attribute(_name: &str) -> Vec<String> {
        Vec::new()
    }
}
