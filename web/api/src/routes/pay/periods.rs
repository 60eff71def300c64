//! Periods: opened, looked at, taken away.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use stats::pay::Signed;
use store::{PayPeriod, PaySheet};
use utoipa::ToSchema;

use super::corrections::CorrectionOut;
use super::disputes::DisputeOut;
use super::sheet::StatementOut;
use crate::app::{App, Inner};
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct PayPeriods {
    /// Newest first.
    periods: Vec<PeriodOut>,
    /// Where days begin and end.
    zone: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayPeriod)]
pub(crate) struct PeriodOut {
    id: u64,
    /// First and last day, both in it.
    from: String,
    to: String,
    from_ms: u64,
    /// The last day ends here.
    to_ms: u64,
    /// `open`, `reviewed`, `closed`.
    state: &'static str,
    #[schema(required)]
    reviewed: Option<SignedOut>,
}

/// Who signed, and when.
#[derive(Serialize, ToSchema)]
#[schema(as = PaySigned)]
pub(super) struct SignedOut {
    account: u64,
    name: String,
    at_ms: u64,
}

/// A period with everything that is said about it.
#[derive(Serialize, ToSchema)]
#[schema(as = PaySheet)]
pub(crate) struct SheetOut {
    period: PeriodOut,
    /// Who closed it.
    #[schema(required)]
    signed: Option<SignedOut>,
    /// The closed period's place in the chain, and its hash.
    #[schema(required)]
    entry: Option<EntryOut>,
    /// By name. Until it is closed they are as they would be now.
    statements: Vec<StatementOut>,
    disputes: Vec<DisputeOut>,
    corrections: Vec<CorrectionOut>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayEntry)]
struct EntryOut {
    number: u64,
    hash: String,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct PayPeriodIn {
    /// First and last day, both in it: at most 31.
    from: String,
    to: String,
}

/// Every period, newest first.
#[utoipa::path(get, path = "/pay/periods", tag = "pay", operation_id = "list_pay_periods",
    responses((status = 200, body = PayPeriods), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<PayPeriods>, Problem> {
    let periods = app.tenant.pay_periods().await?.into_iter().map(PeriodOut::of).collect();
    let zone = store::zone_of(&app.tenant.calendars().await?).to_owned();
    Ok(Json(PayPeriods { periods, zone }))
}

/// Opens a period. No day may be in two of them.
#[utoipa::path(post, path = "/pay/periods", tag = "pay", operation_id = "open_pay_period",
    request_body = PayPeriodIn, responses((status = 201, body = PeriodOut), Problem))]
pub(crate) async fn open(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<PayPeriodIn>,
) -> Result<(StatusCode, Json<PeriodOut>), Problem> {
    let PayPeriodIn { from, to } = asked;
    let period = app.tenant.open_pay_period(&from, &to, administrator.by()).await?;
    Ok((StatusCode::CREATED, Json(PeriodOut::of(period))))
}

/// One period with its statements, disputes and corrections.
#[utoipa::path(get, path = "/pay/periods/{id}", tag = "pay", operation_id = "get_pay_period",
    params(("id" = u64, Path)), responses((status = 200, body = SheetOut), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<Json<SheetOut>, Problem> {
    let sheet = app.tenant.pay_sheet(id).await?;
    Ok(Json(SheetOut::of(sheet, &app).await?))
}

/// Takes an open period away. One that is reviewed is opened again first; one that is closed stays.
#[utoipa::path(delete, path = "/pay/periods/{id}", tag = "pay", operation_id = "remove_pay_period",
    params(("id" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn remove(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<StatusCode, Problem> {
    app.tenant.remove_pay_period(id, administrator.by()).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl SheetOut {
    pub(super) async fn of(sheet: PaySheet, app: &Inner) -> Result<SheetOut, Problem> {
        let PaySheet { period, sheet, closed } = sheet;
        let disputes = app.tenant.pay_disputes(period.id).await?;
        let corrections = app.tenant.pay_corrections(period.id).await?;
        let signed = closed.as_ref().map(|(closed, _)| SignedOut::of(closed.signed.clone()));
        let entry = closed.map(|(closed, hash)| EntryOut { number: closed.number, hash });
        Ok(SheetOut {
            period: PeriodOut::of(period),
            signed,
            entry,
            statements: StatementOut::all(&sheet),
            disputes: disputes.into_iter().map(DisputeOut::of).collect(),
            corrections: corrections.into_iter().map(CorrectionOut::of).collect(),
        })
    }
}

impl PeriodOut {
    pub(super) fn of(period: PayPeriod) -> PeriodOut {
        let PayPeriod { id, span, state, reviewed, .. } = period;
        PeriodOut {
            id,
            from: span.from_day,
            to: span.to_day,
            from_ms: span.from.0,
            to_ms: span.to.0,
            state: state.word(),
            reviewed: reviewed.map(SignedOut::of),
        }
    }
}

impl SignedOut {
    pub(super) fn of(signed: Signed) -> SignedOut {
        let Signed { account, name, at_ms } = signed;
        SignedOut { account, name, at_ms }
    }
}
