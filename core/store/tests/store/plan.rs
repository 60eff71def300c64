//! The plan as the switch reads it.

use std::time::Duration;

use store::{NewGroup, NewPerson, NewTrunk};

use crate::{BY, fresh};

#[tokio::test]
async fn every_change_makes_the_plan_one_version_newer() {
    let (_folder, _store, tenant) = fresh().await;
    assert_eq!(tenant.plan().await.unwrap().version, 1);
    let mari = tenant.add_person(NewPerson { name: "Mari", extension: None }, BY).await.unwrap();
    let sales = tenant.add_group(NewGroup::named("sales"), BY).await.unwrap();
    tenant.set_membership(mari.id, sales.id, 1, 0, BY).await.unwrap();
    tenant.add_credential(mari.id, None, BY).await.unwrap();
    assert_eq!(tenant.plan().await.unwrap().version, 5);
    tenant.add_credential(mari.id, Some("not a user"), BY).await.unwrap_err();
    assert_eq!(tenant.company().await.unwrap().plan_version, 5, "a failure changes nothing");
}

#[tokio::test]
async fn the_centre_gets_everything_the_administrator_decided() {
    let (_folder, _store, tenant) = fresh().await;
    let mari = tenant.add_person(NewPerson { name: "Mari", extension: None }, BY).await.unwrap();
    let jaan = tenant.add_person(NewPerson { name: "Jaan", extension: None }, BY).await.unwrap();
    let numbers = vec!["6001000", "6001001"];
    let sales = NewGroup { numbers, wrap_up_ms: 3_000, ..NewGroup::named("Sales") };
    let sales = tenant.add_group(sales, BY).await.unwrap();
    let quiet = NewGroup { recorded: false, ..NewGroup::named("Quiet") };
    let quiet = tenant.add_group(quiet, BY).await.unwrap();
    tenant.set_membership(mari.id, sales.id, 1, 20_000, BY).await.unwrap();
    let phone = tenant.add_credential(mari.id, None, BY).await.unwrap();
    let header = Some(" X-Priority ");
    let trunk = NewTrunk { priority_header: header, ..NewTrunk::named("carrier", "192.0.2.7") };
    tenant.add_trunk(trunk, BY).await.unwrap();

    let stored = tenant.plan().await.unwrap();
    let plan = stored.centre(1_000);
    assert_eq!(plan.acd.version, stored.version);
    assert_eq!(plan.acd.groups[&sales.id].wrap_up, Duration::from_secs(3));
    let membership = &plan.acd.agents[&mari.id].memberships[0];
    assert_eq!((membership.group, membership.order), (sales.id, 1));
    assert_eq!(membership.delay, Duration::from_secs(20));
    assert!(plan.acd.agents[&jaan.id].memberships.is_empty());
    assert_eq!(plan.numbers["6001001"], sales.id);
    assert_eq!(plan.devices["mari"], mari.id);
    assert_eq!(plan.access.realm, phone.realm);
    assert_eq!(plan.access.users["mari"].ha1_md5.len(), 32);
    assert_eq!(plan.access.trunks[0].address.to_string(), "192.0.2.7");
    assert_eq!(plan.access.trunks[0].told_header.as_deref(), Some("X-Priority"));
    assert_eq!(plan.group_names[&quiet.id], "Quiet");
    assert!(plan.recorded.contains(&sales.id) && !plan.recorded.contains(&quiet.id));
    assert_eq!(stored.names()[&jaan.id], "Jaan");
}
