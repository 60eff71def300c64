//! `ladus plugin watch`: builds and plays the cases again whenever something was saved.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, thread};

use anyhow::Result;
use plugin_host::Compiler;

use crate::cases::{self, TestArgs};
use crate::{Said, sources_hash};

/// Between two looks at the files.
const LOOK_TIME: Duration = Duration::from_millis(500);

/// Until it is interrupted.
pub(crate) fn watch(folder: &Path, compiler: &Compiler, say: &mut dyn FnMut(&str)) -> Result<Said> {
    let mut seen = None;
    loop {
        let now = state(folder)?;
        if seen.as_ref() != Some(&now) {
            seen = Some(now);
            match cases::test(&TestArgs::of(folder), compiler.clone()) {
                Ok(said) => say(&said.words),
                Err(error) => say(&format!("{error:#}")),
            }
            say("waiting for a file to be saved (Ctrl-C ends)");
        }
        thread::sleep(LOOK_TIME);
    }
}

/// When a file was written last.
type Written = Option<SystemTime>;

/// The sources by content, the cases by when they were written.
fn state(folder: &Path) -> Result<(String, Vec<(PathBuf, Written)>)> {
    let written = |path: &Path| fs::metadata(path).and_then(|it| it.modified()).ok();
    let entries = fs::read_dir(folder.join("cases")).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let timelines = paths.filter(|path| path.extension().is_some_and(|it| it == "timeline"));
    let mut cases: Vec<_> =
        timelines.map(|path| (written(&path), path)).map(|(at, path)| (path, at)).collect();
    cases.sort();
    Ok((sources_hash(folder)?, cases))
}
