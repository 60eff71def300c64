//! `ladus plugin test` and `play`: days in words, with the plugin deciding or counting, and single
//! questions.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use plugin_host::Compiler;
use serde_json::json;

use crate::Said;
use crate::question;
use crate::sandbox::{Sandbox, Taken, component, everywhere, failure};
use crate::settings::{as_the_case_wants, indicator_as_the_case_wants};
use crate::table::table;

/// A case that has just begun to differ is shown with so many lines.
const SHOWN_LINES: usize = 3;

#[derive(Clone, Debug, clap::Args)]
pub struct TestArgs {
    /// The folder with the plugin's Cargo.toml, `cases/*.timeline` and `cases/*.question.json`.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Test this component instead of the folder's own.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Write what came of the cases beside them, and of a question into it, as what must come of
    /// them from now on.
    #[arg(long)]
    accept: bool,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

impl TestArgs {
    pub(crate) fn of(folder: &Path) -> TestArgs {
        TestArgs { folder: folder.to_owned(), file: None, accept: false, json: false }
    }
}

#[derive(Clone, Debug, clap::Args)]
pub struct PlayArgs {
    /// A timeline.
    timeline: PathBuf,
    /// The component, or a folder with a plugin's sources.
    #[arg(long, default_value = ".")]
    plugin: PathBuf,
}

pub(crate) fn play(args: &PlayArgs, compiler: Compiler) -> Result<String> {
    let sandbox = Sandbox::new(compiler)?;
    let plugin = taken(&sandbox, &args.plugin)?;
    let (told, failure) = played(&plugin, &args.timeline)?;
    match failure {
        Some(failure) => bail!("{told}the plugin failed: {failure}"),
        None => Ok(told.trim_end().to_owned()),
    }
}

/// What became of one case.
pub(crate) enum Outcome {
    Same,
    /// Written now; there was nothing to compare with, or `--accept` said so.
    Written,
    /// In words.
    Wrong(String),
}

pub(crate) fn test(args: &TestArgs, compiler: Compiler) -> Result<Said> {
    let sandbox = Sandbox::new(compiler)?;
    let plugin = taken(&sandbox, args.file.as_deref().unwrap_or(&args.folder))?;
    let cases = cases(&args.folder)?;
    let mut lines = Vec::new();
    let (mut same, mut written, mut wrong) = (0, 0, 0);
    for case in &cases {
        let name = case.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let outcome = match question::is_one(case) {
            true => question::outcome(&plugin, case, args.accept)?,
            false => outcome(&plugin, case, args.accept)?,
        };
        lines.push(match outcome {
            Outcome::Same => {
                same += 1;
                format!("  same     {name}")
            }
            Outcome::Written => {
                written += 1;
                format!("  written  {name}")
            }
            Outcome::Wrong(words) => {
                wrong += 1;
                format!("  WRONG    {name}: {words}")
            }
        });
    }
    let words = if args.json {
        json!({ "cases": cases.len(), "same": same, "written": written, "wrong": wrong,
                "plugin": plugin.label(), "lines": lines })
        .to_string()
    } else {
        let sum = format!("{} passed, {wrong} failed", same + written);
        format!("{}\n{}\n{sum}", plugin.label(), lines.join("\n"))
    };
    Ok(Said { words, well: wrong == 0 })
}

fn outcome(plugin: &Taken, case: &Path, accept: bool) -> Result<Outcome> {
    let (told, failure) = played(plugin, case)?;
    if let Some(failure) = failure {
        return Ok(Outcome::Wrong(format!("the plugin failed: {failure}")));
    }
    let beside = case.with_extension("told");
    let expected = fs::read_to_string(&beside).ok();
    match expected {
        Some(expected) if expected.trim_end() == told.trim_end() => Ok(Outcome::Same),
        Some(expected) if !accept => Ok(Outcome::Wrong(difference(&expected, &told))),
        Some(_) | None => {
            fs::write(&beside, told).with_context(|| beside.display().to_string())?;
            Ok(Outcome::Written)
        }
    }
}

/// The first place at which two stories part.
fn difference(expected: &str, told: &str) -> String {
    let [expected, told] = [expected, told].map(|story| story.lines().collect::<Vec<_>>());
    let same = expected.iter().zip(&told).take_while(|(left, right)| left == right).count();
    let rest = |lines: &[&str], mark: char| {
        let lines = lines[same..].iter().take(SHOWN_LINES);
        lines.map(|line| format!("\n      {mark} {line}")).collect::<String>()
    };
    let (number, expected, told) = (same + 1, rest(&expected, '-'), rest(&told, '+'));
    format!("differs from line {number} on{expected}{told}")
}

fn played(plugin: &Taken, timeline: &Path) -> Result<(String, Option<String>)> {
    let script = fs::read_to_string(timeline).with_context(|| timeline.display().to_string())?;
    let wrong = |mistake| anyhow!("{}: {mistake}", timeline.display());
    match plugin {
        Taken::Policy(plugin) => {
            let mut policy = everywhere(&as_the_case_wants(plugin, timeline)?);
            let told = sim::timeline::play(&script, &mut policy).map_err(wrong)?;
            Ok((told, failure(&policy)))
        }
        Taken::Indicator(indicator) => {
            let indicator = indicator_as_the_case_wants(indicator, timeline)?;
            match table(&indicator, &script).map_err(wrong)? {
                Ok(told) => Ok((told, None)),
                Err(failure) => Ok((String::new(), Some(failure.to_string()))),
            }
        }
    }
}

fn taken(sandbox: &Sandbox, path: &Path) -> Result<Taken> {
    let (file, bytes) = component(path)?;
    sandbox.take(&bytes).map_err(|refusal| anyhow!("{} is refused: {refusal}", file.display()))
}

fn cases(folder: &Path) -> Result<Vec<PathBuf>> {
    let cases = folder.join("cases");
    let entries = fs::read_dir(&cases)
        .with_context(|| format!("{}: there are no cases to play", cases.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    let is_timeline = |path: &Path| path.extension().is_some_and(|ending| ending == "timeline");
    paths.retain(|path| is_timeline(path) || question::is_one(path));
    paths.sort();
    if paths.is_empty() {
        bail!(
            "{} has no `*.timeline` and no `*.question.json`: a plugin without a case is not tested",
            cases.display()
        );
    }
    Ok(paths)
}
