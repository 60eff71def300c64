//! The side that is challenged: simulated phones, and calls out through a trunk with a password.

use super::list::DigestParams;
use super::{Algorithm, Proof, ha1};
use crate::Login;
use crate::message::{Message, Method, Name, quote};

/// The header that answers a 401 or 407 (RFC 3261 §22.2, §22.3): its name and value.
///
/// Takes the best challenge that we understand (RFC 8760 §2.4). `uri` is the text of the request
/// line of the next attempt. `nc` is 1 for a new nonce. `None` when no challenge is for us.
pub fn answer(
    response: &Message,
    login: &Login,
    method: &Method,
    uri: &str,
    cnonce: &str,
    nc: u32,
) -> Option<(Name, String)> {
    let (asks, answers) = match response.status() {
        Some(401) => (Name::WwwAuthenticate, Name::Authorization),
        Some(407) => (Name::ProxyAuthenticate, Name::ProxyAuthorization),
        Some(_) | None => return None,
    };
    let challenges = response.all(asks).filter_map(read_challenge);
    let challenge = challenges.reduce(|best, next| match next.algorithm > best.algorithm {
        true => next,
        false => best,
    })?;
    Some((answers, challenge.credentials(login, method, uri, cnonce, nc)))
}

/// What of a challenge matters to us.
struct Challenge {
    algorithm: Algorithm,
    realm: String,
    nonce: String,
    opaque: Option<String>,
}

/// Challenges without qop=auth (RFC 2069) and with unknown algorithms are passed over.
fn read_challenge(value: &[u8]) -> Option<Challenge> {
    let params = DigestParams::parse(value)?.ok()?;
    let algorithm = Algorithm::parse(params.get("algorithm").as_deref())?;
    let qop = params.get("qop")?;
    if !qop.split(',').any(|word| word.trim().eq_ignore_ascii_case("auth")) {
        return None;
    }
    Some(Challenge {
        algorithm,
        realm: params.get("realm")?.into_owned(),
        nonce: params.get("nonce")?.into_owned(),
        opaque: params.get("opaque").map(|opaque| opaque.into_owned()),
    })
}

impl Challenge {
    fn credentials(
        &self,
        login: &Login,
        method: &Method,
        uri: &str,
        cnonce: &str,
        nc: u32,
    ) -> String {
        let (md5, sha256) = ha1(&login.user, &self.realm, &login.password);
        let ha1 = match self.algorithm {
            Algorithm::Md5 => md5,
            Algorithm::Sha256 => sha256,
        };
        let nc = format!("{nc:08x}");
        let proof = Proof {
            algorithm: self.algorithm,
            nonce: &self.nonce,
            nc: &nc,
            cnonce,
            method: method.as_str(),
            uri,
        };
        let mut value = format!(
            "Digest username={}, realm={}, nonce={}, uri={}, algorithm={}, response=\"{}\", \
             qop=auth, cnonce={}, nc={nc}",
            quote(&login.user),
            quote(&self.realm),
            quote(&self.nonce),
            quote(uri),
            self.algorithm.as_str(),
            proof.response(&ha1),
            quote(cnonce),
        );
        if let Some(opaque) = &self.opaque {
            value.push_str(", opaque=");
            value.push_str(&quote(opaque));
        }
        value
    }
}
