//! Take a SIP credential away.

use axum::extract::State;
use axum::http::StatusCode;
use store::CredentialId;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Removes a credential: the phone's next registration is refused.
#[utoipa::path(delete, path = "/people/{id}/credentials/{credential}", tag = "people",
    operation_id = "remove_credential",
    params(("id" = u64, Path), ("credential" = u64, Path)), responses((status = 204), Problem))]
pub(crate) async fn remove_credential(
    State(app): State<App>,
    administrator: Administrator,
    At((person, credential)): At<(u64, u64)>,
) -> Result<StatusCode, Problem> {
    let (person, credential) = (acd::AgentId(person), CredentialId(credential));
    app.tenant.remove_credential(person, credential, administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
