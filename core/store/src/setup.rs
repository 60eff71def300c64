//! The first run: company, administrator, first group and first person, all or nothing.

use serde_json::json;

use crate::write::Write;
use crate::{
    Account, By, Error, Group, NewAccount, NewCredential, NewGroup, NewMembership, NewPerson,
    Person, Tenant, account, credential, group, limit, membership, person,
};

/// What the first-run page asks for. Errors name the field inside its own part.
#[derive(Clone)]
pub struct Setup<'a> {
    pub company: &'a str,
    pub language: &'a str,
    pub administrator: NewAccount<'a>,
    pub group: NewGroup<'a>,
    pub person: NewPerson<'a>,
}

/// Which part of the setup an error is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SetupPart {
    Company,
    Administrator,
    Group,
    Person,
}

/// What the setup made.
#[derive(Clone, Debug)]
pub struct SetUp {
    pub account: Account,
    pub group: Group,
    pub person: Person,
    pub credential: NewCredential,
}

impl Tenant {
    /// Sets the company up. Works once; the person becomes the group's first agent.
    pub async fn set_up(&self, setup: Setup<'_>, by: By<'_>) -> Result<SetUp, SetupError> {
        let company = SetupPart::Company;
        let name = limit::name("name", setup.company).map_err(company.failed())?;
        let language = limit::language("language", setup.language).map_err(company.failed())?;
        let prepared = account::prepare(setup.administrator).await;
        let prepared = prepared.map_err(SetupPart::Administrator.failed())?;
        let mut write = Write::begin(self, by).await.map_err(company.failed())?;
        rename(&mut write, &name, &language).await.map_err(company.failed())?;
        let account = account::insert(&mut write, prepared).await;
        let account = account.map_err(SetupPart::Administrator.failed())?;
        let group = group::insert(&mut write, setup.group).await;
        let group = group.map_err(SetupPart::Group.failed())?;
        let failed = SetupPart::Person.failed();
        let person = person::insert(&mut write, setup.person).await.map_err(&failed)?;
        let credential = credential::insert(&mut write, person.id, None).await.map_err(&failed)?;
        let place = NewMembership::always(person.id, group.id, 1, 0);
        membership::put(&mut write, place).await.map_err(&failed)?;
        write.commit_plan().await.map_err(company.failed())?;
        Ok(SetUp { account, group, person, credential })
    }
}

/// A failure of the setup, and the part that it is about.
#[derive(Debug, thiserror::Error)]
#[error("{part:?}: {error}")]
pub struct SetupError {
    pub part: SetupPart,
    pub error: Error,
}

impl SetupPart {
    fn failed(self) -> impl Fn(Error) -> SetupError {
        move |error| SetupError { part: self, error }
    }
}

async fn rename(write: &mut Write<'_>, name: &str, language: &str) -> Result<(), Error> {
    let done = sqlx::query(
        "UPDATE tenant SET name = ?2, language = ?3 \
         WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM account WHERE tenant = ?1)",
    )
    .bind(write.tenant)
    .bind(name)
    .bind(language)
    .execute(write.connection())
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::AlreadySetUp);
    }
    write.note("company_set_up", None, Some(json!({ "name": name, "language": language }))).await
}
