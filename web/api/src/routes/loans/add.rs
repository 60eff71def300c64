//! Lend people to a group.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use store::NewLoan;
use utoipa::ToSchema;

use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::routes::groups::MemberOut;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct LoanIn {
    people: Vec<u64>,
    group: u64,
    order: u64,
    #[serde(default)]
    delay_ms: u64,
    until_ms: u64,
    /// Their other groups rest meanwhile.
    #[serde(default)]
    wholly: bool,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct LoansOut {
    loans: Vec<MemberOut>,
}

/// Lends people to a group until a moment, all of them in one version of the plan.
#[utoipa::path(post, path = "/loans", tag = "loans", operation_id = "lend",
    request_body = LoanIn, responses((status = 201, body = LoansOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<LoanIn>,
) -> Result<(StatusCode, Json<LoansOut>), Problem> {
    let new = NewLoan {
        people: asked.people.into_iter().map(acd::AgentId).collect(),
        group: acd::GroupId(asked.group),
        order: asked.order,
        delay_ms: asked.delay_ms,
        until_ms: asked.until_ms,
        wholly: asked.wholly,
    };
    let lent = app.tenant.lend(new, administrator.by()).await?;
    app.in_force().await?;
    let loans = lent.into_iter().map(MemberOut::of).collect();
    Ok((StatusCode::CREATED, Json(LoansOut { loans })))
}
