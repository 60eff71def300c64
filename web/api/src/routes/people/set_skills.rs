//! Say what a person can.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::levels;
use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct SkillsIn {
    /// Levels from 1 to 10 by the skill's name.
    skills: BTreeMap<String, u64>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct SkillsOut {
    skills: BTreeMap<String, u8>,
}

/// Replaces everything that a person can. Policies go by it from the next decision on.
#[utoipa::path(put, path = "/people/{id}/skills", tag = "people", operation_id = "set_skills",
    params(("id" = u64, Path)), request_body = SkillsIn,
    responses((status = 200, body = SkillsOut), Problem))]
pub(crate) async fn set_skills(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<SkillsIn>,
) -> Result<Json<SkillsOut>, Problem> {
    let by = administrator.by();
    let skills = app.tenant.set_skills(acd::AgentId(id), &asked.skills, by).await?;
    app.in_force().await?;
    Ok(Json(SkillsOut { skills: levels(&skills) }))
}
