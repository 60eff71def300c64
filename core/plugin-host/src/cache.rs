//! Compiled code on disk: written by our own compiler, read by nobody else.

use std::fs::{self, DirBuilder};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use wasmtime::Engine;
use wasmtime::component::Component;

use crate::limits::CACHE_FILES_MAX;
use crate::{Compiler, Refusal};

const SUFFIX: &str = ".cwasm";

/// A folder of compiled components. A file's name says which upload it was made from, for which
/// engine, and the hash of its own content: `<upload>-<engine>-<content>.cwasm`.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    /// Which wasmtime, settings and processor the code fits.
    fit: String,
}

impl Cache {
    /// Opens the folder, or makes it. Loading code is as good as running it, so a folder in which
    /// anybody else may write is refused.
    pub(crate) fn open(folder: &Path, engine: &Engine) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let folder = folder.canonicalize()?;
        let about = fs::metadata(&folder)?;
        let me = fs::metadata("/proc/self")?.uid();
        if about.mode() & 0o022 != 0 || (about.uid() != me && about.uid() != 0) {
            let words = format!("others may write into {}", folder.display());
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, words));
        }
        let mut hasher = DefaultHasher::new();
        engine.precompile_compatibility_hash().hash(&mut hasher);
        Ok(Self { folder, fit: format!("{:016x}", hasher.finish()) })
    }

    /// The component of an upload compiled before, if it is there and whole.
    pub(crate) fn find(&self, engine: &Engine, upload: &str) -> Option<Component> {
        let start = format!("{upload}-{}-", self.fit);
        let found = self.files().ok()?.into_iter().find(|path| name(path).starts_with(&start))?;
        match self.load(engine, &found) {
            Ok(component) => Some(component),
            Err(words) => {
                tracing::warn!(%words, "a compiled plugin is damaged and will be made anew");
                drop(fs::remove_file(found));
                None
            }
        }
    }

    /// Compiles a checked component and keeps the result.
    pub(crate) fn make(
        &self,
        engine: &Engine,
        compiler: &Compiler,
        upload: &str,
        component: &[u8],
    ) -> Result<Component, Refusal> {
        let scratch = Scratch::new(&self.folder);
        let output = scratch.0.with_extension("out");
        fs::write(&scratch.0, component).map_err(ours)?;
        compiler.compile(&scratch.0, &output)?;
        crate::compile::compiled_size(&output).map_err(ours)?;
        let content = hash(&fs::read(&output).map_err(ours)?);
        let kept = self.folder.join(format!("{upload}-{}-{content}{SUFFIX}", self.fit));
        fs::rename(&output, &kept).map_err(ours)?;
        self.tidy();
        self.load(engine, &kept).map_err(Refusal::NotCompilable)
    }

    #[expect(unsafe_code, reason = "see SAFETY: there is no safe way to load compiled code")]
    fn load(&self, engine: &Engine, path: &Path) -> Result<Component, String> {
        let content = hash(&fs::read(path).map_err(|error| error.to_string())?);
        if !name(path).ends_with(&format!("-{content}{SUFFIX}")) {
            return Err("its content is not what was written".to_owned());
        }
        // SAFETY: the file was written by our own compiler into a folder where nobody else may
        // write (`open`), and it is whole (the hash above). Wasmtime itself checks that it was made
        // by the same version with the same settings. Nobody changes a file after its rename.
        let component = unsafe { Component::deserialize_file(engine, path) };
        component.map_err(|error| format!("{error:#}"))
    }

    fn files(&self) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if name(&path).ends_with(SUFFIX) {
                files.push(path);
            }
        }
        Ok(files)
    }

    /// Removes the oldest files beyond [`CACHE_FILES_MAX`]. Loaded ones stay mapped and work on.
    fn tidy(&self) {
        let mut files = self.files().unwrap_or_default();
        files.sort_by_key(|path| fs::metadata(path).and_then(|it| it.modified()).ok());
        for path in files.iter().take(files.len().saturating_sub(CACHE_FILES_MAX)) {
            drop(fs::remove_file(path));
        }
    }
}

/// A file name nobody else uses; it and its output are gone when the work is done.
struct Scratch(PathBuf);

impl Scratch {
    fn new(folder: &Path) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(folder.join(format!("scratch-{}-{next}.wasm", process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
        drop(fs::remove_file(self.0.with_extension("out")));
    }
}

pub(crate) fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

fn ours(error: io::Error) -> Refusal {
    Refusal::Host(error.to_string())
}
