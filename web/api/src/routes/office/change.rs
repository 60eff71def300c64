//! Open or close the outside for phones.

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::OfficeOut;
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct OfficeChange {
    outside_calls: bool,
}

/// Opens or closes the outside for phones. Calls under way go on.
#[utoipa::path(patch, path = "/office", tag = "office", operation_id = "change_office",
    request_body = OfficeChange, responses((status = 200, body = OfficeOut), Problem))]
pub(crate) async fn change(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<OfficeChange>,
) -> Result<Json<OfficeOut>, Problem> {
    let by = administrator.by();
    let outside_calls = app.tenant.set_outside_calls(asked.outside_calls, by).await?;
    app.in_force().await?;
    Ok(Json(OfficeOut { outside_calls }))
}
