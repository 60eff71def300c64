//! What an indicator makes of a day in words: a line for each person.

use acd::{BuiltIn, Output};
use plugin_host::{Failure, IndicatorPlugin, Reading};
use sim::timeline::{Mistake, Names, Timeline};
use stats::indicator::{Figure, Figures, Indicator as _, Outcome, Period, Stories, Unit};
use stats::{Limits, Summary};

/// Decimals of a figure: a thousandth of a second, of a call or of a per cent is nobody's merit.
const DECIMALS: f64 = 1_000.0;

/// Plays a day with the built-in order deciding, folds its facts and works the indicator out for
/// everybody whom the day names. The period begins with the story and ends with its last line,
/// which is still in it. What befell people is read in one piece and in two, and the same must come
/// of it. A line is `mari   12.5   over 40, and what was left out`, or `—` and why.
///
/// # Errors
///
/// When the script has a mistake; inside, when the indicator has failed.
pub fn table(
    indicator: &IndicatorPlugin,
    script: &str,
) -> Result<Result<String, Failure>, Mistake> {
    let day = Timeline::parse(script)?;
    let names = &day.scene().names;
    let figures = figures(&day)?;
    let unit = indicator.scale().unit;
    let [whole, halves] = [Reading::Whole, Reading::Halves].map(|reading| {
        let run = indicator.run_reading(&figures, reading);
        run.outcome.map(|outcomes| lines(names, &figures, unit, &outcomes))
    });
    if whole.is_ok() && whole != halves {
        return Ok(Err(Failure::Refused(UNEVEN.to_owned())));
    }
    Ok(whole)
}

/// The law that an indicator which reads facts in order must keep.
const UNEVEN: &str = "read in two halves and merged, the day comes out differently";

fn figures(day: &Timeline) -> Result<Figures, Mistake> {
    let (mut summary, mut stories) = (Summary::new(Limits::default()), Stories::default());
    let period = Period { from: acd::Time(0), to: day.ends() };
    day.run(&mut BuiltIn, &mut |moment| {
        for output in moment.out {
            if let Output::Tell(at, fact) = output
                && *at <= period.to
            {
                summary.fold(*at, fact);
                stories.fold(*at, fact);
            }
        }
    })?;
    let people: Vec<_> = day.scene().names.agents().collect();
    Ok(Figures::new(&summary, period, &people).with_stories(&stories))
}

fn lines(names: &Names, figures: &Figures, unit: Unit, outcomes: &[Outcome]) -> String {
    let rows: Vec<(String, String, String)> = figures
        .people()
        .zip(outcomes)
        .map(|(agent, outcome)| {
            let (value, words) = match outcome {
                Outcome::Value(Figure { value, sample, note }) => {
                    let note = note.as_ref().map(|note| format!(", {note}")).unwrap_or_default();
                    (shown(*value, unit), format!("over {sample}{note}"))
                }
                Outcome::None(reason) => ("—".to_owned(), reason.to_string()),
            };
            (names.agent(agent), value, words)
        })
        .collect();
    let widest = |of: fn(&(String, String, String)) -> &String| {
        rows.iter().map(|row| of(row).chars().count()).max().unwrap_or(0)
    };
    let (name, value) = (widest(|row| &row.0), widest(|row| &row.1));
    rows.iter().map(|row| format!("{:name$}  {:>value$}  {}\n", row.0, row.1, row.2)).collect()
}

/// A figure as people write it.
fn shown(value: f64, unit: Unit) -> String {
    let (value, mark) = match unit {
        Unit::Seconds => (value, " s"),
        Unit::Count | Unit::Money => (value, ""),
        Unit::Ratio => (value * 100.0, " %"),
    };
    format!("{}{mark}", (value * DECIMALS).round() / DECIMALS)
}

pub(crate) fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Seconds => "seconds",
        Unit::Count => "count",
        Unit::Ratio => "ratio",
        Unit::Money => "money",
    }
}
