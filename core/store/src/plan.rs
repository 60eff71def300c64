//! Everything the administrator decides, read at one moment.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use acd::AgentId;

use crate::sql::nat;
use crate::{Error, Group, Membership, Person, Tenant, Trunk, group, membership, person, trunk};

/// What the switch runs on.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Grows with every change.
    pub version: u64,
    pub company: String,
    pub language: String,
    /// The digest realm.
    pub realm: String,
    pub groups: Vec<Group>,
    pub people: Vec<Person>,
    pub memberships: Vec<Membership>,
    pub access: Vec<Access>,
    pub trunks: Vec<Trunk>,
}

/// A SIP user with what is kept of the password.
#[derive(Clone, Eq, PartialEq)]
pub struct Access {
    pub person: AgentId,
    pub sip_user: String,
    pub ha1_md5: String,
    pub ha1_sha256: String,
}

impl std::fmt::Debug for Access {
    /// Without the hashes: they open the door like the password itself.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Access({} of {:?})", self.sip_user, self.person)
    }
}

impl Tenant {
    /// The plan as it stands in the store, all of it from the same moment.
    pub async fn plan(&self) -> Result<Plan, Error> {
        let mut read = self.store.readers.begin().await?;
        let tenant = self.sql_id();
        let row: Option<(i64, String, String, String)> =
            sqlx::query_as("SELECT plan_version, name, language, realm FROM tenant WHERE id = ?1")
                .bind(tenant)
                .fetch_optional(&mut *read)
                .await?;
        let (version, company, language, realm) = row.ok_or(Error::NotFound { what: "tenant" })?;
        let access: Vec<(i64, String, String, String)> = sqlx::query_as(
            "SELECT person, sip_user, ha1_md5, ha1_sha256 FROM credential WHERE tenant = ?1 \
             ORDER BY sip_user",
        )
        .bind(tenant)
        .fetch_all(&mut *read)
        .await?;
        let access = access.into_iter().map(|(person, sip_user, ha1_md5, ha1_sha256)| {
            let person = AgentId(nat("credential", person)?);
            Ok(Access { person, sip_user, ha1_md5, ha1_sha256 })
        });
        Ok(Plan {
            version: nat("tenant", version)?,
            company,
            language,
            realm,
            groups: group::all(&mut read, tenant).await?,
            people: person::all(&mut read, tenant).await?,
            memberships: membership::all(&mut read, tenant).await?,
            access: access.collect::<Result<_, Error>>()?,
            trunks: trunk::all(&mut read, tenant).await?,
        })
    }
}

impl Plan {
    /// The plan in the centre's words. Everybody is an agent there; without a membership he gets
    /// no calls.
    pub fn centre(&self) -> centre::Plan {
        centre::Plan {
            acd: Arc::new(self.acd()),
            numbers: self
                .groups
                .iter()
                .flat_map(|group| group.numbers.iter().map(|number| (number.clone(), group.id)))
                .collect(),
            devices: self.access.iter().map(|row| (row.sip_user.clone(), row.person)).collect(),
            access: self.sip_access(),
            group_names: self.groups.iter().map(|row| (row.id, row.name.clone())).collect(),
            group_languages: self.groups.iter().map(|row| (row.id, row.language.clone())).collect(),
            mode_codes: BTreeMap::new(),
            recorded: self.groups.iter().filter(|row| row.recorded).map(|row| row.id).collect(),
        }
    }

    /// What people are called, for boards.
    pub fn names(&self) -> BTreeMap<AgentId, String> {
        self.people.iter().map(|person| (person.id, person.name.clone())).collect()
    }

    fn acd(&self) -> acd::Plan {
        let groups = self.groups.iter().map(|row| {
            let group = acd::GroupPlan {
                ring: Duration::from_millis(row.ring_ms),
                wrap_up: Duration::from_millis(row.wrap_up_ms),
                waiting_max: row.waiting_max,
                ..acd::GroupPlan::default()
            };
            (row.id, group)
        });
        let everybody = self.people.iter().map(|row| (row.id, acd::AgentPlan::default()));
        let mut agents: BTreeMap<AgentId, acd::AgentPlan> = everybody.collect();
        for row in &self.memberships {
            let delay = Duration::from_millis(row.delay_ms);
            let membership =
                acd::Membership { delay, ..acd::Membership::new(row.group, row.order) };
            agents.entry(row.person).or_default().memberships.push(membership);
        }
        let groups = groups.collect();
        acd::Plan { version: self.version, groups, agents, ..acd::Plan::default() }
    }

    fn sip_access(&self) -> sip::Access {
        let users = self.access.iter().map(|row| {
            let (ha1_md5, ha1_sha256) = (row.ha1_md5.clone(), row.ha1_sha256.clone());
            (row.sip_user.clone(), sip::User { ha1_md5, ha1_sha256 })
        });
        let trunks = self.trunks.iter().map(|row| sip::Trunk {
            name: row.name.clone(),
            address: row.address,
            port: row.port,
        });
        sip::Access {
            realm: self.realm.clone(),
            users: users.collect(),
            trunks: trunks.collect(),
            is_phone: false,
        }
    }
}
