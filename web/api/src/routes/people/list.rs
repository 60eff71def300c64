//! Everybody.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use store::{Credential, Membership, PersonSkills};
use utoipa::ToSchema;

use super::PersonOut;
use crate::app::App;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct People {
    people: Vec<PersonOut>,
}

/// Everybody, by name.
#[utoipa::path(get, path = "/people", tag = "people", operation_id = "list_people",
    responses((status = 200, body = People), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<People>, Problem> {
    let people = app.tenant.people().await?;
    let mut credentials: BTreeMap<_, Vec<Credential>> = BTreeMap::new();
    for row in app.tenant.credentials().await? {
        credentials.entry(row.person).or_default().push(row);
    }
    let mut memberships: BTreeMap<_, Vec<Membership>> = BTreeMap::new();
    for row in app.tenant.places(now_ms()).await? {
        memberships.entry(row.person).or_default().push(row);
    }
    let skills = app.tenant.skills().await?;
    let mut skills: BTreeMap<_, PersonSkills> =
        skills.into_iter().map(|row| (row.person, row)).collect();
    let board = app.control.board().borrow().clone();
    let person = |person: store::Person| {
        let credentials = credentials.remove(&person.id).unwrap_or_default();
        let memberships = memberships.remove(&person.id).unwrap_or_default();
        let skills: Vec<_> = skills.remove(&person.id).into_iter().collect();
        PersonOut::of(person, &credentials, &memberships, &skills, &board.devices)
    };
    Ok(Json(People { people: people.into_iter().map(person).collect() }))
}
