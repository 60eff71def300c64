//! Trunks: peers whose calls are accepted by their address.

use std::net::IpAddr;

use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Fault, Tenant, limit};

/// Every INVITE is compared with each of them.
const TRUNKS_MAX: u64 = 100;

/// A trunk's row.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct TrunkId(pub u64);

/// A trunk.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Trunk {
    pub id: TrunkId,
    pub name: String,
    pub address: IpAddr,
    /// `None`: any port of the address.
    pub port: Option<u16>,
    /// A header of its INVITEs whose number is the call's priority. Trusted like the trunk itself;
    /// `None`: nothing that it says counts.
    pub priority_header: Option<String>,
}

/// A trunk to be added; the address as text, an IP address without a port.
#[derive(Clone, Debug)]
pub struct NewTrunk<'a> {
    pub name: &'a str,
    pub address: &'a str,
    pub port: Option<u16>,
    pub priority_header: Option<&'a str>,
}

impl<'a> NewTrunk<'a> {
    /// Any port, and no header counts.
    pub fn named(name: &'a str, address: &'a str) -> NewTrunk<'a> {
        NewTrunk { name, address, port: None, priority_header: None }
    }
}

type Row = (i64, String, String, Option<i64>, Option<String>);

impl Tenant {
    /// Every trunk, by name.
    pub async fn trunks(&self) -> Result<Vec<Trunk>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// Adds a trunk.
    pub async fn add_trunk(&self, new: NewTrunk<'_>, by: By<'_>) -> Result<Trunk, Error> {
        let name = limit::name("name", new.name)?;
        let malformed = |_| Error::invalid("address", Fault::Malformed);
        let address: IpAddr = new.address.trim().parse().map_err(malformed)?;
        if new.port == Some(0) {
            return Err(Error::invalid("port", Fault::TooSmall { min: 1 }));
        }
        let priority_header = header(new.priority_header)?;
        let mut write = Write::begin(self, by).await?;
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM trunk WHERE tenant = ?1")
            .bind(write.tenant)
            .fetch_one(write.connection())
            .await?;
        if count >= int(TRUNKS_MAX) {
            return Err(Error::Full { what: "trunks", max: TRUNKS_MAX });
        }
        let row: Row = sqlx::query_as(
            "INSERT INTO trunk (tenant, name, address, port, created_ms, priority_header) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             RETURNING id, name, address, port, priority_header",
        )
        .bind(write.tenant)
        .bind(name)
        .bind(address.to_string())
        .bind(new.port)
        .bind(write.at())
        .bind(priority_header)
        .fetch_one(write.connection())
        .await
        .map_err(Error::or_conflict("name"))?;
        let trunk = Trunk::read(row)?;
        write.note("trunk_added", None, Some(trunk.trace())).await?;
        write.commit_access().await?;
        Ok(trunk)
    }

    /// Changes which header of a trunk's INVITEs counts; `None`: none.
    pub async fn set_priority_header(
        &self,
        id: TrunkId,
        name: Option<&str>,
        by: By<'_>,
    ) -> Result<Trunk, Error> {
        let name = header(name)?;
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let trunks = all(write.connection(), tenant).await?;
        let before = trunks.into_iter().find(|trunk| trunk.id == id);
        let before = before.ok_or(Error::NotFound { what: "trunk" })?;
        let after = Trunk { priority_header: name, ..before.clone() };
        sqlx::query("UPDATE trunk SET priority_header = ?3 WHERE tenant = ?1 AND id = ?2")
            .bind(tenant)
            .bind(int(id.0))
            .bind(&after.priority_header)
            .execute(write.connection())
            .await?;
        write.note("trunk_changed", Some(before.trace()), Some(after.trace())).await?;
        write.commit_access().await?;
        Ok(after)
    }

    /// Removes a trunk. Calls under way go on.
    pub async fn remove_trunk(&self, id: TrunkId, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let row: Option<Row> = sqlx::query_as(
            "DELETE FROM trunk WHERE tenant = ?1 AND id = ?2 \
             RETURNING id, name, address, port, priority_header",
        )
        .bind(write.tenant)
        .bind(int(id.0))
        .fetch_optional(write.connection())
        .await?;
        let before = Trunk::read(row.ok_or(Error::NotFound { what: "trunk" })?)?;
        write.note("trunk_removed", Some(before.trace()), None).await?;
        write.commit_access().await?;
        Ok(())
    }
}

impl Trunk {
    fn read((id, name, address, port, priority_header): Row) -> Result<Trunk, Error> {
        let corrupt = || Error::Corrupt { table: "trunk", cause: format!("trunk {id}") };
        Ok(Trunk {
            id: TrunkId(nat("trunk", id)?),
            name,
            address: address.parse().map_err(|_| corrupt())?,
            port: port.map(|port| u16::try_from(port).map_err(|_| corrupt())).transpose()?,
            priority_header,
        })
    }

    fn trace(&self) -> Value {
        let address = self.address.to_string();
        json!({
            "id": self.id.0,
            "name": self.name,
            "address": address,
            "port": self.port,
            "priority_header": self.priority_header,
        })
    }
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Trunk>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, address, port, priority_header FROM trunk WHERE tenant = ?1 \
         ORDER BY name, id",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Trunk::read).collect()
}

/// An empty name is none.
fn header(name: Option<&str>) -> Result<Option<String>, Error> {
    let name = name.map(str::trim).filter(|name| !name.is_empty());
    name.map(|name| limit::header("priority_header", name)).transpose()
}
