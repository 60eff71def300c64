//! `ladus pay`: whether what was signed is still what the journal says.

use std::path::PathBuf;

use anyhow::bail;
use serde_json::{Value, json};
use stats::pay::{Broken, Difference};
use store::{PayReport, PeriodReport, Store, TenantId};

use crate::process::say;

/// Differences of one period that are printed; all of them are in the JSON.
const LINES_MAX: usize = 20;

#[derive(clap::Subcommand, Clone, Debug)]
pub enum PayCommand {
    /// Work every closed period out again from the journal, and check the chain.
    Verify(VerifyArgs),
}

#[derive(clap::Args, Clone, Debug)]
pub struct VerifyArgs {
    /// The database of a Ladus, for example data/ladus.db.
    #[arg(long)]
    pub db: PathBuf,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    pub json: bool,
}

/// True when nothing differs and nothing is broken.
pub async fn pay(command: PayCommand) -> anyhow::Result<bool> {
    let PayCommand::Verify(args) = command;
    if !args.db.is_file() {
        bail!("there is no database {}", args.db.display());
    }
    let store = Store::open(&args.db).await?;
    let mut companies = Vec::new();
    for id in store.tenants().await? {
        let tenant = store.tenant(id);
        companies.push((id, tenant.company().await?.name, tenant.verify_pay().await?));
    }
    store.close().await;
    let well = companies.iter().all(|(_, _, report)| report.is_well());
    if args.json {
        let companies: Vec<Value> = companies.iter().map(company).collect();
        say(&json!({ "ok": well, "companies": companies }).to_string());
    } else {
        companies.iter().flat_map(told).for_each(|line| say(&line));
    }
    Ok(well)
}

type Verified = (TenantId, String, PayReport);

fn company((id, name, report): &Verified) -> Value {
    let difference = |it: &Difference| {
        json!({
            "person": it.agent,
            "name": it.name,
            "place": it.place,
            "signed": it.signed,
            "again": it.again,
        })
    };
    let period = |it: &PeriodReport| {
        json!({
            "entry": it.number,
            "from": it.from,
            "to": it.to,
            "people": it.people,
            "ok": it.differences.is_empty(),
            "differences": it.differences.iter().map(difference).collect::<Vec<_>>(),
        })
    };
    let broken = |it: &Broken| json!({ "entry": it.number, "period": it.period, "words": it.flaw.to_string() });
    json!({
        "company": id.0,
        "name": name,
        "ok": report.is_well(),
        "periods": report.periods.iter().map(period).collect::<Vec<_>>(),
        "corrections": report.corrections,
        "broken": report.broken.as_ref().map(broken),
        "without_entry": report.without_entry,
        "newest": report.newest,
    })
}

/// One company's findings, line by line.
fn told((id, name, report): &Verified) -> Vec<String> {
    let name = if name.is_empty() { format!("company {}", id.0) } else { name.clone() };
    if report.periods.is_empty() && report.broken.is_none() && report.without_entry.is_empty() {
        return vec![format!("{name}: no period is closed yet")];
    }
    let mut lines = vec![format!("{name}:")];
    for period in &report.periods {
        let PeriodReport { number, from, to, people, differences } = period;
        let what = format!("  {from} – {to} (entry {number}, people: {people})");
        if differences.is_empty() {
            lines.push(format!("{what}: ok"));
            continue;
        }
        lines.push(format!("{what}: differs from the journal"));
        lines.extend(differences.iter().take(LINES_MAX).map(|it| {
            let Difference { agent, name, place, signed, again } = it;
            format!("    {name} ({agent}), {place}: signed {signed}, the journal gives {again}")
        }));
        if differences.len() > LINES_MAX {
            lines.push(format!("    and {} more", differences.len() - LINES_MAX));
        }
    }
    let missing = report.without_entry.iter();
    lines.extend(missing.map(|it| format!("  {it}: closed, but it is not in the chain")));
    match (&report.broken, &report.newest) {
        (Some(broken), _) => lines.push(format!("  The chain is broken: {broken}")),
        (None, Some(hash)) => {
            let corrections = report.corrections;
            lines.push(format!("  The chain is whole, corrections: {corrections}, newest {hash}"));
        }
        (None, None) => (),
    }
    lines
}
