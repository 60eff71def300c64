//! Change a group.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::GroupPatch;
use utoipa::ToSchema;

use super::{GroupOut, routing};
use crate::app::App;
use crate::body::{At, Body};
use crate::card::{Given, PluginKind};
use crate::clock::now_ms;
use crate::flow::FlowIn;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct GroupChange {
    #[serde(default)]
    name: Option<String>,
    /// Replaces the whole list.
    #[serde(default)]
    numbers: Option<Vec<String>>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    ring_ms: Option<u64>,
    #[serde(default)]
    wrap_up_ms: Option<u64>,
    #[serde(default)]
    waiting_max: Option<u64>,
    /// `built-in`, the name of a stock policy, or the word of an uploaded version.
    #[serde(default)]
    policy: Option<String>,
    /// Replaces all of them. Another policy without settings begins with those of its card.
    #[serde(default)]
    settings: Option<BTreeMap<String, Given>>,
    #[serde(default)]
    recorded: Option<bool>,
    #[serde(flatten)]
    flow: FlowIn,
}

/// Changes what is named and leaves the rest. Calls under way keep what they began with.
#[utoipa::path(patch, path = "/groups/{id}", tag = "groups", operation_id = "change_group",
    params(("id" = u64, Path)), request_body = GroupChange,
    responses((status = 200, body = GroupOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<GroupChange>,
) -> Result<Json<GroupOut>, Problem> {
    let flow = asked.flow.parsed()?;
    let policy = match asked.policy.as_deref() {
        Some(word) => Some(routing::policy(&app, word, PluginKind::Routing).await?),
        None => None,
    };
    let settings = match asked.settings {
        Some(given) => {
            let group = acd::GroupId(id);
            Some(routing::settings_of(&app, group, policy.as_ref(), given).await?)
        }
        None => None,
    };
    let patch = GroupPatch {
        name: asked.name.as_deref(),
        language: asked.language.as_deref(),
        numbers: asked.numbers.as_ref().map(|list| list.iter().map(String::as_str).collect()),
        ring_ms: asked.ring_ms,
        wrap_up_ms: asked.wrap_up_ms,
        waiting_max: asked.waiting_max,
        policy,
        settings,
        trial: None,
        recorded: asked.recorded,
        flow: Some(Box::new(|kept| flow.put_into(kept))),
    };
    let group = app.tenant.change_group(acd::GroupId(id), patch, administrator.by()).await?;
    app.in_force().await?;
    let memberships = app.tenant.places(now_ms()).await?;
    Ok(Json(GroupOut::of(group, &memberships)))
}
