//! `ladus sim theory`: every load on a core, a line or an object for each.

use std::thread::scope;

use serde_json::{Map, Value, json};
use sim::theory::{Effort, Figures, LOADS, Verdict, verdict};

use crate::process::say;

/// Enough for intervals of a few per cent; a load takes seconds.
const EFFORT: Effort = Effort { replications: 30, warm_up: 1_000, callers: 10_000 };

#[derive(clap::Args, Debug)]
pub struct TheoryArgs {
    /// Another seed, other callers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print one JSON array and nothing else.
    #[arg(long)]
    json: bool,
}

pub(super) fn theory(args: &TheoryArgs) -> anyhow::Result<bool> {
    let verdicts: Vec<Verdict> = scope(|scope| {
        let all = LOADS.map(|load| scope.spawn(move || verdict(load, EFFORT, args.seed)));
        all.into_iter().filter_map(|one| one.join().ok()).collect()
    });
    if args.json {
        say(&Value::Array(verdicts.iter().map(object).collect()).to_string());
    } else {
        verdicts.iter().for_each(line);
    }
    Ok(verdicts.len() == LOADS.len() && verdicts.iter().all(Verdict::all_inside))
}

fn object(it: &Verdict) -> Value {
    let named = |values: [Value; 4]| -> Value {
        let pairs = Figures::NAMES.into_iter().map(str::to_owned).zip(values);
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    json!({
        "name": it.load.name,
        "servers": it.load.servers,
        "load": it.load.erlang,
        "patience_s": it.load.patience_s,
        "theory": named(it.theory.all().map(|value| json!(rounded(value)))),
        "simulated": named(it.simulated.map(|one| json!(rounded(one.mean)))),
        "interval": named(it.simulated.map(|one| json!([rounded(one.low), rounded(one.high)]))),
        "inside": it.all_inside(),
    })
}

fn line(it: &Verdict) {
    let load = it.load;
    let said = if it.all_inside() { "inside" } else { "OUTSIDE" };
    say(&format!("{}: {} agents, {} Erlang: {said}", load.name, load.servers, load.erlang));
    for ((name, theory), one) in Figures::NAMES.iter().zip(it.theory.all()).zip(it.simulated) {
        let [theory, mean] = [theory, one.mean].map(rounded);
        let [low, high] = [one.low, one.high].map(rounded);
        say(&format!("  {name:<14} theory {theory:<10} simulated {mean} ({low} to {high})"));
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e5).round() / 1e5
}
