//! The journal, the facts in it, and the calls folded from it.

use acd::{
    Activity, Actor, AgentId, CallId, Decided, EndCause, Fact as Acd, GroupId, Leave, Office,
    Outcome, Picked, Refusal, Side, SkipReason, Skipped, Time, Verdict, Wish,
};
use centre::{Fact, OfficeOutcome, What};
use store::{Call, CallFilter, CallOutcome, Journal, JournalLine, Recording, Tenant};

use crate::fresh;

const SALES: GroupId = GroupId(1);
pub(crate) const MARI: AgentId = AgentId(7);

pub(crate) fn lines(facts: &[Fact]) -> Vec<JournalLine> {
    facts.iter().map(JournalLine::of).collect()
}

fn told(at_ms: u64, fact: Acd) -> Fact {
    Fact { at: Time(at_ms), what: What::Acd(fact) }
}

pub(crate) fn arrives(id: u64, at: u64) -> Vec<Fact> {
    let (call, group) = (CallId(id), SALES);
    let (number, caller) = ("6001000".to_owned(), format!("+37255{id:05}"));
    vec![
        told(at, Acd::CallArrived { call, group, number, caller, priority: -1 }),
        told(
            at,
            Acd::QueueEntered {
                call,
                group,
                priority: -1,
                place: 1,
                why: acd::Entry::Arrival,
                since: Time(at),
                by: None,
            },
        ),
    ]
}

pub(crate) fn offered(id: u64, at: u64) -> Vec<Fact> {
    let (call, group, agent) = (CallId(id), SALES, MARI);
    vec![
        told(at, Acd::RouteDecided { call, group, decision: decision() }),
        told(at, Acd::OfferSent { call, group, agent }),
        told(at + 50, Acd::OfferRinging { call, agent }),
    ]
}

pub(crate) fn answers(id: u64, at: u64) -> Vec<Fact> {
    let (call, group, agent) = (CallId(id), SALES, MARI);
    let (outcome, leave) = (Outcome::Answered, Leave::Answered);
    vec![
        told(at, Acd::OfferEnded { call, group, agent, outcome, rang_ms: 950 }),
        told(at, Acd::QueueLeft { call, group, leave, waited_ms: 1_000 }),
        told(at, Acd::TalkStarted { call, group, agent }),
    ]
}

/// From arrival to the end of wrap-up, starting at `at`.
pub(crate) fn answered_call(id: u64, at: u64) -> Vec<Fact> {
    let (call, group, agent) = (CallId(id), SALES, MARI);
    let (by, cause) = (Side::Caller, EndCause::HungUp);
    let mut facts = arrives(id, at);
    facts.extend(offered(id, at));
    facts.extend(answers(id, at + 1_000));
    facts.push(told(
        at + 61_000,
        Acd::TalkEnded { call, group, agent, by, cause, talked_ms: 60_000 },
    ));
    facts.push(told(at + 61_000, Acd::WrapUpStarted { call, group, agent }));
    facts.push(told(at + 66_000, Acd::WrapUpEnded { agent, by_agent: false }));
    facts
}

fn abandoned_call(id: u64, at: u64) -> Vec<Fact> {
    let (call, group, leave) = (CallId(id), SALES, Leave::Abandoned);
    let mut facts = arrives(id, at);
    facts.push(told(at + 9_000, Acd::QueueLeft { call, group, leave, waited_ms: 9_000 }));
    facts
}

fn refused_call(id: u64, at: u64) -> Vec<Fact> {
    let (call, group, refusal) = (CallId(id), SALES, Refusal::Full);
    let mut facts = arrives(id, at);
    facts[1] = told(at, Acd::QueueRefused { call, group, refusal });
    facts
}

fn decision() -> Decided {
    Decided {
        candidates: vec![MARI, AgentId(9)],
        skipped: vec![Skipped { agent: AgentId(8), reason: SkipReason::OtherGroupFirst }],
        chosen: MARI,
        verdict: Verdict {
            policy: "longest-idle@1.0.0".to_owned(),
            micros: 21,
            fuel: 4_096,
            fallback: Some("trap".to_owned()),
            reason: Some("idle \"longest\"\n".to_owned()),
            picked: None,
        },
    }
}

/// A decision for an agent who was freed.
fn picked() -> Decided {
    let picked = Some(Picked { position: 2, calls: 5 });
    Decided { verdict: Verdict { picked, ..Verdict::default() }, ..decision() }
}

/// One of every kind, and of every shape that a kind has.
fn every_fact() -> Vec<Fact> {
    let (call, agent) = (CallId(1), MARI);
    let mut facts = answered_call(1, 100);
    facts.extend(refused_call(2, 200));
    facts.extend(abandoned_call(3, 300));
    let wish = |wish, by| Acd::AgentWish { agent, wish, by };
    let lunch = Wish::Break { reason: "lõuna".to_owned() };
    facts.extend(
        [
            Acd::RouteDecided { call, group: SALES, decision: picked() },
            Acd::HoldStarted { call, by: Side::Agent },
            Acd::HoldEnded { call, by: Side::Caller },
            Acd::WrapUpEnded { agent, by_agent: true },
            wish(Wish::On, Actor::Agent),
            wish(Wish::Off, Actor::Rule),
            wish(lunch, Actor::Web { who: "Tiina".to_owned() }),
            Acd::AgentActivity { agent, activity: Activity::WrapUp },
            Acd::PlanChanged { version: 12 },
        ]
        .map(|fact| told(400, fact)),
    );
    let text = str::to_owned;
    let (sip_user, contact, user_agent) = (text("mari"), text("sip:mari@[::1]"), text("Yealink"));
    facts.extend(
        [
            What::DeviceRegistered { agent, sip_user: sip_user.clone(), contact, user_agent },
            What::DeviceLost { agent, sip_user },
            What::RecordingStarted { call },
            What::RecordingStored { call, bytes: 9, duration_ms: 8, sha256: text("ab") },
            What::RecordingFailed { call, cause: text("disk full") },
            What::CallRejected { number: text("1"), caller: text("2"), status: 404 },
        ]
        .map(|what| Fact { at: Time(500), what }),
    );
    let outcomes = [
        OfficeOutcome::Answered,
        OfficeOutcome::Cancelled,
        OfficeOutcome::NoAnswer,
        OfficeOutcome::Busy,
        OfficeOutcome::Rejected,
        OfficeOutcome::Unreachable,
    ];
    for (id, outcome) in (11..).zip(outcomes) {
        let to = Some(AgentId(8)).filter(|_| id % 2 == 0);
        facts.extend(office(id, 600, to, Some(5), (outcome, 9)));
    }
    facts
}

/// An office call of Mari's: begun, perhaps answered `after` so long, and ended 10 s later.
pub(crate) fn office(
    id: u64,
    at: u64,
    to: Option<AgentId>,
    after: Option<u64>,
    (outcome, talked_ms): (OfficeOutcome, u64),
) -> Vec<Fact> {
    let (call, number) = (CallId(id), to.map_or("5551000", |_| "102").to_owned());
    let with = to.map_or(Office::Outbound, |_| Office::Internal);
    let caller = "101".to_owned();
    let mut facts = vec![Fact {
        at: Time(at),
        what: What::OfficeStarted { call, agent: MARI, with, to, number, caller },
    }];
    let answered = after.map(|after| Time(at + after));
    facts.extend(answered.map(|at| Fact { at, what: What::OfficeAnswered { call } }));
    let what = What::OfficeEnded { call, outcome, talked_ms };
    facts.push(Fact { at: Time(at + 10_000), what });
    facts
}

pub(crate) async fn all_calls(tenant: &Tenant) -> Vec<Call> {
    tenant.calls(&CallFilter { limit: 200, ..CallFilter::default() }).await.unwrap()
}

#[tokio::test]
async fn a_fact_comes_back_as_it_went_in() {
    let (_folder, _store, tenant) = fresh().await;
    let facts = every_fact();
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.append(&lines(&facts)).await.unwrap();
    let kept = tenant.facts_after(0).await.unwrap();
    let read: Vec<Fact> = kept.iter().map(|kept| kept.fact().unwrap()).collect();
    assert_eq!(read, facts);
    let seqs: Vec<u64> = kept.iter().map(|kept| kept.seq).collect();
    assert_eq!(seqs, (1..=facts.len() as u64).collect::<Vec<_>>());
}

#[tokio::test]
async fn bodies_are_plain_json_in_the_words_of_the_metrics() {
    let line = JournalLine::of(&offered(3, 5)[0]);
    assert_eq!((line.at_ms, line.call, line.kind), (5, Some(3), "route_decided"));
    let expected = concat!(
        r#"{"group":1,"chosen":7,"policy":"longest-idle@1.0.0","micros":21,"fuel":4096,"#,
        r#""fallback":"trap","reason":"idle \"longest\"\n","candidates":[7,9],"#,
        r#""skipped":[{"agent":8,"reason":"other_group_first"}]}"#
    );
    assert_eq!(&*line.body, expected);
    let started = Fact { at: Time(0), what: What::RecordingStarted { call: CallId(1) } };
    assert_eq!(&*JournalLine::of(&started).body, "{}");
}

#[tokio::test]
async fn calls_are_listed_as_the_journal_tells_them() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    assert_eq!(tenant.last_call().await.unwrap(), CallId(0));
    let batch = [answered_call(1, 0), abandoned_call(2, 10), refused_call(3, 20), arrives(4, 30)];
    journal.append(&lines(&batch.concat())).await.unwrap();
    let calls = all_calls(&tenant).await;
    let told: Vec<_> = calls.iter().map(|call| (call.id.0, call.outcome, call.ended_ms)).collect();
    assert_eq!(
        told,
        [
            (4, CallOutcome::Waiting, None),
            (3, CallOutcome::Refused, Some(20)),
            (2, CallOutcome::Abandoned, Some(9_010)),
            (1, CallOutcome::Answered, Some(61_000)),
        ]
    );
    let answered = &calls[3];
    assert_eq!((answered.agent, answered.group), (Some(MARI), Some(SALES)));
    assert_eq!((answered.waited_ms, answered.talked_ms), (1_000, 60_000));
    assert_eq!(tenant.call(CallId(1)).await.unwrap(), *answered);
    assert_eq!(tenant.last_call().await.unwrap(), CallId(4));
    assert_eq!(journal.open_calls().map(|call| call.id.0).collect::<Vec<_>>(), [4]);
    let of_call = tenant.facts_of(CallId(2)).await.unwrap();
    assert_eq!(
        of_call.iter().map(|kept| kept.kind.as_str()).collect::<Vec<_>>(),
        ["call_arrived", "queue_entered", "queue_left"]
    );
}

#[tokio::test]
async fn lists_are_narrowed_and_paged() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    for id in 1..=9 {
        let call = if id % 3 == 0 { abandoned_call(id, id) } else { answered_call(id, id) };
        journal.append(&lines(&call)).await.unwrap();
    }
    let ids = async |filter: CallFilter| {
        let calls = tenant.calls(&filter).await.unwrap();
        calls.into_iter().map(|call| call.id.0).collect::<Vec<_>>()
    };
    let all = CallFilter { limit: 3, ..CallFilter::default() };
    assert_eq!(ids(all.clone()).await, [9, 8, 7]);
    assert_eq!(ids(CallFilter { before: Some(CallId(7)), ..all.clone() }).await, [6, 5, 4]);
    let abandoned = Some(CallOutcome::Abandoned);
    assert_eq!(ids(CallFilter { outcome: abandoned, ..all.clone() }).await, [9, 6, 3]);
    assert_eq!(ids(CallFilter { agent: Some(MARI), ..all.clone() }).await, [8, 7, 5]);
    assert_eq!(ids(CallFilter { group: Some(GroupId(2)), ..all.clone() }).await, [0_u64; 0]);
    let part = Some("5500004".to_owned());
    assert_eq!(ids(CallFilter { number_part: part, ..all.clone() }).await, [4]);
    let dialled = Some("6001".to_owned());
    assert_eq!(ids(CallFilter { number_part: dialled, ..all }).await, [9, 8, 7]);
}

#[tokio::test]
async fn the_calls_folded_again_are_the_same() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    // Interleaved and cut into batches of odd sizes, as life does it.
    let mut facts: Vec<Fact> = (1..=60)
        .flat_map(|id| match id % 4 {
            0 => abandoned_call(id, id * 700),
            1 => refused_call(id, id * 700),
            2 => arrives(id, id * 700),
            _ => answered_call(id, id * 700),
        })
        .collect();
    facts.sort_by_key(|fact| fact.at);
    for batch in facts.chunks(23) {
        journal.append(&lines(batch)).await.unwrap();
    }
    let before = all_calls(&tenant).await;
    let open: Vec<Call> = journal.open_calls().cloned().collect();
    assert_eq!((before.len(), open.len()), (60, 15));
    journal.rebuild_calls().await.unwrap();
    assert_eq!(all_calls(&tenant).await, before);
    assert_eq!(journal.open_calls().cloned().collect::<Vec<_>>(), open);
}

#[tokio::test]
async fn a_batch_that_fails_leaves_nothing_and_the_next_one_goes_in() {
    let (_folder, store, tenant) = fresh().await;
    let nowhere = store.tenant(store::TenantId(99));
    let mut orphan = Journal::open(&nowhere).await.unwrap();
    orphan.append(&lines(&answered_call(1, 0))).await.unwrap_err();
    assert_eq!(orphan.open_calls().count(), 0);
    assert!(nowhere.facts_after(0).await.unwrap().is_empty());
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.append(&lines(&answered_call(1, 0))).await.unwrap();
    journal.append(&[]).await.unwrap();
    assert_eq!(all_calls(&tenant).await.len(), 1);
}

#[tokio::test]
async fn a_recording_shows_in_the_list() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.append(&lines(&answered_call(1, 0))).await.unwrap();
    assert_eq!(tenant.recording(CallId(1)).await.unwrap(), None);
    let recording = Recording {
        call: CallId(1),
        path: "2026/11/23/1.wav".to_owned(),
        sha256: "ab".repeat(32),
        bytes: 960_044,
        duration_ms: 60_000,
        started_ms: 1_000,
        codec: "pcma".to_owned(),
    };
    tenant.add_recording(&recording).await.unwrap();
    tenant.add_recording(&recording).await.unwrap();
    assert_eq!(tenant.recording(CallId(1)).await.unwrap(), Some(recording));
    assert_eq!(tenant.recordings_count().await.unwrap(), 1);
    assert!(all_calls(&tenant).await[0].recording);
    assert!(tenant.call(CallId(1)).await.unwrap().recording);
}

#[tokio::test]
async fn today_begins_after_the_last_fact_of_yesterday() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    assert_eq!(tenant.seq_before(1_000).await.unwrap(), 0);
    journal.append(&lines(&[arrives(1, 500), arrives(2, 1_000)].concat())).await.unwrap();
    let seq = tenant.seq_before(1_000).await.unwrap();
    assert_eq!(seq, 2);
    assert_eq!(tenant.facts_after(seq).await.unwrap()[0].call, Some(2));
}
