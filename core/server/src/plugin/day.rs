//! `ladus plugin day`: a recorded day with a plugin, beside what it was and what it would be now.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use acd::GroupId;
use anyhow::{anyhow, bail};
use control::Replayed;
use ladus_cli::{Compiler, Sandbox, as_the_case_wants, component_at};
use plugin_host::{Plugin, RoutingPolicy, World};
use switch::{RecordedDay, Scope, policies};

use super::sheet::{Sheet, object, sheet};
use crate::process::{say, say_beside};
use crate::recorded::Company;

/// A day that is lived sooner is not worth a word about how it goes.
const WORD_EVERY: Duration = Duration::from_secs(2);

#[derive(clap::Args, Debug)]
pub struct DayArgs {
    /// The component, or a folder with a plugin's sources.
    plugin: PathBuf,
    /// The database file.
    #[arg(long)]
    db: PathBuf,
    /// The day (2026-03-02), midnight to midnight in the time zone of the company's calendars; in
    /// UTC when it has none or they differ.
    #[arg(long)]
    day: String,
    /// A group that has the plugin for this once, by name or id; may be said again. Without it all
    /// have it.
    #[arg(long)]
    group: Vec<String>,
    /// The plugin's settings, one a line as `id = value`; without it those on its card.
    #[arg(long)]
    settings: Option<PathBuf>,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

pub(super) async fn day(args: &DayArgs, compiler: Compiler) -> anyhow::Result<bool> {
    let company = Company::open(&args.db).await?;
    let day = company.day(&args.day)?;
    let groups = company.groups(&args.group)?;
    let sandbox = Sandbox::new(compiler)?;
    let plugin = plugin(args, &sandbox)?;
    let (host, _folder) = sandbox.apart();
    let plugins = company.stock(host, None)?;
    let chosen = (company.plan.groups.as_slice(), &company.plan.selection);
    let mut now = policies(&plugins, &company.tenant, chosen, &[]).await?;
    let mut tried = policies(&plugins, &company.tenant, chosen, &[]).await?;
    let having = if groups.is_empty() {
        company.plan.groups.iter().map(|group| group.id).collect()
    } else {
        groups.clone()
    };
    if plugin.world() == World::CallSelection {
        if !groups.is_empty() {
            bail!(
                "{} chooses calls for freed agents of all groups: leave out --group",
                plugin.label()
            );
        }
        tried.set_picker(Some(plugin.clone()));
    } else {
        for group in &having {
            tried.set(*group, Some(plugin.clone()));
        }
    }
    let mut word = Word { since: Instant::now() };
    let scope = Scope::of(&company.plan, &groups);
    let read = &mut |share| word.of("reading the day", share);
    let recorded = RecordedDay::read(&company.tenant, day, scope, read).await?;
    if recorded.calls() == 0 {
        bail!("no call of a group arrived on {} ({})", args.day, company.zone());
    }
    let plan = company.plan.acd(day.from.0);
    let mut live = |policy: &mut RoutingPolicy, what| {
        let lived = recorded.live(plan.clone(), policy, &mut |share| word.of(what, share));
        lived.unwrap_or_default()
    };
    let now = live(&mut now, "living it again as it is now");
    let with_plugin = live(&mut tried, "living it again with the plugin");
    let replayed = Replayed { was: recorded.was().clone(), now, tried: with_plugin };
    let sheet_of = Sheet {
        day: &args.day,
        zone: company.zone(),
        plugin: &plugin.label(),
        groups: names(&company, &having),
        failures: failures(&tried, &having),
    };
    say(&if args.json {
        object(&sheet_of, &replayed).to_string()
    } else {
        sheet(&sheet_of, &replayed)
    });
    company.close().await;
    Ok(true)
}

fn plugin(args: &DayArgs, sandbox: &Sandbox) -> anyhow::Result<Plugin> {
    let (file, bytes) = component_at(&args.plugin)?;
    let taken = sandbox.routing(&bytes);
    let plugin = taken.map_err(|refusal| anyhow!("{} is refused: {refusal}", file.display()))?;
    match &args.settings {
        Some(settings) if !settings.is_file() => bail!("{} is not there", settings.display()),
        Some(settings) => as_the_case_wants(&plugin, settings),
        None => Ok(plugin),
    }
}

fn names(company: &Company, groups: &[GroupId]) -> Vec<String> {
    let all = company.plan.groups.iter().filter(|group| groups.contains(&group.id));
    all.map(|group| group.name.clone()).collect()
}

fn failures(policy: &RoutingPolicy, groups: &[GroupId]) -> u64 {
    let of_groups = groups.iter().filter_map(|group| policy.health(*group));
    let of_freed = policy.picker().map(|(_, health)| health);
    of_groups.chain(of_freed).map(|health| health.failures).sum()
}

/// Says on standard error how far a long day is.
struct Word {
    since: Instant,
}

impl Word {
    /// True: a day on the command line is lived to its end.
    fn of(&mut self, what: &str, share: f64) -> bool {
        if self.since.elapsed() >= WORD_EVERY {
            self.since = Instant::now();
            say_beside(&format!("{what}: {:.0} %", 100.0 * share));
        }
        true
    }
}
