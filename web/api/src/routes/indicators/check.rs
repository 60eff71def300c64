//! Read a formula, and say what is wrong with it.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use stats::formula::{Wrong, name_of};
use stats::indicator::Indicator;
use utoipa::ToSchema;

use super::draft;
use super::list::unit;
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct FormulaIn {
    /// The name of the indicator that it is of, if it has one.
    #[serde(default)]
    name: String,
    formula: String,
    /// `et`, `en`
    #[serde(default)]
    language: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct FormulaChecked {
    /// What its figures are measured in; nothing when there is a mistake.
    #[schema(required)]
    unit: Option<&'static str>,
    /// The figures that it looks at.
    needs: Vec<&'static str>,
    #[schema(required)]
    mistake: Option<Mistake>,
}

/// The first mistake of a formula.
#[derive(Serialize, ToSchema)]
struct Mistake {
    /// UTF-16 units from the beginning, as browsers count; `to` is behind the last one.
    from: usize,
    to: usize,
    code: &'static str,
    /// In the language that was asked for.
    text: String,
}

/// Reads a formula and keeps nothing. A mistake is an answer, not a problem.
#[utoipa::path(post, path = "/indicators/check", tag = "indicators",
    operation_id = "check_formula", request_body = FormulaIn,
    responses((status = 200, body = FormulaChecked), Problem))]
pub(crate) async fn check(
    State(app): State<App>,
    _: Administrator,
    Body(asked): Body<FormulaIn>,
) -> Result<Json<FormulaChecked>, Problem> {
    let indicators = app.tenant.indicators().await?;
    let name = (asked.name.as_str(), asked.language.as_deref());
    let read = draft::read(&asked.formula, name, &indicators, &app.stock_indicators);
    Ok(Json(match read {
        Ok(formula) => FormulaChecked {
            unit: Some(unit(formula.unit())),
            needs: formula.needs().into_iter().map(name_of).collect(),
            mistake: None,
        },
        Err(wrong) => {
            let mistake = Some(Mistake::of(&wrong, &asked));
            FormulaChecked { unit: None, needs: Vec::new(), mistake }
        }
    }))
}

impl Mistake {
    fn of(wrong: &Wrong, asked: &FormulaIn) -> Mistake {
        let units = |end: usize| {
            let before = asked.formula.get(..end).unwrap_or(&asked.formula);
            before.encode_utf16().count()
        };
        Mistake {
            from: units(wrong.from),
            to: units(wrong.to),
            code: wrong.code.name(),
            text: wrong.text(draft::language(asked.language.as_deref())),
        }
    }
}
