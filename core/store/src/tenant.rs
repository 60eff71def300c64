//! One company: the only way to its data.

use crate::sql::{int, nat};
use crate::{Error, Store, limit, version};

/// A company among others.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TenantId(pub u64);

impl TenantId {
    /// The company that every new database has. A second one comes with hosting.
    pub const FIRST: TenantId = TenantId(1);
}

/// A company's data. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Tenant {
    pub(crate) store: Store,
    id: TenantId,
}

/// What a company is called, and its digest realm.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Company {
    /// Empty until the setup.
    pub name: String,
    pub language: String,
    /// Part of every SIP password's hash: it never changes.
    pub realm: String,
    pub plan_version: u64,
}

impl Store {
    /// Every company, the oldest first.
    pub async fn tenants(&self) -> Result<Vec<TenantId>, Error> {
        let ids: Vec<i64> = sqlx::query_scalar("SELECT id FROM tenant ORDER BY id")
            .fetch_all(&self.readers)
            .await?;
        ids.into_iter().map(|id| Ok(TenantId(nat("tenant", id)?))).collect()
    }

    /// Adds a company. It is set up like the first one.
    pub async fn add_tenant(&self, realm: &str, now_ms: u64) -> Result<TenantId, Error> {
        let realm = limit::name("realm", realm)?;
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO tenant (name, realm, language, created_ms) VALUES ('', ?1, 'en', ?2) \
             RETURNING id",
        )
        .bind(realm)
        .bind(int(now_ms))
        .fetch_one(&self.writer)
        .await?;
        version::keep_first(&mut *self.writer.acquire().await?).await?;
        Ok(TenantId(nat("tenant", id)?))
    }
}

impl Tenant {
    pub(crate) fn new(store: Store, id: TenantId) -> Tenant {
        Tenant { store, id }
    }

    pub fn id(&self) -> TenantId {
        self.id
    }

    pub(crate) fn sql_id(&self) -> i64 {
        int(self.id.0)
    }

    /// The company's own row.
    pub async fn company(&self) -> Result<Company, Error> {
        let row: Option<(String, String, String, i64)> =
            sqlx::query_as("SELECT name, language, realm, plan_version FROM tenant WHERE id = ?1")
                .bind(self.sql_id())
                .fetch_optional(&self.store.readers)
                .await?;
        let (name, language, realm, version) = row.ok_or(Error::NotFound { what: "tenant" })?;
        Ok(Company { name, language, realm, plan_version: nat("tenant", version)? })
    }
}
