//! What is made good after a crash.

use acd::{Actor, AgentId, CallId, Fact as Acd, Time, Wish};
use centre::{Fact, What};
use store::{CallOutcome, Journal};

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
    assert_eq!(journal.close_open().await.unwrap(), 5);
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
    assert_eq!(journal.close_open().await.unwrap(), 0);
}

#[tokio::test]
async fn an_empty_journal_has_nothing_to_close() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    assert_eq!(journal.close_open().await.unwrap(), 0);
    journal.append(&lines(&answered_call(1, 0))).await.unwrap();
    assert_eq!(journal.close_open().await.unwrap(), 0);
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
