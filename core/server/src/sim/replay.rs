//! `ladus sim replay`: yesterday under another plan or policy.

use std::path::PathBuf;

use acd::{BuiltIn, Policy};
use anyhow::{Context, anyhow};
use control::{AgentLoad, Lived};
use ladus_cli::{Compiler, Sandbox};
use plugin_host::STOCK;
use serde_json::{Value, json};
use sim::replay::{Known, plan_of};
use store::RoutingPolicy;
use switch::{RecordedDay, Scope, policies};

use crate::process::say;
use crate::recorded::Company;

#[derive(clap::Args, Debug)]
pub struct ReplayArgs {
    /// The database file.
    #[arg(long)]
    db: PathBuf,
    /// The day (2026-03-02), midnight to midnight in the time zone of the company's calendars; in
    /// UTC when it has none or they differ.
    #[arg(long)]
    day: String,
    /// A timeline whose head is the plan to try. Its groups and agents are those of the company, by
    /// name (`english-line`) or by id (`g3`, `a7`); without it the present plan is taken.
    #[arg(long)]
    plan: Option<PathBuf>,
    /// An old version of the company's plan, with its present people.
    #[arg(long, conflicts_with = "plan")]
    version: Option<u64>,
    /// What chooses in every group: `built-in`, or the name of a stock policy.
    #[arg(long, default_value = "built-in", value_parser = policy_name)]
    policy: String,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

fn policy_name(word: &str) -> Result<String, String> {
    let stock = STOCK.iter().map(|stock| stock.name);
    let names: Vec<&str> = ["built-in"].into_iter().chain(stock).collect();
    let known = names.contains(&word).then(|| word.to_owned());
    known.ok_or_else(|| format!("the policies are {}", names.join(", ")))
}

pub(super) async fn replay(args: &ReplayArgs) -> anyhow::Result<bool> {
    let company = Company::open(&args.db).await?;
    let day = company.day(&args.day)?;
    let plan = match (&args.plan, args.version) {
        (Some(file), _) => {
            let shown = file.display();
            let head = std::fs::read_to_string(file);
            let head = head.with_context(|| format!("cannot read {shown}"))?;
            plan_of(&head, &known(&company)).map_err(|problem| anyhow!("{shown}: {problem}"))?
        }
        (None, Some(version)) => company.tenant.plan_of(version).await?.acd(day.from.0),
        (None, None) => company.plan.acd(day.from.0),
    };
    let mut policy = policy(&company, &args.policy, &plan).await?;
    let scope = Scope::of(&company.plan, &[]);
    let recorded = RecordedDay::read(&company.tenant, day, scope, &mut |_| true).await?;
    company.close().await;
    let after = recorded.live(plan, policy.as_mut(), &mut |_| true).unwrap_or_default();
    let sides = [("before", recorded.was()), ("after", &after)];
    if args.json {
        let mut report = json!({ "day": args.day });
        for (name, lived) in sides {
            report[name] = object(lived);
        }
        say(&report.to_string());
    } else {
        sides.into_iter().for_each(|(name, lived)| lines(name, lived));
    }
    Ok(true)
}

fn known(company: &Company) -> Known {
    let plan = &company.plan;
    Known {
        groups: plan.groups.iter().map(|group| (group.id, group.name.clone())).collect(),
        people: plan.people.iter().map(|person| (person.id, person.name.clone())).collect(),
    }
}

/// The same in every group of a plan.
async fn policy(
    company: &Company,
    word: &str,
    plan: &acd::Plan,
) -> anyhow::Result<Box<dyn Policy>> {
    if word == "built-in" {
        return Ok(Box::new(BuiltIn));
    }
    let compiler =
        Compiler::Child { program: std::env::current_exe()?, args: vec!["plugin-compile".into()] };
    let (host, _folder) = Sandbox::new(compiler)?.apart();
    let plugins = company.stock(host, Some(word))?;
    let mut groups = company.plan.groups.clone();
    groups.retain(|group| plan.groups.contains_key(&group.id));
    for group in &mut groups {
        group.policy = RoutingPolicy::Stock(word.to_owned());
        group.settings.clear();
    }
    let must: Vec<_> = groups.iter().map(|group| group.id).collect();
    let chosen = (groups.as_slice(), &company.plan.selection);
    Ok(Box::new(policies(&plugins, &company.tenant, chosen, &must).await?))
}

/// Who had an offer, and what came of them.
fn agents(lived: &Lived) -> impl Iterator<Item = &AgentLoad> {
    lived.agents.iter().filter(|agent| agent.figures.offers() > 0)
}

fn object(lived: &Lived) -> Value {
    let total = &lived.figures;
    let agents = agents(lived).map(|AgentLoad { agent, name, figures }| {
        json!({
            "agent": agent.0,
            "name": name,
            "handled": figures.handled,
            "missed": figures.missed,
            "talked_ms": figures.talked_ms,
            "wrap_up_ms": figures.wrap_up_ms,
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

fn lines(name: &str, lived: &Lived) {
    let total = &lived.figures;
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
    for AgentLoad { name, figures, .. } in agents(lived) {
        let talked_min = figures.talked_ms as f64 / 60_000.0;
        say(&format!("  {name:<24} {:>4} calls, {talked_min:>6.1} min of talk", figures.handled));
    }
}
