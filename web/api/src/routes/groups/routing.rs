//! Which policy a group or freed agents get, and whether the settings fit its card.

use std::collections::BTreeMap;

use acd::GroupId;
use store::{RoutingPolicy, Settings};

use crate::app::App;
use crate::card::{Card, Given, Picked, PluginKind};
use crate::problem::Problem;

/// The policy of this word, if there is one that takes such decisions.
pub(crate) async fn policy(
    app: &App,
    word: &str,
    kind: PluginKind,
) -> Result<RoutingPolicy, Problem> {
    let unknown = || Problem::unknown_value("/policy");
    let policy = RoutingPolicy::of_word(word).ok_or_else(unknown)?;
    match (&policy, card(app, &policy).await) {
        (RoutingPolicy::Stock(_) | RoutingPolicy::Uploaded(_), Some(card)) if card.kind != kind => {
            Err(unknown())
        }
        (RoutingPolicy::Stock(_), None) => Err(unknown()),
        // The store says what is wrong with a version that is not there.
        (RoutingPolicy::BuiltIn | RoutingPolicy::Stock(_) | RoutingPolicy::Uploaded(_), _) => {
            Ok(policy)
        }
    }
}

/// What the policy tells about itself; the built-in order has nothing to tell.
async fn card(app: &App, policy: &RoutingPolicy) -> Option<Card> {
    match policy {
        RoutingPolicy::BuiltIn => None,
        RoutingPolicy::Stock(name) => {
            app.stock.iter().find(|card| card.name == *name).cloned().map(Card::of)
        }
        RoutingPolicy::Uploaded(version) => {
            let version = app.tenant.plugin_version(*version).await.ok()?;
            Some(Card::of_store(&version.name, &version.version, &version.card))
        }
    }
}

/// The same for a group that is there and may keep its policy.
pub(super) async fn settings_of(
    app: &App,
    group: GroupId,
    policy: Option<&RoutingPolicy>,
    given: BTreeMap<String, Given>,
) -> Result<Settings, Problem> {
    if let Some(policy) = policy {
        return settings(app, policy, given).await;
    }
    let groups = app.tenant.groups().await?;
    let group = groups.into_iter().find(|row| row.id == group);
    let group = group.ok_or_else(|| Problem::not_found("group"))?;
    settings(app, &group.policy, given).await
}

/// Settings as the policy's card allows them.
pub(crate) async fn settings(
    app: &App,
    policy: &RoutingPolicy,
    given: BTreeMap<String, Given>,
) -> Result<Settings, Problem> {
    let card = card(app, policy).await;
    // The built-in order has no settings.
    let none = || Card {
        kind: PluginKind::default(),
        name: String::new(),
        version: String::new(),
        summary: String::new(),
        fields: Vec::new(),
    };
    card.unwrap_or_else(none).checked(given, &Picked::of(app).await?)
}
