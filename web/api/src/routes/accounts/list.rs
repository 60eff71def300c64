//! Everybody who may log in.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::LoginOut;
use crate::app::App;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct Logins {
    accounts: Vec<LoginOut>,
}

/// Everybody who may log in, the first one first.
#[utoipa::path(get, path = "/accounts", tag = "accounts", operation_id = "list_accounts",
    responses((status = 200, body = Logins), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<Logins>, Problem> {
    let accounts = app.tenant.accounts().await?;
    Ok(Json(Logins { accounts: accounts.into_iter().map(LoginOut::of).collect() }))
}
