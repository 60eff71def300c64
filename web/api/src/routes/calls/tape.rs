//! A recording's file: opened by the index, read in pieces, made playable everywhere.

use std::io::SeekFrom;
use std::ops::Range;
use std::path::{Component, Path};

use bytes::Bytes;
use futures_util::{Stream, stream};
use media::{Codec, PCM_HEADER_BYTES, WAV_HEADER_BYTES, WavHeader};
use store::Recording;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::problem::Problem;

/// One read from the disk: big enough to be few, small enough to be held for every listener.
const PIECE_BYTES: u64 = 32 * 1024;

/// An opened recording.
pub(super) struct Tape {
    file: File,
    pub(super) codec: Codec,
    /// Bytes of sound after the header.
    pub(super) data_bytes: u64,
}

/// In which form it is sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    /// 16-bit samples, which every player knows.
    Pcm,
    /// As it is kept, bit by bit: what the index has the SHA-256 of.
    Stored,
}

impl Tape {
    pub(super) async fn open(folder: &Path, recording: &Recording) -> Result<Tape, Problem> {
        let path = Path::new(&recording.path);
        // The index is ours, and still no path of it leads out of the folder.
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Problem::internal(&"a recording's path leads out of its folder"));
        }
        let mut file = match File::open(folder.join(path)).await {
            Ok(file) => file,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                return Err(Problem::not_found("recording"));
            }
            Err(cause) => return Err(Problem::internal(&cause)),
        };
        let mut header = [0; WAV_HEADER_BYTES];
        file.read_exact(&mut header).await.map_err(|cause| Problem::internal(&cause))?;
        let header = WavHeader::parse(&header).map_err(|cause| Problem::internal(&cause))?;
        let length = file.metadata().await.map_err(|cause| Problem::internal(&cause))?.len();
        let sound = length.saturating_sub(WAV_HEADER_BYTES as u64);
        let data_bytes = header.data_bytes.map_or(sound, |said| u64::from(said).min(sound));
        Ok(Tape { file, codec: header.codec, data_bytes })
    }

    /// How many bytes the whole of it is.
    pub(super) fn length(&self, form: Form) -> u64 {
        match form {
            Form::Pcm => PCM_HEADER_BYTES as u64 + 2 * self.data_bytes,
            Form::Stored => WAV_HEADER_BYTES as u64 + self.data_bytes,
        }
    }

    /// The bytes of a range, piece by piece.
    pub(super) fn bytes(
        self,
        form: Form,
        range: Range<u64>,
    ) -> impl Stream<Item = std::io::Result<Bytes>> + Send + 'static {
        stream::try_unfold((self, range), move |(mut tape, range)| async move {
            if range.is_empty() {
                return Ok(None);
            }
            let piece = match form {
                Form::Pcm => tape.pcm_piece(&range).await?,
                Form::Stored => tape.stored_piece(range.start, range.end).await?,
            };
            // A file that has shrunk since: the answer ends early, and the client sees that.
            if piece.is_empty() {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let rest = range.start + piece.len() as u64..range.end;
            Ok(Some((Bytes::from(piece), (tape, rest))))
        })
    }

    async fn stored_piece(&mut self, start: u64, end: u64) -> std::io::Result<Vec<u8>> {
        let length = (end - start).min(PIECE_BYTES);
        self.file.seek(SeekFrom::Start(start)).await?;
        let mut piece = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        (&mut self.file).take(length).read_to_end(&mut piece).await?;
        Ok(piece)
    }

    async fn pcm_piece(&mut self, range: &Range<u64>) -> std::io::Result<Vec<u8>> {
        let header_bytes = PCM_HEADER_BYTES as u64;
        if let Some(room) = header_bytes.checked_sub(range.start).filter(|room| *room > 0) {
            let data_bytes = u32::try_from(2 * self.data_bytes).unwrap_or(u32::MAX);
            let header = media::pcm16_header(data_bytes);
            let from = usize::try_from(range.start).unwrap_or_default();
            let length = usize::try_from(room.min(range.end - range.start)).unwrap_or_default();
            return Ok(header[from..from + length].to_vec());
        }
        // Two bytes of ours for each byte of the file; a range may begin and end between the two.
        let (start, end) = (range.start - header_bytes, range.end - header_bytes);
        let at = WAV_HEADER_BYTES as u64;
        let stored = self.stored_piece(at + start / 2, at + end.div_ceil(2)).await?;
        let samples = media::pcm16(self.codec, &stored);
        let mut piece: Vec<u8> = samples.into_iter().flat_map(i16::to_le_bytes).collect();
        let skipped = usize::try_from(start % 2).unwrap_or_default();
        piece.drain(..skipped.min(piece.len()));
        piece.truncate(usize::try_from(end - start).unwrap_or(usize::MAX));
        Ok(piece)
    }
}
