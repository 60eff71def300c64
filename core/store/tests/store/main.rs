//! Every query of the store is run against a real file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod access;
mod days;
mod indicators;
mod intervals;
mod journal;
mod office;
mod pay;
mod people;
mod plan;
mod plugins;
mod restart;
mod skills;
mod tenants;
mod trials;
mod upgrade;
mod versions;

use store::{By, Store, Tenant, TenantId};
use tempfile::TempDir;

/// Who and when, where it does not matter.
const BY: By<'static> = By { who: "Tiina", at_ms: 1_000 };

/// A new database in a folder of its own, which lives as long as the first value.
async fn fresh() -> (TempDir, Store, Tenant) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data/ladus.db")).await.unwrap();
    let tenant = store.tenant(TenantId::FIRST);
    (folder, store, tenant)
}
