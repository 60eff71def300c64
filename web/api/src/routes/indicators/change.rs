//! Give an indicator another version.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::IndicatorId;
use utoipa::ToSchema;

use super::IndicatorOut;
use super::draft::RuleIn;
use crate::app::App;
use crate::body::{At, Body};
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct IndicatorChange {
    /// `2026-03-02`; today or later. What is over stays as it was worked out.
    from_day: String,
    #[serde(flatten)]
    rule: RuleIn,
}

/// Another way to work it out, from a day on. It takes the place of one from the same day.
#[utoipa::path(put, path = "/indicators/{id}", tag = "indicators",
    operation_id = "change_indicator", params(("id" = u64, Path)),
    request_body = IndicatorChange, responses((status = 200, body = IndicatorOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<IndicatorChange>,
) -> Result<Json<IndicatorOut>, Problem> {
    let (id, indicators) = (IndicatorId(id), app.tenant.indicators().await?);
    let known = indicators.iter().find(|it| it.id == id);
    let name = known.ok_or_else(|| Problem::not_found("indicator"))?.name.clone();
    let rule = asked.rule.rule(&app, &name, &indicators).await?;
    let changed = (asked.from_day.as_str(), rule);
    let changed = app.tenant.change_indicator(id, changed, administrator.by()).await?;
    app.in_force().await?;
    app.close_days();
    let today = app.tenant.day_of(now_ms()).await?;
    Ok(Json(IndicatorOut::of(changed, &today)))
}
