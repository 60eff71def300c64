//! Log in with e-mail and password.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::SessionOut;
use crate::app::App;
use crate::body::Body;
use crate::clock::now_ms;
use crate::code::Code;
use crate::cookie;
use crate::problem::Problem;
use crate::visitor::Visitor;

#[derive(Deserialize, ToSchema)]
pub(crate) struct LogIn {
    email: String,
    password: String,
}

/// Logs in. The answer to a wrong e-mail and to a wrong password is the same, and takes as long.
#[utoipa::path(post, path = "/session", tag = "session", operation_id = "log_in",
    request_body = LogIn, responses((status = 200, body = SessionOut), Problem))]
pub(crate) async fn post(
    State(app): State<App>,
    visitor: Visitor,
    Body(log_in): Body<LogIn>,
) -> Result<impl IntoResponse, Problem> {
    app.door.knock(visitor.address, now_ms())?;
    let account = {
        // Closed only when the process ends.
        let _turn =
            app.password_checks.acquire().await.map_err(|cause| Problem::internal(&cause))?;
        app.tenant.log_in(&log_in.email, &log_in.password).await?
    };
    let wrong = || Problem::new(StatusCode::UNAUTHORIZED, Code::WrongCredentials);
    let account = account.ok_or_else(wrong)?;
    app.door.welcome(visitor.address);
    let address = visitor.address.to_string();
    let token = app.tenant.open_session(Some(account.id), &address, now_ms()).await?;
    let cookie = [(header::SET_COOKIE, cookie::set(&token, app.is_secure()))];
    Ok((cookie, Json(SessionOut::of(account, &app).await?)))
}
