//! One company never sees another's data.

use acd::CallId;
use store::{CallFilter, TenantId};
use store::{
    Error, Journal, NewAccount, NewGroup, NewPerson, NewPluginVersion, NewTrunk, PersonPatch,
    RoutingPolicy, Store,
};

use crate::journal::{answered_call, lines};
use crate::{BY, fresh};

#[tokio::test]
async fn another_company_sees_and_changes_nothing() {
    let (_folder, store, ours) = fresh().await;
    let theirs = store.tenant(store.add_tenant("other", 0).await.unwrap());
    let mari = ours.add_person(NewPerson { name: "Mari", extension: None }, BY).await.unwrap();
    let new = NewGroup { numbers: vec!["6001000"], ..NewGroup::named("sales") };
    let sales = ours.add_group(new, BY).await.unwrap();
    ours.set_membership(mari.id, sales.id, 1, 0, BY).await.unwrap();
    let phone = ours.add_credential(mari.id, None, BY).await.unwrap();
    let trunk = NewTrunk::named("carrier", "192.0.2.7");
    let trunk = ours.add_trunk(trunk, BY).await.unwrap();
    let account = NewAccount { name: "Tiina", email: "t@f.ee", password: "kõrge mägi" };
    let account = ours.add_account(account, BY).await.unwrap();
    let session = ours.open_session(Some(account.id), "", 0).await.unwrap();
    let start = ours.issue_start_token(0).await.unwrap();
    let card = serde_json::json!({});
    let file =
        NewPluginVersion { file: b"asm", name: "fair", version: "1.0.0", card: &card, reads: &[] };
    let (plugin, _) = ours.add_plugin_version(file, BY).await.unwrap();
    let mut journal = Journal::open(&ours).await.unwrap();
    journal.append(&lines(&answered_call(1, 0))).await.unwrap();

    let plan = theirs.plan().await.unwrap();
    assert_eq!((plan.version, plan.realm.as_str()), (1, "other"));
    assert!(plan.groups.is_empty() && plan.people.is_empty() && plan.access.is_empty());
    assert!(plan.memberships.is_empty() && plan.trunks.is_empty());
    assert!(theirs.changes(None).await.unwrap().is_empty());
    assert!(theirs.plugin_versions().await.unwrap().is_empty());
    assert!(theirs.calls(&CallFilter { limit: 9, ..Default::default() }).await.unwrap().is_empty());
    assert!(theirs.facts_of(CallId(1)).await.unwrap().is_empty());
    assert!(theirs.facts_after(0).await.unwrap().is_empty());
    assert_eq!(theirs.session(&session, 1).await.unwrap(), None);
    assert!(!theirs.redeem_start_token(&start, 1).await.unwrap());
    assert_eq!(theirs.log_in("t@f.ee", "kõrge mägi").await.unwrap(), None);

    let patch = PersonPatch { name: Some("Theirs"), extension: None };
    let refusals = [
        theirs.change_person(mari.id, patch, BY).await.map(drop),
        theirs.remove_person(mari.id, BY).await,
        theirs.remove_group(sales.id, BY).await,
        theirs.set_membership(mari.id, sales.id, 1, 0, BY).await.map(drop),
        theirs.remove_membership(mari.id, sales.id, BY).await,
        theirs.add_credential(mari.id, None, BY).await.map(drop),
        theirs.remove_credential(mari.id, phone.credential.id, BY).await,
        theirs.remove_trunk(trunk.id, BY).await,
        theirs.call(CallId(1)).await.map(drop),
        theirs.plugin_version(plugin.id).await.map(drop),
        theirs.plugin_file(plugin.id).await.map(drop),
        theirs.remove_plugin_version(plugin.id, BY).await,
    ];
    for refusal in refusals {
        assert!(matches!(refusal, Err(Error::NotFound { .. })), "{refusal:?}");
    }
    let uses = RoutingPolicy::Uploaded(plugin.id);
    let uses = NewGroup { policy: uses, ..NewGroup::named("with our plugin") };
    let refused = theirs.add_group(uses, BY).await.unwrap_err();
    assert!(matches!(refused, Error::Invalid { field: "policy", .. }), "{refused}");
    // The same file is a version of their own.
    assert!(theirs.add_plugin_version(file, BY).await.unwrap().1);
    // The same number and the same names are free for them.
    let new = NewGroup { numbers: vec!["6001000"], ..NewGroup::named("sales") };
    theirs.add_group(new, BY).await.unwrap();
}

#[tokio::test]
async fn the_data_is_there_after_the_file_is_opened_again() {
    let (folder, store, tenant) = fresh().await;
    tenant.add_person(NewPerson { name: "Mari", extension: None }, BY).await.unwrap();
    store.check().await.unwrap();
    store.close().await;
    let again = Store::open(&folder.path().join("data/ladus.db")).await.unwrap();
    let tenant = again.tenant(TenantId::FIRST);
    assert_eq!(tenant.people().await.unwrap()[0].name, "Mari");
    let unknown = again.tenant(TenantId(99)).company().await.unwrap_err();
    assert!(matches!(unknown, Error::NotFound { what: "tenant" }), "{unknown}");
}
