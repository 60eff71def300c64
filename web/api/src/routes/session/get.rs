//! Who am I?

use axum::Json;
use axum::extract::State;

use super::SessionOut;
use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Who is logged in. 401 `not_logged_in` is the answer for nobody.
#[utoipa::path(get, path = "/session", tag = "session", operation_id = "get_session",
    responses((status = 200, body = SessionOut), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    administrator: Administrator,
) -> Result<Json<SessionOut>, Problem> {
    Ok(Json(SessionOut::of(administrator.account, &app).await?))
}
