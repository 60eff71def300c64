//! People, credentials, groups, memberships, trunks: what the administrator writes.

use acd::{AgentId, GroupId};
use store::{
    Error, Fault, GroupPatch, NewGroup, NewPerson, NewTrunk, PersonPatch, RoutingPolicy, TrunkId,
};

use crate::{BY, fresh};

fn person(name: &str) -> NewPerson<'_> {
    NewPerson { name, extension: None }
}

#[tokio::test]
async fn a_person_is_added_changed_and_removed_with_a_trace() {
    let (_folder, _store, tenant) = fresh().await;
    let new = NewPerson { name: " Mari Kask ", extension: Some("10 1") };
    let mari = tenant.add_person(new, BY).await.unwrap();
    assert_eq!((mari.name.as_str(), mari.extension.as_deref()), ("Mari Kask", Some("101")));
    let patch = PersonPatch { name: Some("Mari Mets"), extension: Some(None) };
    let changed = tenant.change_person(mari.id, patch, BY).await.unwrap();
    assert_eq!((changed.name.as_str(), changed.extension.as_deref()), ("Mari Mets", None));
    assert_eq!(tenant.people().await.unwrap(), [changed]);
    tenant.remove_person(mari.id, BY).await.unwrap();
    assert_eq!(tenant.people().await.unwrap(), []);
    let gone = tenant.remove_person(mari.id, BY).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { what: "person" }));

    let changes = tenant.changes(None).await.unwrap();
    let whats: Vec<&str> = changes.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(whats, ["person_removed", "person_changed", "person_added"]);
    assert_eq!((changes[1].who.as_str(), changes[1].at_ms), ("Tiina", 1_000));
    assert!(changes[1].before.as_deref().unwrap().contains("Mari Kask"));
    let older = tenant.changes(Some(changes[1].id)).await.unwrap();
    assert_eq!(older, changes[2..]);
}

#[tokio::test]
async fn an_id_is_never_used_twice() {
    let (_folder, _store, tenant) = fresh().await;
    let first = tenant.add_person(person("Mari"), BY).await.unwrap();
    tenant.remove_person(first.id, BY).await.unwrap();
    let second = tenant.add_person(person("Jaan"), BY).await.unwrap();
    assert!(second.id > first.id, "{:?} after {:?}", second.id, first.id);
}

#[tokio::test]
async fn an_extension_belongs_to_one_person() {
    let (_folder, _store, tenant) = fresh().await;
    let with = |name| NewPerson { name, extension: Some("101") };
    tenant.add_person(with("Mari"), BY).await.unwrap();
    let taken = tenant.add_person(with("Jaan"), BY).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { field: "extension" }), "{taken}");
    // Nothing of the failed attempt is left, not even its trace.
    assert_eq!(tenant.changes(None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_number_is_a_groups_or_somebodys_extension_but_not_both() {
    let (_folder, _store, tenant) = fresh().await;
    let group = NewGroup { numbers: vec!["101"], ..NewGroup::named("sales") };
    let sales = tenant.add_group(group, BY).await.unwrap();
    let with = |extension| NewPerson { name: "Mari", extension: Some(extension) };
    let taken = tenant.add_person(with("101"), BY).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { field: "extension" }), "{taken}");
    let mari = tenant.add_person(with("102"), BY).await.unwrap();
    let patch = PersonPatch { extension: Some(Some("101")), ..PersonPatch::default() };
    let taken = tenant.change_person(mari.id, patch, BY).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { field: "extension" }), "{taken}");
    let patch = GroupPatch { numbers: Some(vec!["101", "102"]), ..GroupPatch::default() };
    let taken = tenant.change_group(sales.id, patch, BY).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { field: "numbers" }), "{taken}");
    assert_eq!(tenant.groups().await.unwrap(), [sales]);
}

#[tokio::test]
async fn values_are_checked_at_the_door() {
    let (_folder, _store, tenant) = fresh().await;
    let long = "x".repeat(101);
    let wrong = tenant.add_person(person(&long), BY).await.unwrap_err();
    let too_long = Fault::TooLong { max: 100 };
    assert!(
        matches!(wrong, Error::Invalid { field: "name", fault } if fault == too_long),
        "{wrong}"
    );
    let fast = NewGroup { ring_ms: 10, ..NewGroup::named("sales") };
    let wrong = tenant.add_group(fast, BY).await.unwrap_err();
    assert!(matches!(wrong, Error::Invalid { field: "ring_ms", .. }), "{wrong}");
    let twice = NewGroup { numbers: vec!["600 1000", "6001000"], ..NewGroup::named("sales") };
    let wrong = tenant.add_group(twice, BY).await.unwrap_err();
    let repeated = Error::Invalid { field: "numbers", fault: Fault::Repeated };
    assert_eq!(wrong.to_string(), repeated.to_string());
    let host = NewTrunk::named("carrier", "sip.carrier.ee");
    let wrong = tenant.add_trunk(host, BY).await.unwrap_err();
    assert!(matches!(wrong, Error::Invalid { field: "address", .. }), "{wrong}");
}

#[tokio::test]
async fn a_sip_password_is_told_once_and_only_its_hashes_are_kept() {
    let (_folder, _store, tenant) = fresh().await;
    let mari = tenant.add_person(person("Mari Kask"), BY).await.unwrap();
    let desk = tenant.add_credential(mari.id, None, BY).await.unwrap();
    assert_eq!((desk.credential.sip_user.as_str(), desk.password.len()), ("mari", 20));
    let soft = tenant.add_credential(mari.id, None, BY).await.unwrap();
    assert_eq!(soft.credential.sip_user, "mari-2");
    let named = tenant.add_credential(mari.id, Some("mari-2"), BY).await.unwrap_err();
    assert!(matches!(named, Error::Conflict { field: "sip_user" }), "{named}");

    let access = tenant.plan().await.unwrap().access;
    assert_eq!((access[0].person, access[0].ha1_md5.len()), (mari.id, 32));
    assert_eq!(access[0].ha1_sha256.len(), 64);
    assert!(!format!("{access:?}").contains(&access[0].ha1_md5));

    tenant.remove_credential(mari.id, desk.credential.id, BY).await.unwrap();
    assert_eq!(tenant.credentials().await.unwrap()[0], soft.credential);
    let others = tenant.remove_credential(AgentId(99), soft.credential.id, BY).await.unwrap_err();
    assert!(matches!(others, Error::NotFound { what: "credential" }));
    tenant.remove_person(mari.id, BY).await.unwrap();
    assert_eq!(tenant.credentials().await.unwrap(), []);
}

#[tokio::test]
async fn a_person_has_ten_credentials_and_no_more() {
    let (_folder, _store, tenant) = fresh().await;
    let mari = tenant.add_person(person("Mari"), BY).await.unwrap();
    for _ in 0..10 {
        tenant.add_credential(mari.id, None, BY).await.unwrap();
    }
    let full = tenant.add_credential(mari.id, None, BY).await.unwrap_err();
    assert!(matches!(full, Error::Full { what: "credentials", max: 10 }), "{full}");
}

#[tokio::test]
async fn a_group_is_added_changed_and_removed() {
    let (_folder, _store, tenant) = fresh().await;
    let new = NewGroup { numbers: vec!["6001000"], ..NewGroup::named("sales") };
    let sales = tenant.add_group(new, BY).await.unwrap();
    let patch = GroupPatch {
        name: Some("Sales"),
        language: Some("et"),
        numbers: Some(vec!["6001002", "6001001"]),
        ring_ms: Some(15_000),
        wrap_up_ms: Some(5_000),
        waiting_max: Some(7),
        policy: Some(RoutingPolicy::Stock("longest-idle".to_owned())),
        settings: None,
        trial: None,
        recorded: Some(false),
        flow: None,
    };
    let changed = tenant.change_group(sales.id, patch, BY).await.unwrap();
    assert_eq!(changed.numbers, ["6001001", "6001002"]);
    assert_eq!((changed.ring_ms, changed.waiting_max, changed.recorded), (15_000, 7, false));
    assert_eq!(tenant.groups().await.unwrap()[0], changed);
    let nothing = tenant.change_group(sales.id, GroupPatch::default(), BY).await.unwrap();
    assert_eq!(nothing, changed);
    tenant.remove_group(sales.id, BY).await.unwrap();
    assert_eq!(tenant.groups().await.unwrap(), []);
    // Its number is free again.
    let again = NewGroup { numbers: vec!["6001001"], ..NewGroup::named("Sales") };
    tenant.add_group(again, BY).await.unwrap();
}

#[tokio::test]
async fn a_number_belongs_to_one_group() {
    let (_folder, _store, tenant) = fresh().await;
    let with = |name| NewGroup { numbers: vec!["6001000"], ..NewGroup::named(name) };
    tenant.add_group(with("sales"), BY).await.unwrap();
    let taken = tenant.add_group(with("support"), BY).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { field: "numbers" }), "{taken}");
    assert_eq!(tenant.groups().await.unwrap().len(), 1);
    let named = tenant.add_group(NewGroup::named("sales"), BY).await.unwrap_err();
    assert!(matches!(named, Error::Conflict { field: "name" }), "{named}");
}

#[tokio::test]
async fn a_membership_is_set_moved_and_removed() {
    let (_folder, _store, tenant) = fresh().await;
    let mari = tenant.add_person(person("Mari"), BY).await.unwrap();
    let sales = tenant.add_group(NewGroup::named("sales"), BY).await.unwrap();
    tenant.set_membership(mari.id, sales.id, 2, 0, BY).await.unwrap();
    let moved = tenant.set_membership(mari.id, sales.id, 1, 20_000, BY).await.unwrap();
    assert_eq!((moved.order, moved.delay_ms), (1, 20_000));
    assert_eq!(tenant.memberships().await.unwrap(), [moved]);
    let before = tenant.changes(None).await.unwrap()[0].before.clone().unwrap();
    assert!(before.contains("\"order\":2"), "{before}");
    let nobody = tenant.set_membership(AgentId(9), sales.id, 1, 0, BY).await.unwrap_err();
    assert!(matches!(nobody, Error::NotFound { .. }), "{nobody}");
    let zero = tenant.set_membership(mari.id, sales.id, 0, 0, BY).await.unwrap_err();
    assert!(matches!(zero, Error::Invalid { field: "order", .. }), "{zero}");
    tenant.remove_membership(mari.id, sales.id, BY).await.unwrap();
    let twice = tenant.remove_membership(mari.id, sales.id, BY).await.unwrap_err();
    assert!(matches!(twice, Error::NotFound { what: "membership" }), "{twice}");
    let nowhere = tenant.set_membership(mari.id, GroupId(9), 1, 0, BY).await.unwrap_err();
    assert!(matches!(nowhere, Error::NotFound { .. }), "{nowhere}");
}

#[tokio::test]
async fn a_trunk_is_added_and_removed() {
    let (_folder, _store, tenant) = fresh().await;
    let new = NewTrunk { port: Some(5060), ..NewTrunk::named("carrier", " 192.0.2.7 ") };
    let trunk = tenant.add_trunk(new.clone(), BY).await.unwrap();
    assert_eq!(trunk.address.to_string(), "192.0.2.7");
    let taken = tenant.add_trunk(new, BY).await.unwrap_err();
    assert!(matches!(taken, Error::Conflict { field: "name" }), "{taken}");
    assert_eq!(tenant.trunks().await.unwrap()[0], trunk);
    let header = |name| tenant.set_priority_header(trunk.id, name, BY);
    let changed = header(Some("P-Urgency")).await.unwrap();
    assert_eq!(changed.priority_header.as_deref(), Some("P-Urgency"));
    assert_eq!(tenant.trunks().await.unwrap()[0], changed);
    let wrong = header(Some("two words")).await.unwrap_err();
    assert!(matches!(wrong, Error::Invalid { field: "priority_header", .. }), "{wrong}");
    assert_eq!(header(Some("  ")).await.unwrap(), trunk, "an empty name is none");
    assert_eq!(tenant.changes(None).await.unwrap()[0].what, "trunk_changed");
    tenant.remove_trunk(trunk.id, BY).await.unwrap();
    let gone = tenant.remove_trunk(TrunkId(trunk.id.0), BY).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { what: "trunk" }), "{gone}");
}
