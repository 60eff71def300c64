//! Change the rules.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Rule, RulesOut};
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct RulesChange {
    misses: MissesChange,
}

/// Causes that are left out keep their rule.
#[derive(Deserialize, ToSchema)]
struct MissesChange {
    #[serde(default)]
    no_answer: Option<Rule>,
    #[serde(default)]
    rejected: Option<Rule>,
    #[serde(default)]
    busy: Option<Rule>,
    #[serde(default)]
    unreachable: Option<Rule>,
}

/// Changes what is named and leaves the rest.
#[utoipa::path(patch, path = "/rules", tag = "rules", operation_id = "change_rules",
    request_body = RulesChange, responses((status = 200, body = RulesOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<RulesChange>,
) -> Result<Json<RulesOut>, Problem> {
    let mut misses = app.tenant.misses().await?;
    let MissesChange { no_answer, rejected, busy, unreachable } = asked.misses;
    let rules = [
        (no_answer, &mut misses.no_answer),
        (rejected, &mut misses.rejected),
        (busy, &mut misses.busy),
        (unreachable, &mut misses.unreachable),
    ];
    for (given, rule) in rules {
        if let Some(given) = given {
            *rule = given.engine();
        }
    }
    let misses = app.tenant.set_misses(misses, administrator.by()).await?;
    app.in_force().await?;
    Ok(Json(RulesOut::of(misses)))
}
