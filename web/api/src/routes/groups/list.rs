//! Every group.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::GroupOut;
use crate::app::App;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct Groups {
    groups: Vec<GroupOut>,
}

/// Every group, by name.
#[utoipa::path(get, path = "/groups", tag = "groups", operation_id = "list_groups",
    responses((status = 200, body = Groups), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<Groups>, Problem> {
    let memberships = app.tenant.places(now_ms()).await?;
    let groups = app.tenant.groups().await?.into_iter();
    Ok(Json(Groups { groups: groups.map(|group| GroupOut::of(group, &memberships)).collect() }))
}
