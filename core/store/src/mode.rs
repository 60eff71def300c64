//! Modes: rearrangements prepared beforehand, pressed with one click, gone by themselves.

use std::collections::BTreeSet;

use acd::{AgentId, Door, GroupId};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::membership::checked_place;
use crate::sql::{int, nat, nat_maybe};
use crate::word::Word;
use crate::write::Write;
use crate::{By, Error, Fault, Tenant, limit};

/// What fits on a screen with one button each.
const MODES_MAX: u64 = 50;
/// A mode moves a company about, once.
const CHANGES_MAX: usize = 1_000;
/// A mode for longer is a plan.
const PRESSED_MS_MAX: u64 = 31 * 86_400_000;

/// A mode.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mode {
    pub id: u64,
    pub name: String,
    /// What is dialled on an agent's phone to press it: `*41`.
    pub code: Option<String>,
    pub changes: Vec<ModeChange>,
}

/// One thing that a mode changes about the plan, as long as it is pressed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ModeChange {
    Door {
        group: GroupId,
        door: Door,
    },
    /// A person's place in a group: order and delay; `None` takes him out.
    Member {
        person: AgentId,
        group: GroupId,
        place: Option<(u16, u64)>,
    },
}

/// A mode to be added, or what one becomes.
#[derive(Clone, Debug)]
pub struct NewMode<'a> {
    pub name: &'a str,
    pub code: Option<&'a str>,
    pub changes: Vec<ModeChange>,
}

/// What changes about a mode; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct ModePatch<'a> {
    pub name: Option<&'a str>,
    /// `Some(None)` takes the code away.
    pub code: Option<Option<&'a str>>,
    pub changes: Option<Vec<ModeChange>>,
}

/// The mode that is pressed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pressed {
    pub mode: u64,
    pub since_ms: u64,
    pub until_ms: Option<u64>,
    pub who: String,
}

type Row = (i64, String, Option<String>, String);

impl Tenant {
    /// Every mode, by name.
    pub async fn modes(&self) -> Result<Vec<Mode>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// Adds a mode.
    pub async fn add_mode(&self, new: NewMode<'_>, by: By<'_>) -> Result<Mode, Error> {
        let mut mode = Mode::checked(0, new)?;
        let mut write = Write::begin(self, by).await?;
        mode.names_what_is(&mut write).await?;
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM mode WHERE tenant = ?1")
            .bind(write.tenant)
            .fetch_one(write.connection())
            .await?;
        if count >= int(MODES_MAX) {
            return Err(Error::Full { what: "modes", max: MODES_MAX });
        }
        mode.is_apart(&mut write).await?;
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO mode (tenant, name, code, changes) VALUES (?1, ?2, ?3, ?4) RETURNING id",
        )
        .bind(write.tenant)
        .bind(&mode.name)
        .bind(&mode.code)
        .bind(mode.changes_json().to_string())
        .fetch_one(write.connection())
        .await?;
        mode.id = nat("mode", id)?;
        write.note("mode_added", None, Some(mode.trace())).await?;
        write.commit_plan().await?;
        Ok(mode)
    }

    /// Changes a mode; if it is pressed, at once.
    pub async fn change_mode(
        &self,
        id: u64,
        patch: ModePatch<'_>,
        by: By<'_>,
    ) -> Result<Mode, Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        let new = NewMode {
            name: patch.name.unwrap_or(&before.name),
            code: patch.code.unwrap_or(before.code.as_deref()),
            changes: patch.changes.unwrap_or_else(|| before.changes.clone()),
        };
        let after = Mode::checked(id, new)?;
        if after.changes != before.changes {
            after.names_what_is(&mut write).await?;
        }
        after.is_apart(&mut write).await?;
        sqlx::query(
            "UPDATE mode SET name = ?3, code = ?4, changes = ?5 WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(id))
        .bind(&after.name)
        .bind(&after.code)
        .bind(after.changes_json().to_string())
        .execute(write.connection())
        .await?;
        write.note("mode_changed", Some(before.trace()), Some(after.trace())).await?;
        write.commit_plan().await?;
        Ok(after)
    }

    /// Removes a mode. If it is pressed the plan returns.
    pub async fn remove_mode(&self, id: u64, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        sqlx::query("DELETE FROM mode WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id))
            .execute(write.connection())
            .await?;
        write.note("mode_removed", Some(before.trace()), None).await?;
        write.commit_plan().await?;
        Ok(())
    }

    /// Presses a mode, in place of the one that is pressed.
    pub async fn press_mode(
        &self,
        id: u64,
        until_ms: Option<u64>,
        by: By<'_>,
    ) -> Result<Pressed, Error> {
        match until_ms {
            Some(until) if until <= by.at_ms => {
                return Err(Error::invalid("until_ms", Fault::Past));
            }
            Some(until) if until > by.at_ms + PRESSED_MS_MAX => {
                let max = by.at_ms + PRESSED_MS_MAX;
                return Err(Error::invalid("until_ms", Fault::TooLarge { max }));
            }
            Some(_) | None => {}
        }
        let mut write = Write::begin(self, by).await?;
        one(&mut write, id).await?;
        let tenant = write.tenant;
        let before = pressed(write.connection(), tenant).await?;
        let after = Pressed { mode: id, since_ms: by.at_ms, until_ms, who: by.who.to_owned() };
        put_pressed(&mut write, Some(&after)).await?;
        let before = before.map(|it| it.trace());
        write.note("mode_pressed", before, Some(after.trace())).await?;
        write.commit_plan().await?;
        Ok(after)
    }

    /// A code was dialled: presses its mode, or returns from it when it is pressed already. False
    /// when no mode has this code any more.
    pub async fn press_code(&self, code: &str, by: By<'_>) -> Result<bool, Error> {
        let modes = self.modes().await?;
        let Some(mode) = modes.iter().find(|mode| mode.code.as_deref() == Some(code)) else {
            return Ok(false);
        };
        let now = self.pressed_mode(by.at_ms).await?;
        if now.is_some_and(|pressed| pressed.mode == mode.id) {
            self.return_from_mode(by).await?;
        } else {
            self.press_mode(mode.id, None, by).await?;
        }
        Ok(true)
    }

    /// Back to the plan itself.
    pub async fn return_from_mode(&self, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let before = pressed(write.connection(), tenant).await?;
        let before = before.ok_or(Error::NotFound { what: "mode" })?;
        put_pressed(&mut write, None).await?;
        write.note("mode_returned", Some(before.trace()), None).await?;
        write.commit_plan().await?;
        Ok(())
    }

    /// Returns from a mode whose time is over. True when there was one.
    pub async fn end_mode_due(&self, by: By<'_>) -> Result<bool, Error> {
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let before = pressed(write.connection(), tenant).await?;
        let Some(before) = before.filter(|it| !it.lasts(by.at_ms)) else { return Ok(false) };
        put_pressed(&mut write, None).await?;
        write.note("mode_returned", Some(before.trace()), None).await?;
        write.commit_plan().await?;
        Ok(true)
    }

    /// The mode that is pressed and lasts.
    pub async fn pressed_mode(&self, now_ms: u64) -> Result<Option<Pressed>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        Ok(pressed(&mut connection, self.sql_id()).await?.filter(|it| it.lasts(now_ms)))
    }
}

impl Pressed {
    /// Whether its time is not over.
    pub fn lasts(&self, now_ms: u64) -> bool {
        self.until_ms.is_none_or(|until_ms| until_ms > now_ms)
    }

    pub(crate) fn trace(&self) -> Value {
        json!({
            "mode": self.mode,
            "since_ms": self.since_ms,
            "until_ms": self.until_ms,
            "who": self.who,
        })
    }

    pub(crate) fn of_trace(trace: &Value) -> Option<Pressed> {
        Some(Pressed {
            mode: trace["mode"].as_u64()?,
            since_ms: trace["since_ms"].as_u64()?,
            until_ms: trace["until_ms"].as_u64(),
            who: trace["who"].as_str()?.to_owned(),
        })
    }
}

impl Mode {
    fn checked(id: u64, new: NewMode<'_>) -> Result<Mode, Error> {
        let name = limit::name("name", new.name)?;
        let code = new.code.map(|code| limit::mode_code("code", code)).transpose()?;
        if new.changes.len() > CHANGES_MAX {
            return Err(Error::invalid("changes", Fault::TooMany { max: CHANGES_MAX as u64 }));
        }
        let mut about = BTreeSet::new();
        for (position, change) in new.changes.iter().enumerate() {
            let subject = match *change {
                ModeChange::Door { group, .. } => (group, None),
                ModeChange::Member { person, group, place } => {
                    if let Some((order, delay_ms)) = place {
                        checked_place(u64::from(order), delay_ms)
                            .map_err(|error| error.within(&format!("changes/{position}")))?;
                    }
                    (group, Some(person))
                }
            };
            if !about.insert(subject) {
                let place = format!("changes/{position}");
                return Err(Error::Placed { place, fault: Fault::Repeated });
            }
        }
        Ok(Mode { id, name, code, changes: new.changes })
    }

    /// Name and code are nobody else's.
    async fn is_apart(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let tenant = write.tenant;
        let others = all(write.connection(), tenant).await?;
        for other in others.iter().filter(|other| other.id != self.id) {
            if other.name == self.name {
                return Err(Error::Conflict { field: "name" });
            }
            if other.code.is_some() && other.code == self.code {
                return Err(Error::Conflict { field: "code" });
            }
        }
        Ok(())
    }

    /// Groups and people of its changes are there.
    async fn names_what_is(&self, write: &mut Write<'_>) -> Result<(), Error> {
        let tenant = write.tenant;
        let groups: Vec<i64> = sqlx::query_scalar("SELECT id FROM grp WHERE tenant = ?1")
            .bind(tenant)
            .fetch_all(write.connection())
            .await?;
        let people: Vec<i64> = sqlx::query_scalar("SELECT id FROM person WHERE tenant = ?1")
            .bind(tenant)
            .fetch_all(write.connection())
            .await?;
        let groups: BTreeSet<i64> = groups.into_iter().collect();
        let people: BTreeSet<i64> = people.into_iter().collect();
        for (position, change) in self.changes.iter().enumerate() {
            let (group, person) = match *change {
                ModeChange::Door { group, .. } => (group, None),
                ModeChange::Member { person, group, .. } => (group, Some(person)),
            };
            let missing = match person {
                _ if !groups.contains(&int(group.0)) => "group",
                Some(person) if !people.contains(&int(person.0)) => "person",
                Some(_) | None => continue,
            };
            let place = format!("changes/{position}/{missing}");
            return Err(Error::Placed { place, fault: Fault::Unknown });
        }
        Ok(())
    }

    fn changes_json(&self) -> Value {
        let change = |change: &ModeChange| match *change {
            ModeChange::Door { group, door } => {
                json!({ "kind": "door", "group": group.0, "door": door.word() })
            }
            ModeChange::Member { person, group, place } => json!({
                "kind": "member",
                "person": person.0,
                "group": group.0,
                "order": place.map(|(order, _)| order),
                "delay_ms": place.map_or(0, |(_, delay_ms)| delay_ms),
            }),
        };
        Value::Array(self.changes.iter().map(change).collect())
    }

    pub(crate) fn trace(&self) -> Value {
        let changes = self.changes_json();
        json!({ "id": self.id, "name": self.name, "code": self.code, "changes": changes })
    }

    pub(crate) fn of_trace(trace: &Value) -> Option<Mode> {
        let name = trace["name"].as_str()?;
        let changes = changes_of(&trace["changes"])?;
        let new = NewMode { name, code: trace["code"].as_str(), changes };
        Mode::checked(trace["id"].as_u64()?, new).ok()
    }

    fn read((id, name, code, changes): Row) -> Result<Mode, Error> {
        let corrupt = || Error::Corrupt { table: "mode", cause: format!("mode {id}") };
        let changes: Value = serde_json::from_str(&changes).map_err(|_| corrupt())?;
        let changes = changes_of(&changes).ok_or_else(corrupt)?;
        let new = NewMode { name: &name, code: code.as_deref(), changes };
        Mode::checked(nat("mode", id)?, new).map_err(|_| corrupt())
    }
}

fn changes_of(value: &Value) -> Option<Vec<ModeChange>> {
    let change = |value: &Value| {
        let group = GroupId(value["group"].as_u64()?);
        Some(match value["kind"].as_str()? {
            "door" => ModeChange::Door { group, door: Door::of_word(value["door"].as_str()?)? },
            "member" => {
                let order = value["order"].as_u64().map(u16::try_from).transpose().ok()?;
                let delay_ms = value["delay_ms"].as_u64()?;
                let person = AgentId(value["person"].as_u64()?);
                ModeChange::Member { person, group, place: order.map(|order| (order, delay_ms)) }
            }
            _ => return None,
        })
    };
    value.as_array()?.iter().map(change).collect()
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Mode>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, code, changes FROM mode WHERE tenant = ?1 ORDER BY name, id",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Mode::read).collect()
}

async fn one(write: &mut Write<'_>, id: u64) -> Result<Mode, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, name, code, changes FROM mode WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id))
            .fetch_optional(write.connection())
            .await?;
    Mode::read(row.ok_or(Error::NotFound { what: "mode" })?)
}

pub(crate) async fn pressed(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Option<Pressed>, Error> {
    let row: Option<(i64, i64, Option<i64>, String)> =
        sqlx::query_as("SELECT mode, since_ms, until_ms, who FROM mode_pressed WHERE tenant = ?1")
            .bind(tenant)
            .fetch_optional(connection)
            .await?;
    let Some((mode, since_ms, until_ms, who)) = row else { return Ok(None) };
    Ok(Some(Pressed {
        mode: nat("mode_pressed", mode)?,
        since_ms: nat("mode_pressed", since_ms)?,
        until_ms: nat_maybe("mode_pressed", until_ms)?,
        who,
    }))
}

pub(crate) async fn put_pressed(
    write: &mut Write<'_>,
    pressed: Option<&Pressed>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM mode_pressed WHERE tenant = ?1")
        .bind(write.tenant)
        .execute(write.connection())
        .await?;
    let Some(pressed) = pressed else { return Ok(()) };
    sqlx::query(
        "INSERT INTO mode_pressed (tenant, mode, since_ms, until_ms, who) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(write.tenant)
    .bind(int(pressed.mode))
    .bind(int(pressed.since_ms))
    .bind(pressed.until_ms.map(int))
    .bind(&pressed.who)
    .execute(write.connection())
    .await?;
    Ok(())
}
