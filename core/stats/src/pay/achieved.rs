//! What somebody did in a period, as far as pay asks for it.

use std::collections::BTreeMap;

use acd::AgentId;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::money::decimal_of;

/// One person's period, fresh from the figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Achieved {
    pub agent: AgentId,
    /// Logged on, breaks left out; `None` while the journal tells no wish of his.
    pub worked_ms: Option<u64>,
    /// Offers that he answered.
    pub answered: u64,
    /// By the indicator's or the metric's name; `None` where there is no value.
    pub values: BTreeMap<String, Option<f64>>,
    /// The calls that he answered, in their order: what the count rests on.
    pub calls: Vec<u64>,
}

/// The same as it is signed: values are decimal text from here on, whoever reads it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    pub agent: u64,
    pub name: String,
    pub worked_ms: Option<u64>,
    pub answered: u64,
    pub values: BTreeMap<String, Option<String>>,
    pub calls: Vec<u64>,
}

impl Figure {
    /// Writes down what somebody of this name achieved.
    pub fn of(achieved: &Achieved, name: &str) -> Figure {
        let text = |value: f64| decimal_of(value).map(|it| it.to_string());
        let values = achieved.values.iter();
        Figure {
            agent: achieved.agent.0,
            name: name.to_owned(),
            worked_ms: achieved.worked_ms,
            answered: achieved.answered,
            values: values.map(|(on, value)| (on.clone(), value.and_then(text))).collect(),
            calls: achieved.calls.clone(),
        }
    }

    /// His value, if he has one.
    pub(super) fn value(&self, on: &str) -> Option<Decimal> {
        let text = self.values.get(on)?.as_deref()?;
        Decimal::from_str_exact(text).ok()
    }
}
