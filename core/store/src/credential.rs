//! SIP credentials: one per phone. The password is made here, told once, and not kept.

use acd::AgentId;
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Tenant, limit, person, secret};

/// A desk phone, a softphone, a mobile, and some to spare.
const PER_PERSON_MAX: u64 = 10;

/// A credential's row.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CredentialId(pub u64);

/// A SIP user of a person. What is kept of the password is in [`crate::Access`] only.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Credential {
    pub id: CredentialId,
    pub person: AgentId,
    pub sip_user: String,
    pub created_ms: u64,
}

/// A credential just made, with the password that nobody can ask for again.
#[derive(Clone, Debug)]
pub struct NewCredential {
    pub credential: Credential,
    pub password: String,
    pub realm: String,
}

type Row = (i64, i64, String, i64);

impl Tenant {
    /// Every credential, oldest first.
    pub async fn credentials(&self) -> Result<Vec<Credential>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// Makes a credential. Without a wish for a user name one is made from the person's name.
    pub async fn add_credential(
        &self,
        person: AgentId,
        sip_user: Option<&str>,
        by: By<'_>,
    ) -> Result<NewCredential, Error> {
        let mut write = Write::begin(self, by).await?;
        let made = insert(&mut write, person, sip_user).await?;
        write.commit_access().await?;
        Ok(made)
    }

    /// Removes a credential: the phone's next registration is refused.
    pub async fn remove_credential(
        &self,
        person: AgentId,
        id: CredentialId,
        by: By<'_>,
    ) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let row: Option<Row> = sqlx::query_as(
            "DELETE FROM credential WHERE tenant = ?1 AND id = ?2 AND person = ?3 \
             RETURNING id, person, sip_user, created_ms",
        )
        .bind(write.tenant)
        .bind(int(id.0))
        .bind(int(person.0))
        .fetch_optional(write.connection())
        .await?;
        let before = Credential::read(row.ok_or(Error::NotFound { what: "credential" })?)?;
        write.note("credential_removed", Some(before.trace()), None).await?;
        write.commit_access().await?;
        Ok(())
    }
}

impl Credential {
    fn read((id, person, sip_user, created_ms): Row) -> Result<Credential, Error> {
        Ok(Credential {
            id: CredentialId(nat("credential", id)?),
            person: AgentId(nat("credential", person)?),
            sip_user,
            created_ms: nat("credential", created_ms)?,
        })
    }

    fn trace(&self) -> Value {
        json!({ "id": self.id.0, "person": self.person.0, "sip_user": self.sip_user })
    }
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Credential>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, person, sip_user, created_ms FROM credential WHERE tenant = ?1 ORDER BY id",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Credential::read).collect()
}

pub(crate) async fn insert(
    write: &mut Write<'_>,
    owner: AgentId,
    sip_user: Option<&str>,
) -> Result<NewCredential, Error> {
    let owner = person::one(write, owner).await?;
    let count: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM credential WHERE tenant = ?1 AND person = ?2")
            .bind(write.tenant)
            .bind(int(owner.id.0))
            .fetch_one(write.connection())
            .await?;
    if count >= int(PER_PERSON_MAX) {
        return Err(Error::Full { what: "credentials", max: PER_PERSON_MAX });
    }
    let sip_user = match sip_user {
        Some(wished) => limit::sip_user("sip_user", wished)?,
        None => free_user(write, &owner.name).await?,
    };
    let realm: String = sqlx::query_scalar("SELECT realm FROM tenant WHERE id = ?1")
        .bind(write.tenant)
        .fetch_one(write.connection())
        .await?;
    let password = secret::password()?;
    let (ha1_md5, ha1_sha256) = secret::ha1(&sip_user, &realm, &password);
    let row: Row = sqlx::query_as(
        "INSERT INTO credential (tenant, person, sip_user, ha1_md5, ha1_sha256, created_ms) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id, person, sip_user, created_ms",
    )
    .bind(write.tenant)
    .bind(int(owner.id.0))
    .bind(&sip_user)
    .bind(ha1_md5)
    .bind(ha1_sha256)
    .bind(write.at())
    .fetch_one(write.connection())
    .await
    .map_err(Error::or_conflict("sip_user"))?;
    let credential = Credential::read(row)?;
    write.note("credential_added", None, Some(credential.trace())).await?;
    Ok(NewCredential { credential, password, realm })
}

/// `mari` for Mari Kask, `mari-2` when there is one already.
async fn free_user(write: &mut Write<'_>, name: &str) -> Result<String, Error> {
    let base = first_word(name);
    let taken: Vec<String> = sqlx::query_scalar(
        "SELECT sip_user FROM credential \
         WHERE tenant = ?1 AND (sip_user = ?2 OR substr(sip_user, 1, length(?2) + 1) = ?2 || '-')",
    )
    .bind(write.tenant)
    .bind(&base)
    .fetch_all(write.connection())
    .await?;
    let numbered = (2_u32..).map(|n| format!("{base}-{n}"));
    let mut users = std::iter::once(base.clone()).chain(numbered);
    // Endless names against a finite list: one of them is free.
    let free = users.find(|user| !taken.contains(user));
    Ok(free.unwrap_or(base))
}

/// The first word of a name in the letters that every phone can type.
fn first_word(name: &str) -> String {
    let plain = |c: char| match c {
        'õ' | 'ö' | 'ó' | 'ø' => 'o',
        'ä' | 'á' | 'å' | 'ā' => 'a',
        'ü' | 'ú' | 'ū' => 'u',
        'š' => 's',
        'ž' => 'z',
        'é' | 'ē' => 'e',
        other => other,
    };
    let word: String = name
        .to_lowercase()
        .chars()
        .map(plain)
        .skip_while(|c| !c.is_ascii_alphanumeric())
        .take_while(char::is_ascii_alphanumeric)
        .take(32)
        .collect();
    if word.is_empty() { "phone".to_owned() } else { word }
}

#[cfg(test)]
mod tests {
    use super::first_word;

    #[test]
    fn user_names_are_made_of_first_names() {
        assert_eq!(first_word("Mari Kask"), "mari");
        assert_eq!(first_word("Õie-Liis Šmidt"), "oie");
        assert_eq!(first_word("Пётр"), "phone");
    }
}
