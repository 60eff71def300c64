//! Writes recordings: one thread, one file per talk, an index entry when it is complete.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::thread;

use acd::{CallId, Time};
use bytes::Bytes;
use media::Codec;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

/// Blocks on their way to the disk: 8,000 bytes each, half a second of one call. A disk that falls
/// this far behind (32 MB) has failed; the talk goes on and the journal says so.
const BLOCKS_MAX: usize = 4_096;

/// Recordings in one folder: directories of any size are slow to list.
const FOLDER_FILES: u64 = 1_000;

/// G.711 in two channels: bytes per millisecond of a recording.
const BYTES_PER_MS: u64 = 16;

/// What a relay tells the recorder. Messages of one call come in order.
#[derive(Debug)]
pub(crate) enum Tape {
    Begin { call: CallId, codec: Codec, at: Time },
    Block { call: CallId, bytes: Bytes },
    End { call: CallId },
}

/// A file that is complete, or why it is not.
#[derive(Debug)]
pub(crate) enum Taped {
    Stored(Stored),
    Failed { call: CallId, cause: String },
}

/// What the index keeps of a file.
#[derive(Clone, Debug)]
pub(crate) struct Stored {
    pub(crate) call: CallId,
    /// Relative to the recordings folder.
    pub(crate) path: String,
    pub(crate) bytes: u64,
    pub(crate) duration_ms: u64,
    pub(crate) sha256: String,
    pub(crate) started: Time,
    pub(crate) codec: Codec,
}

/// Starts the writer. It ends when every sender is gone and what was open is closed.
pub(crate) fn start(
    folder: PathBuf,
    taped: mpsc::UnboundedSender<Taped>,
) -> io::Result<(mpsc::Sender<Tape>, thread::JoinHandle<()>)> {
    fs::create_dir_all(&folder)?;
    let (sender, mut tapes) = mpsc::channel(BLOCKS_MAX);
    let thread = thread::Builder::new().name("recorder".to_owned()).spawn(move || {
        let mut recorder = Recorder { folder, taped, open: BTreeMap::new() };
        while let Some(tape) = tapes.blocking_recv() {
            recorder.take(tape);
        }
        for call in recorder.open.keys().copied().collect::<Vec<_>>() {
            recorder.end(call);
        }
    })?;
    Ok((sender, thread))
}

struct Recorder {
    folder: PathBuf,
    taped: mpsc::UnboundedSender<Taped>,
    open: BTreeMap<CallId, Open>,
}

struct Open {
    file: File,
    path: String,
    data_bytes: u64,
    started: Time,
    codec: Codec,
}

impl Recorder {
    fn take(&mut self, tape: Tape) {
        match tape {
            Tape::Begin { call, codec, at } => match begin(&self.folder, call, codec, at) {
                Ok(open) => {
                    self.open.insert(call, open);
                }
                Err(error) => self.fail(call, &error),
            },
            Tape::Block { call, bytes } => {
                let Some(open) = self.open.get_mut(&call) else { return };
                open.data_bytes += bytes.len() as u64;
                if let Err(error) = open.file.write_all(&bytes) {
                    self.fail(call, &error);
                }
            }
            Tape::End { call } => self.end(call),
        }
    }

    fn end(&mut self, call: CallId) {
        let Some(open) = self.open.remove(&call) else { return };
        match finish(&self.folder, call, open) {
            Ok(stored) => {
                let _ = self.taped.send(Taped::Stored(stored));
            }
            Err(error) => self.fail(call, &error),
        }
    }

    fn fail(&mut self, call: CallId, error: &io::Error) {
        self.open.remove(&call);
        tracing::error!(call = call.0, %error, "a recording could not be written");
        let _ = self.taped.send(Taped::Failed { call, cause: error.to_string() });
    }
}

/// Opens a new file; a second talk of the same call gets a file of its own.
fn begin(folder: &Path, call: CallId, codec: Codec, at: Time) -> io::Result<Open> {
    let name = format!("{:06}", call.0 / FOLDER_FILES);
    fs::create_dir_all(folder.join(&name))?;
    let mut talk = 1;
    loop {
        let path = match talk {
            1 => format!("{name}/{:09}.wav", call.0),
            _ => format!("{name}/{:09}-{talk}.wav", call.0),
        };
        match OpenOptions::new().read(true).write(true).create_new(true).open(folder.join(&path)) {
            Ok(mut file) => {
                // Of unknown length: a file that a crash cuts off can still be played.
                file.write_all(&media::wav_header(codec, u32::MAX))?;
                return Ok(Open { file, path, data_bytes: 0, started: at, codec });
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => talk += 1,
            Err(error) => return Err(error),
        }
    }
}

/// Writes the true length into the header and hashes the whole file as it lies on the disk.
fn finish(folder: &Path, call: CallId, mut open: Open) -> io::Result<Stored> {
    open.file.seek(SeekFrom::Start(0))?;
    let data_bytes = u32::try_from(open.data_bytes).unwrap_or(u32::MAX);
    open.file.write_all(&media::wav_header(open.codec, data_bytes))?;
    open.file.sync_data()?;
    drop(open.file);
    let mut file = File::open(folder.join(&open.path))?;
    let (mut hash, mut bytes, mut chunk) = (Sha256::new(), 0, vec![0; 64 << 10]);
    loop {
        let length = file.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        bytes += length as u64;
        hash.update(&chunk[..length]);
    }
    Ok(Stored {
        call,
        path: open.path,
        bytes,
        duration_ms: open.data_bytes / BYTES_PER_MS,
        sha256: hex::encode(hash.finalize()),
        started: open.started,
        codec: open.codec,
    })
}
