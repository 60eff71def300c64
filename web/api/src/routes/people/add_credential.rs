//! Give a person a SIP credential.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SecretOut;
use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct CredentialIn {
    /// Without one a name is made from the person's.
    #[serde(default)]
    sip_user: Option<String>,
}

/// Makes a credential. The answer has the only copy of its password.
#[utoipa::path(post, path = "/people/{id}/credentials", tag = "people",
    operation_id = "add_credential", params(("id" = u64, Path)), request_body = CredentialIn,
    responses((status = 201, body = SecretOut), Problem))]
pub(crate) async fn add_credential(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<CredentialIn>,
) -> Result<(StatusCode, Json<SecretOut>), Problem> {
    let (person, sip_user) = (acd::AgentId(id), asked.sip_user.as_deref());
    let made = app.tenant.add_credential(person, sip_user, administrator.by()).await?;
    app.in_force().await?;
    Ok((StatusCode::CREATED, Json(SecretOut::of(made, &app))))
}
