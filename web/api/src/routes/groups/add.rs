//! Add a group.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::NewGroup;
use utoipa::ToSchema;

use super::{GroupOut, routing};
use crate::app::App;
use crate::body::Body;
use crate::card::{Given, PluginKind};
use crate::flow::FlowIn;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Only the name must be given; the rest has usual values.
#[derive(Deserialize, ToSchema)]
pub(crate) struct GroupIn {
    name: String,
    #[serde(default)]
    numbers: Vec<String>,
    /// The company's when left out.
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
    /// By the fields of the policy's card.
    #[serde(default)]
    settings: BTreeMap<String, Given>,
    #[serde(default)]
    recorded: Option<bool>,
    #[serde(flatten)]
    flow: FlowIn,
}

/// Adds a group. The very next call to its numbers rings there.
#[utoipa::path(post, path = "/groups", tag = "groups", operation_id = "add_group",
    request_body = GroupIn, responses((status = 201, body = GroupOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<GroupIn>,
) -> Result<(StatusCode, Json<GroupOut>), Problem> {
    let company = app.tenant.company().await?;
    let usual = NewGroup::named(&asked.name);
    let policy = match asked.policy.as_deref() {
        Some(word) => routing::policy(&app, word, PluginKind::Routing).await?,
        None => usual.policy,
    };
    let settings = routing::settings(&app, &policy, asked.settings).await?;
    let mut flow = usual.flow.clone();
    asked.flow.parsed()?.put_into(&mut flow);
    let new = NewGroup {
        language: asked.language.as_deref().unwrap_or(&company.language),
        numbers: asked.numbers.iter().map(String::as_str).collect(),
        ring_ms: asked.ring_ms.unwrap_or(usual.ring_ms),
        wrap_up_ms: asked.wrap_up_ms.unwrap_or(usual.wrap_up_ms),
        waiting_max: asked.waiting_max.unwrap_or(usual.waiting_max),
        policy,
        settings,
        trial: None,
        recorded: asked.recorded.unwrap_or(usual.recorded),
        flow,
        name: usual.name,
    };
    let group = app.tenant.add_group(new, administrator.by()).await?;
    app.in_force().await?;
    Ok((StatusCode::CREATED, Json(GroupOut::of(group, &[]))))
}
