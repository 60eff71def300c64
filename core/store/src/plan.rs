//! Everything the administrator decides, read at one moment.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use acd::{AgentId, Misses};

use crate::sql::nat;
use crate::{
    Calendar, Error, Group, Membership, Mode, ModeChange, Person, PersonSkills, Pressed, Selection,
    Tenant, Trunk, calendar, group, loan, membership, mode, person, rules, selection, skill, trunk,
};

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
    /// Loans too, ended ones among them.
    pub memberships: Vec<Membership>,
    pub calendars: Vec<Calendar>,
    pub modes: Vec<Mode>,
    /// The mode that is pressed, its time over or not.
    pub pressed: Option<Pressed>,
    pub misses: Misses,
    /// Who chooses calls for freed agents.
    pub selection: Selection,
    pub skills: Vec<PersonSkills>,
    /// Our own phones may call the outside.
    pub outside_calls: bool,
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
        let row: Option<(i64, String, String, String, bool)> = sqlx::query_as(
            "SELECT plan_version, name, language, realm, outside_calls FROM tenant WHERE id = ?1",
        )
        .bind(tenant)
        .fetch_optional(&mut *read)
        .await?;
        let (version, company, language, realm, outside_calls) =
            row.ok_or(Error::NotFound { what: "tenant" })?;
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
        let mut memberships = membership::all(&mut read, tenant).await?;
        memberships.extend(loan::all(&mut read, tenant).await?);
        Ok(Plan {
            version: nat("tenant", version)?,
            company,
            language,
            realm,
            groups: group::all(&mut read, tenant).await?,
            people: person::all(&mut read, tenant).await?,
            memberships,
            calendars: calendar::all(&mut read, tenant).await?,
            modes: mode::all(&mut read, tenant).await?,
            pressed: mode::pressed(&mut read, tenant).await?,
            misses: rules::read(&mut read, tenant).await?,
            selection: selection::read(&mut read, tenant).await?,
            skills: skill::all(&mut read, tenant).await?,
            outside_calls,
            access: access.collect::<Result<_, Error>>()?,
            trunks: trunk::all(&mut read, tenant).await?,
        })
    }
}

impl Plan {
    /// The plan in the centre's words. Everybody is an agent there; without a membership he gets
    /// no calls. The mode that is pressed is applied, loans that have ended are left out.
    pub fn centre(&self, now_ms: u64) -> centre::Plan {
        centre::Plan {
            acd: Arc::new(self.acd(now_ms)),
            numbers: self
                .groups
                .iter()
                .flat_map(|group| group.numbers.iter().map(|number| (number.clone(), group.id)))
                .collect(),
            devices: self.access.iter().map(|row| (row.sip_user.clone(), row.person)).collect(),
            colleagues: self.people.iter().map(|row| (row.id, row.colleague())).collect(),
            extensions: self
                .people
                .iter()
                .filter_map(|row| Some((row.extension.clone()?, row.id)))
                .collect(),
            outside_calls: self.outside_calls,
            access: self.sip_access(),
            group_names: self.groups.iter().map(|row| (row.id, row.name.clone())).collect(),
            group_languages: self.groups.iter().map(|row| (row.id, row.language.clone())).collect(),
            mode_codes: self
                .modes
                .iter()
                .filter_map(|mode| Some((mode.code.clone()?, mode.id)))
                .collect(),
            recorded: self.groups.iter().filter(|row| row.recorded).map(|row| row.id).collect(),
        }
    }

    /// What people are called, for boards.
    pub fn names(&self) -> BTreeMap<AgentId, String> {
        self.people.iter().map(|person| (person.id, person.name.clone())).collect()
    }

    /// The mode in force, with the moment it was pressed.
    pub fn mode_in_force(&self, now_ms: u64) -> Option<(&Mode, &Pressed)> {
        let pressed = self.pressed.as_ref().filter(|pressed| pressed.lasts(now_ms))?;
        let mode = self.modes.iter().find(|mode| mode.id == pressed.mode)?;
        Some((mode, pressed))
    }

    /// The same plan with another mode pressed, or none: what a press would make of it.
    pub fn pressing(&self, mode: Option<u64>) -> Plan {
        let pressed =
            mode.map(|mode| Pressed { mode, since_ms: 0, until_ms: None, who: String::new() });
        Plan { pressed, ..self.clone() }
    }

    /// The plan in the engine's words.
    pub fn acd(&self, now_ms: u64) -> acd::Plan {
        let everybody = self.people.iter().map(|row| (row.id, acd::AgentPlan::default()));
        let mut agents: BTreeMap<AgentId, acd::AgentPlan> = everybody.collect();
        for row in self.memberships.iter().filter(|row| row.lasts(now_ms)) {
            agents.entry(row.person).or_default().memberships.push(in_engine(row));
        }
        for row in &self.skills {
            if let Some(agent) = agents.get_mut(&row.person) {
                agent.skills = row.skills.clone();
            }
        }
        let calendars = self.calendars.iter();
        let mut plan = acd::Plan {
            version: self.version,
            groups: self.groups.iter().map(|row| (row.id, row.in_engine())).collect(),
            agents,
            // Only calendars that can be are read: nobody's doors open because one is broken.
            calendars: calendars.filter_map(|row| Some((row.id, row.engine().ok()?))).collect(),
            misses: self.misses.clone(),
        };
        if let Some((mode, _)) = self.mode_in_force(now_ms) {
            for change in &mode.changes {
                apply(&mut plan, *change);
            }
        }
        plan
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
            told_header: row.priority_header.clone(),
        });
        sip::Access {
            realm: self.realm.clone(),
            users: users.collect(),
            trunks: trunks.collect(),
            is_phone: false,
        }
    }
}

impl Person {
    fn colleague(&self) -> centre::Colleague {
        centre::Colleague { name: self.name.clone(), extension: self.extension.clone() }
    }
}

impl Group {
    fn in_engine(&self) -> acd::GroupPlan {
        let flow = self.flow.clone();
        acd::GroupPlan {
            ring: Duration::from_millis(self.ring_ms),
            wrap_up: Duration::from_millis(self.wrap_up_ms),
            waiting_max: self.waiting_max,
            full: flow.full,
            hours: flow.hours,
            door: flow.door,
            closed: flow.closed,
            closing: flow.closing,
            nobody: flow.nobody,
            deserted: flow.deserted,
            steps: flow.steps,
            keys: flow.keys,
            sticky: Duration::from_millis(flow.sticky_ms),
            callers: flow.callers,
            announce: flow.announce,
            keeps_wait: flow.keeps_wait,
        }
    }
}

fn in_engine(row: &Membership) -> acd::Membership {
    acd::Membership {
        group: row.group,
        order: row.order,
        delay: Duration::from_millis(row.delay_ms),
        calendar: row.calendar,
        wrap_up: row.wrap_up_ms.map(Duration::from_millis),
        loan: row
            .loan
            .map(|loan| acd::Loan { until: acd::Time(loan.until_ms), wholly: loan.wholly }),
    }
}

/// A mode's change. What it names may be gone by now.
fn apply(plan: &mut acd::Plan, change: ModeChange) {
    match change {
        ModeChange::Door { group, door } => {
            if let Some(group) = plan.groups.get_mut(&group) {
                group.door = door;
            }
        }
        ModeChange::Member { person, group, place } => {
            let Some(agent) = plan.agents.get_mut(&person) else { return };
            if !plan.groups.contains_key(&group) {
                return;
            }
            let own = |it: &acd::Membership| it.group == group && it.loan.is_none();
            let Some((order, delay_ms)) = place else {
                agent.memberships.retain(|it| !own(it));
                return;
            };
            let delay = Duration::from_millis(delay_ms);
            match agent.memberships.iter_mut().find(|it| own(it)) {
                Some(membership) => (membership.order, membership.delay) = (order, delay),
                None => {
                    let new = acd::Membership { delay, ..acd::Membership::new(group, order) };
                    agent.memberships.push(new);
                }
            }
        }
    }
}
