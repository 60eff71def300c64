//! The border of the sandbox for indicators that read facts in order.

use std::marker::PhantomData;

use crate::Settings;
use crate::fold::{Ending, Fact, Fold, Offer, Talk, UNREADABLE};

wit_bindgen::generate!({
    path: ["../wit/base/v1", "../wit/indicator/v1"],
    world: "ladus:indicator/folds",
    with: {
        "ladus:base/about@1.0.0": crate::bindings::ladus::base::about,
        "ladus:base/log@1.0.0": crate::bindings::ladus::base::log,
        "ladus:indicator/outcomes@1.0.0": crate::indicator::bindings::ladus::indicator::outcomes,
        "ladus:indicator/period@1.0.0": crate::indicator::bindings::ladus::indicator::period,
    },
    generate_all,
    pub_export_macro: true,
    export_macro_name: "export_folds",
    default_bindings_module: "ladus_plugin::fold::bindings",
});

use exports::ladus::indicator::fold::{Guest, Outcome, Profile, Settings as Values};
use ladus::indicator::facts;

/// A fold as the world's export.
#[derive(Debug)]
pub struct Exported<F>(PhantomData<F>);

impl<F: Fold> Guest for Exported<F> {
    fn describe() -> Profile {
        F::profile().into()
    }

    fn init(settings: Values) -> Result<Vec<u8>, String> {
        Ok(F::init(&chosen(settings)).to_bytes())
    }

    fn on_facts(settings: Values, before: Vec<u8>) -> Result<Vec<u8>, String> {
        let (settings, mut state) = (chosen(settings), known::<F>(&before)?);
        for fact in in_order() {
            state.read(&fact, &settings);
        }
        Ok(state.to_bytes())
    }

    fn merge(_settings: Values, earlier: Vec<u8>, later: Vec<u8>) -> Result<Vec<u8>, String> {
        Ok(known::<F>(&earlier)?.merge(known(&later)?).to_bytes())
    }

    fn finish(settings: Values, people: Vec<Vec<u8>>) -> Result<Vec<Outcome>, String> {
        let people = people.iter().map(|state| known(state)).collect::<Result<Vec<F>, _>>()?;
        let outcomes = F::finish(&people, &chosen(settings))?;
        Ok(outcomes.into_iter().map(Into::into).collect())
    }
}

fn chosen(settings: Values) -> Settings {
    Settings::new(settings.into_iter().map(|(id, value)| (id, value.into())).collect())
}

fn known<F: Fold>(state: &[u8]) -> Result<F, String> {
    F::from_bytes(state).ok_or_else(|| UNREADABLE.to_owned())
}

/// The facts of the stretch, of all kinds, by their places.
fn in_order() -> Vec<Fact> {
    let offers = facts::offers().into_iter().map(|it| (it.place, Fact::Offer(it.into())));
    let talks = facts::talks().into_iter().map(|it| (it.place, Fact::Talk(it.into())));
    let mut all: Vec<(u32, Fact)> = offers.chain(talks).collect();
    all.sort_by_key(|(place, _)| *place);
    all.into_iter().map(|(_, fact)| fact).collect()
}

impl From<facts::Offer> for Offer {
    fn from(facts::Offer { at_ms, ending, ring_ms, .. }: facts::Offer) -> Self {
        let ending = match ending {
            facts::Ending::Answered => Ending::Answered,
            facts::Ending::Missed => Ending::Missed,
            facts::Ending::Rejected => Ending::Rejected,
            facts::Ending::Busy => Ending::Busy,
            facts::Ending::Unreachable => Ending::Unreachable,
            facts::Ending::CallerLeft => Ending::CallerLeft,
            facts::Ending::Withdrawn => Ending::Withdrawn,
        };
        Self { at_ms, ending, ring_ms }
    }
}

impl From<facts::Talk> for Talk {
    fn from(talk: facts::Talk) -> Self {
        let facts::Talk { at_ms, talk_ms, hold_ms, by_agent, handed_on, .. } = talk;
        Self { at_ms, talk_ms, hold_ms, by_agent, handed_on }
    }
}
