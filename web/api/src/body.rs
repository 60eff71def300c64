//! What a request brings, parsed at the door; what does not parse is a problem of ours to word.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use store::PLUGIN_FILE_MAX;

use crate::code::Code;
use crate::problem::Problem;

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

/// The query of the address.
pub(crate) struct Asked<T>(pub(crate) T);

/// The ids in the path. What is no number names nothing.
pub(crate) struct At<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Body<T>, Problem> {
        match Json::from_request(request, state).await {
            Ok(Json(value)) => Ok(Body(value)),
            Err(rejection) => Err(of_json(&rejection)),
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Asked<T>, Problem> {
        let asked: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, state).await;
        match asked {
            Ok(Query(value)) => Ok(Asked(value)),
            Err(rejection) => {
                Err(Problem::malformed(StatusCode::BAD_REQUEST, rejection.body_text()))
            }
        }
    }
}

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<At<T>, Problem> {
        let path: Result<Path<T>, PathRejection> = Path::from_request_parts(parts, state).await;
        path.map(|Path(value)| At(value)).map_err(|_| Problem::not_found("path"))
    }
}

/// A file of at most 4 MiB, as it is.
pub(crate) struct PluginFile(pub(crate) Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for PluginFile {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<PluginFile, Problem> {
        // The router's own limit is for JSON; this one is counted as the bytes come.
        let mut parts = request.into_body().into_data_stream();
        let mut file = Vec::new();
        while let Some(part) = parts.next().await {
            let part = part
                .map_err(|error| Problem::malformed(StatusCode::BAD_REQUEST, error.to_string()))?;
            if file.len() + part.len() > PLUGIN_FILE_MAX {
                let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, Code::FileTooLarge);
                return Err(problem.with("max_mb", PLUGIN_FILE_MAX >> 20));
            }
            file.extend_from_slice(&part);
        }
        Ok(PluginFile(file))
    }
}

fn of_json(rejection: &JsonRejection) -> Problem {
    // Valid JSON of a wrong shape is a 400 to us too: 422 is for values with a pointer.
    let status = match rejection.status() {
        StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
        status => status,
    };
    Problem::malformed(status, rejection.body_text())
}

/// Tells a field that is `null` from one that is not there. Use with `#[serde(default)]`.
pub(crate) fn given<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
