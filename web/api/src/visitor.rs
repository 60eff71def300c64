//! Who asks: a visitor of an address, somebody with a session, an administrator.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use store::{Account, By};

use crate::app::App;
use crate::clock::now_ms;
use crate::code::Code;
use crate::cookie;
use crate::problem::Problem;

/// Anybody. The address is that of the connection.
pub(crate) struct Visitor {
    pub(crate) address: IpAddr,
}

/// Somebody who came through the start link of an empty system.
pub(crate) struct Founder {
    pub(crate) token: String,
}

/// Somebody logged in. There is one role so far, and it may do everything.
pub(crate) struct Administrator {
    pub(crate) account: Account,
    pub(crate) token: String,
    now_ms: u64,
}

impl Administrator {
    /// Who and when, for the trace of a change.
    pub(crate) fn by(&self) -> By<'_> {
        By { who: &self.account.name, at_ms: self.now_ms }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visitor, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        // Without the server's own word about the peer everybody shares one bucket.
        let address = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0.ip());
        Ok(Visitor { address })
    }
}

impl FromRequestParts<App> for Founder {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Founder, Problem> {
        let Some(token) = cookie::token(&parts.headers, app.is_secure()) else {
            return Err(Problem::not_logged_in());
        };
        match app.tenant.session(token, now_ms()).await? {
            Some(_) => Ok(Founder { token: token.to_owned() }),
            None => Err(Problem::not_logged_in()),
        }
    }
}

impl FromRequestParts<App> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Administrator, Problem> {
        let now_ms = now_ms();
        let Some(token) = cookie::token(&parts.headers, app.is_secure()) else {
            return Err(Problem::not_logged_in());
        };
        let session = app.tenant.session(token, now_ms).await?;
        let Some(account) = session.and_then(|session| session.account) else {
            return Err(Problem::not_logged_in());
        };
        match account.role.as_str() {
            "administrator" => Ok(Administrator { account, token: token.to_owned(), now_ms }),
            _ => Err(Problem::new(StatusCode::FORBIDDEN, Code::Forbidden)),
        }
    }
}
