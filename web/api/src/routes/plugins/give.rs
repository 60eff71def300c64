//! Give groups a policy.

use std::collections::BTreeMap;

use acd::GroupId;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
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
}

/// Gives several groups the same policy, in one version of the plan: it is taken back as one.
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
    app.tenant.give_policy(&groups, &policy, &settings, administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
