//! Indicators ready to be worked out: formulas read, plugins loaded, each knowing the others.

use std::collections::BTreeMap;

use plugin_host::IndicatorPlugin;
use stats::formula::{Formula, Language, Others};
use stats::indicator::{Better, Figures, Indicator, Outcome, Scale};
use store::{IndicatorBetter, IndicatorRule, IndicatorSource};

use crate::plan::PlanSource;

/// What a company's indicators are worked out by on one day.
#[derive(Debug, Default)]
pub(super) struct Rules {
    formulas: BTreeMap<String, String>,
    plugins: BTreeMap<String, IndicatorPlugin>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Ready {
    indicator: Kind,
    scale: Scale,
}

#[derive(Debug)]
enum Kind {
    Formula(Box<Formula>),
    Plugin(IndicatorPlugin),
}

/// Why one cannot be worked out: what it is called, and the cause.
pub(super) type Wrong = (String, String);

impl Rules {
    /// These rules by their names. A plugin that cannot be run is left out: whoever is made of it
    /// cannot be read then, and says so.
    pub(super) async fn of(
        plans: &PlanSource,
        rules: impl Iterator<Item = (&str, &IndicatorRule)>,
    ) -> Rules {
        let mut ready = Rules::default();
        for (name, rule) in rules {
            match &rule.source {
                IndicatorSource::Formula(text) => {
                    ready.formulas.insert(name.to_owned(), text.clone());
                }
                IndicatorSource::Plugin { plugin, settings } => {
                    match plans.plugins.indicator(&plans.tenant, plugin, settings).await {
                        Ok(plugin) => {
                            ready.plugins.insert(name.to_owned(), plugin);
                        }
                        Err((label, why)) => {
                            tracing::error!(indicator = name, plugin = %label, %why, "not run");
                        }
                    }
                }
            }
        }
        ready
    }

    /// Makes one of them ready, or a draft that has a name or none.
    pub(super) async fn ready(
        &self,
        plans: &PlanSource,
        name: &str,
        rule: &IndicatorRule,
    ) -> Result<Ready, Wrong> {
        let better = match rule.better {
            IndicatorBetter::More => Better::More,
            IndicatorBetter::Less => Better::Less,
        };
        let indicator = match &rule.source {
            IndicatorSource::Formula(text) => {
                let formula = Formula::read(text, &self.others(name));
                let formula = formula.map_err(|it| (name.to_owned(), it.text(Language::En)))?;
                Kind::Formula(Box::new(formula.judged(better, rule.sample_min)))
            }
            IndicatorSource::Plugin { plugin, settings } => {
                Kind::Plugin(plans.plugins.indicator(&plans.tenant, plugin, settings).await?)
            }
        };
        let own = match &indicator {
            Kind::Formula(formula) => formula.scale(),
            Kind::Plugin(plugin) => plugin.scale(),
        };
        // A company may ask for more cases than a plugin does, never for fewer.
        let sample_min = rule.sample_min.max(own.sample_min);
        Ok(Ready { indicator, scale: Scale { better, sample_min, ..own } })
    }

    /// What a formula of this name may be made of.
    fn others(&self, name: &str) -> Others {
        let mut others = if name.is_empty() { Others::default() } else { Others::of(name) };
        for (other, text) in &self.formulas {
            others = others.with_formula(other, text);
        }
        for (other, plugin) in self.plugins.iter().filter(|(other, _)| *other != name) {
            others = others.with_column(other, Some(plugin.scale().unit));
        }
        others
    }

    /// A table with what the plugins have worked out of it. Blocks.
    pub(super) fn with_plugins(&self, mut figures: Figures) -> Figures {
        for (name, plugin) in &self.plugins {
            if let Ok(outcomes) = plugin.evaluate(&figures) {
                let values = outcomes.iter().map(Outcome::value).collect();
                figures = figures.with_indicator(name, values);
            }
        }
        figures
    }
}

impl Ready {
    pub(super) fn scale(&self) -> Scale {
        self.scale
    }

    /// One outcome for each person. Blocks.
    pub(super) fn evaluate(&self, figures: &Figures) -> Result<Vec<Outcome>, String> {
        let outcomes = match &self.indicator {
            Kind::Formula(formula) => formula.evaluate(figures),
            Kind::Plugin(plugin) => plugin.evaluate(figures),
        };
        let judged = |outcome| match outcome {
            Outcome::Value(figure) => self.scale.judge(figure),
            none @ Outcome::None(_) => none,
        };
        Ok(outcomes.map_err(|failed| failed.0)?.into_iter().map(judged).collect())
    }
}
