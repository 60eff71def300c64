//! A plugin in TypeScript: its folder, its tools, its component.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::sources::collect;

/// The folder of a plugin that is written in TypeScript.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
}

impl Script {
    /// The plugin in a folder with a `package.json`.
    pub(crate) fn read(folder: &Path) -> Result<Script> {
        let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
        let path = folder.join("package.json");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let package: Value =
            serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        let Some(name) = package["name"].as_str().filter(|name| !name.contains(['/', '\\'])) else {
            bail!("{}: it has no \u{201c}name\u{201d} that can be a file's", path.display());
        };
        Ok(Script { name: name.to_owned(), folder })
    }

    /// What the component is made of.
    pub(crate) fn sources(&self) -> Result<BTreeSet<PathBuf>> {
        let mut files: BTreeSet<PathBuf> =
            ["package.json", "package-lock.json", "tsconfig.json"].map(|it| self.file(it)).into();
        files.retain(|path| path.is_file());
        collect(&self.folder.join("src"), &mut files)?;
        collect(&self.folder.join("ladus"), &mut files)?;
        Ok(files)
    }

    /// Builds the component; types first, so that a mistake is told with its place.
    pub(crate) fn component(&self) -> Result<Vec<u8>> {
        self.install()?;
        let out = tempfile::tempdir().context("no folder for the component")?;
        let file = out.path().join("component.wasm");
        let tool = self.file("ladus/js/build.mjs");
        if !tool.is_file() {
            bail!("{} is missing; `ladus plugin new --lang ts` makes it", tool.display());
        }
        let mut node = Command::new("node");
        self.run(node.arg(&tool).arg(&file))
            .with_context(|| format!("{} was not built", self.name))?;
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        plugin_host::check(&bytes).context("the host would refuse the plugin")
    }

    /// `npm ci`, when what is installed is older than the list.
    fn install(&self) -> Result<()> {
        let written = |path: &str| fs::metadata(self.file(path)).and_then(|it| it.modified()).ok();
        let installed = written("node_modules/.package-lock.json");
        if installed.is_some() && installed >= written("package-lock.json") {
            return Ok(());
        }
        let mut npm = Command::new("npm");
        // Standard output is for what was asked for, for example one JSON object.
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]);
        self.run(&mut npm)
    }

    fn run(&self, command: &mut Command) -> Result<()> {
        let program = command.get_program().to_string_lossy().into_owned();
        let output = command.current_dir(&self.folder).output();
        let output = output.with_context(|| {
            format!("{program} does not start: install Node.js 20 or newer (with npm)")
        })?;
        if !output.status.success() {
            let words = [output.stdout, output.stderr].concat();
            bail!("{program}: {}", String::from_utf8_lossy(&words).trim());
        }
        Ok(())
    }

    fn file(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }
}
