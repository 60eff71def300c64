//! The HTTP API: routes, sessions, live events, OpenAPI.
//!
//! One operation is one file under `routes/<noun>/<verb>.rs`: input, output, handler, top to
//! bottom. The server words nothing for people: a [`problem::Problem`] is a code with parameters
//! and pointers, and the page has the sentences. A change is answered only when it is in force, so
//! that the very next call uses it.
//!
//! Requests without a session reach the log-in, the setup and the page's files, nothing else.
//! Unsafe methods from other sites are refused by `Sec-Fetch-Site`; the session cookie is `Lax`.

mod app;
mod body;
mod card;
mod clock;
mod code;
mod cookie;
mod door;
mod files;
mod flow;
mod openapi;
mod problem;
mod range;
mod routes;
mod security;
mod visitor;
mod way;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

pub use crate::app::{Api, Asset, Config};
pub use crate::openapi::openapi;

use crate::app::App;

/// The largest JSON is a group with ten thousand callers who come first: half a megabyte.
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// The switch answers in milliseconds, but an uploaded plugin may be compiled for thirty seconds;
/// who waits longer than this has gone. Streams are not cut: the time runs until the answer begins.
const ANSWER_WITHIN: Duration = Duration::from_secs(45);

/// The whole HTTP side: `/api/v1`, health, and the page for everything else.
///
/// Serve it with `into_make_service_with_connect_info::<SocketAddr>()`: the log-in's limit counts
/// by address.
pub fn router(api: Api) -> Router {
    let app = App::new(api);
    let (routes, _) = openapi::routes();
    let slow = TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, ANSWER_WITHIN);
    routes
        .fallback(files::serve)
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn(security::same_site))
        .layer(slow)
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(middleware::from_fn(security::headers))
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}
