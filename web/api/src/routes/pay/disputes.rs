//! "This is wrong", and what is answered.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::{NewPayDispute, PayDispute};
use utoipa::ToSchema;

use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
#[schema(as = PayDispute)]
pub(crate) struct DisputeOut {
    id: u64,
    person: u64,
    /// The statement's line; empty: the statement as a whole.
    line: String,
    words: String,
    who: String,
    at_ms: u64,
    /// `open`, `accepted`, `declined`.
    state: String,
    #[schema(required)]
    answer: Option<AnswerOut>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayAnswer)]
struct AnswerOut {
    words: String,
    who: String,
    at_ms: u64,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct PayDisputeIn {
    person: u64,
    /// The statement's line as its `place` has it; empty: the statement as a whole.
    line: String,
    words: String,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct PayAnswerIn {
    words: String,
    /// Accepted: so much is proposed as a correction, for somebody else to sign. Null: declined.
    #[serde(default)]
    amount: Option<String>,
}

/// Writes an objection to a line of a closed statement down.
#[utoipa::path(post, path = "/pay/periods/{id}/disputes", tag = "pay",
    operation_id = "open_pay_dispute", params(("id" = u64, Path)),
    request_body = PayDisputeIn, responses((status = 201, body = DisputeOut), Problem))]
pub(crate) async fn open(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<PayDisputeIn>,
) -> Result<(StatusCode, Json<DisputeOut>), Problem> {
    let PayDisputeIn { person, line, words } = asked;
    let new = NewPayDispute { agent: person, line: &line, words: &words };
    let dispute = app.tenant.open_pay_dispute(id, new, administrator.by()).await?;
    Ok((StatusCode::CREATED, Json(DisputeOut::of(dispute))))
}

/// Answers an objection, once, under one's own name.
#[utoipa::path(post, path = "/pay/disputes/{id}/answer", tag = "pay",
    operation_id = "answer_pay_dispute", params(("id" = u64, Path)),
    request_body = PayAnswerIn, responses((status = 200, body = DisputeOut), Problem))]
pub(crate) async fn answer(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<PayAnswerIn>,
) -> Result<Json<DisputeOut>, Problem> {
    let PayAnswerIn { words, amount } = asked;
    let by = administrator.signed();
    let dispute = app.tenant.answer_pay_dispute(id, &words, amount.as_deref(), &by).await?;
    Ok(Json(DisputeOut::of(dispute)))
}

impl DisputeOut {
    pub(super) fn of(dispute: PayDispute) -> DisputeOut {
        let PayDispute { id, period: _, agent, line, words, who, at_ms, state, answer } = dispute;
        let answer = answer.map(|(words, who, at_ms)| AnswerOut { words, who, at_ms });
        DisputeOut { id, person: agent, line, words, who, at_ms, state, answer }
    }
}
