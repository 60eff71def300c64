//! Which compiler can build for the sandbox on this machine.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Plugins are built for a machine without a system: what is not there cannot be misused.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler for the web, and names of its linker.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const LINKERS: [&str; 3] = ["wasm-ld", "wasm-ld-19", "rust-lld"];

/// A way to build for the sandbox.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Toolchain {
    /// The compiler at hand has the target, as after `rustup target add`.
    Ready { rustc: PathBuf, sysroot: PathBuf },
    /// A compiler that comes with the sources of the standard library (Debian's `rustc-web` and
    /// `rust-web-src`): it builds the library first, once.
    FromSource { rustc: PathBuf, sysroot: PathBuf, linker: PathBuf },
}

impl Toolchain {
    /// Finds one.
    ///
    /// # Errors
    ///
    /// When there is none; it says what to install.
    pub fn find() -> Result<Self> {
        let rustc = env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from);
        let sysroot = print(&rustc, &["--print", "sysroot"])
            .with_context(|| format!("{} does not run", rustc.display()))?;
        let library = sysroot.join("lib/rustlib").join(TARGET).join("lib");
        if has(&library, "libstd-") {
            return Ok(Toolchain::Ready { rustc, sysroot });
        }
        let debian = PathBuf::from(DEBIAN_RUSTC);
        for candidate in [debian, rustc.clone()] {
            let Some(itself) = print(&candidate, &["--print", "sysroot"]) else { continue };
            let Some(linker) = linker(&[&itself, &sysroot]) else { continue };
            if source(&itself).join("std/Cargo.toml").is_file() {
                return Ok(Toolchain::FromSource { rustc: candidate, sysroot: itself, linker });
            }
        }
        bail!(
            "no compiler here can build for {TARGET}. Run `rustup target add {TARGET}`, or on \
             Debian `apt-get install rustc-web rust-web-src lld`."
        )
    }

    /// Where the sources of the standard library are, as they appear in what it builds.
    pub(crate) fn library(&self) -> PathBuf {
        let (Toolchain::Ready { sysroot, .. } | Toolchain::FromSource { sysroot, .. }) = self;
        source(sysroot)
    }

    /// The linker to name, unless the compiler brings its own.
    pub(crate) fn linker(&self) -> Option<&Path> {
        match self {
            Toolchain::Ready { .. } => None,
            Toolchain::FromSource { linker, .. } => Some(linker),
        }
    }

    /// Makes cargo use it.
    pub(crate) fn prepare(&self, command: &mut Command) {
        match self {
            Toolchain::Ready { rustc, .. } => {
                command.env("RUSTC", rustc);
            }
            Toolchain::FromSource { rustc, .. } => {
                // Building the standard library is not stable in cargo; a plugin uses nothing else
                // that is not.
                command
                    .env("RUSTC", rustc)
                    .env("RUSTC_BOOTSTRAP", "1")
                    .args(["-Z", "build-std=std,panic_abort"]);
            }
        }
    }
}

/// The cargo that started us, or the one in the path.
pub(crate) fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn source(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib/src/rust/library")
}

/// Looks in the compilers' own folders, then in the path.
fn linker(sysroots: &[&Path]) -> Option<PathBuf> {
    let own = sysroots.iter().flat_map(|sysroot| {
        let host = format!("{}-unknown-linux-gnu", env::consts::ARCH);
        LINKERS.map(|name| sysroot.join("lib/rustlib").join(&host).join("bin").join(name))
    });
    let path = env::var_os("PATH").unwrap_or_default();
    let shared: Vec<PathBuf> =
        env::split_paths(&path).flat_map(|folder| LINKERS.map(|name| folder.join(name))).collect();
    own.chain(shared).find(|linker| linker.is_file())
}

fn print(rustc: &Path, args: &[&str]) -> Option<PathBuf> {
    let output = Command::new(rustc).args(args).output().ok()?;
    let words = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| PathBuf::from(words.trim()))
}

fn has(folder: &Path, start: &str) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with(start))
}
