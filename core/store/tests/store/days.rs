//! What is known of days that are over: who was there when one began, and how many called.

use acd::{Activity, Actor, AgentId, Fact as Acd, Time, Wish};
use centre::{Fact, OfficeOutcome, What};
use store::{Calendar, Journal, zone_of};

use crate::fresh;
use crate::journal::{arrives, lines, office};

const QUARTER_MS: u64 = 900_000;

fn told(at_ms: u64, fact: Acd) -> Fact {
    Fact { at: Time(at_ms), what: What::Acd(fact) }
}

#[tokio::test]
async fn who_was_there_is_told_by_the_last_wish_and_the_last_word_of_the_phone() {
    let (_folder, _store, tenant) = fresh().await;
    let wish = |at_ms, agent, wish| {
        told(at_ms, Acd::AgentWish { agent: AgentId(agent), wish, by: Actor::Agent })
    };
    let does = |at_ms, agent, activity| {
        told(at_ms, Acd::AgentActivity { agent: AgentId(agent), activity })
    };
    let facts = [
        wish(1_000, 1, Wish::On),
        does(1_000, 3, Activity::Unreachable),
        does(2_000, 1, Activity::Idle),
        wish(2_000, 2, Wish::On),
        does(3_000, 1, Activity::Unreachable),
        wish(4_000, 2, Wish::Off),
        wish(5_000, 1, Wish::Off),
    ];
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.append(&lines(&facts)).await.unwrap();
    let known = |seq, since_ms| {
        let tenant = tenant.clone();
        async move {
            let kept = tenant.people_at(seq, since_ms).await.unwrap();
            kept.iter().map(|kept| kept.fact().unwrap()).collect::<Vec<_>>()
        }
    };
    let at_its_end = known(6, 2_000).await;
    let mut expected = [&facts[0], &facts[4], &facts[5]];
    expected.sort_by_key(|fact| fact.at);
    let mut sorted = at_its_end.iter().collect::<Vec<_>>();
    sorted.sort_by_key(|fact| fact.at);
    assert_eq!(sorted, expected, "the phone of agent 3 is too long ago, line 7 is later");
    assert_eq!(known(0, 0).await, []);
}

#[tokio::test]
async fn calls_of_groups_are_counted_by_the_quarter_of_an_hour() {
    let (_folder, _store, tenant) = fresh().await;
    let at = [QUARTER_MS - 1, QUARTER_MS, 2 * QUARTER_MS - 1, 9 * QUARTER_MS];
    let mut facts: Vec<Fact> = (1..).zip(at).flat_map(|(id, at)| arrives(id, at)).collect();
    facts.extend(office(8, 9 * QUARTER_MS, None, None, (OfficeOutcome::Cancelled, 0)));
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.append(&lines(&facts)).await.unwrap();
    let counted = tenant.calls_by_quarter(0).await.unwrap();
    assert_eq!(counted, [(0, 1), (QUARTER_MS, 2), (9 * QUARTER_MS, 1)]);
    assert_eq!(tenant.calls_by_quarter(2 * QUARTER_MS).await.unwrap(), [(9 * QUARTER_MS, 1)]);
}

#[test]
fn a_company_lives_where_all_its_calendars_are() {
    let of = |zone: &str| Calendar {
        id: acd::CalendarId(1),
        name: "Office".to_owned(),
        zone: zone.to_owned(),
        week: Default::default(),
        dates: Vec::new(),
    };
    let zones = |zones: &[&str]| {
        let calendars: Vec<Calendar> = zones.iter().map(|zone| of(zone)).collect();
        zone_of(&calendars).to_owned()
    };
    assert_eq!(zones(&[]), "UTC");
    assert_eq!(zones(&["Europe/Tallinn", "Europe/Tallinn"]), "Europe/Tallinn");
    assert_eq!(zones(&["Europe/Tallinn", "Europe/Helsinki"]), "UTC");
}
