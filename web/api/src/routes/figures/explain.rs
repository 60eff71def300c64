//! A figure opened: its formula, the calls that count in it, and those left out and why.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use stats::explain::{Case, Figure, Question, Reason};
use stats::indicator::Period;
use utoipa::{IntoParams, ToSchema};

use super::asked::FiguresAsked;
use crate::app::App;
use crate::body::Asked;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Cases of an answer, of either kind: a page of them is read, and the call list has the others.
const CASES_MAX: usize = 500;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FigureAsked {
    /// Its name in `GET /figures`; a service level with its letter, `service_level.b`.
    figure: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct FigureExplained {
    figure: String,
    /// In the letters of the metrics: A answered, B abandoned, O offered, C called back, F flowed
    /// out; T in time, s short, m the least length of a talk.
    formula: String,
    /// `null`: there was nothing to divide by.
    #[schema(required)]
    value: Option<f64>,
    /// Above the line of the fraction, and below it, over all cases.
    part: u64,
    whole: u64,
    /// In the order in which they ended; at most 500 of each.
    counted: Vec<FigureCase>,
    left_out: Vec<FigureCase>,
    /// Cases of either kind that are not listed.
    unlisted: u64,
}

/// A caller who left a line, an offer, or a talk.
#[derive(Serialize, ToSchema)]
struct FigureCase {
    call: u64,
    at_ms: u64,
    group: u64,
    #[schema(required)]
    person: Option<u64>,
    /// How long the caller waited, the phone rang, or they talked without hold.
    ms: u64,
    /// What it adds above the line, and below it.
    part: u64,
    whole: u64,
    /// Why it is left out, in a word; `null` for what counts.
    #[schema(required)]
    reason: Option<String>,
}

impl FigureCase {
    fn of(case: &Case, reason: Option<Reason>) -> FigureCase {
        FigureCase {
            call: case.call.0,
            at_ms: case.at.0,
            group: case.group.0,
            person: case.agent.map(|agent| agent.0),
            ms: case.ms,
            part: case.part,
            whole: case.whole,
            reason: reason.map(|reason| reason.id().to_owned()),
        }
    }
}

/// The calls behind a figure.
#[utoipa::path(get, path = "/figures/explain", tag = "figures", operation_id = "explain_figure",
    params(FigureAsked, FiguresAsked), responses((status = 200, body = FigureExplained), Problem))]
pub(crate) async fn explain(
    State(app): State<App>,
    _: Administrator,
    Asked(FigureAsked { figure }): Asked<FigureAsked>,
    Asked(of): Asked<FiguresAsked>,
) -> Result<Json<FigureExplained>, Problem> {
    let asked = of.checked(&app).await?;
    let figure = Figure::named(&figure, asked.person.is_some());
    let figure = figure.ok_or_else(|| Problem::unknown_value("/figure"))?;
    let (group, agent, limits) = (asked.group, asked.person, asked.limits);
    let period = Period { from: asked.from, to: asked.to };
    let told = app.tenant.explained(Question { figure, group, agent, period, limits }).await?;
    let counted = told.counted.iter().take(CASES_MAX);
    let left_out = told.left_out.iter().take(CASES_MAX);
    let cut = |all: usize| all.saturating_sub(CASES_MAX) as u64;
    Ok(Json(FigureExplained {
        figure: figure.id(),
        formula: figure.formula().to_owned(),
        value: told.value(),
        part: told.part,
        whole: told.whole,
        unlisted: told.unlisted + cut(told.counted.len()) + cut(told.left_out.len()),
        counted: counted.map(|case| FigureCase::of(case, None)).collect(),
        left_out: left_out.map(|(case, reason)| FigureCase::of(case, Some(*reason))).collect(),
    }))
}
