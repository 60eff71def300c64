//! The session cookie: one opaque token, out of reach of scripts.

use axum::http::{HeaderMap, HeaderValue, header};
use store::SESSION_MS;

/// The browser itself refuses `__Host-` cookies that are not secure and of this very host.
const SECURE_NAME: &str = "__Host-ladus_session";
const PLAIN_NAME: &str = "ladus_session";

/// The token that the request carries, if any.
pub(crate) fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| name.trim() == self::name(secure)).map(|(_, token)| token.trim())
}

/// Gives the browser a token.
pub(crate) fn set(token: &str, secure: bool) -> HeaderValue {
    line(token, SESSION_MS / 1_000, secure)
}

/// Takes it away again.
pub(crate) fn clear(secure: bool) -> HeaderValue {
    line("", 0, secure)
}

fn name(secure: bool) -> &'static str {
    if secure { SECURE_NAME } else { PLAIN_NAME }
}

fn line(token: &str, seconds: u64, secure: bool) -> HeaderValue {
    let name = name(secure);
    let secure = if secure { "; Secure" } else { "" };
    let text = format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    // Our tokens are hex: the text is always a header value.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{set, token};

    fn sent(cookie: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_static(cookie))])
    }

    #[test]
    fn the_token_is_found_among_other_cookies() {
        assert_eq!(token(&sent("a=b; ladus_session=12ab; c=d"), false), Some("12ab"));
        assert_eq!(token(&sent("not_ladus_session=12ab"), false), None);
        assert_eq!(token(&sent("ladus_session=12ab"), true), None, "http's cookie is not https's");
        assert_eq!(token(&sent("__Host-ladus_session=12ab"), true), Some("12ab"));
    }

    #[test]
    fn scripts_and_other_sites_never_get_the_cookie() {
        let line = set("12ab", true);
        let line = line.to_str().unwrap();
        assert!(line.starts_with("__Host-ladus_session=12ab; Path=/; Max-Age=604800"), "{line}");
        assert!(line.ends_with("; HttpOnly; SameSite=Lax; Secure"), "{line}");
    }
}
