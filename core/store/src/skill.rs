//! Skills: what people can, and how well.

use std::collections::BTreeMap;

use acd::{AgentId, SKILL_LEVEL_MAX, SKILL_NAME_MAX, SKILLS_MAX, Skills};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Fault, Tenant, limit, person};

/// One request gives a skill to a page full of people, not to a company.
const AT_ONCE_MAX: usize = 1_000;

/// What one person can. Whoever can nothing has no row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PersonSkills {
    pub person: AgentId,
    pub skills: Skills,
}

type Levels = BTreeMap<String, u8>;

impl Tenant {
    /// What people can, by person.
    pub async fn skills(&self) -> Result<Vec<PersonSkills>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// Replaces everything that a person can.
    pub async fn set_skills(
        &self,
        person: AgentId,
        levels: &BTreeMap<String, u64>,
        by: By<'_>,
    ) -> Result<Skills, Error> {
        let after = checked(levels)?;
        let mut write = Write::begin(self, by).await?;
        person::one(&mut write, person).await?;
        let (skills, differs) = replace(&mut write, person, after).await?;
        if differs {
            write.commit_plan().await?;
        }
        Ok(skills)
    }

    /// Gives one skill to many people at once, as one version of the plan: all of it or nothing.
    /// With no level it is taken from whoever has it.
    pub async fn give_skill(
        &self,
        people: &[AgentId],
        name: &str,
        level: Option<u64>,
        by: By<'_>,
    ) -> Result<(), Error> {
        if people.is_empty() {
            return Err(Error::invalid("people", Fault::Empty));
        }
        if people.len() > AT_ONCE_MAX {
            return Err(Error::invalid("people", Fault::TooMany { max: AT_ONCE_MAX as u64 }));
        }
        let name = limit::line("name", name, SKILL_NAME_MAX as u64)?;
        let level = level.map(|level| checked_level("level", level)).transpose()?;
        let mut write = Write::begin(self, by).await?;
        let mut differs = false;
        for &person in people {
            person::one(&mut write, person).await?;
            let mut levels = of(&mut write, person).await?;
            match level {
                Some(level) => levels.insert(name.clone(), level),
                None => levels.remove(&name),
            };
            differs |= replace(&mut write, person, levels).await?.1;
        }
        if differs {
            write.commit_plan().await?;
        }
        Ok(())
    }
}

impl PersonSkills {
    pub(crate) fn trace(&self) -> Value {
        json!({ "person": self.person.0, "skills": self.skills.iter().collect::<BTreeMap<_, _>>() })
    }

    /// From a trace, as a version keeps it.
    pub(crate) fn of_trace(trace: &Value) -> Option<PersonSkills> {
        let level = |(name, level): (&String, &Value)| {
            Some((name.clone(), u8::try_from(level.as_u64()?).ok()?))
        };
        let levels: Option<Levels> = trace["skills"].as_object()?.iter().map(level).collect();
        Some(PersonSkills {
            person: AgentId(trace["person"].as_u64()?),
            skills: Skills::new(levels?)?,
        })
    }
}

/// Names are trimmed, so two that were asked for may be one.
fn checked(levels: &BTreeMap<String, u64>) -> Result<Levels, Error> {
    let mut out = Levels::new();
    for (asked, &level) in levels {
        // A JSON pointer's own escapes (RFC 6901 §3).
        let place = format!("skills/{}", asked.replace('~', "~0").replace('/', "~1"));
        let name = limit::line("name", asked, SKILL_NAME_MAX as u64);
        let name = name.map_err(|error| error.placed(&place))?;
        let level = checked_level("level", level).map_err(|error| error.placed(&place))?;
        if out.insert(name, level).is_some() {
            return Err(Error::Placed { place, fault: Fault::Repeated });
        }
    }
    Ok(out)
}

fn checked_level(field: &'static str, level: u64) -> Result<u8, Error> {
    let level = limit::range(field, level, 1, SKILL_LEVEL_MAX.into())?;
    Ok(u8::try_from(level).unwrap_or(SKILL_LEVEL_MAX))
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<PersonSkills>, Error> {
    let rows: Vec<(i64, String, i64)> =
        sqlx::query_as("SELECT person, name, level FROM skill WHERE tenant = ?1")
            .bind(tenant)
            .fetch_all(connection)
            .await?;
    let mut people: BTreeMap<AgentId, Levels> = BTreeMap::new();
    for (person, name, level) in rows {
        let person = AgentId(nat("skill", person)?);
        people.entry(person).or_default().insert(name, small(level)?);
    }
    let row = |(person, levels)| {
        let skills = Skills::new(levels).ok_or_else(|| corrupt(&format!("person {person:?}")))?;
        Ok(PersonSkills { person, skills })
    };
    people.into_iter().map(row).collect()
}

async fn of(write: &mut Write<'_>, person: AgentId) -> Result<Levels, Error> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT name, level FROM skill WHERE tenant = ?1 AND person = ?2")
            .bind(write.tenant)
            .bind(int(person.0))
            .fetch_all(write.connection())
            .await?;
    rows.into_iter().map(|(name, level)| Ok((name, small(level)?))).collect()
}

/// Leaves a trace when it is another set than before, and says whether it is: what does not differ
/// is no new version of the plan.
async fn replace(
    write: &mut Write<'_>,
    person: AgentId,
    levels: Levels,
) -> Result<(Skills, bool), Error> {
    let full = || Error::invalid("skills", Fault::TooMany { max: SKILLS_MAX as u64 });
    let skills = Skills::new(levels).ok_or_else(full)?;
    let before = Skills::new(of(write, person).await?);
    let before = before.ok_or_else(|| corrupt(&format!("person {person:?}")))?;
    if before == skills {
        return Ok((skills, false));
    }
    sqlx::query("DELETE FROM skill WHERE tenant = ?1 AND person = ?2")
        .bind(write.tenant)
        .bind(int(person.0))
        .execute(write.connection())
        .await?;
    let after = PersonSkills { person, skills };
    put(write, &after).await?;
    let trace = |skills: &Skills| {
        let any = skills.iter().next().is_some();
        any.then(|| PersonSkills { person, skills: skills.clone() }.trace())
    };
    write.note("skills_changed", trace(&before), trace(&after.skills)).await?;
    Ok((after.skills, true))
}

/// Writes down what a person can who has nothing yet. A person who is gone stays gone.
pub(crate) async fn put(write: &mut Write<'_>, row: &PersonSkills) -> Result<(), Error> {
    for (name, level) in row.skills.iter() {
        sqlx::query(
            "INSERT INTO skill (tenant, person, name, level) \
             SELECT ?1, id, ?3, ?4 FROM person WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(row.person.0))
        .bind(name)
        .bind(level)
        .execute(write.connection())
        .await?;
    }
    Ok(())
}

fn small(level: i64) -> Result<u8, Error> {
    u8::try_from(level).map_err(|_| corrupt(&format!("level {level}")))
}

fn corrupt(cause: &str) -> Error {
    Error::Corrupt { table: "skill", cause: cause.to_owned() }
}
