//! Put a person into a group, or move him there.

use axum::Json;
use axum::extract::State;

use super::{MemberIn, MemberOut};
use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Sets a membership. The very next call knows it.
#[utoipa::path(put, path = "/groups/{id}/members/{person}", tag = "groups",
    operation_id = "set_member", params(("id" = u64, Path), ("person" = u64, Path)),
    request_body = MemberIn, responses((status = 200, body = MemberOut), Problem))]
pub(crate) async fn set_member(
    State(app): State<App>,
    administrator: Administrator,
    At((group, person)): At<(u64, u64)>,
    Body(asked): Body<MemberIn>,
) -> Result<Json<MemberOut>, Problem> {
    let set = app.tenant.put_membership(asked.place(person, group), administrator.by()).await?;
    app.in_force().await?;
    Ok(Json(MemberOut::of(set)))
}
