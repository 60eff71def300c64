//! The border of the sandbox for indicators; what every plugin has is in [`crate::bindings`].

use std::marker::PhantomData;

use crate::Settings;
use crate::indicator::{Better, Figures, Indicator, Outcome, Profile, Unit};

wit_bindgen::generate!({
    path: ["../wit/base/v1", "../wit/indicator/v1"],
    world: "ladus:indicator/indicators",
    with: {
        "ladus:base/about@1.0.0": crate::bindings::ladus::base::about,
        "ladus:base/log@1.0.0": crate::bindings::ladus::base::log,
    },
    generate_all,
    pub_export_macro: true,
    export_macro_name: "export_indicators",
    default_bindings_module: "ladus_plugin::indicator::bindings",
});

use exports::ladus::indicator::indicator::{Guest, Settings as Values};
use ladus::indicator::outcomes as wire;

pub(crate) use ladus::indicator::{people, period};

/// An indicator as the world's export.
#[derive(Debug)]
pub struct Exported<I>(PhantomData<I>);

impl<I: Indicator> Guest for Exported<I> {
    fn describe() -> wire::Profile {
        I::profile().into()
    }

    fn compute(settings: Values) -> Result<Vec<wire::Outcome>, String> {
        let settings = settings.into_iter().map(|(id, value)| (id, value.into())).collect();
        let figures = Figures::default().with_settings(Settings::new(settings));
        let outcomes = I::compute(&figures)?;
        Ok(outcomes.into_iter().map(Into::into).collect())
    }
}

impl From<Profile> for wire::Profile {
    fn from(Profile { card, unit, better, sample_min }: Profile) -> Self {
        let unit = match unit {
            Unit::Seconds => wire::Unit::Seconds,
            Unit::Count => wire::Unit::Count,
            Unit::Ratio => wire::Unit::Ratio,
            Unit::Money => wire::Unit::Money,
        };
        let better = match better {
            Better::More => wire::Better::More,
            Better::Less => wire::Better::Less,
        };
        Self { card: card.into(), unit, better, sample_min }
    }
}

impl From<Outcome> for wire::Outcome {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Value { value, sample, note } => {
                Self::Value(wire::Figure { value, sample, note })
            }
            Outcome::None(why) => Self::None(why),
        }
    }
}
