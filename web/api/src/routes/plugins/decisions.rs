//! Try a policy on decisions that were taken.

use std::collections::BTreeMap;

use acd::{Candidate, GroupId};
use axum::Json;
use axum::extract::State;
use control::{DecisionsAsked, DecisionsTried, Differing};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::replay::value;
use crate::app::App;
use crate::body::Body;
use crate::card::{Given, PluginKind};
use crate::problem::Problem;
use crate::routes::groups::routing;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct DecisionsToTry {
    group: u64,
    /// `built-in`, the name of a stock policy, or the word of an uploaded version.
    policy: String,
    /// By the fields of the policy's card.
    #[serde(default)]
    settings: BTreeMap<String, Given>,
}

/// What the policy would have decided.
#[derive(Serialize, ToSchema)]
#[schema(as = DecisionsTried)]
pub(crate) struct Tried {
    /// Decisions of the group that are kept: the last ones since the server started.
    asked: u64,
    /// It chose whoever was chosen.
    same: u64,
    different: u64,
    /// It gave no usable answer: the built-in order would have stepped in.
    failed: u64,
    /// The last reason why.
    #[schema(required)]
    failure: Option<String>,
    /// When the oldest of them was taken; nothing when none is kept.
    #[schema(required)]
    since_ms: Option<u64>,
    /// Newest first, at most 50.
    differing: Vec<DecisionTried>,
}

/// A decision that the policy would have taken otherwise.
#[derive(Serialize, ToSchema)]
struct DecisionTried {
    at_ms: u64,
    call: u64,
    /// How the journal names who decided then.
    policy: String,
    /// Who was rung; nobody: the caller was to wait.
    #[schema(required)]
    decided: Option<u64>,
    /// Who would have been rung.
    #[schema(required)]
    instead: Option<u64>,
    /// The tried policy's own words.
    #[schema(required)]
    reason: Option<String>,
    /// How long the caller had waited in the group.
    waited_ms: u64,
    /// Whom it chose from, in the built-in order.
    candidates: Vec<CandidateOut>,
}

/// A free agent, as a policy sees him.
#[derive(Serialize, ToSchema)]
#[schema(as = CandidateTried)]
struct CandidateOut {
    agent: u64,
    /// The order of the group for him.
    order: u16,
    idle_ms: u64,
    handled_today: u32,
    missed_today: u32,
    talk_ms_today: u64,
    /// Between 0 and 1.
    occupancy: f64,
}

/// Asks a policy the group's last decisions again, and changes nothing.
#[utoipa::path(post, path = "/plugins/decisions", tag = "plugins",
    operation_id = "try_decisions", request_body = DecisionsToTry,
    responses((status = 200, body = Tried), Problem))]
pub(crate) async fn decisions(
    State(app): State<App>,
    _: Administrator,
    Body(asked): Body<DecisionsToTry>,
) -> Result<Json<Tried>, Problem> {
    let group = GroupId(asked.group);
    if app.tenant.groups().await?.iter().all(|known| known.id != group) {
        return Err(Problem::unknown_value("/group"));
    }
    let policy = routing::policy(&app, &asked.policy, PluginKind::Routing).await?;
    let settings = routing::settings(&app, &policy, asked.settings).await?;
    let settings = settings.into_iter().map(|(id, setting)| (id, value(setting))).collect();
    let asked = DecisionsAsked { group, policy: policy.word(), settings };
    Ok(Json(Tried::of(app.control.try_decisions(asked).await?)))
}

impl Tried {
    fn of(tried: DecisionsTried) -> Tried {
        let DecisionsTried { asked, same, different, failed, failure, since, differing } = tried;
        Tried {
            asked,
            same,
            different,
            failed,
            failure,
            since_ms: since.map(|since| since.0),
            differing: differing.into_iter().map(DecisionTried::of).collect(),
        }
    }
}

impl DecisionTried {
    fn of(differing: Differing) -> DecisionTried {
        let Differing { at, call, policy, decided, instead, reason, waited_ms, candidates } =
            differing;
        DecisionTried {
            at_ms: at.0,
            call: call.0,
            policy,
            decided: decided.map(|agent| agent.0),
            instead: instead.map(|agent| agent.0),
            reason,
            waited_ms,
            candidates: candidates.iter().map(CandidateOut::of).collect(),
        }
    }
}

impl CandidateOut {
    fn of(candidate: &Candidate) -> CandidateOut {
        CandidateOut {
            agent: candidate.agent.0,
            order: candidate.order,
            idle_ms: candidate.idle_ms,
            handled_today: candidate.handled_today,
            missed_today: candidate.missed_today,
            talk_ms_today: candidate.talk_ms_today,
            occupancy: f64::from(candidate.occupancy_permille) / 1_000.0,
        }
    }
}
