//! Days that are over: each indicator is worked out once, and what came out is kept.

use std::collections::BTreeMap;

use acd::{Day, Time};
use control::{IndicatorFailed, LastDay};
use stats::indicator::{Figures, Outcome, Reason};
use store::{
    DayOutcome, DayValue, INDICATOR_BACK_DAYS, Indicator, IndicatorDay, IndicatorVersion, zone_of,
};

use super::rules::{Ready, Rules};
use super::tables::{Tables, journal};
use crate::plan::PlanSource;

/// Closes every day of the last month that is over and missing. A day on which an indicator cannot
/// be worked out stays open: a failure is not a result.
pub(super) async fn close_missing(plans: &PlanSource, now: Time) -> Result<(), IndicatorFailed> {
    let indicators = plans.tenant.indicators().await.map_err(journal)?;
    if indicators.is_empty() {
        return Ok(());
    }
    let days = days_before(plans, now, INDICATOR_BACK_DAYS as usize).await?;
    let Some((first, _)) = days.first() else { return Ok(()) };
    let closed = plans.tenant.closed_indicator_days(first).await.map_err(journal)?;
    for (name, day) in days {
        let live = indicators.iter().filter_map(|it| Some((it, it.version_on(&name)?)));
        let live: Vec<(&Indicator, &IndicatorVersion)> = live.collect();
        let missing = live.iter().copied();
        let missing: Vec<(&Indicator, &IndicatorVersion)> =
            missing.filter(|(it, _)| !closed.contains(&(it.id, name.clone()))).collect();
        if missing.is_empty() {
            continue;
        }
        let rules = live.iter().map(|(it, version)| (it.name.as_str(), &version.rule));
        let rules = Rules::of(plans, rules).await;
        for day in worked_out(plans, rules, &missing, (&name, day)).await? {
            plans.tenant.close_indicator_day(&day, now.0).await.map_err(journal)?;
        }
    }
    Ok(())
}

/// What these indicators come to on a day. The same day always comes to the same.
async fn worked_out(
    plans: &PlanSource,
    rules: Rules,
    indicators: &[(&Indicator, &IndicatorVersion)],
    (name, day): (&str, Day),
) -> Result<Vec<IndicatorDay>, IndicatorFailed> {
    let mut ready: Vec<(usize, Ready)> = Vec::new();
    for (place, (indicator, version)) in indicators.iter().enumerate() {
        match rules.ready(plans, &indicator.name, &version.rule).await {
            Ok(one) => ready.push((place, one)),
            Err((label, why)) => {
                tracing::error!(indicator = %indicator.name, %label, %why, "a day stays open");
            }
        }
    }
    let figures = Tables::read(&plans.tenant, &[day]).await?.whole;
    let evaluated = tokio::task::spawn_blocking(move || {
        let figures = rules.with_plugins(figures);
        let outcomes = ready.iter().map(|(place, one)| (*place, one.evaluate(&figures)));
        (outcomes.collect::<Vec<_>>(), figures)
    });
    let (evaluated, figures) = evaluated.await.map_err(|error| lost(&error))?;
    let mut days = Vec::new();
    for (place, outcomes) in evaluated {
        let (indicator, version) = indicators[place];
        match outcomes {
            Ok(outcomes) => days.push(IndicatorDay {
                indicator: indicator.id,
                version: version.id,
                day: name.to_owned(),
                values: values(&figures, outcomes),
            }),
            Err(why) => tracing::error!(indicator = %indicator.name, %why, "a day stays open"),
        }
    }
    Ok(days)
}

fn values(figures: &Figures, outcomes: Vec<Outcome>) -> Vec<DayValue> {
    let value = |(agent, outcome)| {
        let outcome = match outcome {
            Outcome::Value(it) => {
                DayOutcome::Value { value: it.value, sample: it.sample, note: it.note }
            }
            Outcome::None(Reason::TooFew { sample, least }) => DayOutcome::TooFew { sample, least },
            // What is not known is no number either.
            Outcome::None(Reason::NoNumber | Reason::NotKnown { .. }) => DayOutcome::NoNumber,
            Outcome::None(Reason::Said(words)) => DayOutcome::Said(words),
        };
        DayValue { agent, outcome }
    };
    figures.people().zip(outcomes).map(value).collect()
}

/// So many days before the day of a moment, oldest first, as the company names them; days before
/// the journal begins are left out.
pub(super) async fn days_before(
    plans: &PlanSource,
    now: Time,
    count: usize,
) -> Result<Vec<(String, Day)>, IndicatorFailed> {
    let calendars = plans.tenant.calendars().await.map_err(journal)?;
    let zone = zone_of(&calendars);
    let mut from = today(zone, now)?.1.from;
    let mut days = Vec::new();
    while days.len() < count && from.0 > 0 {
        if plans.tenant.seq_before(from.0).await.map_err(journal)? == 0 {
            break;
        }
        let before = today(zone, Time(from.0 - 1))?;
        from = before.1.from;
        days.push(before);
    }
    days.reverse();
    Ok(days)
}

/// The day of a moment and its name.
pub(super) fn today(zone: &str, now: Time) -> Result<(String, Day), IndicatorFailed> {
    let wrong = |error: acd::BadCalendar| IndicatorFailed::Journal(error.to_string());
    let name = Day::name(zone, now).map_err(wrong)?;
    let day = Day::of(zone, &name).map_err(wrong)?;
    Ok((name, day))
}

/// The values of the last day that is closed.
pub(super) async fn last_day(plans: &PlanSource) -> Result<Option<LastDay>, store::Error> {
    let Some(day) = plans.tenant.last_indicator_day().await? else { return Ok(None) };
    let mut indicators = Vec::new();
    for indicator in plans.tenant.indicators().await? {
        let days = plans.tenant.indicator_days(indicator.id, (&day, &day)).await?;
        let values = days.into_iter().flat_map(|day| day.values);
        let values: BTreeMap<_, _> = values
            .filter_map(|row| match row.outcome {
                DayOutcome::Value { value, .. } => Some((row.agent, value)),
                DayOutcome::TooFew { .. } | DayOutcome::NoNumber | DayOutcome::Said(_) => None,
            })
            .collect();
        indicators.push((indicator.name, values));
    }
    Ok(Some(LastDay { day, indicators }))
}

pub(super) fn lost(error: &tokio::task::JoinError) -> IndicatorFailed {
    IndicatorFailed::NotRun { label: "the indicators".to_owned(), why: error.to_string() }
}
