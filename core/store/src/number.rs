//! Phone numbers: each belongs to one group, and none is anybody's extension.

use std::collections::BTreeSet;

use acd::GroupId;
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{Error, Fault, limit};

/// A number per campaign and country, listed in one cell of a table.
const PER_GROUP_MAX: usize = 100;

/// Checks a group's numbers: each well formed, none twice. Sorted, so that lists compare.
pub(crate) fn checked(numbers: &[&str]) -> Result<Vec<String>, Error> {
    if numbers.len() > PER_GROUP_MAX {
        return Err(Error::invalid("numbers", Fault::TooMany { max: PER_GROUP_MAX as u64 }));
    }
    let parsed = numbers.iter().map(|text| limit::number("numbers", text));
    let set: BTreeSet<String> = parsed.collect::<Result<_, _>>()?;
    match set.len() == numbers.len() {
        true => Ok(set.into_iter().collect()),
        false => Err(Error::invalid("numbers", Fault::Repeated)),
    }
}

/// Every number with its group.
pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<(GroupId, String)>, Error> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT grp, number FROM number WHERE tenant = ?1 ORDER BY number")
            .bind(tenant)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|(group, number)| Ok((GroupId(nat("number", group)?), number))).collect()
}

/// One group's numbers.
pub(crate) async fn of_group(write: &mut Write<'_>, group: GroupId) -> Result<Vec<String>, Error> {
    let numbers = sqlx::query_scalar(
        "SELECT number FROM number WHERE tenant = ?1 AND grp = ?2 ORDER BY number",
    )
    .bind(write.tenant)
    .bind(int(group.0))
    .fetch_all(write.connection())
    .await?;
    Ok(numbers)
}

/// Gives a group these numbers and no others.
pub(crate) async fn replace(
    write: &mut Write<'_>,
    group: GroupId,
    numbers: &[String],
) -> Result<(), Error> {
    sqlx::query("DELETE FROM number WHERE tenant = ?1 AND grp = ?2")
        .bind(write.tenant)
        .bind(int(group.0))
        .execute(write.connection())
        .await?;
    for number in numbers {
        let extensions = "SELECT COUNT(*) FROM person WHERE tenant = ?1 AND extension = ?2";
        unused(write, extensions, number, "numbers").await?;
        sqlx::query("INSERT INTO number (tenant, number, grp) VALUES (?1, ?2, ?3)")
            .bind(write.tenant)
            .bind(number)
            .bind(int(group.0))
            .execute(write.connection())
            .await
            .map_err(Error::or_conflict("numbers"))?;
    }
    Ok(())
}

/// Refuses an extension that would hide a group: a colleague who dials its number means the group.
pub(crate) async fn no_group_has(
    write: &mut Write<'_>,
    extension: Option<&str>,
) -> Result<(), Error> {
    let Some(extension) = extension else { return Ok(()) };
    let numbers = "SELECT COUNT(*) FROM number WHERE tenant = ?1 AND number = ?2";
    unused(write, numbers, extension, "extension").await
}

async fn unused(
    write: &mut Write<'_>,
    count: &'static str,
    number: &str,
    field: &'static str,
) -> Result<(), Error> {
    let users: i64 = sqlx::query_scalar(count)
        .bind(write.tenant)
        .bind(number)
        .fetch_one(write.connection())
        .await?;
    if users > 0 { Err(Error::Conflict { field }) } else { Ok(()) }
}
