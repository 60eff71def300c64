//! Which policy a group gets, and whether the settings fit its card.

use std::collections::BTreeMap;

use acd::GroupId;
use store::{RoutingPolicy, Settings};

use crate::app::App;
use crate::card::{Card, Given, Picked};
use crate::problem::Problem;

/// The policy of this word, if there is one.
pub(crate) fn policy(app: &App, word: &str) -> Result<RoutingPolicy, Problem> {
    let unknown = || Problem::unknown_value("/policy");
    let policy = RoutingPolicy::of_word(word).ok_or_else(unknown)?;
    match &policy {
        RoutingPolicy::Stock(name) if app.stock.iter().all(|card| card.name != *name) => {
            Err(unknown())
        }
        RoutingPolicy::BuiltIn | RoutingPolicy::Stock(_) | RoutingPolicy::Uploaded(_) => Ok(policy),
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
    let card = match policy {
        RoutingPolicy::BuiltIn => None,
        RoutingPolicy::Stock(name) => {
            app.stock.iter().find(|card| card.name == *name).cloned().map(Card::of)
        }
        RoutingPolicy::Uploaded(version) => {
            // The store says what is wrong with one that is not there.
            let version = app.tenant.plugin_version(*version).await.ok();
            version.map(|row| Card::of_store(&row.name, &row.version, &row.card))
        }
    };
    // The built-in order has no settings.
    let none = || Card {
        name: String::new(),
        version: String::new(),
        summary: String::new(),
        fields: Vec::new(),
    };
    let people = app.tenant.people().await?.into_iter().map(|person| person.id.0);
    let groups = app.tenant.groups().await?.into_iter().map(|group| group.id.0);
    let picked = Picked { agents: people.collect(), groups: groups.collect() };
    card.unwrap_or_else(none).checked(given, &picked)
}
