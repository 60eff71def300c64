//! Listen to a call: caller left, agent right.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::tape::{Form, Tape};
use crate::app::App;
use crate::body::{Asked, At};
use crate::code::Code;
use crate::problem::Problem;
use crate::range::{Part, part};
use crate::visitor::Administrator;

/// A complete file never changes; but only who is logged in may have it.
const KEEP: HeaderValue = HeaderValue::from_static("private, max-age=86400");

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RecordingAsked {
    /// `stored` for the file as it is kept (G.711); 16-bit samples otherwise.
    #[serde(rename = "as")]
    form: Option<String>,
}

/// The sound as WAV, whole or in ranges.
#[utoipa::path(get, path = "/calls/{id}/recording", tag = "calls",
    operation_id = "get_recording", params(("id" = u64, Path), RecordingAsked),
    responses(
        (status = 200, content_type = "audio/wav", body = String),
        (status = 206, content_type = "audio/wav", body = String),
        (status = 416, description = "The range lies outside."),
        Problem
    ))]
pub(crate) async fn recording(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
    Asked(asked): Asked<RecordingAsked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let recording = app.tenant.recording(acd::CallId(id)).await?;
    let recording = recording.ok_or_else(|| Problem::not_found("recording"))?;
    let (form, name) = match asked.form.as_deref() {
        Some("stored") => (Form::Stored, "stored"),
        Some(_) | None => (Form::Pcm, "pcm"),
    };
    let tape = Tape::open(&app.config.recordings, &recording).await?;
    let length = tape.length(form);
    let etag = format!("\"{name}-{}\"", recording.sha256);
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    // A part of another version is of no use: then the whole is sent.
    let same = headers.get(header::IF_RANGE).is_none_or(|known| *known == etag);
    let common = [
        (header::CONTENT_TYPE, text("audio/wav".to_owned())),
        (header::ACCEPT_RANGES, text("bytes".to_owned())),
        (header::CACHE_CONTROL, KEEP),
        (header::ETAG, text(etag)),
        (header::CONTENT_DISPOSITION, text(format!("inline; filename=\"call-{id}.wav\""))),
    ];
    Ok(match part(range.filter(|_| same), length) {
        Part::Whole => {
            let size = [(header::CONTENT_LENGTH, HeaderValue::from(length))];
            (common, size, Body::from_stream(tape.bytes(form, 0..length))).into_response()
        }
        Part::Some(range) => {
            let said = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let size = [
                (header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start)),
                (header::CONTENT_RANGE, text(said)),
            ];
            let body = Body::from_stream(tape.bytes(form, range));
            (StatusCode::PARTIAL_CONTENT, common, size, body).into_response()
        }
        Part::Nowhere => {
            let problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, Code::Malformed);
            let said = [(header::CONTENT_RANGE, text(format!("bytes */{length}")))];
            (said, problem).into_response()
        }
    })
}

/// Text of ours as a header's value: digits, hex and plain words.
fn text(value: String) -> HeaderValue {
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static(""))
}
