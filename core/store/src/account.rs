//! Accounts: who may log in to the page.

use serde_json::json;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Tenant, limit, secret};

/// An account's row.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AccountId(pub u64);

/// Somebody who may log in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    pub email: String,
    /// `administrator`, the only role so far.
    pub role: String,
}

/// An account to be made.
#[derive(Clone, Copy)]
pub struct NewAccount<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
}

/// An account checked and its password hashed, ready for a short transaction.
pub(crate) struct Prepared {
    name: String,
    email: String,
    password_hash: String,
}

pub(crate) type Row = (i64, String, String, String);

impl Tenant {
    /// Whether anybody may log in yet: if not, the company wants to be set up.
    pub async fn has_accounts(&self) -> Result<bool, Error> {
        let found = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM account WHERE tenant = ?1)")
            .bind(self.sql_id())
            .fetch_one(&self.store.readers)
            .await?;
        Ok(found)
    }

    /// Everybody who may log in, the first one first.
    pub async fn accounts(&self) -> Result<Vec<Account>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, name, email, role FROM account WHERE tenant = ?1 ORDER BY id",
        )
        .bind(self.sql_id())
        .fetch_all(&self.store.readers)
        .await?;
        rows.into_iter().map(Account::read).collect()
    }

    /// Adds an administrator.
    pub async fn add_account(&self, new: NewAccount<'_>, by: By<'_>) -> Result<Account, Error> {
        let prepared = prepare(new).await?;
        let mut write = Write::begin(self, by).await?;
        let account = insert(&mut write, prepared).await?;
        write.commit().await?;
        Ok(account)
    }

    /// The first administrator, whom a start link logs in.
    pub async fn first_account(&self) -> Result<Option<Account>, Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, name, email, role FROM account WHERE tenant = ?1 ORDER BY id LIMIT 1",
        )
        .bind(self.sql_id())
        .fetch_optional(&self.store.readers)
        .await?;
        row.map(Account::read).transpose()
    }

    /// Whose e-mail and password these are, if anybody's.
    pub async fn log_in(&self, email: &str, password: &str) -> Result<Option<Account>, Error> {
        // What could never have been set is not worth a query, but it costs the same time.
        let email = limit::email("email", email).unwrap_or_default();
        let password = limit::password("password", password).unwrap_or_default();
        let row: Option<(i64, String, String, String, String)> = sqlx::query_as(
            "SELECT id, name, email, role, password_hash FROM account \
             WHERE tenant = ?1 AND email = ?2",
        )
        .bind(self.sql_id())
        .bind(email)
        .fetch_optional(&self.store.readers)
        .await?;
        let (account, hash) = match row {
            Some((id, name, email, role, hash)) => (Some((id, name, email, role)), Some(hash)),
            None => (None, None),
        };
        let fits = secret::password_fits(hash, password).await?;
        account.filter(|_| fits).map(Account::read).transpose()
    }
}

impl Account {
    pub(crate) fn read((id, name, email, role): Row) -> Result<Account, Error> {
        Ok(Account { id: AccountId(nat("account", id)?), name, email, role })
    }
}

pub(crate) async fn prepare(new: NewAccount<'_>) -> Result<Prepared, Error> {
    let (name, email) = (limit::name("name", new.name)?, limit::email("email", new.email)?);
    let password = limit::password("password", new.password)?;
    let password_hash = secret::hash_password(password).await?;
    Ok(Prepared { name, email, password_hash })
}

pub(crate) async fn insert(write: &mut Write<'_>, new: Prepared) -> Result<Account, Error> {
    let row: Row = sqlx::query_as(
        "INSERT INTO account (tenant, name, email, password_hash, role, created_ms) \
         VALUES (?1, ?2, ?3, ?4, 'administrator', ?5) RETURNING id, name, email, role",
    )
    .bind(write.tenant)
    .bind(new.name)
    .bind(new.email)
    .bind(new.password_hash)
    .bind(write.at())
    .fetch_one(write.connection())
    .await
    .map_err(Error::or_conflict("email"))?;
    let account = Account::read(row)?;
    let trace = json!({ "id": int(account.id.0), "name": account.name, "email": account.email });
    write.note("account_added", None, Some(trace)).await?;
    Ok(account)
}
