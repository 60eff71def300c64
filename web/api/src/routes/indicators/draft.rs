//! What somebody wants an indicator to be worked out by, parsed at the door.

use std::collections::BTreeMap;

use control::{IndicatorBy, IndicatorCard};
use serde::Deserialize;
use stats::formula::{Decimal, Formula, Language, Others, Wrong};
use stats::indicator::{Better, Unit};
use store::{
    Indicator, IndicatorBetter, IndicatorPlugin, IndicatorRule, IndicatorSource, IndicatorUnit,
};
use utoipa::ToSchema;

use crate::app::App;
use crate::card::{Card, Given, Picked};
use crate::code::Code;
use crate::problem::Problem;
use crate::routes::plugins::replay::value;

/// A formula or a plugin, and how its figures are judged.
#[derive(Deserialize, ToSchema)]
pub(crate) struct RuleIn {
    /// What people call it.
    #[serde(default)]
    pub(super) title: String,
    /// A formula; otherwise a plugin.
    pub(super) formula: Option<String>,
    /// The name of a stock plugin.
    pub(super) plugin: Option<String>,
    /// By the fields of the plugin's card.
    #[serde(default)]
    pub(super) settings: BTreeMap<String, Given>,
    /// `more`, `less`. A plugin says that itself.
    #[serde(default)]
    pub(super) better: Option<String>,
    /// A figure that rests on fewer cases is not given out.
    #[serde(default)]
    pub(super) sample_min: u32,
    /// `et`, `en`: how commas are read, and in which words mistakes are told.
    #[serde(default)]
    pub(super) language: Option<String>,
}

/// A formula with the mistake in it, if there is one.
pub(super) fn read(
    text: &str,
    (name, language): (&str, Option<&str>),
    indicators: &[Indicator],
    stock: &[IndicatorCard],
) -> Result<Formula, Wrong> {
    Formula::read_with(text, &others(name, indicators, stock), decimal(language))
}

/// Estonian writes decimals with a comma.
pub(super) fn decimal(language: Option<&str>) -> Decimal {
    if language == Some("et") { Decimal::Comma } else { Decimal::Point }
}

pub(super) fn language(word: Option<&str>) -> Language {
    if word == Some("et") { Language::Et } else { Language::En }
}

/// What a formula of this name may be made of: the other indicators as they are to be.
fn others(name: &str, indicators: &[Indicator], stock: &[IndicatorCard]) -> Others {
    let mut others = if name.is_empty() { Others::default() } else { Others::of(name) };
    for indicator in indicators.iter().filter(|it| it.until_day.is_none()) {
        let Some(version) = indicator.newest() else { continue };
        others = match &version.rule.source {
            IndicatorSource::Formula(text) => others.with_formula(&indicator.name, text),
            IndicatorSource::Plugin { .. } if indicator.name == name => others,
            IndicatorSource::Plugin { plugin, .. } => {
                let known = stock.iter().find(|it| it.card.name == plugin.word());
                others.with_column(&indicator.name, known.map(|it| it.scale.unit))
            }
        };
    }
    others
}

impl RuleIn {
    /// A rule to be kept: read, checked against its card, and in its canonical form.
    pub(super) async fn rule(
        self,
        app: &App,
        name: &str,
        indicators: &[Indicator],
    ) -> Result<IndicatorRule, Problem> {
        let more = match self.better.as_deref() {
            Some(word) => {
                IndicatorBetter::named(word).ok_or_else(|| Problem::unknown_value("/better"))?
            }
            None => IndicatorBetter::More,
        };
        let (source, unit, better) = match (self.formula, self.plugin) {
            (Some(text), None) => {
                let told = language(self.language.as_deref());
                let asked = (name, self.language.as_deref());
                let formula = read(&text, asked, indicators, &app.stock_indicators);
                let formula = formula.map_err(|wrong| Problem::formula(&wrong, told))?;
                (IndicatorSource::Formula(formula.canonical()), formula.unit(), more)
            }
            (None, Some(word)) => {
                let card = stock(app, &word)?;
                let better = match card.scale.better {
                    Better::More => IndicatorBetter::More,
                    Better::Less => IndicatorBetter::Less,
                };
                let picked = Picked::of(app).await?;
                let settings = Card::of(card.card.clone()).checked(self.settings, &picked)?;
                let plugin = IndicatorPlugin::Stock(word);
                (IndicatorSource::Plugin { plugin, settings }, card.scale.unit, better)
            }
            (None, None) | (Some(_), Some(_)) => {
                return Err(Problem::unacceptable("/formula", Code::Required));
            }
        };
        let unit = match unit {
            Unit::Seconds => IndicatorUnit::Seconds,
            Unit::Count => IndicatorUnit::Count,
            Unit::Ratio => IndicatorUnit::Ratio,
            Unit::Money => IndicatorUnit::Money,
        };
        let (title, sample_min) = (self.title, self.sample_min);
        Ok(IndicatorRule { title, source, unit, better, sample_min })
    }
}

/// A rule in the words of the counter.
pub(super) fn by(rule: &IndicatorRule) -> IndicatorBy {
    match &rule.source {
        IndicatorSource::Formula(text) => IndicatorBy::Formula(text.clone()),
        IndicatorSource::Plugin { plugin, settings } => {
            let settings = settings.iter().map(|(id, it)| (id.clone(), value(it.clone())));
            IndicatorBy::Plugin { plugin: plugin.word(), settings: settings.collect() }
        }
    }
}

fn stock<'a>(app: &'a App, word: &str) -> Result<&'a IndicatorCard, Problem> {
    let found = app.stock_indicators.iter().find(|it| it.card.name == word);
    found.ok_or_else(|| Problem::unknown_value("/plugin"))
}
