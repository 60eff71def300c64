//! People: users of the telephone service, and agents once they belong to a group.

use acd::AgentId;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Tenant, limit, number};

/// The plan is read whole and the page lists everybody: what one company of ours may be.
const PEOPLE_MAX: u64 = 10_000;

/// A person.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Person {
    pub id: AgentId,
    pub name: String,
    pub extension: Option<String>,
    pub created_ms: u64,
}

/// A person to be added.
#[derive(Clone, Debug, Default)]
pub struct NewPerson<'a> {
    pub name: &'a str,
    pub extension: Option<&'a str>,
}

/// What changes about a person; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct PersonPatch<'a> {
    pub name: Option<&'a str>,
    /// `Some(None)` takes the extension away.
    pub extension: Option<Option<&'a str>>,
}

type Row = (i64, String, Option<String>, i64);

impl Tenant {
    /// Everybody, by name.
    pub async fn people(&self) -> Result<Vec<Person>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// Adds a person.
    pub async fn add_person(&self, new: NewPerson<'_>, by: By<'_>) -> Result<Person, Error> {
        let mut write = Write::begin(self, by).await?;
        let person = insert(&mut write, new).await?;
        write.commit_access().await?;
        Ok(person)
    }

    /// Changes a person.
    pub async fn change_person(
        &self,
        id: AgentId,
        patch: PersonPatch<'_>,
        by: By<'_>,
    ) -> Result<Person, Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        let mut after = before.clone();
        if let Some(name) = patch.name {
            after.name = limit::name("name", name)?;
        }
        if let Some(extension) = patch.extension {
            after.extension = extension.map(|text| limit::number("extension", text)).transpose()?;
            number::no_group_has(&mut write, after.extension.as_deref()).await?;
        }
        sqlx::query("UPDATE person SET name = ?3, extension = ?4 WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id.0))
            .bind(&after.name)
            .bind(&after.extension)
            .execute(write.connection())
            .await
            .map_err(Error::or_conflict("extension"))?;
        write.note("person_changed", Some(before.trace()), Some(after.trace())).await?;
        write.commit_access().await?;
        Ok(after)
    }

    /// Removes a person with all credentials and memberships. The journal keeps the id.
    pub async fn remove_person(&self, id: AgentId, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        sqlx::query("DELETE FROM person WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id.0))
            .execute(write.connection())
            .await?;
        write.note("person_removed", Some(before.trace()), None).await?;
        write.commit_plan().await?;
        Ok(())
    }
}

impl Person {
    fn read((id, name, extension, created_ms): Row) -> Result<Person, Error> {
        let (id, created_ms) = (AgentId(nat("person", id)?), nat("person", created_ms)?);
        Ok(Person { id, name, extension, created_ms })
    }

    fn trace(&self) -> Value {
        json!({ "id": self.id.0, "name": self.name, "extension": self.extension })
    }
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Person>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, extension, created_ms FROM person WHERE tenant = ?1 ORDER BY name, id",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Person::read).collect()
}

pub(crate) async fn one(write: &mut Write<'_>, id: AgentId) -> Result<Person, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, name, extension, created_ms FROM person WHERE tenant = ?1 AND id = ?2",
    )
    .bind(write.tenant)
    .bind(int(id.0))
    .fetch_optional(write.connection())
    .await?;
    Person::read(row.ok_or(Error::NotFound { what: "person" })?)
}

pub(crate) async fn insert(write: &mut Write<'_>, new: NewPerson<'_>) -> Result<Person, Error> {
    let name = limit::name("name", new.name)?;
    let extension = new.extension.map(|text| limit::number("extension", text)).transpose()?;
    number::no_group_has(write, extension.as_deref()).await?;
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM person WHERE tenant = ?1")
        .bind(write.tenant)
        .fetch_one(write.connection())
        .await?;
    if count >= int(PEOPLE_MAX) {
        return Err(Error::Full { what: "people", max: PEOPLE_MAX });
    }
    let row: Row = sqlx::query_as(
        "INSERT INTO person (tenant, name, extension, created_ms) VALUES (?1, ?2, ?3, ?4) \
         RETURNING id, name, extension, created_ms",
    )
    .bind(write.tenant)
    .bind(name)
    .bind(extension)
    .bind(write.at())
    .fetch_one(write.connection())
    .await
    .map_err(Error::or_conflict("extension"))?;
    let person = Person::read(row)?;
    write.note("person_added", None, Some(person.trace())).await?;
    Ok(person)
}
