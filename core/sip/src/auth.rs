//! Digest authentication (RFC 7616, RFC 8760): HA1s are stored, passwords never.
//!
//! [`Guard`] challenges and checks; [`answer`] is the other side, for our own phones and for
//! trunks that challenge us. SHA-256 is offered first, MD5 second: desk phones know nothing newer.

mod client;
mod guard;
mod list;

use md5::Md5;
use sha2::{Digest, Sha256};

pub use self::client::answer;
pub use self::guard::{Guard, NONCE_LIFE, Verdict};

/// A digest algorithm (RFC 7616 §3.2). The `-sess` variants are neither offered nor accepted.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Algorithm {
    Md5,
    Sha256,
}

impl Algorithm {
    /// The best last; the order of [`Ord`].
    pub const ALL: [Algorithm; 2] = [Algorithm::Md5, Algorithm::Sha256];

    /// As it stands in a challenge.
    pub fn as_str(self) -> &'static str {
        match self {
            Algorithm::Md5 => "MD5",
            Algorithm::Sha256 => "SHA-256",
        }
    }

    /// Absent means MD5 (RFC 7616 §3.3).
    fn parse(word: Option<&str>) -> Option<Algorithm> {
        let Some(word) = word else { return Some(Algorithm::Md5) };
        Algorithm::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(word))
    }

    /// Lower-case hex of the hash of the parts with colons between them.
    fn hash(self, parts: &[&[u8]]) -> String {
        match self {
            Algorithm::Md5 => hash::<Md5>(parts),
            Algorithm::Sha256 => hash::<Sha256>(parts),
        }
    }
}

/// What a password is kept as, one per algorithm: hex of MD5 and of SHA-256 over
/// `user:realm:password` (RFC 7616 §3.4.2).
pub fn ha1(user: &str, realm: &str, password: &str) -> (String, String) {
    let parts = [user.as_bytes(), realm.as_bytes(), password.as_bytes()];
    (Algorithm::Md5.hash(&parts), Algorithm::Sha256.hash(&parts))
}

/// What both sides compute, for qop=auth (RFC 7616 §3.4.1). All values are raw text.
#[derive(Clone, Copy, Debug)]
pub struct Proof<'a> {
    pub algorithm: Algorithm,
    pub nonce: &'a str,
    /// Eight hex digits.
    pub nc: &'a str,
    pub cnonce: &'a str,
    pub method: &'a str,
    pub uri: &'a str,
}

impl Proof<'_> {
    /// The `response` for an HA1 in hex.
    pub fn response(&self, ha1: &str) -> String {
        let ha2 = self.algorithm.hash(&[self.method.as_bytes(), self.uri.as_bytes()]);
        let parts = [ha1, self.nonce, self.nc, self.cnonce, "auth", &ha2];
        self.algorithm.hash(&parts.map(str::as_bytes))
    }
}

fn hash<H: Digest>(parts: &[&[u8]]) -> String {
    let mut hash = H::new();
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            hash.update(b":");
        }
        hash.update(part);
    }
    hex::encode(hash.finalize())
}
