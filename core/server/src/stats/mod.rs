//! `ladus stats`: figures on the command line.

mod bench;
mod report;

use std::path::{Path, PathBuf};

use acd::{BuiltIn, Time};
use anyhow::{Context, anyhow};
use sim::timeline::{Timeline, read_span};
use stats::{Breaks, Intervals, Limits, Quarter};

use self::report::Report;
use crate::process::say;
use crate::recorded::Company;

#[derive(clap::Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct StatsArgs {
    #[command(subcommand)]
    part: Option<StatsPart>,
    /// The timeline whose day is counted.
    #[arg(required = true)]
    file: Option<PathBuf>,
    #[command(flatten)]
    counting: Counting,
}

#[derive(clap::Subcommand, Debug)]
enum StatsPart {
    /// Fold the facts of a made-up month and answer reports from the tables.
    Bench(bench::BenchArgs),
    /// Throw the figures by quarter of an hour away and fold the whole journal again.
    Rebuild {
        /// The database file.
        #[arg(long)]
        db: PathBuf,
    },
}

/// By which limits is counted.
#[derive(clap::Args, Debug)]
struct Counting {
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
    /// T: an answer within this time is in time.
    #[arg(long, default_value = "20s", value_parser = span_ms)]
    in_time: u64,
    /// s: whoever hangs up sooner did not mean to wait.
    #[arg(long, default_value = "5s", value_parser = span_ms)]
    short: u64,
    /// m: a talk below this is short; averages of talks leave it out.
    #[arg(long, default_value = "10s", value_parser = span_ms)]
    instant: u64,
    /// Breaks are working time.
    #[arg(long)]
    paid_breaks: bool,
    /// Count up to this moment of the story; what goes on is cut there. By default all of it, with
    /// the 30 s that time runs on after the last line.
    #[arg(long, value_parser = span_ms)]
    until: Option<u64>,
}

/// True when nothing went wrong.
pub async fn stats(args: &StatsArgs) -> anyhow::Result<bool> {
    match (&args.part, &args.file) {
        (Some(StatsPart::Bench(args)), _) => bench::bench(args),
        (Some(StatsPart::Rebuild { db }), _) => rebuild(db).await,
        (None, Some(file)) => count(file, &args.counting),
        (None, None) => Err(anyhow!("which timeline?")),
    }
}

fn count(file: &Path, counting: &Counting) -> anyhow::Result<bool> {
    let shown = file.display();
    let script = std::fs::read_to_string(file).with_context(|| format!("cannot read {shown}"))?;
    let wrong = |mistake| anyhow!("{shown}: {mistake}");
    let timeline = Timeline::parse(&script).map_err(wrong)?;
    let facts = timeline.facts(&mut BuiltIn).map_err(wrong)?;
    let until = counting.until.map_or(timeline.ends_at(), Time);
    let mut intervals = Intervals::new(counting.limits());
    for (at, fact) in facts.iter().take_while(|(at, _)| *at <= until) {
        intervals.fold(*at, fact);
    }
    let report = Report {
        tables: intervals.tables_until(until),
        names: &timeline.scene().names,
        limits: counting.limits(),
        breaks: if counting.paid_breaks { Breaks::Paid } else { Breaks::Unpaid },
    };
    if counting.json {
        say(&report.json().to_string());
    } else {
        report.lines().iter().for_each(|line| say(line));
    }
    Ok(true)
}

/// A server that runs meanwhile goes on from what is built here.
async fn rebuild(db: &Path) -> anyhow::Result<bool> {
    let company = Company::open(db).await?;
    let folded = company.tenant.rebuild_intervals(Limits::default()).await?;
    let tables = company.tenant.intervals(Quarter(0)..Quarter(u32::MAX)).await?;
    company.close().await;
    let (facts, rows, quarters) = (folded.facts, tables.len(), tables.quarters().count());
    say(&format!("{facts} facts folded into {rows} rows of {quarters} quarters of an hour"));
    Ok(true)
}

impl Counting {
    fn limits(&self) -> Limits {
        Limits { in_time_ms: self.in_time, short_ms: self.short, instant_ms: self.instant }
    }
}

fn span_ms(word: &str) -> Result<u64, String> {
    let span = read_span(word).ok_or("a span is written like 20s, 1.5s or 1h30m")?;
    u64::try_from(span.as_millis()).map_err(|error| error.to_string())
}
