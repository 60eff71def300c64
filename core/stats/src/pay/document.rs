//! A pay rule as it is written, kept and signed: amounts are text, so that no digit is lost.

use serde::{Deserialize, Serialize};

/// The whole rule.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RuleDoc {
    /// ISO 4217: `EUR`.
    pub currency: String,
    pub scope: Scope,
    #[serde(default)]
    pub base: BaseDoc,
    /// What is paid for how well it was done.
    #[serde(default)]
    pub items: Vec<ItemDoc>,
    /// What changes all of the above.
    #[serde(default)]
    pub multipliers: Vec<MultiplierDoc>,
    /// The least and the most for everything together, in whole cents.
    #[serde(default)]
    pub floor: Option<String>,
    #[serde(default)]
    pub cap: Option<String>,
}

/// Whom a rule pays. Whoever is named by himself is paid by that rule, else by that of a group of
/// his, else by that for everybody: nobody is paid by two.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Scope {
    Everybody,
    /// Agents' ids.
    People(Vec<u64>),
    /// Groups' ids: whoever is a member when the period is reviewed.
    Groups(Vec<u64>),
}

/// What is paid whatever the results.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BaseDoc {
    /// For each hour worked: logged on, breaks left out.
    #[serde(default)]
    pub per_hour: Option<String>,
    /// For each answered call.
    #[serde(default)]
    pub per_call: Option<String>,
    /// Once a period.
    #[serde(default)]
    pub fixed: Option<String>,
    #[serde(default)]
    pub floor: Option<String>,
    #[serde(default)]
    pub cap: Option<String>,
}

/// Bands on an indicator or a metric.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ItemDoc {
    /// What the statement calls it.
    pub name: String,
    /// The indicator's or the metric's name: `answer-time-ms`.
    pub on: String,
    /// With fewer answered calls there is no value: one lucky call must not win a month.
    #[serde(default)]
    pub calls_min: u64,
    /// In their order, each beginning where the one before ends.
    pub bands: Vec<BandDoc>,
    #[serde(default)]
    pub floor: Option<String>,
    #[serde(default)]
    pub cap: Option<String>,
}

/// From here on and below there.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BandDoc {
    /// This value belongs to the band. `None` in the first: from wherever.
    #[serde(default)]
    pub from: Option<String>,
    /// This one does not any more. `None` in the last: without an end.
    #[serde(default)]
    pub to: Option<String>,
    /// So much money.
    #[serde(default)]
    pub amount: Option<String>,
    /// Or this part of the base: `0.1` is a tenth of it.
    #[serde(default)]
    pub of_base: Option<String>,
}

/// A factor of base and items together, by the band that a value is in.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MultiplierDoc {
    pub name: String,
    pub on: String,
    #[serde(default)]
    pub calls_min: u64,
    pub bands: Vec<TimesDoc>,
}

/// A band of a multiplier.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TimesDoc {
    #[serde(default)]
    pub from: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
    /// `1.1` adds a tenth, `0.9` takes one away. Several multipliers do not multiply each other.
    pub times: String,
}
