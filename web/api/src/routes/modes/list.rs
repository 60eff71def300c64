//! Every mode, and the one in force.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ModeOut, PressedOut};
use crate::app::App;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct Modes {
    modes: Vec<ModeOut>,
    #[schema(required)]
    active: Option<PressedOut>,
}

/// Every mode by name, and the one in force.
#[utoipa::path(get, path = "/modes", tag = "modes", operation_id = "list_modes",
    responses((status = 200, body = Modes), Problem))]
pub(crate) async fn list(State(app): State<App>, _: Administrator) -> Result<Json<Modes>, Problem> {
    let plan = app.tenant.plan().await?;
    let active = plan.mode_in_force(now_ms()).map(|(mode, pressed)| PressedOut {
        mode: mode.id,
        name: mode.name.clone(),
        since_ms: pressed.since_ms,
        until_ms: pressed.until_ms,
        who: pressed.who.clone(),
    });
    Ok(Json(Modes { modes: plan.modes.into_iter().map(ModeOut::of).collect(), active }))
}
