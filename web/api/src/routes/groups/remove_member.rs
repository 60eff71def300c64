//! Take a person out of a group.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Removes a membership. A call under way goes on.
#[utoipa::path(delete, path = "/groups/{id}/members/{person}", tag = "groups",
    operation_id = "remove_member", params(("id" = u64, Path), ("person" = u64, Path)),
    responses((status = 204), Problem))]
pub(crate) async fn remove_member(
    State(app): State<App>,
    administrator: Administrator,
    At((group, person)): At<(u64, u64)>,
) -> Result<StatusCode, Problem> {
    let (person, group) = (acd::AgentId(person), acd::GroupId(group));
    app.tenant.remove_membership(person, group, administrator.by()).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
