//! Open or close a group by hand.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::GroupOut;
use crate::app::App;
use crate::body::{At, Body};
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;
use crate::way::Door;

#[derive(Deserialize, ToSchema)]
pub(crate) struct DoorIn {
    door: Door,
}

/// Opens or closes the group at once, or gives the door back to its hours.
#[utoipa::path(post, path = "/groups/{id}/door", tag = "groups", operation_id = "set_door",
    params(("id" = u64, Path)), request_body = DoorIn,
    responses((status = 200, body = GroupOut), Problem))]
pub(crate) async fn door(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<DoorIn>,
) -> Result<Json<GroupOut>, Problem> {
    let patch = store::GroupPatch {
        flow: Some(Box::new(|flow| flow.door = asked.door.engine())),
        ..store::GroupPatch::default()
    };
    let group = app.tenant.change_group(acd::GroupId(id), patch, administrator.by()).await?;
    app.in_force().await?;
    let places = app.tenant.places(now_ms()).await?;
    Ok(Json(GroupOut::of(group, &places)))
}
