//! End an indicator, or let it go on.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::IndicatorId;
use utoipa::ToSchema;

use super::IndicatorOut;
use crate::app::App;
use crate::body::{At, Body};
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct IndicatorEnd {
    /// `2026-03-02`, today or later; nothing: it goes on.
    until_day: Option<String>,
}

/// It is not worked out any more from a day on. What it came to is kept.
#[utoipa::path(post, path = "/indicators/{id}/end", tag = "indicators",
    operation_id = "end_indicator", params(("id" = u64, Path)), request_body = IndicatorEnd,
    responses((status = 200, body = IndicatorOut), Problem))]
pub(crate) async fn end(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<IndicatorEnd>,
) -> Result<Json<IndicatorOut>, Problem> {
    let until = asked.until_day.as_deref();
    let ended = app.tenant.end_indicator(IndicatorId(id), until, administrator.by()).await?;
    app.in_force().await?;
    let today = app.tenant.day_of(now_ms()).await?;
    Ok(Json(IndicatorOut::of(ended, &today)))
}
