//! Policies that groups try out: a part of the plan, with every way back.

use serde_json::json;
use store::{
    Error, Fault, Group, GroupPatch, NewGroup, NewPluginVersion, PluginVersionId, RoutingPolicy,
    Setting, Settings, Stage, Tenant, Trial,
};

use crate::{BY, fresh};

async fn upload(tenant: &Tenant) -> PluginVersionId {
    let card = json!({});
    let new = NewPluginVersion {
        file: b"\0asm one",
        name: "fair-share",
        version: "1.0.0",
        card: &card,
        reads: &[],
    };
    tenant.add_plugin_version(new, BY).await.unwrap().0.id
}

fn trial(version: PluginVersionId, stage: Stage) -> Trial {
    let settings = Settings::from([("share".to_owned(), Setting::Number(0.5))]);
    Trial { policy: RoutingPolicy::Uploaded(version), settings, stage }
}

async fn only_group(tenant: &Tenant) -> Group {
    tenant.groups().await.unwrap().remove(0)
}

#[tokio::test]
async fn a_trial_stands_beside_the_policy_until_it_is_stopped_or_decides() {
    let (_folder, _store, tenant) = fresh().await;
    let version = upload(&tenant).await;
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    let shadow = trial(version, Stage::Shadow);
    tenant.give_trial(&[sales.id], &shadow, BY).await.unwrap();
    let group = only_group(&tenant).await;
    assert_eq!((&group.policy, &group.trial), (&RoutingPolicy::BuiltIn, &Some(shadow.clone())));
    // Whatever else changes leaves it alone.
    let ring = GroupPatch { ring_ms: Some(9_000), ..GroupPatch::default() };
    assert_eq!(tenant.change_group(sales.id, ring, BY).await.unwrap().trial, Some(shadow.clone()));
    let share = trial(version, Stage::Share(10));
    tenant.give_trial(&[sales.id], &share, BY).await.unwrap();
    tenant.promote_trial(sales.id, BY).await.unwrap();
    let group = only_group(&tenant).await;
    assert_eq!((group.policy, group.settings, group.trial), (share.policy, share.settings, None));
    // One click back, and one more.
    tenant.undo(BY).await.unwrap();
    let group = only_group(&tenant).await;
    assert_eq!(group.policy, RoutingPolicy::BuiltIn);
    assert_eq!(group.trial.map(|trial| trial.stage), Some(Stage::Share(10)));
    tenant.stop_trial(sales.id, BY).await.unwrap();
    assert_eq!(only_group(&tenant).await.trial, None);
    for nothing in [tenant.stop_trial(sales.id, BY).await, tenant.promote_trial(sales.id, BY).await]
    {
        assert!(matches!(nothing, Err(Error::NotFound { what: "trial" })));
    }
}

#[tokio::test]
async fn a_trial_of_what_decides_anyway_is_over() {
    let (_folder, _store, tenant) = fresh().await;
    let version = upload(&tenant).await;
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    let Trial { policy, settings, .. } = trial(version, Stage::Shadow);
    tenant.give_trial(&[sales.id], &trial(version, Stage::Shadow), BY).await.unwrap();
    tenant.give_policy(&[sales.id], &policy, &Settings::new(), BY).await.unwrap();
    assert!(only_group(&tenant).await.trial.is_some(), "with other settings it is another one");
    tenant.give_policy(&[sales.id], &policy, &settings, BY).await.unwrap();
    assert_eq!(only_group(&tenant).await.trial, None);
}

#[tokio::test]
async fn versions_keep_compare_and_bring_back_trials() {
    let (_folder, _store, tenant) = fresh().await;
    let version = upload(&tenant).await;
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    tenant.give_trial(&[sales.id], &trial(version, Stage::Share(7)), BY).await.unwrap();
    let then = tenant.company().await.unwrap().plan_version;
    tenant.stop_trial(sales.id, BY).await.unwrap();
    let differences = tenant.diff_to(then).await.unwrap();
    let after = differences[0].after.as_ref().unwrap();
    let policy = format!("plugin-version:{}", version.0);
    let settings = json!({ "share": 0.5 });
    let expected = json!({ "policy": policy, "stage": "share", "share": 7, "settings": settings });
    assert_eq!((differences.len(), &after["trial"]), (1, &expected));
    assert_eq!(differences[0].before.as_ref().unwrap().get("trial"), None);
    tenant.restore(then, BY).await.unwrap();
    assert_eq!(only_group(&tenant).await.trial, Some(trial(version, Stage::Share(7))));
}

#[tokio::test]
async fn a_version_on_trial_is_in_use_and_a_plan_with_a_removed_one_does_not_come_back() {
    let (_folder, _store, tenant) = fresh().await;
    let version = upload(&tenant).await;
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    let shadow = trial(version, Stage::Shadow);
    tenant.give_trial(&[sales.id], &shadow, BY).await.unwrap();
    let refused = tenant.remove_plugin_version(version, BY).await.unwrap_err();
    assert!(matches!(refused, Error::InUse { by, .. } if by == "Sales"));
    tenant.stop_trial(sales.id, BY).await.unwrap();
    tenant.remove_plugin_version(version, BY).await.unwrap();
    let words = tenant.undo(BY).await.unwrap_err().to_string();
    assert_eq!(words, "fair-share@1.0.0, which Sales had then, has been removed");
    let gone = tenant.give_trial(&[sales.id], &shadow, BY).await.unwrap_err();
    assert!(matches!(gone, Error::Invalid { field: "policy", fault: Fault::Unknown }));
}

#[tokio::test]
async fn a_share_of_none_or_of_all_is_refused_and_so_is_the_built_in_order() {
    let (_folder, _store, tenant) = fresh().await;
    let version = upload(&tenant).await;
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    let tried = async |trial: Trial| tenant.give_trial(&[sales.id], &trial, BY).await;
    let none = tried(trial(version, Stage::Share(0))).await.unwrap_err();
    let fault = Fault::TooSmall { min: 1 };
    assert!(matches!(none, Error::Invalid { field: "share", fault: it } if it == fault));
    let all = tried(trial(version, Stage::Share(100))).await.unwrap_err();
    let fault = Fault::TooLarge { max: 99 };
    assert!(matches!(all, Error::Invalid { field: "share", fault: it } if it == fault));
    let built_in = Trial { policy: RoutingPolicy::BuiltIn, ..trial(version, Stage::Shadow) };
    let built_in = tried(built_in).await.unwrap_err();
    assert!(matches!(built_in, Error::Invalid { field: "policy", fault: Fault::Unknown }));
    assert_eq!(only_group(&tenant).await.trial, None);
}
