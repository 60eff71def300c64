//! A company's recorded days, for commands that live them again.

use std::path::Path;

use acd::{Day, GroupId};
use anyhow::{Context, anyhow, bail};
use plugin_host::{Host, STOCK, Stock};
use store::{Group, Plan, RoutingPolicy, Store, Tenant, TenantId};
use switch::Plugins;

/// A company whose database is open, and its present plan.
pub(crate) struct Company {
    store: Store,
    pub(crate) tenant: Tenant,
    pub(crate) plan: Plan,
}

impl Company {
    pub(crate) async fn open(db: &Path) -> anyhow::Result<Company> {
        if !db.is_file() {
            bail!("there is no database {}", db.display());
        }
        let store = Store::open(db).await?;
        let tenant = store.tenant(TenantId::FIRST);
        let plan = tenant.plan().await?;
        Ok(Company { store, tenant, plan })
    }

    pub(crate) async fn close(self) {
        self.store.close().await;
    }

    /// Where the company's days begin and end.
    pub(crate) fn zone(&self) -> &str {
        store::zone_of(&self.plan.calendars)
    }

    /// The day of this name (`2026-03-02`).
    pub(crate) fn day(&self, name: &str) -> anyhow::Result<Day> {
        Day::of(self.zone(), name).map_err(|bad| anyhow!("{bad}"))
    }

    /// The groups of these names or ids.
    pub(crate) fn groups(&self, words: &[String]) -> anyhow::Result<Vec<GroupId>> {
        let called = |group: &&Group, word: &str| {
            group.name.to_lowercase() == word.to_lowercase() || word == group.id.0.to_string()
        };
        let found = words.iter().map(|word| {
            let group = self.plan.groups.iter().find(|group| called(group, word));
            group.map(|group| group.id).with_context(|| {
                let names = self.plan.groups.iter().map(|group| group.name.as_str());
                let names = names.collect::<Vec<_>>().join(", ");
                format!("there is no group `{word}`; the groups are {names}")
            })
        });
        found.collect()
    }

    /// The stock policies that the company's groups have, and `also`.
    pub(crate) fn stock(&self, host: Host, also: Option<&str>) -> anyhow::Result<Plugins> {
        let used = |stock: &&Stock| {
            let policy = RoutingPolicy::Stock(stock.name.to_owned());
            also == Some(stock.name) || self.plan.groups.iter().any(|it| it.policy == policy)
        };
        let stock: Vec<Stock> = STOCK.iter().filter(used).copied().collect();
        Plugins::open(host, &stock).context("a stock policy was refused")
    }
}
