//! `ladus indicator`: the company's own formulas on the command line.

mod sheet;

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use serde_json::{Value, json};
use stats::formula::{Decimal, Formula, Language, Others, Wrong, canonical, is_free_name};
use stats::indicator::Unit;

use self::sheet::Sheet;
use crate::process::{say, say_beside};

#[derive(clap::Subcommand, Debug)]
pub enum IndicatorCommand {
    /// Work a formula out for every row of a table.
    Eval(EvalArgs),
}

#[derive(clap::Args, Debug)]
pub struct EvalArgs {
    /// The formula, for example 'answered / work_hours'.
    #[arg(allow_hyphen_values = true)]
    formula: String,
    /// A CSV file, or `-` for standard input. Its first line names the columns: figures by the
    /// names they have in formulas, times in seconds; whatever else is there is a plain number. A
    /// column of words names the rows, an empty cell is not known, `expected:talk` is what
    /// `expected(talk)` is.
    #[arg(long)]
    figures: PathBuf,
    /// Another indicator that the formula may name.
    #[arg(long = "other", value_name = "NAME=FORMULA")]
    others: Vec<String>,
    /// The language of mistakes; `et` takes a comma between digits for a decimal one.
    #[arg(long, default_value = "en")]
    language: Tongue,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Tongue {
    Et,
    En,
}

impl Tongue {
    fn language(self) -> Language {
        match self {
            Tongue::Et => Language::Et,
            Tongue::En => Language::En,
        }
    }

    fn decimal(self) -> Decimal {
        match self {
            Tongue::Et => Decimal::Comma,
            Tongue::En => Decimal::Point,
        }
    }
}

/// True when the formula could be read.
pub fn indicator(command: &IndicatorCommand) -> anyhow::Result<bool> {
    match command {
        IndicatorCommand::Eval(args) => eval(args),
    }
}

fn eval(args: &EvalArgs) -> anyhow::Result<bool> {
    let sheet = Sheet::open(&args.figures)?;
    let others = others(args, &sheet)?;
    let read = Formula::read_with(&args.formula, &others, args.language.decimal());
    let well = read.is_ok();
    match read {
        Ok(formula) => worked_out(args, &sheet, &formula),
        Err(wrong) => mistaken(args, &wrong),
    }
    Ok(well)
}

/// What the formula may name: the columns of the table, and the other indicators.
fn others(args: &EvalArgs, sheet: &Sheet) -> anyhow::Result<Others> {
    let mut others = Others::only_columns();
    for name in sheet.table.columns.keys() {
        others = others.with_column_of_file(name);
    }
    for other in &args.others {
        let (name, text) = other
            .split_once('=')
            .ok_or_else(|| anyhow!("`--other {other}` is not NAME=FORMULA"))?;
        let name = name.trim();
        if !is_free_name(name) || sheet.table.columns.contains_key(name) {
            return Err(anyhow!("an indicator cannot have the name `{name}`"));
        }
        let text = canonical(text, args.language.decimal());
        let text = text.map_err(|wrong| anyhow!("{}", wrong.text(args.language.language())));
        others = others.with_formula(name, &text.with_context(|| name.to_owned())?);
    }
    Ok(others)
}

/// A thousandth is enough for people; `--json` has every digit.
const DECIMALS: f64 = 1_000.0;

fn worked_out(args: &EvalArgs, sheet: &Sheet, formula: &Formula) {
    let values = formula.values(&sheet.table);
    let unit = match formula.unit() {
        Unit::Seconds => "seconds",
        Unit::Count => "count",
        Unit::Ratio => "ratio",
        Unit::Money => "money",
    };
    if args.json {
        let report = json!({ "values": values, "unit": unit, "rows": sheet.rows });
        return say(&report.to_string());
    }
    let width = sheet.rows.iter().map(|row| row.chars().count()).max().unwrap_or_default();
    say(&format!("{} ({unit})", formula.canonical()));
    for (row, value) in sheet.rows.iter().zip(values) {
        let rounded = |value: f64| (value * DECIMALS).round() / DECIMALS;
        let value = value.map_or("—".to_owned(), |value| rounded(value).to_string());
        say(&format!("{row:<width$}  {value}"));
    }
}

fn mistaken(args: &EvalArgs, wrong: &Wrong) {
    let text = wrong.text(args.language.language());
    if args.json {
        let Wrong { from, to, code } = wrong;
        let error: Value = json!({ "from": from, "to": to, "code": code.name(), "text": text });
        return say(&json!({ "error": error }).to_string());
    }
    // Only one line can be pointed at from below.
    let (before, place) = (&args.formula[..wrong.from], &args.formula[wrong.from..wrong.to]);
    if args.formula.contains('\n') {
        say_beside(place);
    } else {
        let (before, place) = (before.chars().count(), place.chars().count().max(1));
        say_beside(&args.formula);
        say_beside(&format!("{}{}", " ".repeat(before), "^".repeat(place)));
    }
    say_beside(&text);
}
