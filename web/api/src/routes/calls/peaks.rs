//! The picture of a recording, so that no page decodes an hour of sound to draw it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use futures_util::TryStreamExt;
use media::{PeakMeter, WAV_HEADER_BYTES};
use serde::Serialize;
use utoipa::ToSchema;

use super::tape::{Form, Tape};
use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

const KEEP: HeaderValue = HeaderValue::from_static("private, max-age=86400");

/// How loud each side was, column by column: 0 is silence, 255 full scale.
#[derive(Serialize, ToSchema)]
pub(crate) struct PeaksOut {
    /// The caller.
    left: Vec<u8>,
    /// The agent.
    right: Vec<u8>,
}

/// At most a thousand columns.
#[utoipa::path(get, path = "/calls/{id}/peaks", tag = "calls", operation_id = "get_peaks",
    params(("id" = u64, Path)), responses((status = 200, body = PeaksOut), Problem))]
pub(crate) async fn peaks(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<impl IntoResponse, Problem> {
    let recording = app.tenant.recording(acd::CallId(id)).await?;
    let recording = recording.ok_or_else(|| Problem::not_found("recording"))?;
    let tape = Tape::open(&app.config.recordings, &recording).await?;
    let meter = PeakMeter::new(tape.codec, tape.data_bytes);
    let sound = WAV_HEADER_BYTES as u64..tape.length(Form::Stored);
    let metered = tape.bytes(Form::Stored, sound).try_fold(meter, |mut meter, piece| async move {
        meter.push(&piece);
        Ok(meter)
    });
    let peaks = metered.await.map_err(|cause| Problem::internal(&cause))?.finish();
    let out = PeaksOut { left: peaks.left, right: peaks.right };
    Ok(([(header::CACHE_CONTROL, KEEP)], Json(out)))
}
