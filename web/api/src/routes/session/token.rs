//! Open the link that the program printed at its start.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
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
pub(crate) struct StartLink {
    token: String,
}

/// What the link opened: the setup, or the page as its first administrator.
#[derive(Serialize, ToSchema)]
pub(crate) struct Opened {
    /// The system is empty: only the setup is open.
    setup: bool,
    #[serde(flatten)]
    session: Option<SessionOut>,
}

/// Uses the one-time token up.
#[utoipa::path(post, path = "/session/token", tag = "session", operation_id = "open_start_link",
    request_body = StartLink, responses((status = 200, body = Opened), Problem))]
pub(crate) async fn token(
    State(app): State<App>,
    visitor: Visitor,
    Body(link): Body<StartLink>,
) -> Result<impl IntoResponse, Problem> {
    app.door.knock(visitor.address, now_ms())?;
    if !app.tenant.redeem_start_token(&link.token, now_ms()).await? {
        return Err(Problem::new(StatusCode::UNAUTHORIZED, Code::WrongToken));
    }
    app.door.welcome(visitor.address);
    let account = app.tenant.first_account().await?;
    let id = account.as_ref().map(|account| account.id);
    let address = visitor.address.to_string();
    let token = app.tenant.open_session(id, &address, now_ms()).await?;
    let session = match account {
        Some(account) => Some(SessionOut::of(account, &app).await?),
        None => None,
    };
    let cookie = [(header::SET_COOKIE, cookie::set(&token, app.is_secure()))];
    Ok((cookie, Json(Opened { setup: session.is_none(), session })))
}
