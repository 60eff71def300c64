//! Review a period, take the review back, sign and close.

use axum::Json;
use axum::extract::State;

use super::periods::{PeriodOut, SheetOut};
use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// The first signature: everything has been looked at and is right. The period must be over.
#[utoipa::path(post, path = "/pay/periods/{id}/review", tag = "pay",
    operation_id = "review_pay_period", params(("id" = u64, Path)),
    responses((status = 200, body = PeriodOut), Problem))]
pub(crate) async fn review(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<Json<PeriodOut>, Problem> {
    let period = app.tenant.review_pay_period(id, &administrator.signed()).await?;
    Ok(Json(PeriodOut::of(period)))
}

/// Takes the review back: the period is open again.
#[utoipa::path(post, path = "/pay/periods/{id}/reopen", tag = "pay",
    operation_id = "reopen_pay_period", params(("id" = u64, Path)),
    responses((status = 200, body = PeriodOut), Problem))]
pub(crate) async fn reopen(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<Json<PeriodOut>, Problem> {
    let period = app.tenant.reopen_pay_period(id, administrator.by()).await?;
    Ok(Json(PeriodOut::of(period)))
}

/// The second signature, of somebody else: the period is closed for good. When something has
/// changed since the review it is open again and the answer is a 409.
#[utoipa::path(post, path = "/pay/periods/{id}/close", tag = "pay",
    operation_id = "close_pay_period", params(("id" = u64, Path)),
    responses((status = 200, body = SheetOut), Problem))]
pub(crate) async fn close(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<Json<SheetOut>, Problem> {
    let sheet = app.tenant.close_pay_period(id, &administrator.signed()).await?;
    Ok(Json(SheetOut::of(sheet, &app).await?))
}
