//! A page of versions, newest first.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::ChangeOut;
use crate::app::App;
use crate::body::Asked;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct VersionsAsked {
    /// Only versions older than this one.
    before: Option<u64>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct Versions {
    versions: Vec<VersionOut>,
    /// `before` of the next page; `null` on the last one.
    #[schema(required)]
    next: Option<u64>,
}

#[derive(Serialize, ToSchema)]
struct VersionOut {
    version: u64,
    at_ms: u64,
    who: String,
    /// One can go back to it; the newest five hundred are kept.
    kept: bool,
    changes: Vec<ChangeOut>,
}

/// Versions of the plan with what each changed.
#[utoipa::path(get, path = "/versions", tag = "versions", operation_id = "list_versions",
    params(VersionsAsked), responses((status = 200, body = Versions), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
    Asked(asked): Asked<VersionsAsked>,
) -> Result<Json<Versions>, Problem> {
    let rows = app.tenant.versions(asked.before).await?;
    let full = rows.len() >= store::VERSIONS_LISTED;
    let next = rows.last().map(|row| row.version).filter(|_| full);
    let version = |row: store::Version| VersionOut {
        version: row.version,
        at_ms: row.at_ms,
        who: row.who,
        kept: row.kept,
        changes: row.changes.into_iter().map(ChangeOut::of).collect(),
    };
    Ok(Json(Versions { versions: rows.into_iter().map(version).collect(), next }))
}
