//! What the guards have noticed in a period.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use stats::guards::{Flag, Pattern};
use utoipa::ToSchema;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct PayFlags {
    flags: Vec<FlagOut>,
}

/// A pattern by which figures can be made better than the work was. It changes nothing.
#[derive(Serialize, ToSchema)]
#[schema(as = PayFlag)]
struct FlagOut {
    person: u64,
    /// Empty when he is gone.
    name: String,
    /// `break_toggling`, `self_calls`, `ghost_calls`, `early_hang_ups`, `ring_ignoring`.
    pattern: &'static str,
    count: usize,
    of: usize,
    /// The first two hundred calls of them.
    calls: Vec<u64>,
    since_ms: u64,
}

/// What is worth a look before a period is reviewed: who, what, how often, and the calls.
#[utoipa::path(get, path = "/pay/periods/{id}/flags", tag = "pay", operation_id = "list_pay_flags",
    params(("id" = u64, Path)), responses((status = 200, body = PayFlags), Problem))]
pub(crate) async fn flags(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<Json<PayFlags>, Problem> {
    let period = app.tenant.pay_period(id).await?;
    let people = app.tenant.people().await?.into_iter();
    let names: BTreeMap<u64, String> = people.map(|it| (it.id.0, it.name)).collect();
    let flags = app.tenant.pay_flags(&period.span).await?.into_iter();
    Ok(Json(PayFlags { flags: flags.map(|flag| FlagOut::of(flag, &names)).collect() }))
}

impl FlagOut {
    fn of(flag: Flag, names: &BTreeMap<u64, String>) -> FlagOut {
        let Flag { agent, pattern, count, of, calls, since } = flag;
        let pattern = match pattern {
            Pattern::BreakToggling => "break_toggling",
            Pattern::SelfCalls => "self_calls",
            Pattern::GhostCalls => "ghost_calls",
            Pattern::EarlyHangUps => "early_hang_ups",
            Pattern::RingIgnoring => "ring_ignoring",
        };
        FlagOut {
            person: agent.0,
            name: names.get(&agent.0).cloned().unwrap_or_default(),
            pattern,
            count,
            of,
            calls: calls.into_iter().map(|call| call.0).collect(),
            since_ms: since.0,
        }
    }
}
