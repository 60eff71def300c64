//! Which call a freed agent gets: the order of his groups, or a plugin.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use control::SelectionRow;
use serde::{Deserialize, Serialize};
use store::{RoutingPolicy, Selection};
use utoipa::ToSchema;

use super::{PluginFailure, state};
use crate::app::App;
use crate::body::Body;
use crate::card::{Given, PluginKind};
use crate::problem::Problem;
use crate::routes::groups::routing;
use crate::visitor::Administrator;

/// Who chooses among the calls that a freed agent may take.
#[derive(Serialize, ToSchema)]
pub(crate) struct SelectionOut {
    /// `built-in` is the order of his groups; otherwise a stock plugin's name or the word of an
    /// uploaded version, whose card is of the kind `selection`.
    policy: String,
    settings: BTreeMap<String, Given>,
    /// The plugin at work.
    #[schema(required)]
    at_work: Option<SelectionAtWork>,
}

#[derive(Serialize, ToSchema)]
struct SelectionAtWork {
    label: String,
    decisions: u64,
    failures: u64,
    failures_in_a_row: u32,
    #[schema(required)]
    last_failure: Option<PluginFailure>,
    /// `active`, `failed_in_a_row`, `failed_too_often`, `missing`. In all but the first the order
    /// of the agent's groups decides.
    state: &'static str,
    /// Why it is missing.
    #[schema(required)]
    why: Option<String>,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct SelectionChange {
    policy: String,
    /// By the fields of the plugin's card.
    #[serde(default)]
    settings: BTreeMap<String, Given>,
}

/// Who chooses calls for freed agents, and how it does.
#[utoipa::path(get, path = "/plugins/selection", tag = "plugins", operation_id = "get_selection",
    responses((status = 200, body = SelectionOut), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<SelectionOut>, Problem> {
    let selection = app.tenant.selection().await?;
    Ok(Json(SelectionOut::of(&app, selection)))
}

/// Gives the whole company another choice: the next freed agent gets his call by it.
#[utoipa::path(put, path = "/plugins/selection", tag = "plugins",
    operation_id = "change_selection", request_body = SelectionChange,
    responses((status = 200, body = SelectionOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<SelectionChange>,
) -> Result<Json<SelectionOut>, Problem> {
    let policy = routing::policy(&app, &asked.policy, PluginKind::Selection).await?;
    let settings = routing::settings(&app, &policy, asked.settings).await?;
    let selection = Selection { policy, settings };
    let selection = app.tenant.set_selection(selection, administrator.by()).await?;
    app.in_force().await?;
    Ok(Json(SelectionOut::of(&app, selection)))
}

/// Gives the plugin another chance: it is asked again, with a clean record.
#[utoipa::path(post, path = "/plugins/selection/chance", tag = "plugins",
    operation_id = "forgive_selection", responses((status = 204), Problem))]
pub(crate) async fn forgive(
    State(app): State<App>,
    _: Administrator,
) -> Result<StatusCode, Problem> {
    app.control.forgive_selection().await?;
    Ok(StatusCode::NO_CONTENT)
}

impl SelectionOut {
    fn of(app: &App, Selection { policy, settings }: Selection) -> SelectionOut {
        let built_in = policy == RoutingPolicy::BuiltIn;
        let row = app.control.board().borrow().selection.clone();
        SelectionOut {
            policy: policy.word(),
            settings: settings.into_iter().map(|(id, it)| (id, Given::of_store(it))).collect(),
            at_work: row.filter(|_| !built_in).map(SelectionAtWork::of),
        }
    }
}

impl SelectionAtWork {
    fn of(row: SelectionRow) -> SelectionAtWork {
        let (state, why) = state(&row.state);
        SelectionAtWork {
            label: row.label,
            decisions: row.decisions,
            failures: row.failures,
            failures_in_a_row: row.failures_in_a_row,
            last_failure: row.last_failure.as_ref().map(PluginFailure::of),
            state,
            why,
        }
    }
}
