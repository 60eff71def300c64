//! What is made good after a crash.

use acd::{
    Actor, AgentId, CallId, CallbackEnd, Entry, Fact as Acd, GroupId, Leave, Outcome, Time, Wish,
};
use centre::{Fact, What};
use store::{CallOutcome, Journal, LeftOpen};

use crate::fresh;
use crate::journal::{all_calls, answered_call, answers, arrives, lines, offered};

fn wish(agent: u64, wish: Wish) -> Fact {
    let fact = Acd::AgentWish { agent: AgentId(agent), wish, by: Actor::Agent };
    Fact { at: Time(0), what: What::Acd(fact) }
}

#[tokio::test]
async fn calls_alive_at_a_crash_end_with_the_last_sign_of_life() {
    let (_folder, store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let waiting = arrives(1, 0);
    let ringing = [arrives(2, 0), offered(2, 1_000)].concat();
    let talking = [arrives(3, 0), offered(3, 0), answers(3, 1_000)].concat();
    let answering = [arrives(4, 0), offered(4, 0), answers(4, 2_000)[..2].to_vec()].concat();
    let batch = [waiting, ringing, talking, answering, arrives(5, 4_000)].concat();
    journal.append(&lines(&batch)).await.unwrap();
    drop(journal);

    let mut journal = Journal::open(&store.tenant(tenant.id())).await.unwrap();
    assert_eq!(journal.close_open().await.unwrap().closed, 5);
    assert_eq!(journal.open_calls().count(), 0);
    let calls = all_calls(&tenant).await;
    let told: Vec<_> = calls
        .iter()
        .map(|call| (call.id.0, call.outcome, call.waited_ms, call.talked_ms))
        .collect();
    assert_eq!(
        told,
        [
            (5, CallOutcome::Abandoned, 0, 0),
            (4, CallOutcome::Answered, 1_000, 2_000),
            (3, CallOutcome::Answered, 1_000, 3_000),
            (2, CallOutcome::Abandoned, 4_000, 0),
            (1, CallOutcome::Abandoned, 4_000, 0),
        ]
    );
    assert!(calls.iter().all(|call| call.ended_ms == Some(4_000)));
    let kinds: Vec<String> =
        tenant.facts_of(CallId(2)).await.unwrap().into_iter().map(|kept| kept.kind).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["offer_ended", "queue_left"]);
    assert_eq!(journal.close_open().await.unwrap().closed, 0);
}

#[tokio::test]
async fn an_empty_journal_has_nothing_to_close() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    assert_eq!(journal.close_open().await.unwrap().closed, 0);
    journal.append(&lines(&answered_call(1, 0))).await.unwrap();
    assert_eq!(journal.close_open().await.unwrap().closed, 0);
}

#[tokio::test]
async fn a_restart_knows_what_each_agent_wanted_last() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let lunch = Wish::Break { reason: "lõuna".to_owned() };
    let wishes = [wish(1, Wish::On), wish(2, Wish::On), wish(1, lunch.clone()), wish(2, Wish::Off)];
    journal.append(&lines(&wishes)).await.unwrap();
    let last = tenant.last_wishes().await.unwrap();
    assert_eq!(
        last.into_iter().collect::<Vec<_>>(),
        [(AgentId(1), lunch), (AgentId(2), Wish::Off)]
    );
}

fn told(at_ms: u64, fact: Acd) -> Fact {
    Fact { at: Time(at_ms), what: What::Acd(fact) }
}

/// A caller who has waited since `at` and asks to be called back a second later.
fn asks(call: u64, at: u64) -> Vec<Fact> {
    let (id, group) = (CallId(call), GroupId(1));
    let origin = What::CallbackOrigin {
        call: id,
        number: "6001000".to_owned(),
        caller_display: "Kati".to_owned(),
        trunk: Some("carrier".to_owned()),
        from: "192.0.2.7:5060".parse().unwrap(),
    };
    let number = format!("55500{call:02}");
    let asked = told(at + 1_000, Acd::CallbackAsked { call: id, group, number });
    let mut facts = arrives(call, at);
    facts.extend([Fact { at: Time(at + 1_000), what: origin }, asked]);
    facts
}

async fn reopened(tenant: &store::Tenant) -> (Journal, LeftOpen) {
    let mut journal = Journal::open(tenant).await.unwrap();
    let left = journal.close_open().await.unwrap();
    (journal, left)
}

#[tokio::test]
async fn callers_who_keep_their_place_are_not_closed_and_come_back_with_all_that_is_known() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let agent = AgentId(7);
    let (call, group) = (CallId(1), GroupId(1));
    let ends = |outcome| Acd::OfferEnded { call, group, agent, outcome, rang_ms: 0 };
    let story = [
        asks(1, 0),
        vec![told(2_000, Acd::OfferSent { call, group, agent })],
        vec![told(3_000, ends(Outcome::Answered))],
        vec![told(9_000, Acd::CallbackTried { call, agent, reached: false })],
        vec![told(200_000, Acd::OfferSent { call, group, agent })],
        vec![told(201_000, ends(Outcome::Rejected))],
        arrives(2, 202_000),
    ];
    journal.append(&lines(&story.concat())).await.unwrap();
    let listed = |calls: Vec<store::Call>| -> Vec<(u64, CallOutcome, bool)> {
        calls.iter().map(|it| (it.id.0, it.outcome, it.ended_ms.is_some())).collect()
    };
    let waits = (1, CallOutcome::Callback, false);
    assert_eq!(listed(all_calls(&tenant).await), [(2, CallOutcome::Waiting, false), waits]);
    drop(journal);

    let (mut journal, left) = reopened(&tenant).await;
    assert_eq!((left.closed, left.kept.len()), (1, 1));
    let kept = &left.kept[0];
    assert_eq!((kept.number.as_str(), kept.caller_display.as_str()), ("6001000", "Kati"));
    assert_eq!(kept.trunk.as_deref(), Some("carrier"));
    assert_eq!(kept.from, "192.0.2.7:5060".parse().ok());
    let engines = &kept.kept;
    assert_eq!((engines.asked, engines.since, engines.priority), (Time(1_000), Time(0), -1));
    assert_eq!((engines.tries, engines.tried), (1, Some(Time(9_000))));
    assert_eq!(engines.rejected_by, [agent].into());
    assert_eq!(listed(all_calls(&tenant).await), [(2, CallOutcome::Abandoned, true), waits]);
    // The journal as it is now gives the same once more, and so does a cache folded anew.
    journal.rebuild_calls().await.unwrap();
    drop(journal);
    assert_eq!(reopened(&tenant).await.1.kept, left.kept);
}

#[tokio::test]
async fn an_offer_or_a_dialling_that_the_crash_cut_off_is_closed_and_the_callback_waits_on() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let (group, agent) = (GroupId(1), AgentId(7));
    let sent = |call| told(2_000, Acd::OfferSent { call: CallId(call), group, agent });
    let answered = |call| {
        let (call, outcome) = (CallId(call), Outcome::Answered);
        told(3_000, Acd::OfferEnded { call, group, agent, outcome, rang_ms: 0 })
    };
    let ringing = [asks(1, 0), vec![sent(1)]].concat();
    let dialling = [asks(2, 0), vec![sent(2), answered(2)]].concat();
    let tried = told(4_000, Acd::CallbackTried { call: CallId(3), agent, reached: true });
    let talking = [asks(3, 0), vec![sent(3), answered(3), tried]].concat();
    journal.append(&lines(&[ringing, dialling, talking].concat())).await.unwrap();
    drop(journal);
    let (_journal, left) = reopened(&tenant).await;
    assert_eq!(left.closed, 1, "who talks does not keep a place any more");
    let kept: Vec<u64> = left.kept.iter().map(|it| it.kept.call.0).collect();
    assert_eq!(kept, [1, 2]);
    let last = async |call| -> String {
        let facts = tenant.facts_of(CallId(call)).await.unwrap();
        facts.last().unwrap().kind.clone()
    };
    assert_eq!(last(1).await, "offer_ended");
    assert_eq!(last(2).await, "offer_ended");
    assert_eq!(last(3).await, "talk_ended");
}

#[tokio::test]
async fn a_callback_that_ended_or_was_given_up_for_a_new_call_is_not_kept() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let group = GroupId(1);
    let ends = |call, why| {
        let by = Actor::Web { who: "Tiina".to_owned() };
        let leave = Leave::CallbackFailed;
        let call = CallId(call);
        vec![
            told(5_000, Acd::CallbackEnded { call, group, why, by }),
            told(5_000, Acd::QueueLeft { call, group, leave, waited_ms: 5_000 }),
        ]
    };
    // As journals from before wrote it: he called again himself.
    let moved = told(
        5_000,
        Acd::QueueLeft { call: CallId(2), group, leave: Leave::Moved, waited_ms: 5_000 },
    );
    let story = [asks(1, 0), ends(1, CallbackEnd::Ended), asks(2, 0), vec![moved]].concat();
    journal.append(&lines(&story)).await.unwrap();
    let calls = all_calls(&tenant).await;
    assert!(calls.iter().all(|call| call.outcome == CallOutcome::CallbackEnded));
    assert!(calls.iter().all(|call| call.ended_ms == Some(5_000)));
    drop(journal);
    let (_journal, left) = reopened(&tenant).await;
    assert_eq!((left.closed, left.kept.len()), (0, 0));
    let facts = tenant.facts_of(CallId(1)).await.unwrap();
    let ended = facts.iter().find(|kept| kept.kind == "callback_ended").unwrap();
    assert_eq!(ended.body, r#"{"group":1,"reason":"ended","by":"web","who":"Tiina"}"#);
}

#[tokio::test]
async fn a_callback_that_was_moved_from_group_to_group_is_one_still() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let (call, group, why) = (CallId(1), GroupId(2), Entry::Moved);
    let by = Some(Actor::Web { who: "Tiina".to_owned() });
    let since = Time(0);
    let left = Acd::QueueLeft { call, group: GroupId(1), leave: Leave::Moved, waited_ms: 5_000 };
    let entered = Acd::QueueEntered { call, group, priority: 3, place: 1, why, since, by };
    // Two batches: a moment in which he stands nowhere.
    journal.append(&lines(&[asks(1, 0), vec![told(5_000, left)]].concat())).await.unwrap();
    journal.append(&lines(&[told(5_000, entered.clone())])).await.unwrap();
    let calls = all_calls(&tenant).await;
    assert_eq!((calls[0].outcome, calls[0].group), (CallOutcome::Callback, Some(group)));
    let facts = tenant.facts_of(call).await.unwrap();
    assert_eq!(facts.last().unwrap().fact().unwrap().what, What::Acd(entered));
    drop(journal);
    let (_journal, left) = reopened(&tenant).await;
    let kept = &left.kept[0].kept;
    assert_eq!((kept.group, kept.priority, kept.since), (group, 3, since));
    assert_eq!(kept.met, Time(5_000));
}
