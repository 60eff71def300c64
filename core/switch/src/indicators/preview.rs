//! A draft of an indicator worked out over the last days, before anybody is led by it.

use std::collections::BTreeMap;
use std::sync::Arc;

use acd::{AgentId, Day, Time};
use control::{Draft, IndicatorBy, IndicatorFailed, Previewed};
use stats::indicator::{Figures, Outcome};
use store::{
    IndicatorBetter, IndicatorPlugin, IndicatorRule, IndicatorSource, IndicatorUnit, zone_of,
};

use super::close::{days_before, lost, today};
use super::rules::{Ready, Rules};
use super::tables::{Tables, journal};
use crate::plan::PlanSource;
use crate::plugins::setting;

/// Days that are over in a preview.
const DAYS: usize = 7;
/// Tables of a day that goes on are read anew after so long.
const FRESH_MS: u64 = 5_000;

/// The tables of the last preview: whoever writes a formula asks at every pause.
#[derive(Debug, Default)]
pub(super) struct Recent {
    read_at: Time,
    days: Vec<String>,
    tables: Option<Arc<Tables>>,
}

impl Recent {
    pub(super) async fn preview(
        &mut self,
        plans: &PlanSource,
        now: Time,
        draft: Draft,
    ) -> Result<Previewed, IndicatorFailed> {
        let (days, today, tables) = self.tables(plans, now).await?;
        let indicators = plans.tenant.indicators().await.map_err(journal)?;
        let live = indicators.iter().filter_map(|it| Some((it, it.newest()?)));
        let rules = live.map(|(it, version)| (it.name.as_str(), &version.rule));
        let rules = Rules::of(plans, rules).await;
        let ready = ready(&rules, plans, &draft.name, &rule(&draft)?).await?;
        let replaced = indicators.iter().find(|it| Some(it.id.0) == draft.replaces);
        let before = match replaced.and_then(|it| Some((it, it.newest()?))) {
            Some((it, version)) => rules.ready(plans, &it.name, &version.rule).await.ok(),
            None => None,
        };
        let people = plans.tenant.people().await.map_err(journal)?;
        let names = people.into_iter().map(|person| (person.id, person.name)).collect();
        let draft = Tried { days, today, tables, rules, ready, before, names };
        let tried = tokio::task::spawn_blocking(move || draft.tried());
        tried.await.map_err(|error| lost(&error))?
    }

    /// The last days that are over; today when there are none.
    async fn tables(
        &mut self,
        plans: &PlanSource,
        now: Time,
    ) -> Result<(Vec<String>, bool, Arc<Tables>), IndicatorFailed> {
        let mut days: Vec<(String, Day)> = days_before(plans, now, DAYS).await?;
        let goes_on = days.is_empty();
        if goes_on {
            let calendars = plans.tenant.calendars().await.map_err(journal)?;
            let (name, day) = today(zone_of(&calendars), now)?;
            // What goes on is counted up to now.
            days.push((name, Day { until: now, ..day }));
        }
        let names: Vec<String> = days.iter().map(|(name, _)| name.clone()).collect();
        let fresh = !goes_on || now.0.saturating_sub(self.read_at.0) < FRESH_MS;
        if let Some(tables) = self.tables.as_ref().filter(|_| fresh && self.days == names) {
            return Ok((names, goes_on, Arc::clone(tables)));
        }
        let days: Vec<Day> = days.into_iter().map(|(_, day)| day).collect();
        let tables = Arc::new(Tables::read(&plans.tenant, &days).await?);
        (self.read_at, self.days) = (now, names.clone());
        self.tables = Some(Arc::clone(&tables));
        Ok((names, goes_on, tables))
    }
}

/// All that a thread needs to work a draft out.
struct Tried {
    days: Vec<String>,
    today: bool,
    tables: Arc<Tables>,
    rules: Rules,
    ready: Ready,
    before: Option<Ready>,
    names: BTreeMap<AgentId, String>,
}

impl Tried {
    fn tried(self) -> Result<Previewed, IndicatorFailed> {
        let failed = |why| IndicatorFailed::NotRun { label: "the draft".to_owned(), why };
        let whole = self.rules.with_plugins(self.tables.whole.clone());
        let people: Vec<AgentId> = whole.people().collect();
        let mut by_day = vec![Vec::new(); people.len()];
        for figures in &self.tables.days {
            let figures: Figures = self.rules.with_plugins(figures.clone());
            let outcomes = self.ready.evaluate(&figures).map_err(failed)?;
            let of_day: BTreeMap<AgentId, Option<f64>> =
                figures.people().zip(outcomes.iter().map(Outcome::value)).collect();
            for (agent, days) in people.iter().zip(&mut by_day) {
                days.push(of_day.get(agent).copied().flatten());
            }
        }
        let name = |agent: &AgentId| {
            (*agent, self.names.get(agent).cloned().unwrap_or(format!("#{}", agent.0)))
        };
        Ok(Previewed {
            whole: self.ready.evaluate(&whole).map_err(failed)?,
            before: self.before.map(|it| it.evaluate(&whole)).transpose().map_err(failed)?,
            people: people.iter().map(name).collect(),
            days: self.days,
            today: self.today,
            scale: self.ready.scale(),
            by_day,
        })
    }
}

async fn ready(
    rules: &Rules,
    plans: &PlanSource,
    name: &str,
    rule: &IndicatorRule,
) -> Result<Ready, IndicatorFailed> {
    let ready = rules.ready(plans, name, rule).await;
    ready.map_err(|(label, why)| match &rule.source {
        IndicatorSource::Formula(_) => IndicatorFailed::Formula(why),
        IndicatorSource::Plugin { .. } => IndicatorFailed::NotRun { label, why },
    })
}

/// The draft in the store's words; a title and a unit it need not have yet.
fn rule(draft: &Draft) -> Result<IndicatorRule, IndicatorFailed> {
    let source = match &draft.by {
        IndicatorBy::Formula(text) => IndicatorSource::Formula(text.clone()),
        IndicatorBy::Plugin { plugin, settings } => {
            let unknown = || IndicatorFailed::NotRun {
                label: plugin.clone(),
                why: "there is no such plugin".to_owned(),
            };
            let settings = settings.iter().cloned().map(|(id, value)| (id, setting(value)));
            IndicatorSource::Plugin {
                plugin: IndicatorPlugin::of_word(plugin).ok_or_else(unknown)?,
                settings: settings.collect(),
            }
        }
    };
    let better = if draft.more_is_better { IndicatorBetter::More } else { IndicatorBetter::Less };
    let (title, unit, sample_min) = (String::new(), IndicatorUnit::Count, draft.sample_min);
    Ok(IndicatorRule { title, source, unit, better, sample_min })
}
