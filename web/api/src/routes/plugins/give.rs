//! Give groups a policy.

use std::collections::BTreeMap;

use acd::GroupId;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::{Stage, Trial};
use utoipa::ToSchema;

use crate::app::App;
use crate::body::Body;
use crate::card::{Given, PluginKind};
use crate::code::Code;
use crate::problem::Problem;
use crate::routes::groups::routing;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct PolicyGiven {
    /// At least one.
    groups: Vec<u64>,
    /// `built-in`, the name of a stock policy, or the word of an uploaded version.
    policy: String,
    /// By the fields of the policy's card.
    #[serde(default)]
    settings: BTreeMap<String, Given>,
    /// How far it goes: `decides`, `share` or `shadow`. The last two are tried out beside what
    /// decides.
    #[serde(default)]
    stage: StageIn,
    /// Hundredths of the calls, from 1 to 99: of a `share`.
    #[serde(default)]
    share: Option<u8>,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PolicyStage)]
pub(crate) enum StageIn {
    #[default]
    Decides,
    Share,
    Shadow,
}

/// Gives several groups the same policy, or the same to try out, in one version of the plan: it is
/// taken back as one.
#[utoipa::path(post, path = "/plugins/give", tag = "plugins", operation_id = "give_policy",
    request_body = PolicyGiven, responses((status = 204), Problem))]
pub(crate) async fn give(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<PolicyGiven>,
) -> Result<StatusCode, Problem> {
    if asked.groups.is_empty() {
        return Err(Problem::unacceptable("/groups", Code::Required));
    }
    let groups: Vec<GroupId> = asked.groups.into_iter().map(GroupId).collect();
    let policy = routing::policy(&app, &asked.policy, PluginKind::Routing).await?;
    let settings = routing::settings(&app, &policy, asked.settings).await?;
    let stage = match (asked.stage, asked.share) {
        (StageIn::Decides, _) => None,
        (StageIn::Shadow, _) => Some(Stage::Shadow),
        (StageIn::Share, Some(percent)) => Some(Stage::Share(percent)),
        (StageIn::Share, None) => return Err(Problem::unacceptable("/share", Code::Required)),
    };
    let by = administrator.by();
    match stage {
        None => app.tenant.give_policy(&groups, &policy, &settings, by).await?,
        Some(stage) => {
            let trial = Trial { policy, settings, stage };
            app.tenant.give_trial(&groups, &trial, by).await?;
        }
    }
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
