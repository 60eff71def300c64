//! Set the company up: once, all or nothing.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use store::{By, NewAccount, NewGroup, NewPerson, Setup, SetupError, SetupPart};
use utoipa::ToSchema;

use crate::app::App;
use crate::body::Body;
use crate::clock::now_ms;
use crate::cookie;
use crate::problem::Problem;
use crate::routes::people::SecretOut;
use crate::routes::session::SessionOut;
use crate::visitor::{Founder, Visitor};

#[derive(Deserialize, ToSchema)]
pub(crate) struct SetupIn {
    company: CompanyIn,
    administrator: AdministratorIn,
    group: FirstGroup,
    person: FirstPerson,
}

#[derive(Deserialize, ToSchema)]
struct CompanyIn {
    name: String,
    language: String,
}

#[derive(Deserialize, ToSchema)]
struct AdministratorIn {
    name: String,
    email: String,
    password: String,
}

#[derive(Deserialize, ToSchema)]
struct FirstGroup {
    name: String,
    number: String,
}

#[derive(Deserialize, ToSchema)]
struct FirstPerson {
    name: String,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SetUpOut {
    /// The first person's phone. The password is told this once.
    credential: SecretOut,
    /// The administrator, logged in.
    session: SessionOut,
}

/// Makes company, administrator, a group with a number, and a person in it with SIP credentials.
#[utoipa::path(post, path = "/setup", tag = "setup", operation_id = "set_up",
    request_body = SetupIn, responses((status = 201, body = SetUpOut), Problem))]
pub(crate) async fn post(
    State(app): State<App>,
    visitor: Visitor,
    founder: Founder,
    Body(asked): Body<SetupIn>,
) -> Result<impl IntoResponse, Problem> {
    let SetupIn { company, administrator, group, person } = asked;
    let by = By { who: &administrator.name, at_ms: now_ms() };
    let numbers = vec![group.number.as_str()];
    let setup = Setup {
        company: &company.name,
        language: &company.language,
        administrator: NewAccount {
            name: &administrator.name,
            email: &administrator.email,
            password: &administrator.password,
        },
        group: NewGroup { numbers, language: &company.language, ..NewGroup::named(&group.name) },
        person: NewPerson { name: &person.name, extension: None },
    };
    let made = app.tenant.set_up(setup, by).await.map_err(worded)?;
    app.in_force().await?;
    // The founder's session has done its work: the administrator gets one of his own.
    app.tenant.close_session(&founder.token).await?;
    let address = visitor.address.to_string();
    let token = app.tenant.open_session(Some(made.account.id), &address, now_ms()).await?;
    let cookie = [(header::SET_COOKIE, cookie::set(&token, app.is_secure()))];
    let out = SetUpOut {
        credential: SecretOut::of(made.credential, &app),
        session: SessionOut::of(made.account, &app).await?,
    };
    Ok((StatusCode::CREATED, cookie, Json(out)))
}

fn worded(failure: SetupError) -> Problem {
    let part = match failure.part {
        SetupPart::Company => "/company",
        SetupPart::Administrator => "/administrator",
        SetupPart::Group => "/group",
        SetupPart::Person => "/person",
    };
    Problem::from(failure.error).within(part).renamed("/group/numbers", "/group/number")
}
