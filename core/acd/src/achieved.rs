//! What people have achieved on the last day that was closed, as policies see it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::AgentId;

/// Indicators of one company.
pub const INDICATORS_MAX: usize = 50;

/// Characters of an indicator's name.
pub const INDICATOR_NAME_MAX: usize = 40;

/// Somebody's figures by the names of the company's indicators; whoever has no value of one is not
/// in it. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Achieved(Option<Arc<BTreeMap<String, f64>>>);

/// No figure is anything but a number.
impl Eq for Achieved {}

impl Achieved {
    /// Of whoever has no value at all.
    pub const NOTHING: &'static Achieved = &Achieved(None);

    /// `None` when there are too many, a name is empty or too long, or a figure is not finite.
    pub fn new(figures: BTreeMap<String, f64>) -> Option<Achieved> {
        let fits = |(name, figure): (&String, &f64)| {
            (1..=INDICATOR_NAME_MAX).contains(&name.chars().count()) && figure.is_finite()
        };
        let fit = figures.len() <= INDICATORS_MAX && figures.iter().all(fits);
        fit.then(|| Achieved((!figures.is_empty()).then(|| Arc::new(figures))))
    }

    /// The figure of this indicator.
    pub fn figure(&self, name: &str) -> Option<f64> {
        self.0.as_ref().and_then(|figures| figures.get(name)).copied()
    }

    /// All of them by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.0.iter().flat_map(|them| them.iter().map(|(name, &figure)| (name.as_str(), figure)))
    }
}

/// What everybody has achieved on the last closed day; it stands still until the next is closed.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct LastDay(BTreeMap<AgentId, Achieved>);

impl LastDay {
    pub fn new(people: BTreeMap<AgentId, Achieved>) -> LastDay {
        LastDay(people)
    }

    /// What this agent has achieved.
    pub fn of(&self, agent: AgentId) -> &Achieved {
        self.0.get(&agent).unwrap_or(Achieved::NOTHING)
    }
}

#[cfg(test)]
mod tests {
    use super::{Achieved, INDICATOR_NAME_MAX, INDICATORS_MAX, LastDay};
    use crate::AgentId;

    fn achieved(figures: &[(&str, f64)]) -> Option<Achieved> {
        Achieved::new(figures.iter().map(|&(name, figure)| (name.to_owned(), figure)).collect())
    }

    #[test]
    fn a_figure_is_known_by_its_name_and_nobody_else_has_it() {
        let mari = achieved(&[("per_hour", 7.5), ("asa", -0.0)]).expect("figures");
        let day = LastDay::new([(AgentId(1), mari)].into());
        assert_eq!(day.of(AgentId(1)).figure("per_hour"), Some(7.5));
        assert_eq!(day.of(AgentId(1)).figure("talk"), None);
        assert_eq!(day.of(AgentId(2)).figure("per_hour"), None);
        assert_eq!(
            day.of(AgentId(1)).iter().collect::<Vec<_>>(),
            [("asa", 0.0), ("per_hour", 7.5)]
        );
    }

    #[test]
    fn what_is_no_number_is_no_figure() {
        assert_eq!(achieved(&[("x", f64::NAN)]), None);
        assert_eq!(achieved(&[("x", f64::INFINITY)]), None);
        assert_eq!(achieved(&[("", 1.0)]), None);
        assert_eq!(achieved(&[(&"õ".repeat(INDICATOR_NAME_MAX + 1), 1.0)]), None);
        let many = (0..=INDICATORS_MAX).map(|at| (format!("i{at}"), 1.0)).collect();
        assert_eq!(Achieved::new(many), None);
    }
}
