//! Office calls in the journal, in the list, and over a restart; and the door to the outside.

use acd::{AgentId, CallId, GroupId};
use centre::OfficeOutcome;
use store::{CallFilter, CallKind, CallOutcome, Journal, NewPerson};

use crate::journal::{MARI, all_calls, answered_call, lines, office};
use crate::{BY, fresh};

#[tokio::test]
async fn office_calls_stand_in_the_list_beside_the_groups_calls() {
    let (_folder, _store, tenant) = fresh().await;
    let jaan = AgentId(8);
    let mut journal = Journal::open(&tenant).await.unwrap();
    let batch = [
        answered_call(1, 0),
        office(2, 1_000, Some(jaan), Some(4_000), (OfficeOutcome::Answered, 6_000)),
        office(3, 2_000, Some(jaan), None, (OfficeOutcome::Busy, 0)),
        office(4, 3_000, None, None, (OfficeOutcome::NoAnswer, 0)),
        office(5, 4_000, None, None, (OfficeOutcome::Cancelled, 0)),
    ];
    journal.append(&lines(&batch.concat())).await.unwrap();

    let calls = all_calls(&tenant).await;
    let told: Vec<_> = calls
        .iter()
        .map(|it| (it.id.0, it.kind, it.agent, it.outcome, it.waited_ms, it.talked_ms))
        .collect();
    use CallKind::{Group, Internal, Outbound};
    use CallOutcome::{Abandoned, Answered, Refused, TimedOut};
    assert_eq!(
        told[..4],
        [
            (5, Outbound, Some(MARI), Abandoned, 10_000, 0),
            (4, Outbound, Some(MARI), TimedOut, 10_000, 0),
            (3, Internal, Some(jaan), Refused, 10_000, 0),
            (2, Internal, Some(jaan), Answered, 4_000, 6_000),
        ]
    );
    assert_eq!((told[4].0, told[4].1), (1, Group));
    assert!(calls.iter().all(|call| call.ended_ms.is_some()));
    assert_eq!((calls[0].group, calls[4].group), (None, Some(GroupId(1))));
    assert_eq!((calls[3].caller.as_str(), calls[3].number.as_str()), ("101", "102"));

    let ids = async |office| {
        let filter = CallFilter { office: Some(office), limit: 9, ..CallFilter::default() };
        let calls = tenant.calls(&filter).await.unwrap();
        calls.into_iter().map(|call| call.id.0).collect::<Vec<_>>()
    };
    assert_eq!(ids(true).await, [5, 4, 3, 2]);
    assert_eq!(ids(false).await, [1]);
    assert_eq!(tenant.last_call().await.unwrap(), CallId(5), "no number is given twice");
    let served = tenant.served_last(5_000).await.unwrap();
    assert!(served.iter().all(|(caller, _)| caller != "101"), "colleagues are served by nobody");

    journal.rebuild_calls().await.unwrap();
    assert_eq!(all_calls(&tenant).await, calls);
}

#[tokio::test]
async fn office_calls_alive_at_a_crash_end_with_the_last_sign_of_life() {
    let (_folder, store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let alive = |id, at, after| {
        let mut facts = office(id, at, None, after, (OfficeOutcome::Answered, 0));
        facts.pop();
        facts
    };
    let batch = [alive(1, 0, Some(1_000)), alive(2, 2_000, None), answered_call(3, 4_000)];
    let last_ms = batch.concat().iter().map(|fact| fact.at.0).max().unwrap();
    journal.append(&lines(&batch.concat())).await.unwrap();
    drop(journal);

    let mut journal = Journal::open(&store.tenant(tenant.id())).await.unwrap();
    assert_eq!(journal.close_open().await.unwrap().closed, 2);
    let calls = all_calls(&tenant).await;
    let told = |id: u64| {
        let call = calls.iter().find(|call| call.id.0 == id).unwrap();
        (call.outcome, call.talked_ms, call.ended_ms)
    };
    assert_eq!(told(1), (CallOutcome::Answered, last_ms - 1_000, Some(last_ms)));
    assert_eq!(told(2), (CallOutcome::Abandoned, 0, Some(last_ms)));
    assert_eq!(journal.close_open().await.unwrap().closed, 0);
}

#[tokio::test]
async fn the_centre_knows_extensions_names_and_whether_the_outside_is_open() {
    let (_folder, _store, tenant) = fresh().await;
    let mari = NewPerson { name: "Mari", extension: Some("101") };
    let mari = tenant.add_person(mari, BY).await.unwrap();
    let jaan = NewPerson { name: "Jaan", extension: None };
    let jaan = tenant.add_person(jaan, BY).await.unwrap();
    let plan = tenant.plan().await.unwrap().centre(0);
    assert_eq!(plan.extensions.get("101"), Some(&mari.id));
    assert_eq!(plan.extensions.len(), 1);
    assert_eq!(plan.colleagues[&mari.id].extension.as_deref(), Some("101"));
    assert_eq!(plan.colleagues[&jaan.id].name, "Jaan");
    assert!(!plan.outside_calls, "nobody's phones call the outside until somebody says so");

    let version = tenant.company().await.unwrap().plan_version;
    assert!(tenant.set_outside_calls(true, BY).await.unwrap());
    assert!(tenant.outside_calls().await.unwrap());
    let plan = tenant.plan().await.unwrap();
    assert!(plan.version > version && plan.centre(0).outside_calls);
}

#[tokio::test]
async fn no_undo_opens_the_outside_again() {
    let (_folder, _store, tenant) = fresh().await;
    tenant.set_outside_calls(true, BY).await.unwrap();
    let open = tenant.company().await.unwrap().plan_version;
    tenant.set_outside_calls(false, BY).await.unwrap();
    tenant.restore(open, BY).await.unwrap();
    assert!(!tenant.outside_calls().await.unwrap());
}
