//! `ladus sim replay`: yesterday under another plan or policy.

use std::path::PathBuf;

use acd::{AgentId, BuiltIn, Policy, Time};
use anyhow::{Context, anyhow, bail};
use centre::What;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use sim::replay::{Known, Line, LongestIdle, Recorded, compare, plan_of};
use stats::Summary;
use store::{Store, Tenant, TenantId};

use crate::process::say;

const DAY_MS: u64 = 24 * 60 * 60 * 1_000;

#[derive(clap::Args, Debug)]
pub struct ReplayArgs {
    /// The database file.
    #[arg(long)]
    db: PathBuf,
    /// The day, midnight to midnight UTC.
    #[arg(long)]
    day: Date,
    /// A timeline whose head is the plan to try. Its groups and agents are those of the company, by
    /// name (`english-line`) or by id (`g3`, `a7`); without it the present plan is taken.
    #[arg(long)]
    plan: Option<PathBuf>,
    /// An old version of the company's plan, with its present people.
    #[arg(long, conflicts_with = "plan")]
    version: Option<u64>,
    #[arg(long, value_enum, default_value = "built-in")]
    policy: PolicyName,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum PolicyName {
    BuiltIn,
    LongestIdle,
}

pub(super) async fn replay(args: &ReplayArgs) -> anyhow::Result<bool> {
    if !args.db.is_file() {
        bail!("there is no database {}", args.db.display());
    }
    let store = Store::open(&args.db).await?;
    let company = store.tenant(TenantId::FIRST);
    let kept = company.plan().await?;
    let known = Known {
        groups: kept.groups.iter().map(|group| (group.id, group.name.clone())).collect(),
        people: kept.people.iter().map(|person| (person.id, person.name.clone())).collect(),
    };
    let plan = match &args.plan {
        Some(file) => {
            let shown = file.display();
            let head = std::fs::read_to_string(file);
            let head = head.with_context(|| format!("cannot read {shown}"))?;
            plan_of(&head, &known).map_err(|problem| anyhow!("{shown}: {problem}"))?
        }
        None => match args.version {
            Some(version) => company.plan_of(version).await?.acd(begins_ms(args.day)?),
            None => kept.acd(begins_ms(args.day)?),
        },
    };
    let (recorded, day) = journal(&company, args.day).await?;
    store.close().await;
    let mut policy: Box<dyn Policy> = match args.policy {
        PolicyName::BuiltIn => Box::new(BuiltIn),
        PolicyName::LongestIdle => Box::new(LongestIdle),
    };
    let result = compare(&recorded, day.iter(), plan, policy.as_mut());
    let sides = [("before", &result.before), ("after", &result.after)];
    if args.json {
        let mut report = json!({ "day": args.day.to_string() });
        for (name, summary) in sides {
            report[name] = object(summary, &known);
        }
        say(&report.to_string());
    } else {
        sides.into_iter().for_each(|(name, summary)| lines(name, summary, &known));
    }
    Ok(true)
}

fn begins_ms(day: Date) -> anyhow::Result<u64> {
    let midnight = day.to_zoned(TimeZone::UTC)?.timestamp().as_millisecond();
    u64::try_from(midnight).context("days before 1970 were not recorded")
}

/// The journal up to the end of the day: what came before only says who was there.
async fn journal(company: &Tenant, day: Date) -> anyhow::Result<(Recorded, Vec<Line>)> {
    let begins = begins_ms(day)?;
    let ends = begins + DAY_MS;
    let last = company.seq_before(ends).await?;
    let (mut recorded, mut lines, mut after) = (Recorded::default(), Vec::new(), 0);
    while after < last {
        let page = company.facts_after(after).await?;
        let Some(end) = page.last() else { break };
        after = end.seq;
        for kept in page.iter().filter(|kept| kept.seq <= last) {
            let fact = kept.fact()?;
            let What::Acd(what) = fact.what else { continue };
            if fact.at < Time(begins) {
                recorded.note_earlier(&what);
            } else {
                recorded.note(fact.at, &what);
                lines.push((fact.at, what));
            }
        }
    }
    Ok((recorded, lines))
}

/// Who had an offer, and what came of them.
fn agents<'a>(
    summary: &'a Summary,
    known: &'a Known,
) -> impl Iterator<Item = (AgentId, &'a str, stats::AgentFigures)> + 'a {
    let all = known.people.iter().map(|(id, name)| (*id, name.as_str(), summary.agent(*id)));
    all.filter(|(.., figures)| figures.offers() > 0)
}

fn object(summary: &Summary, known: &Known) -> Value {
    let total = summary.total();
    let agents = agents(summary, known).map(|(id, name, it)| {
        json!({
            "agent": id.0,
            "name": name,
            "handled": it.handled,
            "missed": it.missed,
            "talked_ms": it.talked_ms,
            "wrap_up_ms": it.wrap_up_ms,
        })
    });
    json!({
        "offered": total.offered,
        "answered": total.answered,
        "abandoned": total.abandoned,
        "refused": total.refused,
        "waiting": total.waiting,
        "asa_ms": total.asa_ms(),
        "service_level": total.service_level(),
        "unattended": total.unattended(),
        "agents": agents.collect::<Vec<_>>(),
    })
}

fn lines(name: &str, summary: &Summary, known: &Known) {
    let total = summary.total();
    let percent = |share: Option<f64>| {
        share.map_or("none".to_owned(), |share| format!("{:.1} %", 100.0 * share))
    };
    let asa = total.asa_ms().map_or("none".to_owned(), |ms| format!("{:.1} s", ms as f64 / 1e3));
    say(&format!(
        "{name}: {} offered, {} answered, {} gave up, {} turned away, {} waiting at the end",
        total.offered, total.answered, total.abandoned, total.refused, total.waiting
    ));
    let (level, lost) = (percent(total.service_level()), percent(total.unattended()));
    say(&format!("  time to answer {asa}, service level {level}, unattended {lost}"));
    for (_, name, it) in agents(summary, known) {
        let talked_min = it.talked_ms as f64 / 60_000.0;
        say(&format!("  {name:<24} {:>4} calls, {talked_min:>6.1} min of talk", it.handled));
    }
}
