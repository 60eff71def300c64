//! Companies made for a demonstration or a measurement.

use std::net::{IpAddr, Ipv4Addr};

use acd::{AgentId, GroupId};
use store::{By, NewAccount, NewGroup, NewPerson, NewTrunk, RoutingPolicy, Setup, Tenant};

/// A phone's account.
pub(crate) struct Login {
    pub(crate) user: String,
    pub(crate) password: String,
}

/// A company to be made.
pub(crate) struct Draft<'a> {
    pub(crate) name: &'a str,
    pub(crate) language: &'a str,
    /// The administrator's password; the start link needs none.
    pub(crate) password: &'a str,
    /// Name, language and number.
    pub(crate) groups: &'a [(&'a str, &'a str, &'a str)],
    /// Name, and the positions of the groups served, main group first.
    pub(crate) people: Vec<(String, Vec<usize>)>,
    /// Where callers come from.
    pub(crate) trunk: IpAddr,
    pub(crate) recorded: bool,
}

/// Puts the company into an empty store; gives the phones' accounts in the order of the people.
pub(crate) async fn found(
    company: &Tenant,
    draft: &Draft<'_>,
    by: By<'_>,
) -> anyhow::Result<Vec<Login>> {
    let mut groups = draft.groups.iter().map(|&(name, language, number)| NewGroup {
        language,
        numbers: vec![number],
        policy: RoutingPolicy::Stock("longest-idle".to_owned()),
        recorded: draft.recorded,
        wrap_up_ms: 0,
        ..NewGroup::named(name)
    });
    let (Some(first_group), Some((first_name, _))) = (groups.next(), draft.people.first()) else {
        anyhow::bail!("a company needs a group and a person");
    };
    let done = company
        .set_up(
            Setup {
                company: draft.name,
                language: draft.language,
                administrator: NewAccount {
                    name: "Demo",
                    email: "demo@example.com",
                    password: draft.password,
                },
                group: first_group,
                person: NewPerson { name: first_name, extension: None },
            },
            by,
        )
        .await?;
    let mut ids = vec![done.group.id];
    for group in groups {
        ids.push(company.add_group(group, by).await?.id);
    }
    let mut logins = vec![Login {
        user: done.credential.credential.sip_user,
        password: done.credential.password,
    }];
    join(company, done.person.id, &draft.people[0].1, &ids, by).await?;
    for (name, served) in &draft.people[1..] {
        let person = company.add_person(NewPerson { name, extension: None }, by).await?;
        let credential = company.add_credential(person.id, None, by).await?;
        join(company, person.id, served, &ids, by).await?;
        let user = credential.credential.sip_user;
        logins.push(Login { user, password: credential.password });
    }
    let address = draft.trunk.to_string();
    company.add_trunk(NewTrunk::named("Callers", &address), by).await?;
    Ok(logins)
}

async fn join(
    company: &Tenant,
    person: AgentId,
    served: &[usize],
    groups: &[GroupId],
    by: By<'_>,
) -> anyhow::Result<()> {
    for (order, group) in (1..).zip(served.iter().filter_map(|&place| groups.get(place))) {
        company.set_membership(person, *group, order, 0, by).await?;
    }
    Ok(())
}

/// Where simulated callers call from: a loopback address of their own.
pub(crate) const TRUNK: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
