//! Change a person's name or extension.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use store::PersonPatch;
use utoipa::ToSchema;

use super::PersonOut;
use crate::app::App;
use crate::body::{At, Body, given};
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct PersonChange {
    #[serde(default)]
    name: Option<String>,
    /// `null` takes the extension away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    extension: Option<Option<String>>,
}

/// Changes what is named and leaves the rest.
#[utoipa::path(patch, path = "/people/{id}", tag = "people", operation_id = "change_person",
    params(("id" = u64, Path)), request_body = PersonChange,
    responses((status = 200, body = PersonOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<PersonChange>,
) -> Result<Json<PersonOut>, Problem> {
    let patch = PersonPatch {
        name: asked.name.as_deref(),
        extension: asked.extension.as_ref().map(Option::as_deref),
    };
    let person = app.tenant.change_person(acd::AgentId(id), patch, administrator.by()).await?;
    app.in_force().await?;
    let credentials = app.tenant.credentials().await?;
    let memberships = app.tenant.places(now_ms()).await?;
    let skills = app.tenant.skills().await?;
    let board = app.control.board().borrow().clone();
    Ok(Json(PersonOut::of(person, &credentials, &memberships, &skills, &board.devices)))
}
