//! Add a person.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::NewPerson;
use utoipa::ToSchema;

use super::PersonOut;
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct PersonIn {
    name: String,
    #[serde(default)]
    extension: Option<String>,
}

/// Adds a person: without phone and group he is an office user to be.
#[utoipa::path(post, path = "/people", tag = "people", operation_id = "add_person",
    request_body = PersonIn, responses((status = 201, body = PersonOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<PersonIn>,
) -> Result<(StatusCode, Json<PersonOut>), Problem> {
    let new = NewPerson { name: &asked.name, extension: asked.extension.as_deref() };
    let person = app.tenant.add_person(new, administrator.by()).await?;
    app.in_force().await?;
    Ok((StatusCode::CREATED, Json(PersonOut::of(person, &[], &[], &[], &[]))))
}
