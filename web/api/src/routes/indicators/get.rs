//! One indicator with every version that it ever had.

use axum::Json;
use axum::extract::State;
use store::IndicatorId;

use super::IndicatorOut;
use crate::app::App;
use crate::body::At;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// An indicator with every version that it ever had, those that were taken back too.
#[utoipa::path(get, path = "/indicators/{id}", tag = "indicators", operation_id = "get_indicator",
    params(("id" = u64, Path)), responses((status = 200, body = IndicatorOut), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<Json<IndicatorOut>, Problem> {
    let today = app.tenant.day_of(now_ms()).await?;
    let all = app.tenant.indicator_history(IndicatorId(id)).await?;
    let planned = app.tenant.indicators().await?.into_iter().find(|it| it.id == all.id);
    let in_force = planned.and_then(|it| it.version_on(&today).map(|version| version.id.0));
    Ok(Json(IndicatorOut { in_force, ..IndicatorOut::of(all, &today) }))
}
