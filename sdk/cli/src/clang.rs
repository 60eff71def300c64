//! A plugin in C: its folder, its compiler, its module.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context, Result, bail};

/// The one file that is compiled; what else it needs, it includes.
pub(crate) const POLICY: &str = "policy.c";

/// Plugins are built for a machine without a system and without a library. Copies of memory are
/// instructions there, so nothing calls `memcpy`; the stack comes first, so one that grows too far
/// ends the decision and does not write into data.
const FLAGS: [&str; 11] = [
    "--target=wasm32",
    "-std=c11",
    "-O2",
    "-ffreestanding",
    "-nostdlib",
    "-mbulk-memory",
    "-Wall",
    "-Wextra",
    "-Werror=implicit-function-declaration",
    "-Wl,--no-entry",
    "-Wl,--stack-first",
];

/// A C compiler that can build for the sandbox.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Clang {
    program: PathBuf,
}

/// The folder of a plugin that is written in C.
#[derive(Debug)]
pub(crate) struct CPolicy {
    /// The folder's name.
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
}

impl Clang {
    /// Finds one: `clang`, or else the newest `clang-14` and the like.
    ///
    /// # Errors
    ///
    /// When there is none; it says what to install.
    pub fn find() -> Result<Clang> {
        let path = env::var_os("PATH").unwrap_or_default();
        let mut found: Vec<(u32, PathBuf)> =
            env::split_paths(&path).flat_map(|it| all(&it)).collect();
        found.sort_by_key(|(version, _)| u32::MAX - version);
        let programs: Vec<PathBuf> = found.into_iter().map(|(_, program)| program).collect();
        let for_wasm = |program: &&PathBuf| {
            said(program, "--print-targets").is_some_and(|targets| targets.contains("wasm32"))
        };
        let able: Vec<&PathBuf> = programs.iter().filter(for_wasm).collect();
        if let Some(program) = able.iter().find(|program| links(program)) {
            return Ok(Clang { program: (**program).clone() });
        }
        let Some(program) = able.first().and_then(|program| program.file_name()) else {
            bail!(
                "no C compiler here can build for WebAssembly: clang and its linker are needed, on \
                 Debian `apt-get install clang lld`"
            )
        };
        let program = program.to_string_lossy();
        let linker = program.replace("clang", "lld");
        bail!("{program} has no linker for WebAssembly: on Debian `apt-get install {linker}`")
    }

    /// Where it is.
    pub fn program(&self) -> &Path {
        &self.program
    }
}

impl CPolicy {
    /// The plugin in a folder with a `policy.c`.
    pub(crate) fn read(folder: &Path) -> Result<CPolicy> {
        let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
        let Some(name) = folder.file_name().and_then(|name| name.to_str()) else {
            bail!("{}: the folder has no name that can be a file's", folder.display());
        };
        Ok(CPolicy { name: name.to_owned(), folder: folder.clone() })
    }

    /// What the component is made of.
    pub(crate) fn sources(&self) -> Result<BTreeSet<PathBuf>> {
        let entries =
            fs::read_dir(&self.folder).with_context(|| self.folder.display().to_string())?;
        let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<BTreeSet<_>>>()?;
        let is_source = |path: &PathBuf| path.extension().is_some_and(|it| it == "c" || it == "h");
        Ok(paths.into_iter().filter(is_source).collect())
    }

    /// Builds the component. The compiler tells mistakes with their places on the error stream.
    pub(crate) fn component(&self) -> Result<Vec<u8>> {
        let Clang { program } = Clang::find()?;
        let out = tempfile::tempdir().context("no folder for the module")?;
        let file = out.path().join("module.wasm");
        let status = Command::new(&program)
            .current_dir(&self.folder)
            .args(FLAGS)
            .arg("-o")
            .arg(&file)
            .arg(POLICY)
            .stdout(Stdio::null())
            .status()
            .with_context(|| format!("{} does not start", program.display()))?;
        if !status.success() {
            bail!("{} could not build {} ({status})", program.display(), self.name);
        }
        let module = fs::read(&file).with_context(|| file.display().to_string())?;
        plugin_host::check(&module).context("the host would refuse the plugin")
    }
}

/// The clangs of a folder by version; the one without a number before all others.
fn all(folder: &Path) -> Vec<(u32, PathBuf)> {
    let version = |path: &Path| match path.file_name()?.to_str()?.strip_prefix("clang")? {
        "" => Some(u32::MAX),
        number => number.strip_prefix('-')?.parse().ok(),
    };
    let entries = folder.read_dir().into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter_map(|path| Some((version(&path)?, path))).collect()
}

fn links(program: &Path) -> bool {
    said(program, "--print-prog-name=wasm-ld").is_some_and(|it| Path::new(it.trim()).is_file())
}

fn said(program: &Path, question: &str) -> Option<String> {
    let output = Command::new(program).args(["--target=wasm32", question]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
