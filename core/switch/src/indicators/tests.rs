//! A day is closed once, and comes to the same however often it is worked out.

use acd::{Activity, Actor, AgentId, CallId, Fact as Acd, GroupId, Outcome, Time, Wish};
use centre::{Fact, What};
use control::{Draft, IndicatorBy};
use store::{
    By, DayOutcome, IndicatorBetter, IndicatorRule, IndicatorSource, IndicatorUnit, Journal,
    JournalLine, NewIndicator, Store, TenantId,
};
use tempfile::TempDir;

use super::close::{close_missing, last_day};
use super::preview::Recent;
use crate::plan::PlanSource;
use crate::plugins::Plugins;

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;
/// 1970-04-11 at noon.
const NOW: Time = Time(100 * DAY + 12 * HOUR);
const BY: By<'static> = By { who: "Tiina", at_ms: NOW.0 };

/// Mari and Jaan are on; on the 9th Mari answers 3 calls and Jaan 1, on the 10th Mari 1.
async fn company() -> (TempDir, PlanSource) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("ladus.db")).await.expect("a store");
    let tenant = store.tenant(TenantId::FIRST);
    let answered = |call, agent| Acd::OfferEnded {
        call: CallId(call),
        group: GroupId(1),
        agent: AgentId(agent),
        outcome: Outcome::Answered,
        rang_ms: 4_000,
    };
    let mut facts = Vec::new();
    for agent in [AgentId(1), AgentId(2)] {
        let (wish, by) = (Wish::On, Actor::Agent);
        facts.push((98 * DAY, Acd::AgentWish { agent, wish, by }));
        facts.push((98 * DAY, Acd::AgentActivity { agent, activity: Activity::Idle }));
    }
    for (call, agent) in [(1, 1), (2, 1), (3, 2), (4, 1)] {
        facts.push((98 * DAY + call * HOUR, answered(call, agent)));
    }
    facts.push((99 * DAY + HOUR, answered(5, 1)));
    facts.push((NOW.0 - HOUR, answered(6, 2)));
    let line = |(at, what)| JournalLine::of(&Fact { at: Time(at), what: What::Acd(what) });
    let lines: Vec<JournalLine> = facts.into_iter().map(line).collect();
    let mut journal = Journal::open(&tenant).await.expect("a journal");
    journal.append(&lines).await.expect("lines");
    (folder, PlanSource { tenant, plugins: Plugins::none() })
}

fn rule(formula: &str) -> IndicatorRule {
    IndicatorRule {
        title: "Answered".to_owned(),
        source: IndicatorSource::Formula(formula.to_owned()),
        unit: IndicatorUnit::Count,
        better: IndicatorBetter::More,
        sample_min: 0,
    }
}

#[tokio::test]
async fn a_day_is_closed_once_and_the_last_one_is_handed_over() {
    let (_folder, plans) = company().await;
    let new = |name, formula| NewIndicator { name, from_day: "1970-04-09", rule: rule(formula) };
    let mine = plans.tenant.add_indicator(new("mine", "answered"), BY).await.expect("added");
    let twice = new("twice", "2 * mine");
    let twice = plans.tenant.add_indicator(twice, BY).await.expect("made of the other");
    close_missing(&plans, NOW).await.expect("closed");
    let span = ("1970-04-01", "1970-04-30");
    let kept = plans.tenant.indicator_days(mine.id, span).await.expect("days");
    let values = |nth: usize| -> Vec<(u64, f64)> {
        let value = |row: &store::DayValue| match row.outcome {
            DayOutcome::Value { value, .. } => Some((row.agent.0, value)),
            DayOutcome::TooFew { .. } | DayOutcome::NoNumber | DayOutcome::Said(_) => None,
        };
        kept[nth].values.iter().filter_map(value).collect()
    };
    let days: Vec<&str> = kept.iter().map(|day| day.day.as_str()).collect();
    assert_eq!(days, ["1970-04-09", "1970-04-10"], "today goes on");
    assert_eq!((values(0), values(1)), (vec![(1, 3.0), (2, 1.0)], vec![(1, 1.0), (2, 0.0)]));
    // Again, as after a restart: the same rows, and none twice.
    close_missing(&plans, NOW).await.expect("closed again");
    assert_eq!(plans.tenant.indicator_days(mine.id, span).await.expect("days"), kept);
    let last = last_day(&plans).await.expect("read").expect("a day");
    assert_eq!(last.day, "1970-04-10");
    let (name, of_twice) = &last.indicators[1];
    assert_eq!((name.as_str(), of_twice[&AgentId(1)]), ("twice", 2.0));
    // Whoever ends stays as it was and is not closed any more.
    plans.tenant.end_indicator(twice.id, Some("1970-04-11"), BY).await.expect("ended");
    let later = Time(NOW.0 + DAY);
    close_missing(&plans, later).await.expect("closed");
    assert_eq!(plans.tenant.indicator_days(twice.id, span).await.expect("days").len(), 2);
    assert_eq!(plans.tenant.indicator_days(mine.id, span).await.expect("days").len(), 3);
}

#[tokio::test]
async fn a_draft_is_tried_on_days_that_are_over_beside_what_it_replaces() {
    let (_folder, plans) = company().await;
    let new = NewIndicator { name: "mine", from_day: "1970-04-11", rule: rule("offers") };
    let mine = plans.tenant.add_indicator(new, BY).await.expect("added");
    let draft = |formula: &str| Draft {
        name: "mine".to_owned(),
        by: IndicatorBy::Formula(formula.to_owned()),
        more_is_better: true,
        sample_min: 2,
        replaces: Some(mine.id.0),
    };
    let mut recent = Recent::default();
    let tried = recent.preview(&plans, NOW, draft("answered * 2")).await.expect("tried");
    assert_eq!((tried.days.len(), tried.today), (2, false));
    let whole: Vec<Option<f64>> = tried.whole.iter().map(|it| it.value()).collect();
    assert_eq!(whole, [Some(8.0), None], "one case is too few");
    let before = tried.before.expect("what it replaces");
    assert_eq!(before.iter().map(|it| it.value()).collect::<Vec<_>>(), [Some(4.0), Some(1.0)]);
    assert_eq!(tried.by_day[0], [Some(6.0), None]);
    assert!(recent.preview(&plans, NOW, draft("mine + 1")).await.is_err(), "made of itself");
    // Both were there in every hour, so half of the five offers was to be expected of each.
    let expected = recent.preview(&plans, NOW, draft("expected(offers)")).await.expect("tried");
    let rounded = |it: &stats::indicator::Outcome| Some((it.value()? * 1_000.0).round() / 1_000.0);
    let expected: Vec<Option<f64>> = expected.whole.iter().map(rounded).collect();
    assert_eq!(expected, [Some(2.5), None], "one case is too few");
    // On the first day of a company today is all there is.
    let first = Time(98 * DAY + 3 * HOUR);
    let tried = Recent::default().preview(&plans, first, draft("answered")).await.expect("tried");
    assert_eq!((tried.days, tried.today), (vec!["1970-04-09".to_owned()], true));
}
