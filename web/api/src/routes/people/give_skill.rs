//! Give one skill to many people, or take it from them.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct SkillGiven {
    people: Vec<u64>,
    name: String,
    /// From 1 to 10. `null` takes the skill away.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required)]
    level: Option<u64>,
}

/// Changes one skill of many people as one version of the plan: all of it or nothing.
#[utoipa::path(post, path = "/skills", tag = "people", operation_id = "give_skill",
    request_body = SkillGiven, responses((status = 204), Problem))]
pub(crate) async fn give_skill(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<SkillGiven>,
) -> Result<StatusCode, Problem> {
    let people: Vec<_> = asked.people.into_iter().map(acd::AgentId).collect();
    let by = administrator.by();
    app.tenant.give_skill(&people, &asked.name, asked.level, by).await?;
    app.in_force().await?;
    Ok(StatusCode::NO_CONTENT)
}
