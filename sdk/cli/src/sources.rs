//! What a plugin is built from, so that a stale component can be told from a fresh one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::clang::{CPolicy, POLICY};
use crate::script::Script;
use crate::toolchain::cargo;

/// A folder with a plugin's sources.
#[derive(Debug)]
pub(crate) enum Sources {
    Rust(Package),
    Script(Script),
    C(CPolicy),
}

/// A plugin's package, as cargo sees it.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) folder: PathBuf,
    pub(crate) workspace: PathBuf,
    pub(crate) target: PathBuf,
    /// Its own folder and those of the packages beside it that it is built from.
    local: BTreeSet<PathBuf>,
}

/// Where the hash of a plugin's sources is kept, beside its component.
pub fn hash_file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.sources.sha256"))
}

/// The hash of a plugin's sources: its own, those of local packages that it uses, and the WIT.
///
/// # Errors
///
/// When the folder has no plugin in it, or a file cannot be read.
pub fn sources_hash(folder: &Path) -> Result<String> {
    let sources = Sources::read(folder)?;
    let mut hash = Sha256::new();
    for path in sources.files()? {
        let name = path.strip_prefix(sources.root()).unwrap_or(&path);
        let content = fs::read(&path).with_context(|| path.display().to_string())?;
        hash.update(format!("{} {}\n", name.display(), content.len()));
        hash.update(content);
    }
    Ok(hex::encode(hash.finalize()))
}

impl Sources {
    /// By the manifest that is there.
    pub(crate) fn read(folder: &Path) -> Result<Sources> {
        if folder.join("Cargo.toml").is_file() {
            return Package::read(folder).map(Sources::Rust);
        }
        if folder.join("package.json").is_file() {
            return Script::read(folder).map(Sources::Script);
        }
        if folder.join(POLICY).is_file() {
            return CPolicy::read(folder).map(Sources::C);
        }
        bail!(
            "{}: no plugin is there, neither a Cargo.toml nor a package.json nor a {POLICY}; \
             `ladus plugin new` begins one",
            folder.display()
        )
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Sources::Rust(package) => &package.name,
            Sources::Script(script) => &script.name,
            Sources::C(policy) => &policy.name,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        match self {
            Sources::Rust(package) => &package.folder,
            Sources::Script(script) => &script.folder,
            Sources::C(policy) => &policy.folder,
        }
    }

    /// Names of files in the hash begin here.
    fn root(&self) -> &Path {
        match self {
            Sources::Rust(package) => &package.workspace,
            Sources::Script(script) => &script.folder,
            Sources::C(policy) => &policy.folder,
        }
    }

    fn files(&self) -> Result<BTreeSet<PathBuf>> {
        match self {
            Sources::Rust(package) => package.sources(),
            Sources::Script(script) => script.sources(),
            Sources::C(policy) => policy.sources(),
        }
    }
}

impl Package {
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let folder = folder.canonicalize().with_context(|| folder.display().to_string())?;
        let output = Command::new(cargo())
            .args(["metadata", "--format-version", "1"])
            .current_dir(&folder)
            .output()
            .context("cargo does not start")?;
        if !output.status.success() {
            bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        Self::of(&metadata, folder).context("cargo metadata has changed its shape")?
    }

    fn of(metadata: &Value, folder: PathBuf) -> Option<Result<Self>> {
        let manifest = folder.join("Cargo.toml");
        let packages = metadata["packages"].as_array()?;
        let path = |package: &Value| package["manifest_path"].as_str().map(PathBuf::from);
        let Some(own) = packages.iter().find(|it| path(it).as_ref() == Some(&manifest)) else {
            return Some(Err(anyhow::anyhow!("{} is no package", manifest.display())));
        };
        let ids = closure(metadata, own["id"].as_str()?)?;
        let local = packages
            .iter()
            .filter(|it| it["source"].is_null())
            .filter(|it| it["id"].as_str().is_some_and(|id| ids.contains(id)))
            .filter_map(|it| Some(path(it)?.parent()?.to_owned()))
            .collect();
        Some(Ok(Self {
            name: own["name"].as_str()?.to_owned(),
            folder,
            workspace: metadata["workspace_root"].as_str()?.into(),
            target: metadata["target_directory"].as_str()?.into(),
            local,
        }))
    }

    fn sources(&self) -> Result<BTreeSet<PathBuf>> {
        let mut files = BTreeSet::new();
        for folder in &self.local {
            files.insert(folder.join("Cargo.toml"));
            collect(&folder.join("src"), &mut files)?;
            // The SDK is generated from the WIT that lies beside it: the versions in use.
            let wit = folder.with_file_name("wit");
            if wit.is_dir() {
                let mut worlds = BTreeSet::new();
                collect(&wit, &mut worlds)?;
                worlds.retain(|path| path.extension().is_some_and(|ending| ending == "wit"));
                worlds.retain(|path| !path.starts_with(wit.join("released")));
                files.extend(worlds);
            }
        }
        Ok(files)
    }
}

/// The package and all that it depends on.
fn closure<'a>(metadata: &'a Value, own: &'a str) -> Option<BTreeSet<&'a str>> {
    let nodes = metadata["resolve"]["nodes"].as_array()?;
    let mut ids = BTreeSet::new();
    let mut next = vec![own];
    while let Some(id) = next.pop() {
        if ids.insert(id) {
            let node = nodes.iter().find(|node| node["id"].as_str() == Some(id))?;
            next.extend(node["dependencies"].as_array()?.iter().filter_map(Value::as_str));
        }
    }
    Some(ids)
}

pub(crate) fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.insert(path);
        }
    }
    Ok(())
}
