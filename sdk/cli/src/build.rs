//! From a folder with a plugin's sources to the component beside them.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::Toolchain;
use crate::sources::{Package, Sources, hash_file, sources_hash};
use crate::toolchain::{TARGET, cargo};

/// How plugins are built: small, no unwinding, names kept for whoever reads a trap. Given on the
/// command line, so that an author's own workspace needs no profile.
const PROFILE: [&str; 6] = [
    "profile.plugin.inherits='release'",
    "profile.plugin.opt-level=3",
    "profile.plugin.lto=true",
    "profile.plugin.codegen-units=1",
    "profile.plugin.panic='abort'",
    "profile.plugin.strip='debuginfo'",
];

/// A plugin that was built.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Built {
    /// The component: what is uploaded.
    pub component: PathBuf,
    /// Its size.
    pub bytes: usize,
    /// The hash of its sources, written beside it.
    pub sources: PathBuf,
}

/// Builds the plugin in a folder, and writes `<name>.wasm` and `<name>.sources.sha256` there.
///
/// # Errors
///
/// When there is no toolchain (it says what to install), the build fails, or the host would refuse
/// the result.
pub fn build(folder: &Path) -> Result<Built> {
    let plugin = Sources::read(folder)?;
    let component = made(&plugin)?;
    let sources = hash_file(plugin.folder(), plugin.name());
    let path = plugin.folder().join(format!("{}.wasm", plugin.name()));
    fs::write(&path, &component).with_context(|| path.display().to_string())?;
    fs::write(&sources, format!("{}\n", sources_hash(folder)?))?;
    Ok(Built { component: path, bytes: component.len(), sources })
}

/// Builds the plugin in a folder and answers the component, without writing anything there.
///
/// # Errors
///
/// As [`build`].
pub fn component(folder: &Path) -> Result<Vec<u8>> {
    made(&Sources::read(folder)?)
}

fn made(plugin: &Sources) -> Result<Vec<u8>> {
    let package = match plugin {
        Sources::Rust(package) => package,
        Sources::Script(script) => return script.component(),
        Sources::C(policy) => return policy.component(),
    };
    let core = compile(package, &Toolchain::find()?)?;
    let module = fs::read(&core).with_context(|| format!("{} was not built", core.display()))?;
    plugin_host::check(&module).context("the host would refuse the plugin")
}

/// Runs cargo in a target folder of its own, so that a standard library built for the sandbox does
/// not disturb other builds. Answers the core module.
fn compile(package: &Package, toolchain: &Toolchain) -> Result<PathBuf> {
    let target = package.target.join("plugins");
    let mut command = Command::new(cargo());
    command
        .current_dir(&package.folder)
        .args(["build", "--lib", "--target", TARGET, "--profile", "plugin"])
        .arg("--target-dir")
        .arg(&target)
        .env_remove("RUSTFLAGS")
        .env("CARGO_ENCODED_RUSTFLAGS", flags(toolchain)?);
    for setting in PROFILE {
        command.args(["--config", setting]);
    }
    toolchain.prepare(&mut command);
    let status = command.status().context("cargo does not start")?;
    if !status.success() {
        bail!("cargo could not build {} ({status})", package.name);
    }
    let file = format!("{}.wasm", package.name.replace('-', "_"));
    Ok(target.join(TARGET).join("plugin").join(file))
}

/// Folders of this machine must not be in the component, or nobody else could build the same bytes.
/// The plugin's own do not get there: cargo names its files relatively. So every plugin is built
/// with the same flags, and the standard library once for all of them.
fn flags(toolchain: &Toolchain) -> Result<OsString> {
    let home = match std::env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => std::env::home_dir().context("there is no home folder")?.join(".cargo"),
    };
    let mut flags = OsString::new();
    for (from, to) in [(&home, "/cargo"), (&toolchain.library(), "/rust")] {
        flags.push("--remap-path-prefix=");
        flags.push(from);
        flags.push(format!("={to}\u{1f}"));
    }
    if let Some(linker) = toolchain.linker() {
        flags.push("-Clinker=");
        flags.push(linker);
        flags.push("\u{1f}-Clinker-flavor=wasm-ld\u{1f}");
    }
    flags.push("-Cdebuginfo=0");
    Ok(flags)
}
