//! The page: its files as they were built, and its first file for every address of its own.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::app::{App, Asset};
use crate::problem::Problem;

/// The name of a file under `assets/` changes with its content.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Kept, but asked for again each time.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

const INDEX: &str = "index.html";

/// Everything that is no route.
pub(crate) async fn serve(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return Problem::not_found("path").into_response();
    }
    if path.starts_with("assets/") {
        return match (app.page)(path) {
            Some(asset) => file(asset, &headers, FOREVER),
            None => Problem::not_found("path").into_response(),
        };
    }
    // An address of the page's own router, or a file beside it (icon, manifest).
    let found = if path.is_empty() { None } else { (app.page)(path) };
    match found.or_else(|| (app.page)(INDEX)) {
        Some(asset) => file(asset, &headers, ASK_AGAIN),
        None => Problem::not_found("page").into_response(),
    }
}

fn file(asset: Asset, headers: &HeaderMap, keep: HeaderValue) -> Response {
    let etag = format!("\"{}\"", &hex::encode(Sha256::digest(&asset.bytes))[..32]);
    let etag = HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\""));
    let known = headers.get(header::IF_NONE_MATCH);
    let caching = [(header::CACHE_CONTROL, keep), (header::ETAG, etag.clone())];
    if known.is_some_and(|known| known == etag) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let media_type = HeaderValue::from_str(&asset.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    (caching, [(header::CONTENT_TYPE, media_type)], asset.bytes.into_owned()).into_response()
}
