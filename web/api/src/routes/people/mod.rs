//! People, their phones, and what they want.

pub(crate) mod add;
pub(crate) mod add_credential;
pub(crate) mod change;
pub(crate) mod end_wrap_up;
pub(crate) mod give_skill;
pub(crate) mod list;
pub(crate) mod remove;
pub(crate) mod remove_credential;
pub(crate) mod set_skills;
pub(crate) mod wish;

use std::collections::BTreeMap;

use control::DeviceRow;
use serde::Serialize;
use store::{Credential, Membership, NewCredential, Person, PersonSkills};
use utoipa::ToSchema;

use crate::app::Inner;
use crate::routes::groups::LoanOut;

/// A person with phones, groups and skills.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonOut {
    id: u64,
    name: String,
    #[schema(required)]
    extension: Option<String>,
    credentials: Vec<CredentialOut>,
    /// In the person's order.
    memberships: Vec<PersonPlace>,
    /// Levels from 1 to 10 by the skill's name.
    skills: BTreeMap<String, u8>,
}

/// A SIP user, and the phone behind it when one is registered.
#[derive(Serialize, ToSchema)]
struct CredentialOut {
    id: u64,
    sip_user: String,
    created_ms: u64,
    registered: bool,
    #[schema(required)]
    device: Option<DeviceOut>,
}

#[derive(Serialize, ToSchema)]
struct DeviceOut {
    contact: String,
    user_agent: String,
}

/// A person's place in a group.
#[derive(Serialize, ToSchema)]
struct PersonPlace {
    group: u64,
    order: u16,
    delay_ms: u64,
    /// Counts only while this calendar is open.
    #[schema(required)]
    calendar: Option<u64>,
    /// The person's own, in place of the group's.
    #[schema(required)]
    wrap_up_ms: Option<u64>,
    /// A loan stands beside the person's own place.
    #[schema(required)]
    loan: Option<LoanOut>,
}

/// What is typed into a phone. The password is told this once and kept nowhere.
#[derive(Serialize, ToSchema)]
pub(crate) struct SecretOut {
    id: u64,
    sip_user: String,
    password: String,
    registrar: String,
    realm: String,
}

impl PersonOut {
    /// Picks the person's own out of everybody's.
    fn of(
        person: Person,
        credentials: &[Credential],
        memberships: &[Membership],
        skills: &[PersonSkills],
        devices: &[DeviceRow],
    ) -> PersonOut {
        let credentials = credentials.iter().filter(|row| row.person == person.id);
        let memberships = memberships.iter().filter(|row| row.person == person.id);
        let skills = skills.iter().find(|row| row.person == person.id);
        PersonOut {
            id: person.id.0,
            name: person.name,
            extension: person.extension,
            credentials: credentials.map(|row| CredentialOut::of(row, devices)).collect(),
            memberships: memberships.map(PersonPlace::of).collect(),
            skills: skills.map(|row| levels(&row.skills)).unwrap_or_default(),
        }
    }
}

fn levels(skills: &acd::Skills) -> BTreeMap<String, u8> {
    skills.iter().map(|(name, level)| (name.to_owned(), level)).collect()
}

impl CredentialOut {
    fn of(row: &Credential, devices: &[DeviceRow]) -> CredentialOut {
        let device = devices.iter().find(|device| device.sip_user == row.sip_user);
        CredentialOut {
            id: row.id.0,
            sip_user: row.sip_user.clone(),
            created_ms: row.created_ms,
            registered: device.is_some(),
            device: device.map(|device| DeviceOut {
                contact: device.contact.clone(),
                user_agent: device.user_agent.clone(),
            }),
        }
    }
}

impl PersonPlace {
    fn of(row: &Membership) -> PersonPlace {
        PersonPlace {
            group: row.group.0,
            order: row.order,
            delay_ms: row.delay_ms,
            calendar: row.calendar.map(|id| id.0),
            wrap_up_ms: row.wrap_up_ms,
            loan: row.loan.map(LoanOut::of),
        }
    }
}

impl SecretOut {
    pub(crate) fn of(made: NewCredential, app: &Inner) -> SecretOut {
        SecretOut {
            id: made.credential.id.0,
            sip_user: made.credential.sip_user,
            password: made.password,
            registrar: app.config.sip_address.clone(),
            realm: made.realm,
        }
    }
}
