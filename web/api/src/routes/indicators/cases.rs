//! The calls behind somebody's figures.

use acd::{AgentId, Day};
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::{CASES_MAX, Case, CaseKind, zone_of};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::body::Asked;
use crate::code::Code;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Days of one answer.
const DAYS_MAX_MS: u64 = 32 * 86_400_000;

#[derive(Deserialize, IntoParams)]
pub(crate) struct Whose {
    agent: u64,
    /// `2026-03-02`
    from: String,
    /// Included; at most a month later.
    to: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Cases {
    /// Newest first, at most 500.
    cases: Vec<CaseOut>,
    /// There are more than were sent.
    cut: bool,
}

/// An offer or a talk that ended.
#[derive(Serialize, ToSchema)]
#[schema(as = IndicatorCase)]
struct CaseOut {
    at_ms: u64,
    call: u64,
    /// How the offer ended, in the journal's word; nothing of a talk.
    #[schema(required)]
    outcome: Option<String>,
    /// How long it rang.
    #[schema(required)]
    rang_ms: Option<u64>,
    /// How long the talk was, hold included; nothing of an offer.
    #[schema(required)]
    talked_ms: Option<u64>,
    /// Who ended the talk: `caller`, `agent`.
    #[schema(required)]
    by: Option<String>,
}

/// What somebody's figures of some days rest on: his offers and talks. They are the same for every
/// indicator, which counts of them what it counts.
#[utoipa::path(get, path = "/indicators/cases", tag = "indicators", operation_id = "list_cases",
    params(Whose), responses((status = 200, body = Cases), Problem))]
pub(crate) async fn cases(
    State(app): State<App>,
    _: Administrator,
    Asked(whose): Asked<Whose>,
) -> Result<Json<Cases>, Problem> {
    let zone = zone_of(&app.tenant.calendars().await?).to_owned();
    let day = |name: &str, place: &str| {
        Day::of(&zone, name).map_err(|_| Problem::unacceptable(place, Code::NotADay))
    };
    let (from, to) = (day(&whose.from, "/from")?.from.0, day(&whose.to, "/to")?.until.0);
    if to.saturating_sub(from) > DAYS_MAX_MS || to <= from {
        return Err(Problem::unacceptable("/to", Code::BadSpan));
    }
    let cases = app.tenant.cases(AgentId(whose.agent), (from, to)).await?;
    let cut = cases.len() >= CASES_MAX;
    Ok(Json(Cases { cases: cases.into_iter().map(CaseOut::of).collect(), cut }))
}

impl CaseOut {
    fn of(Case { at, call, what }: Case) -> CaseOut {
        let (at_ms, call) = (at.0, call.0);
        match what {
            CaseKind::Offer { outcome, rang_ms } => {
                let (outcome, rang_ms) = (Some(outcome), Some(rang_ms));
                CaseOut { at_ms, call, outcome, rang_ms, talked_ms: None, by: None }
            }
            CaseKind::Talk { talked_ms, by } => {
                let (talked_ms, by) = (Some(talked_ms), Some(by));
                CaseOut { at_ms, call, outcome: None, rang_ms: None, talked_ms, by }
            }
        }
    }
}
