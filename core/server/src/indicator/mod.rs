//! `ladus indicator`: the company's own formulas on the command line.

mod sheet;

use std::path::PathBuf;

use anyhow::anyhow;
use serde_json::{Value, json};
use stats::formula::{
    Decimal, Entry, Formula, Language, Others, Sort, Wrong, canonical, dictionary, is_free_name,
    name_of,
};
use stats::indicator::{Indicator as _, Unit};

use self::sheet::Sheet;
use crate::process::{say, say_beside};

#[derive(clap::Subcommand, Debug)]
pub enum IndicatorCommand {
    /// Work a formula out for every row of a table.
    Eval(EvalArgs),
    /// Say what a formula is measured in and what it looks at, or all of its mistakes.
    Check(Writing),
    /// Print the words of the language with their help.
    Words(Manner),
}

#[derive(clap::Args, Debug)]
pub struct EvalArgs {
    #[command(flatten)]
    writing: Writing,
    /// A CSV file, or `-` for standard input. Its first line names the columns: figures by the
    /// names they have in formulas, times in seconds; whatever else is there is a plain number. A
    /// column of words names the rows, an empty cell is not known, `expected:talk` is what
    /// `expected(talk)` is.
    #[arg(long)]
    figures: PathBuf,
}

#[derive(clap::Args, Debug)]
pub struct Writing {
    /// The formula, for example 'answered / work_hours'.
    #[arg(allow_hyphen_values = true)]
    formula: String,
    /// Another indicator that the formula may name.
    #[arg(long = "other", value_name = "NAME=FORMULA")]
    others: Vec<String>,
    #[command(flatten)]
    manner: Manner,
}

#[derive(clap::Args, Debug)]
pub struct Manner {
    /// The language of mistakes and help; `et` takes a comma between digits for a decimal one.
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
        IndicatorCommand::Check(writing) => check(writing),
        IndicatorCommand::Words(manner) => {
            words(manner);
            Ok(true)
        }
    }
}

fn eval(args: &EvalArgs) -> anyhow::Result<bool> {
    let (writing, sheet) = (&args.writing, Sheet::open(&args.figures)?);
    let columns = sheet.table.columns.keys();
    let others = columns.fold(Others::only_columns(), |it, name| it.with_column_of_file(name));
    let taken = |name: &str| sheet.table.columns.contains_key(name);
    let others = writing.others(others, taken)?;
    let read = Formula::read_with(&writing.formula, &others, writing.manner.language.decimal());
    let well = read.is_ok();
    match read {
        Ok(formula) => writing.worked_out(&sheet, &formula),
        Err(wrong) if writing.manner.json => {
            say(&json!({ "error": writing.told(&wrong) }).to_string());
        }
        Err(wrong) => writing.point_at(&wrong),
    }
    Ok(well)
}

fn check(writing: &Writing) -> anyhow::Result<bool> {
    let others = writing.others(Others::default(), |_| false)?;
    let (text, decimal) = (&writing.formula, writing.manner.language.decimal());
    let Ok(formula) = Formula::read_with(text, &others, decimal) else {
        let mistakes = Formula::mistakes(text, &others, decimal);
        if writing.manner.json {
            let told = mistakes.iter().map(|wrong| writing.told(wrong)).collect::<Vec<_>>();
            say(&json!({ "errors": told }).to_string());
        } else {
            mistakes.iter().for_each(|wrong| writing.point_at(wrong));
        }
        return Ok(false);
    };
    let needs = formula.needs().into_iter().map(name_of).collect::<Vec<_>>();
    let (shown, unit) = (formula.canonical(), unit(formula.unit()));
    let others = formula.others().collect::<Vec<_>>();
    if writing.manner.json {
        let report = json!({ "formula": shown, "unit": unit, "needs": needs, "others": others });
        say(&report.to_string());
    } else {
        say(&format!("{shown} ({unit})"));
        say(&format!("looks at {}", [needs, others].concat().join(", ")));
    }
    Ok(true)
}

fn words(manner: &Manner) {
    let sort = |entry: &Entry| match entry.sort {
        Sort::Metric | Sort::Derived => entry.unit.map_or("hours", unit),
        Sort::Function => "function",
    };
    let words = dictionary();
    if manner.json {
        let word = |it: &Entry| {
            json!({
                "name": it.name,
                "sort": sort(it),
                "help": it.help(manner.language.language()),
                "example": it.example,
                "definition": it.definition,
            })
        };
        return say(&json!({ "words": words.iter().map(word).collect::<Vec<_>>() }).to_string());
    }
    let width = words.iter().map(|it| it.name.len()).max().unwrap_or_default();
    for it in &words {
        let help = it.help(manner.language.language());
        say(&format!("{:<width$}  {:<8}  {help}", it.name, sort(it)));
    }
}

/// A thousandth is enough for people; `--json` has every digit.
const DECIMALS: f64 = 1_000.0;

impl Writing {
    /// The other indicators that the formula may name, beside what there is already.
    fn others(&self, others: Others, taken: impl Fn(&str) -> bool) -> anyhow::Result<Others> {
        self.others.iter().try_fold(others, |others, other| {
            let (name, text) = other
                .split_once('=')
                .ok_or_else(|| anyhow!("`--other {other}` is not NAME=FORMULA"))?;
            let name = name.trim();
            if !is_free_name(name) || taken(name) {
                return Err(anyhow!("an indicator cannot have the name `{name}`"));
            }
            // A mistake in it is told where it is named.
            let kept = canonical(text, self.manner.language.decimal());
            Ok(others.with_formula(name, &kept.unwrap_or_else(|_| text.to_owned())))
        })
    }

    fn worked_out(&self, sheet: &Sheet, formula: &Formula) {
        let (values, unit) = (formula.values(&sheet.table), unit(formula.unit()));
        if self.manner.json {
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

    fn told(&self, wrong: &Wrong) -> Value {
        let text = wrong.text(self.manner.language.language());
        let Wrong { from, to, code } = wrong;
        json!({ "from": from, "to": to, "code": code.name(), "text": text })
    }

    /// Shows the mistake and what is wrong with it, for people.
    fn point_at(&self, wrong: &Wrong) {
        let (before, place) = (&self.formula[..wrong.from], &self.formula[wrong.from..wrong.to]);
        // Only one line can be pointed at from below.
        if self.formula.contains('\n') {
            say_beside(place);
        } else {
            let (before, place) = (before.chars().count(), place.chars().count().max(1));
            say_beside(&self.formula);
            say_beside(&format!("{}{}", " ".repeat(before), "^".repeat(place)));
        }
        say_beside(&wrong.text(self.manner.language.language()));
    }
}

fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "seconds",
        Unit::Count => "count",
        Unit::Ratio => "ratio",
        Unit::Money => "money",
    }
}
