//! Indicators: versions of the plan, kept for ever; days that are over, written once.

use acd::{AgentId, CallId, EndCause, Fact as Acd, GroupId, Outcome, Side, Time};
use centre::{Fact, What};
use store::{
    By, Case, CaseKind, DayOutcome, DayValue, Error, Fault, Indicator, IndicatorBetter,
    IndicatorDay, IndicatorRule, IndicatorSource, IndicatorUnit, Journal, JournalLine,
    NewIndicator, Tenant,
};

use crate::fresh;

const DAY_MS: u64 = 86_400_000;

/// Day 100 after 1970 is 1970-04-11.
const TODAY: By<'static> = By { who: "Tiina", at_ms: 100 * DAY_MS + 1 };

fn rule(formula: &str) -> IndicatorRule {
    IndicatorRule {
        title: "Good talks".to_owned(),
        source: IndicatorSource::Formula(formula.to_owned()),
        unit: IndicatorUnit::Count,
        better: IndicatorBetter::More,
        sample_min: 10,
    }
}

async fn add(tenant: &Tenant, name: &str, from_day: &str) -> Result<Indicator, Error> {
    let new = NewIndicator { name, from_day, rule: rule("talks") };
    tenant.add_indicator(new, TODAY).await
}

#[tokio::test]
async fn a_change_counts_from_its_day_and_is_taken_back_without_being_forgotten() {
    let (_folder, _store, tenant) = fresh().await;
    let added = add(&tenant, "good_talks", "1970-04-01").await.unwrap();
    let changed = rule("talks - short_talks");
    let changed = tenant.change_indicator(added.id, ("1970-04-12", changed), TODAY).await.unwrap();
    let formula = |day: &str| match &changed.version_on(day)?.rule.source {
        IndicatorSource::Formula(text) => Some(text.clone()),
        IndicatorSource::Plugin { .. } => None,
    };
    assert_eq!(formula("1970-03-31"), None);
    assert_eq!(formula("1970-04-11").as_deref(), Some("talks"));
    assert_eq!(formula("1970-04-12").as_deref(), Some("talks - short_talks"));
    let ended = tenant.end_indicator(added.id, Some("1970-04-20"), TODAY).await.unwrap();
    assert_eq!(ended.version_on("1970-04-20"), None);
    tenant.undo(TODAY).await.unwrap();
    assert_eq!(tenant.indicators().await.unwrap(), std::slice::from_ref(&changed));
    tenant.restore(2, TODAY).await.unwrap();
    assert_eq!(tenant.indicators().await.unwrap(), std::slice::from_ref(&added));
    assert_eq!(tenant.indicator_history(added.id).await.unwrap().versions, changed.versions);
    let notes = tenant.changes(None).await.unwrap();
    let notes: Vec<&str> = notes.iter().rev().map(|it| it.what.as_str()).take(3).collect();
    assert_eq!(notes, ["indicator_added", "indicator_changed", "indicator_ended"]);
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_the_past_is_not_changed() {
    let (_folder, _store, tenant) = fresh().await;
    let good = add(&tenant, "good_talks", "1970-04-11").await.unwrap();
    let taken = add(&tenant, "good_talks", "1970-04-11").await;
    assert!(matches!(taken, Err(Error::Conflict { field: "name" })), "{taken:?}");
    let cases = [
        ("Good", "1970-04-11", "name", Fault::BadCharacter),
        ("2_good", "1970-04-11", "name", Fault::BadCharacter),
        ("good", "1970-03-10", "from_day", Fault::Past),
        ("good", "1970-4-11", "from_day", Fault::Malformed),
        ("good", "tomorrow", "from_day", Fault::Malformed),
    ];
    for (name, day, place, why) in cases {
        match add(&tenant, name, day).await {
            Err(Error::Invalid { field, fault }) => assert_eq!((field, fault), (place, why)),
            other => panic!("{name} from {day}: {other:?}"),
        }
    }
    let past = tenant.change_indicator(good.id, ("1970-04-10", rule("offers")), TODAY).await;
    assert!(matches!(past, Err(Error::Invalid { field: "from_day", fault: Fault::Past })));
    for nth in 1..50 {
        add(&tenant, &format!("good_{nth}"), "1970-04-11").await.unwrap();
    }
    let full = add(&tenant, "one_more", "1970-04-11").await;
    assert!(matches!(full, Err(Error::Full { what: "indicators", max: 50 })), "{full:?}");
}

#[tokio::test]
async fn a_day_is_written_once_and_read_as_it_was_written() {
    let (_folder, _store, tenant) = fresh().await;
    let good = add(&tenant, "good_talks", "1970-04-01").await.unwrap();
    let value = |agent, outcome| DayValue { agent: AgentId(agent), outcome };
    let note = Some("2 left out".to_owned());
    let day = |day: &str, first| IndicatorDay {
        indicator: good.id,
        version: good.versions[0].id,
        day: day.to_owned(),
        values: vec![
            value(1, DayOutcome::Value { value: first, sample: 12, note: note.clone() }),
            value(2, DayOutcome::TooFew { sample: 3, least: 10 }),
            value(3, DayOutcome::NoNumber),
            value(4, DayOutcome::Said("no calls".to_owned())),
        ],
    };
    // A third is not a short number: it comes back to the last bit.
    let (first, second) = (day("1970-04-09", 1.0 / 3.0), day("1970-04-10", 2.0));
    for day in [&second, &first] {
        assert!(tenant.close_indicator_day(day, 1).await.unwrap());
    }
    assert!(!tenant.close_indicator_day(&day("1970-04-09", 9.0), 2).await.unwrap());
    let span = ("1970-04-01", "1970-04-30");
    assert_eq!(tenant.indicator_days(good.id, span).await.unwrap(), [first, second.clone()]);
    let span = ("1970-04-10", "1970-04-10");
    assert_eq!(tenant.indicator_days(good.id, span).await.unwrap(), [second]);
    assert_eq!(tenant.last_indicator_day().await.unwrap().as_deref(), Some("1970-04-10"));
    let closed = tenant.closed_indicator_days("1970-04-10").await.unwrap();
    assert_eq!(closed.into_iter().collect::<Vec<_>>(), [(good.id, "1970-04-10".to_owned())]);
}

#[tokio::test]
async fn the_calls_behind_a_figure_are_offers_and_talks_of_the_period() {
    let (_folder, _store, tenant) = fresh().await;
    let (group, agent) = (GroupId(1), AgentId(1));
    let offer = |call, agent| Acd::OfferEnded {
        call: CallId(call),
        group,
        agent: AgentId(agent),
        outcome: Outcome::Answered,
        rang_ms: 4_000,
    };
    let (by, cause) = (Side::Caller, EndCause::HungUp);
    let talk = Acd::TalkEnded { call: CallId(2), group, agent, by, cause, talked_ms: 9_000 };
    let facts = [(1, offer(1, 1)), (2, offer(2, 1)), (3, offer(3, 2)), (4, talk), (9, offer(4, 1))];
    let line = |(at, what)| JournalLine::of(&Fact { at: Time(at), what: What::Acd(what) });
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.append(&facts.map(line)).await.unwrap();
    let cases = tenant.cases(agent, (2, 9)).await.unwrap();
    let case = |at, what| Case { at: Time(at), call: CallId(2), what };
    let answered = CaseKind::Offer { outcome: "answered".to_owned(), rang_ms: 4_000 };
    let talked = CaseKind::Talk { talked_ms: 9_000, by: "caller".to_owned() };
    assert_eq!(cases, [case(4, talked), case(2, answered)]);
}
