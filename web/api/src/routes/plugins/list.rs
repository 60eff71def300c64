//! Every plugin.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{FailureOut, PluginAtWork, PluginVersionOut, TrialAtWork, trying};
use crate::app::App;
use crate::card::Card;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct Plugins {
    /// Policies that every Ladus brings along, by name.
    stock: Vec<StockOut>,
    /// Uploaded versions, by name, newest first; removed ones too.
    versions: Vec<PluginVersionOut>,
    /// Plugins at work, one entry for each group that has one.
    at_work: Vec<PluginAtWork>,
    /// Plugins on trial, one entry for each group that tries one out, those in trouble first; of
    /// more than 20 the first.
    trials: Vec<TrialAtWork>,
    /// Questions at which plugins of groups failed, deciding or on trial, newest first: the last 20
    /// since the server started.
    failures: Vec<FailureOut>,
}

#[derive(Serialize, ToSchema)]
struct StockOut {
    /// The word for a group's `policy`.
    policy: String,
    label: String,
    card: Card,
    reads: Vec<String>,
    groups: Vec<u64>,
    /// Freed agents are given calls by it.
    selects: bool,
    /// Groups that try it out.
    trials: Vec<u64>,
}

/// Every plugin with who brought it, when, where it is used and how it does there.
#[utoipa::path(get, path = "/plugins", tag = "plugins", operation_id = "list_plugins",
    responses((status = 200, body = Plugins), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<Plugins>, Problem> {
    let (groups, selection) = (app.tenant.groups().await?, app.tenant.selection().await?);
    let stock = app.stock.iter().cloned().map(|card| StockOut {
        policy: card.name.clone(),
        label: format!("{}@{}", card.name, card.version),
        reads: card.reads.clone(),
        groups: {
            let has_it = |group: &&store::Group| group.policy.word() == card.name;
            groups.iter().filter(has_it).map(|group| group.id.0).collect()
        },
        selects: selection.policy.word() == card.name,
        trials: trying(&card.name, &groups),
        card: Card::of(card),
    });
    let versions = app.tenant.plugin_versions().await?.into_iter();
    let board = app.control.board().borrow().clone();
    Ok(Json(Plugins {
        stock: stock.collect(),
        versions: versions.map(|row| PluginVersionOut::of(row, &groups, &selection)).collect(),
        at_work: board.plugins.iter().map(PluginAtWork::of).collect(),
        trials: board.trials.iter().map(TrialAtWork::of).collect(),
        failures: board.failures.iter().map(FailureOut::of).collect(),
    }))
}
