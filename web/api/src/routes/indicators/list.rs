//! The indicators, the stock plugins for them, and the words of formulas.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use stats::formula::{Sort, dictionary};
use stats::indicator::{Better, Unit};
use utoipa::ToSchema;

use super::IndicatorOut;
use crate::app::App;
use crate::card::Card;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct Indicators {
    /// Today in the company's time zone, as `2026-03-02`.
    today: String,
    /// By name; ended ones too.
    indicators: Vec<IndicatorOut>,
    /// Plugins that every Ladus brings along.
    stock: Vec<StockIndicator>,
    /// What a formula may name beside other indicators.
    words: Vec<FormulaWord>,
}

#[derive(Serialize, ToSchema)]
struct StockIndicator {
    card: Card,
    /// `seconds`, `count`, `ratio`, `money`.
    unit: &'static str,
    /// `more`, `less`.
    better: &'static str,
    sample_min: u32,
}

/// A word of the formula language, for completion and help.
#[derive(Serialize, ToSchema)]
struct FormulaWord {
    name: &'static str,
    /// `metric`, `derived`, `function`.
    sort: &'static str,
    /// Nothing for functions, and for figures in hours.
    #[schema(required)]
    unit: Option<&'static str>,
    help_et: &'static str,
    help_en: &'static str,
    /// A whole formula with this word in it.
    example: &'static str,
}

/// Everything that the page of indicators needs at first.
#[utoipa::path(get, path = "/indicators", tag = "indicators", operation_id = "list_indicators",
    responses((status = 200, body = Indicators), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<Indicators>, Problem> {
    let today = app.tenant.day_of(now_ms()).await?;
    let indicators = app.tenant.indicators().await?.into_iter();
    let stock = app.stock_indicators.iter().map(|it| StockIndicator {
        card: Card::of(it.card.clone()),
        unit: unit(it.scale.unit),
        better: better(it.scale.better),
        sample_min: it.scale.sample_min,
    });
    let words = dictionary().into_iter().map(|entry| FormulaWord {
        name: entry.name,
        sort: match entry.sort {
            Sort::Metric => "metric",
            Sort::Derived => "derived",
            Sort::Function => "function",
        },
        unit: entry.unit.map(unit),
        help_et: entry.help_et,
        help_en: entry.help_en,
        example: entry.example,
    });
    Ok(Json(Indicators {
        indicators: indicators.map(|it| IndicatorOut::of(it, &today)).collect(),
        stock: stock.collect(),
        words: words.collect(),
        today,
    }))
}

/// The word of a unit.
pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "seconds",
        Unit::Count => "count",
        Unit::Ratio => "ratio",
        Unit::Money => "money",
    }
}

/// The word of a direction.
pub(super) fn better(better: Better) -> &'static str {
    match better {
        Better::More => "more",
        Better::Less => "less",
    }
}
