//! The border of the sandbox for the world `call-selection`, with the shared types of the other
//! world.

use std::marker::PhantomData;

use super::{Choice, Freed, Pick, Selection};
use crate::Settings;

wit_bindgen::generate!({
    path: ["../wit/base/v1", "../wit/routing/v1"],
    world: "ladus:routing/call-selection",
    with: {
        "ladus:base/about@1.0.0": crate::bindings::ladus::base::about,
        "ladus:base/log@1.0.0": crate::bindings::ladus::base::log,
    },
    generate_all,
    pub_export_macro: true,
    export_macro_name: "export_call_selection",
    default_bindings_module: "ladus_plugin::selection::bindings",
});

use exports::ladus::routing::selection as wire;
use ladus::routing::{agent, moment, waiting};

pub(crate) use agent::{
    handled_today, idle_ms, last_day, missed_today, occupancy, skill_level, talk_ms_today,
};
pub(crate) use moment::{now_ms, seed};
pub(crate) use waiting::{
    attribute, callback, count, delay_ms, group, group_waiting, language, offers, order,
    overtaken_ms, priority, served_ms_ago, waited_ms,
};

/// A selection as the world's export.
#[derive(Debug)]
pub struct Exported<S>(PhantomData<S>);

impl<S: Selection> wire::Guest for Exported<S> {
    fn describe() -> wire::Card {
        S::card().into()
    }

    fn pick(settings: wire::Settings) -> Result<wire::Answer, String> {
        let settings = settings.into_iter().map(|(id, value)| (id, value.into())).collect();
        let freed = Freed::default().with_settings(Settings::new(settings));
        S::pick(&freed).map(Into::into)
    }
}

impl From<Pick> for wire::Answer {
    fn from(Pick { choice, reason }: Pick) -> Self {
        let choice = match choice {
            Choice::Take(position) => wire::Choice::Take(position),
            Choice::Pass => wire::Choice::Pass,
        };
        Self { choice, reason }
    }
}
