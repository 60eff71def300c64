//! Corrections of closed periods: proposed, withdrawn, signed by somebody else.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{NewPayCorrection, PayCorrection};
use utoipa::ToSchema;

use super::periods::SignedOut;
use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
#[schema(as = PayCorrection)]
pub(crate) struct CorrectionOut {
    id: u64,
    person: u64,
    /// The statement's line; empty: the statement as a whole.
    line: String,
    /// In cents; below zero when too much was paid.
    amount: String,
    reason: String,
    #[schema(required)]
    dispute: Option<u64>,
    author: SignedOut,
    /// `proposed`, `withdrawn`, `signed`.
    state: String,
    /// Who else has signed.
    #[schema(required)]
    signer: Option<String>,
    /// Its place in the chain.
    #[schema(required)]
    entry: Option<u64>,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct PayCorrectionIn {
    person: u64,
    line: String,
    /// `-12.50`.
    amount: String,
    reason: String,
}

/// Proposes a correction of a closed statement.
#[utoipa::path(post, path = "/pay/periods/{id}/corrections", tag = "pay",
    operation_id = "propose_pay_correction", params(("id" = u64, Path)),
    request_body = PayCorrectionIn, responses((status = 201, body = CorrectionOut), Problem))]
pub(crate) async fn propose(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<PayCorrectionIn>,
) -> Result<(StatusCode, Json<CorrectionOut>), Problem> {
    let new = NewPayCorrection {
        agent: asked.person,
        line: &asked.line,
        amount: &asked.amount,
        reason: &asked.reason,
        dispute: None,
    };
    let by = administrator.signed();
    let correction = app.tenant.propose_pay_correction(id, new, &by).await?;
    Ok((StatusCode::CREATED, Json(CorrectionOut::of(correction))))
}

/// The second signature, of somebody else: the correction becomes an entry of the chain.
#[utoipa::path(post, path = "/pay/corrections/{id}/sign", tag = "pay",
    operation_id = "sign_pay_correction", params(("id" = u64, Path)),
    responses((status = 200, body = CorrectionOut), Problem))]
pub(crate) async fn sign(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<Json<CorrectionOut>, Problem> {
    let correction = app.tenant.sign_pay_correction(id, &administrator.signed()).await?;
    Ok(Json(CorrectionOut::of(correction)))
}

/// Takes a proposal back; it stays in the list.
#[utoipa::path(post, path = "/pay/corrections/{id}/withdraw", tag = "pay",
    operation_id = "withdraw_pay_correction", params(("id" = u64, Path)),
    responses((status = 200, body = CorrectionOut), Problem))]
pub(crate) async fn withdraw(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
) -> Result<Json<CorrectionOut>, Problem> {
    let correction = app.tenant.withdraw_pay_correction(id, administrator.by()).await?;
    Ok(Json(CorrectionOut::of(correction)))
}

impl CorrectionOut {
    pub(super) fn of(correction: PayCorrection) -> CorrectionOut {
        CorrectionOut {
            id: correction.id,
            person: correction.agent,
            line: correction.line,
            amount: correction.amount,
            reason: correction.reason,
            dispute: correction.dispute,
            author: SignedOut::of(correction.author),
            state: correction.state,
            signer: correction.signer,
            entry: correction.entry,
        }
    }
}
