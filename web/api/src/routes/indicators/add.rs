//! Add an indicator.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use stats::formula::is_free_name;
use store::NewIndicator;
use utoipa::ToSchema;

use super::IndicatorOut;
use super::draft::RuleIn;
use crate::app::App;
use crate::body::Body;
use crate::clock::now_ms;
use crate::code::Code;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct IndicatorIn {
    /// What formulas call it: small letters, digits and `_`; no word of the language.
    name: String,
    /// `2026-03-02`; at most a month ago.
    from_day: String,
    #[serde(flatten)]
    rule: RuleIn,
}

/// Adds an indicator. Days since its first that are over are worked out soon.
#[utoipa::path(post, path = "/indicators", tag = "indicators", operation_id = "add_indicator",
    request_body = IndicatorIn, responses((status = 201, body = IndicatorOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<IndicatorIn>,
) -> Result<(StatusCode, Json<IndicatorOut>), Problem> {
    let name = asked.name.trim();
    if name.is_empty() {
        return Err(Problem::unacceptable("/name", Code::Required));
    }
    if !is_free_name(name) {
        return Err(Problem::unacceptable("/name", Code::Malformed));
    }
    let indicators = app.tenant.indicators().await?;
    let rule = asked.rule.rule(&app, name, &indicators).await?;
    let new = NewIndicator { name, from_day: &asked.from_day, rule };
    let added = app.tenant.add_indicator(new, administrator.by()).await?;
    app.in_force().await?;
    app.close_days();
    let today = app.tenant.day_of(now_ms()).await?;
    Ok((StatusCode::CREATED, Json(IndicatorOut::of(added, &today))))
}
