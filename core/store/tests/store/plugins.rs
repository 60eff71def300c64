//! Uploaded plugins: kept by what they are, given to groups as a part of the plan.

use serde_json::json;
use store::{
    Error, Fault, GroupPatch, NewGroup, NewPluginVersion, PLUGIN_FILE_MAX, PluginVersion,
    PluginVersionId, RoutingPolicy, Selection, Setting, Settings, Tenant,
};

use crate::{BY, fresh};

/// Uploads a file of these bytes as `fair-share` of this version.
async fn upload(tenant: &Tenant, file: &[u8], version: &str) -> Result<PluginVersion, Error> {
    let card = json!({ "summary": "Evenly." });
    let reads = ["ladus:routing/candidates@1.0.0#handled-today".to_owned()];
    let new = NewPluginVersion { file, name: "fair-share", version, card: &card, reads: &reads };
    Ok(tenant.add_plugin_version(new, BY).await?.0)
}

fn uses(version: &PluginVersion, settings: &[(&str, Setting)]) -> GroupPatch<'static> {
    let settings = settings.iter().map(|(id, value)| ((*id).to_owned(), value.clone())).collect();
    GroupPatch {
        policy: Some(RoutingPolicy::Uploaded(version.id)),
        settings: Some(settings),
        ..GroupPatch::default()
    }
}

#[tokio::test]
async fn the_same_file_is_the_same_version_and_others_are_listed_newest_first() {
    let (_folder, _store, tenant) = fresh().await;
    let first = upload(&tenant, b"\0asm one", "1.0.0").await.unwrap();
    assert_eq!(
        (first.label().as_str(), first.bytes, first.removed),
        ("fair-share@1.0.0", 8, false)
    );
    assert_eq!((first.who.as_str(), first.at_ms, first.sha256.len()), ("Tiina", 1_000, 64));
    let second = upload(&tenant, b"\0asm two", "1.1.0").await.unwrap();
    let again = upload(&tenant, b"\0asm one", "1.0.0").await.unwrap();
    assert_eq!(again, first);
    assert_eq!(tenant.plugin_versions().await.unwrap(), [second, first.clone()]);
    assert_eq!(tenant.plugin_file(first.id).await.unwrap(), b"\0asm one");
    assert_eq!(first.card["summary"], "Evenly.");
    let notes = tenant.changes(None).await.unwrap();
    let notes: Vec<&str> = notes.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(notes, ["plugin_added", "plugin_added"]);
    assert_eq!(tenant.company().await.unwrap().plan_version, 1, "the plan has not changed");
}

#[tokio::test]
async fn a_groups_policy_and_settings_are_a_part_of_the_plan() {
    let (_folder, _store, tenant) = fresh().await;
    let fair = upload(&tenant, b"\0asm one", "1.0.0").await.unwrap();
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    let share = [("share", Setting::Number(0.5)), ("strict", Setting::Toggle(true))];
    let changed = tenant.change_group(sales.id, uses(&fair, &share), BY).await.unwrap();
    assert_eq!(changed.settings["share"], Setting::Number(0.5));
    let plan = tenant.plan().await.unwrap();
    assert_eq!(plan.groups, std::slice::from_ref(&changed));
    assert_eq!(plan.groups[0].policy, RoutingPolicy::Uploaded(fair.id));
    // The settings stay when something else changes, and begin anew with another policy.
    let ring = GroupPatch { ring_ms: Some(9_000), ..GroupPatch::default() };
    let ring = tenant.change_group(sales.id, ring, BY).await.unwrap();
    assert_eq!(ring.settings, changed.settings);
    let stock = RoutingPolicy::Stock("longest-idle".to_owned());
    let patch = GroupPatch { policy: Some(stock.clone()), ..GroupPatch::default() };
    let other = tenant.change_group(sales.id, patch, BY).await.unwrap();
    assert_eq!((other.policy, other.settings), (stock, Settings::new()));
    let differences = tenant.diff_to(3).await.unwrap();
    let (before, after) = (differences[0].before.as_ref(), differences[0].after.as_ref());
    assert_eq!(before.unwrap()["policy"], "longest-idle");
    assert_eq!(after.unwrap()["policy"], format!("plugin-version:{}", fair.id.0));
    assert_eq!(after.unwrap()["settings"], json!({ "share": 0.5, "strict": true }));
    tenant.undo(BY).await.unwrap();
    let back = tenant.groups().await.unwrap();
    assert_eq!((&back[0].policy, &back[0].settings), (&plan.groups[0].policy, &changed.settings));
    tenant.restore(3, BY).await.unwrap();
    assert_eq!(tenant.groups().await.unwrap(), [changed]);
}

#[tokio::test]
async fn a_version_in_use_is_not_removed_and_says_who_needs_it() {
    let (_folder, _store, tenant) = fresh().await;
    let fair = upload(&tenant, b"\0asm one", "1.0.0").await.unwrap();
    for name in ["Sales", "Support"] {
        let group = tenant.add_group(NewGroup::named(name), BY).await.unwrap();
        tenant.change_group(group.id, uses(&fair, &[]), BY).await.unwrap();
    }
    let refused = tenant.remove_plugin_version(fair.id, BY).await.unwrap_err();
    let Error::InUse { what: "plugin_version", by } = refused else { panic!("{refused:?}") };
    assert_eq!(by, "Sales, Support");
    assert_eq!(tenant.plugin_file(fair.id).await.unwrap(), b"\0asm one");
}

#[tokio::test]
async fn a_plan_that_needs_a_removed_version_is_refused_until_the_file_is_there_again() {
    let (_folder, _store, tenant) = fresh().await;
    let fair = upload(&tenant, b"\0asm one", "1.0.0").await.unwrap();
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    tenant.change_group(sales.id, uses(&fair, &[]), BY).await.unwrap();
    let then = tenant.company().await.unwrap().plan_version;
    let patch = GroupPatch { policy: Some(RoutingPolicy::BuiltIn), ..GroupPatch::default() };
    tenant.change_group(sales.id, patch, BY).await.unwrap();
    tenant.remove_plugin_version(fair.id, BY).await.unwrap();
    for refused in [tenant.restore(then, BY).await, tenant.undo(BY).await] {
        let words = refused.unwrap_err().to_string();
        assert_eq!(words, "fair-share@1.0.0, which Sales had then, has been removed");
    }
    let today = tenant.groups().await.unwrap();
    assert_eq!(today[0].policy, RoutingPolicy::BuiltIn, "nothing was half restored");
    let chosen = tenant.change_group(sales.id, uses(&fair, &[]), BY).await.unwrap_err();
    assert!(matches!(chosen, Error::Invalid { field: "policy", fault: Fault::Unknown }));
    let listed = tenant.plugin_versions().await.unwrap();
    assert!(listed[0].removed && listed[0].label() == "fair-share@1.0.0", "its name is known");
    let gone = tenant.plugin_file(fair.id).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { what: "plugin_version" }));
    assert!(tenant.remove_plugin_version(fair.id, BY).await.is_err());
    let again = upload(&tenant, b"\0asm one", "1.0.0").await.unwrap();
    assert_eq!(again, fair, "card and all");
    tenant.restore(then, BY).await.unwrap();
    let policy = tenant.groups().await.unwrap()[0].policy.clone();
    assert_eq!(policy, RoutingPolicy::Uploaded(fair.id));
}

#[tokio::test]
async fn files_and_their_number_have_limits() {
    let (_folder, _store, tenant) = fresh().await;
    let refused = upload(&tenant, &vec![0; PLUGIN_FILE_MAX + 1], "1.0.0").await.unwrap_err();
    let max = PLUGIN_FILE_MAX as u64;
    let fault = Fault::TooLarge { max };
    assert!(matches!(refused, Error::Invalid { field: "file", fault: it } if it == fault));
    upload(&tenant, &vec![0; PLUGIN_FILE_MAX], "1.0.0").await.unwrap();
    for file in 1..100_u8 {
        upload(&tenant, &[file], "1.0.0").await.unwrap();
    }
    let full = upload(&tenant, &[100], "1.0.0").await.unwrap_err();
    assert!(matches!(full, Error::Full { what: "plugin_versions", max: 100 }), "{full}");
    let oldest = PluginVersionId(1);
    tenant.remove_plugin_version(oldest, BY).await.unwrap();
    upload(&tenant, &[100], "1.0.0").await.unwrap();
}

#[tokio::test]
async fn who_chooses_calls_for_freed_agents_is_a_part_of_the_plan() {
    let (_folder, _store, tenant) = fresh().await;
    assert_eq!(tenant.selection().await.unwrap(), Selection::default());
    let fair = upload(&tenant, b"\0asm one", "1.0.0").await.unwrap();
    let worth = Settings::from([("worth".to_owned(), Setting::Number(5.0))]);
    let chosen = Selection { policy: RoutingPolicy::Uploaded(fair.id), settings: worth };
    tenant.set_selection(chosen.clone(), BY).await.unwrap();
    assert_eq!(tenant.plan().await.unwrap().selection, chosen);
    let used = tenant.remove_plugin_version(fair.id, BY).await.unwrap_err();
    assert!(matches!(used, Error::ChoosesCalls), "{used}");
    // Nothing else of the plan changes, and taking it back is one step.
    let differences = tenant.diff_to(1).await.unwrap();
    let whats: Vec<&str> = differences.iter().map(|difference| difference.what).collect();
    assert_eq!(whats, ["selection_changed"]);
    tenant.undo(BY).await.unwrap();
    assert_eq!(tenant.selection().await.unwrap(), Selection::default());
    // A version of the plan that has it can be gone back to while its file is there.
    tenant.restore(2, BY).await.unwrap();
    assert_eq!(tenant.selection().await.unwrap(), chosen);
    tenant.undo(BY).await.unwrap();
    tenant.remove_plugin_version(fair.id, BY).await.unwrap();
    let gone = tenant.restore(2, BY).await.unwrap_err();
    assert!(
        matches!(&gone, Error::PluginRemoved { group, .. } if group == "freed agents"),
        "{gone}"
    );
    let again = tenant.set_selection(chosen, BY).await.unwrap_err();
    assert!(matches!(again, Error::Invalid { field: "policy", fault: Fault::Unknown }), "{again}");
}
