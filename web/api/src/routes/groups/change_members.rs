//! Put many people into groups and take many out, at once.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{MemberIn, MemberOut};
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct MembershipsIn {
    #[serde(default)]
    set: Vec<PlaceIn>,
    #[serde(default)]
    remove: Vec<PlaceAt>,
}

#[derive(Deserialize, ToSchema)]
struct PlaceIn {
    person: u64,
    group: u64,
    #[serde(flatten)]
    place: MemberIn,
}

#[derive(Deserialize, ToSchema)]
struct PlaceAt {
    person: u64,
    group: u64,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct MembershipsOut {
    /// Those that were set, in the order of the request.
    set: Vec<PlaceOut>,
}

#[derive(Serialize, ToSchema)]
struct PlaceOut {
    group: u64,
    #[serde(flatten)]
    place: MemberOut,
}

/// Changes many memberships as one version of the plan: all of it or nothing.
#[utoipa::path(post, path = "/memberships", tag = "groups", operation_id = "change_memberships",
    request_body = MembershipsIn, responses((status = 200, body = MembershipsOut), Problem))]
pub(crate) async fn change_members(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<MembershipsIn>,
) -> Result<Json<MembershipsOut>, Problem> {
    let set = asked.set.into_iter().map(|row| row.place.place(row.person, row.group));
    let set: Vec<_> = set.collect();
    let remove = asked.remove.iter();
    let remove = remove.map(|row| (acd::AgentId(row.person), acd::GroupId(row.group)));
    let remove: Vec<_> = remove.collect();
    let done = app.tenant.change_memberships(&set, &remove, administrator.by()).await?;
    app.in_force().await?;
    let done = done.into_iter();
    let set = done.map(|row| PlaceOut { group: row.group.0, place: MemberOut::of(row) }).collect();
    Ok(Json(MembershipsOut { set }))
}
