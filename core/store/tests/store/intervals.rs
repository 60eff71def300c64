//! Figures by quarter of an hour are a cache: folded in parts or at once, they are the same.

use acd::{Activity, Actor, Fact as Acd, Time, Wish};
use centre::{Fact, What};
use stats::{Intervals, Limits, Quarter, Tables};
use store::{Folded, Journal, Tenant};

use crate::fresh;
use crate::journal::{MARI, answered_call, arrives, lines, offered};

const ALL: std::ops::Range<Quarter> = Quarter(0)..Quarter(u32::MAX);
const MINUTE: u64 = 60_000;

async fn folded(tenant: &Tenant) -> (Folded, Tables) {
    let folded = tenant.fold_intervals(Limits::default()).await.unwrap();
    (folded, tenant.intervals(ALL).await.unwrap())
}

/// Mari is on and has a call every five minutes; the last one only rings.
fn morning() -> Vec<Fact> {
    let told = |at_ms, what| Fact { at: Time(at_ms), what: What::Acd(what) };
    let on = Acd::AgentWish { agent: MARI, wish: Wish::On, by: Actor::Agent };
    let idle = Acd::AgentActivity { agent: MARI, activity: Activity::Idle };
    let mut facts = vec![told(0, on), told(0, idle)];
    facts.extend((1..20).flat_map(|id| answered_call(id, id * 5 * MINUTE)));
    facts.extend([arrives(20, 100 * MINUTE), offered(20, 100 * MINUTE)].concat());
    facts
}

#[tokio::test]
async fn a_cache_that_follows_the_journal_is_the_one_that_is_rebuilt() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let (facts, mut direct) = (morning(), Intervals::new(Limits::default()));
    for part in facts.chunks(7) {
        journal.append(&lines(part)).await.unwrap();
        let (folded, tables) = folded(&tenant).await;
        assert_eq!(folded.facts, part.len() as u64);
        for fact in part {
            let What::Acd(what) = &fact.what else { continue };
            direct.fold(fact.at, what);
        }
        assert_eq!(&tables, direct.tables());
    }
    let (nothing, followed) = folded(&tenant).await;
    assert_eq!((nothing.facts, nothing.seq), (0, facts.len() as u64));
    let answered = followed.company(ALL).line.answered;
    assert_eq!((answered, followed.quarters().count()), (19, 7));
    let rebuilt = tenant.rebuild_intervals(Limits::default()).await.unwrap();
    assert_eq!((rebuilt.facts, rebuilt.seq), (facts.len() as u64, nothing.seq));
    assert_eq!(tenant.intervals(ALL).await.unwrap(), followed);
}

#[tokio::test]
async fn quarters_are_read_by_themselves_and_other_limits_are_counted_anew() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.append(&lines(&morning())).await.unwrap();
    let (_, all) = folded(&tenant).await;
    let second = tenant.intervals(Quarter(1)..Quarter(2)).await.unwrap();
    assert_eq!(second.company(ALL), all.company(Quarter(1)..Quarter(2)));
    assert_eq!(second.company(ALL).line.answered, 3);
    // Everybody was answered after a second.
    assert_eq!(all.company(ALL).line.answered_in_time, 19);
    let strict = Limits { in_time_ms: 999, ..Limits::default() };
    let anew = tenant.fold_intervals(strict).await.unwrap();
    let line = tenant.intervals(ALL).await.unwrap().company(ALL).line;
    assert_eq!((line.answered, line.answered_in_time), (19, 0));
    assert_eq!(anew.facts, morning().len() as u64);
}

#[tokio::test]
async fn two_who_fold_at_once_count_nothing_twice() {
    let (_folder, _store, tenant) = fresh().await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    folded(&tenant).await;
    journal.append(&lines(&morning())).await.unwrap();
    let limits = Limits::default();
    let both = tokio::join!(tenant.fold_intervals(limits), tenant.fold_intervals(limits));
    assert!(both.0.is_ok() && both.1.is_ok());
    let (_, tables) = folded(&tenant).await;
    assert_eq!(tables.company(ALL).line.answered, 19);
}
