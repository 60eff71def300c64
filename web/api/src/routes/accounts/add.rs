//! Let somebody else log in.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use store::NewAccount;
use utoipa::ToSchema;

use super::LoginOut;
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct LoginIn {
    name: String,
    email: String,
    password: String,
}

/// Adds an administrator. Who did so is kept: two signatures are worth as much as two people.
#[utoipa::path(post, path = "/accounts", tag = "accounts", operation_id = "add_account",
    request_body = LoginIn, responses((status = 201, body = LoginOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<LoginIn>,
) -> Result<(StatusCode, Json<LoginOut>), Problem> {
    let LoginIn { name, email, password } = asked;
    let new = NewAccount { name: &name, email: &email, password: &password };
    let account = app.tenant.add_account(new, administrator.by()).await?;
    Ok((StatusCode::CREATED, Json(LoginOut::of(account))))
}
