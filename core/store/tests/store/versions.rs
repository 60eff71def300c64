//! Versions, modes and loans: the plan as it was, as it is, and as it is for a while.

use acd::{AgentId, CallId, EndCause, Entry, Fact as Acd, GroupId, Leave, Side, Time};
use centre::{Fact, What};
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;
use store::{
    By, CallOutcome, GroupPatch, Journal, ModeChange, NewGroup, NewLoan, NewMode, NewPerson, Store,
    TenantId,
};
use tempfile::TempDir;

use crate::journal::{all_calls, answered_call, arrives, lines};
use crate::{BY, fresh};

fn at(at_ms: u64) -> By<'static> {
    By { who: "Tiina", at_ms }
}

#[tokio::test]
async fn a_restored_version_is_the_plan_as_it_was_but_not_the_people() {
    let (_folder, _store, tenant) = fresh().await;
    let mari = tenant.add_person(NewPerson { name: "Mari", extension: None }, BY).await.unwrap();
    let jaan = tenant.add_person(NewPerson { name: "Jaan", extension: None }, BY).await.unwrap();
    let with = |name, number| NewGroup { numbers: vec![number], ..NewGroup::named(name) };
    let sales = tenant.add_group(with("Sales", "6001"), BY).await.unwrap();
    let support = tenant.add_group(with("Support", "6002"), BY).await.unwrap();
    tenant.set_membership(mari.id, sales.id, 1, 0, BY).await.unwrap();
    tenant.set_membership(jaan.id, sales.id, 2, 0, BY).await.unwrap();
    let then = tenant.company().await.unwrap().plan_version;
    let (groups, places) = (tenant.groups().await.unwrap(), tenant.memberships().await.unwrap());
    // Names and numbers are swapped, a group goes, a person goes.
    tenant.remove_group(support.id, BY).await.unwrap();
    let swap =
        GroupPatch { name: Some("Support"), numbers: Some(vec!["6002"]), ..GroupPatch::default() };
    tenant.change_group(sales.id, swap, BY).await.unwrap();
    tenant.remove_person(jaan.id, BY).await.unwrap();
    assert_eq!(tenant.diff_to(then).await.unwrap().len(), 3);
    let now = tenant.restore(then, at(2_000)).await.unwrap();
    assert_eq!(tenant.groups().await.unwrap(), groups, "a removed group comes back with its id");
    assert_eq!(tenant.memberships().await.unwrap(), places[..1], "Jaan is gone for good");
    let newest = &tenant.versions(None).await.unwrap()[0];
    assert_eq!((newest.version, newest.at_ms), (now, 2_000));
    assert_eq!(newest.changes[0].what, "plan_restored");
    let undone = tenant.undo(at(3_000)).await.unwrap();
    assert_eq!((undone, tenant.groups().await.unwrap().len()), (now + 1, 1));
}

#[tokio::test]
async fn plans_of_the_newest_five_hundred_versions_are_kept_and_their_changes_for_ever() {
    let (_folder, _store, tenant) = fresh().await;
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    for ring in 0..500 {
        let patch = GroupPatch { ring_ms: Some(5_000 + ring), ..GroupPatch::default() };
        tenant.change_group(sales.id, patch, BY).await.unwrap();
    }
    assert!(tenant.restore(2, BY).await.is_err(), "too old");
    let oldest = tenant.versions(Some(3)).await.unwrap();
    assert_eq!((oldest[0].kept, oldest[0].changes[0].what.as_str()), (false, "group_added"));
    assert!(tenant.diff_to(3).await.is_ok());
}

#[tokio::test]
async fn a_mode_whose_time_is_over_is_returned_from_once_after_a_restart_too() {
    let (folder, store, tenant) = fresh().await;
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    let changes = vec![ModeChange::Door { group: sales.id, door: acd::Door::Closed }];
    let mode = NewMode { name: "Storm", code: Some("*41"), changes };
    let mode = tenant.add_mode(mode, BY).await.unwrap();
    tenant.press_mode(mode.id, Some(5_000), at(2_000)).await.unwrap();
    store.close().await;
    let store = Store::open(&folder.path().join("data/ladus.db")).await.unwrap();
    let tenant = store.tenant(TenantId::FIRST);
    let plan = tenant.plan().await.unwrap();
    let door = |now_ms| plan.acd(now_ms).groups[&sales.id].door;
    assert_eq!((door(4_999), door(5_000)), (acd::Door::Closed, acd::Door::ByHours));
    assert_eq!(plan.centre(0).mode_codes["*41"], mode.id);
    assert!(!tenant.end_mode_due(at(4_999)).await.unwrap());
    assert!(tenant.end_mode_due(at(5_000)).await.unwrap());
    assert!(!tenant.end_mode_due(at(5_001)).await.unwrap());
    // By phone: pressed, and pressed again it returns.
    assert!(tenant.press_code("*41", at(6_000)).await.unwrap());
    assert_eq!(tenant.pressed_mode(6_000).await.unwrap().unwrap().mode, mode.id);
    assert!(tenant.press_code("*41", at(7_000)).await.unwrap());
    assert_eq!(tenant.pressed_mode(7_000).await.unwrap(), None);
    assert!(!tenant.press_code("*99", at(8_000)).await.unwrap());
}

#[tokio::test]
async fn a_loan_ends_by_itself_and_does_not_come_back_with_an_old_version() {
    let (_folder, _store, tenant) = fresh().await;
    let mari = tenant.add_person(NewPerson { name: "Mari", extension: None }, BY).await.unwrap();
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    let loan = NewLoan {
        people: vec![mari.id],
        group: sales.id,
        order: 1,
        delay_ms: 0,
        until_ms: 10_000,
        wholly: true,
    };
    tenant.lend(loan, at(2_000)).await.unwrap();
    let lent = tenant.company().await.unwrap().plan_version;
    assert_eq!(tenant.places(9_999).await.unwrap().len(), 1);
    assert_eq!(tenant.places(10_000).await.unwrap().len(), 0);
    let plan = tenant.plan().await.unwrap();
    let memberships = |now_ms| plan.acd(now_ms).agents[&mari.id].memberships.len();
    assert_eq!((memberships(9_999), memberships(10_000)), (1, 0));
    tenant.undo(at(3_000)).await.unwrap();
    assert_eq!(tenant.places(3_000).await.unwrap(), []);
    tenant.restore(lent, at(4_000)).await.unwrap();
    assert_eq!(tenant.places(4_000).await.unwrap().len(), 1);
    tenant.end_loan(mari.id, sales.id, at(5_000)).await.unwrap();
    tenant.restore(lent, at(20_000)).await.unwrap();
    assert_eq!(tenant.places(0).await.unwrap(), []);
}

#[tokio::test]
async fn a_talk_that_is_handed_on_waits_again_even_in_another_batch() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let (call, support) = (CallId(1), GroupId(2));
    let told = |at_ms, fact| Fact { at: Time(at_ms), what: What::Acd(fact) };
    let (talked, waits) = (
        answered_call(1, 0),
        told(
            60_000,
            Acd::QueueEntered {
                call,
                group: support,
                priority: 0,
                place: 1,
                why: Entry::Transfer,
                since: Time(1_000),
                by: None,
            },
        ),
    );
    let mut talked = talked;
    talked.push(told(
        60_000,
        Acd::TalkEnded {
            call,
            group: GroupId(1),
            agent: AgentId(7),
            by: Side::Agent,
            cause: EndCause::System,
            talked_ms: 0,
        },
    ));
    journal.append(&lines(&talked)).await.unwrap();
    assert_eq!(journal.open_calls().count(), 0);
    journal.append(&lines(&[waits])).await.unwrap();
    assert_eq!(journal.open_calls().count(), 1);
    assert_eq!(all_calls(&tenant).await[0].group, Some(support));
    let gone = Acd::QueueLeft { call, group: support, leave: Leave::TimedOut, waited_ms: 9 };
    let diverted = Acd::CallDiverted { call: CallId(2), group: support, number: "1".to_owned() };
    let rest = [vec![told(61_000, gone)], arrives(2, 62_000), vec![told(63_000, diverted)]];
    journal.append(&lines(&rest.concat())).await.unwrap();
    let calls = all_calls(&tenant).await;
    let outcomes: Vec<CallOutcome> = calls.iter().map(|call| call.outcome).collect();
    assert_eq!(outcomes, [CallOutcome::Diverted, CallOutcome::TimedOut]);
    journal.rebuild_calls().await.unwrap();
    assert_eq!(all_calls(&tenant).await, calls, "the cache can be folded again");
    assert_eq!(tenant.served_last(100_000).await.unwrap()[0].1, AgentId(7));
}

/// Something that the store itself does not say, to its file.
async fn say<T>(folder: &TempDir, sql: &'static str) -> T
where
    T: Send + Unpin + for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    let file = folder.path().join("data/ladus.db");
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
}

#[tokio::test]
async fn versions_with_the_same_plan_share_it_and_large_plans_are_let_go_earlier() {
    let (folder, _store, tenant) = fresh().await;
    let sales = tenant.add_group(NewGroup::named("Sales"), BY).await.unwrap();
    for person in 0..20 {
        let name = format!("Person {person}");
        tenant.add_person(NewPerson { name: &name, extension: None }, BY).await.unwrap();
    }
    let documents = "SELECT COUNT(*) FROM plan_document";
    assert_eq!(say::<i64>(&folder, documents).await, 2, "the first one and that of the group");
    for ring in 0..30 {
        let patch = GroupPatch { ring_ms: Some(5_000 + ring), ..GroupPatch::default() };
        tenant.change_group(sales.id, patch, BY).await.unwrap();
    }
    assert_eq!(say::<i64>(&folder, documents).await, 32);
    // As many bytes as ten groups of 20,000 listed callers.
    let large = "UPDATE plan_document SET bytes = 5000000 RETURNING bytes";
    say::<i64>(&folder, large).await;
    let patch = GroupPatch { ring_ms: Some(9_000), ..GroupPatch::default() };
    tenant.change_group(sales.id, patch, BY).await.unwrap();
    assert_eq!(say::<i64>(&folder, documents).await, 14, "64 MiB and what was just written");
    let versions = tenant.versions(None).await.unwrap();
    let kept: Vec<bool> = versions.iter().map(|version| version.kept).collect();
    assert_eq!((kept[13], kept[14]), (true, false), "the page says what cannot be restored");
    assert!(tenant.restore(versions[13].version, BY).await.is_ok());
    let gone = tenant.restore(versions[20].version, BY).await.unwrap_err();
    assert!(matches!(gone, store::Error::NotFound { what: "version" }), "{gone}");
    // However large plans are, something can be taken back.
    let larger = "UPDATE plan_document SET bytes = 500000000 RETURNING bytes";
    say::<i64>(&folder, larger).await;
    tenant.undo(BY).await.unwrap();
    assert_eq!(say::<i64>(&folder, documents).await, 10);
}
