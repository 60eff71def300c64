//! The side that challenges: nonces that need no memory until somebody proved a password.

use std::collections::BTreeMap;
use std::time::Duration;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::list::DigestParams;
use super::{Algorithm, Proof};
use crate::message::{Message, Name, quote};
use crate::{Time, User};

/// How long a nonce can be used. Short, because a nonce that was heard is the only thing an
/// eavesdropper could replay; long enough that a phone placing calls is seldom asked twice.
pub const NONCE_LIFE: Duration = Duration::from_secs(300);

/// Nonces in use at once. Only a right password makes an entry; 100 bytes each. When there are
/// more, the oldest are asked to start anew (`stale=true`), nothing worse.
const NONCES_IN_USE_MAX: usize = 16_384;

/// How far behind the highest count a count may still arrive: UDP reorders.
const WINDOW: u32 = 64;

/// What the credentials of a request are worth.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// This user knows the password, and this answer was not used before.
    Granted { user: String },
    /// Answer 401 (or 407) with [`Guard::challenges`]: there are no credentials for our realm, or,
    /// with `stale`, their nonce is too old or its count was used already.
    Challenge { stale: bool },
    /// Answer 403: unknown user or wrong password (not told apart), or an answer without
    /// qop=auth as in RFC 2069, which anybody could replay.
    Refused { why: &'static str },
    /// Answer 400: not readable, or made for another request URI (RFC 7616 §3.4.6).
    Malformed { why: &'static str },
}

/// Challenges requests and checks the answers (RFC 3261 §22.1, RFC 7616 §3, RFC 8760).
#[derive(Clone)]
pub struct Guard {
    /// Signs nonces, so that a made-up one costs us one hash and no memory.
    secret: [u8; 32],
    /// Makes two nonces of the same millisecond differ.
    counter: u32,
    /// Which counts of which nonce were used.
    in_use: BTreeMap<NonceId, Window>,
    /// Nonces up to this one that are not in use any more are stale: entries were thrown out.
    floor: Option<NonceId>,
}

impl Guard {
    /// `secret` comes from [`crate::chance::Chance::key`].
    pub fn new(secret: [u8; 32]) -> Guard {
        Guard { secret, counter: 0, in_use: BTreeMap::new(), floor: None }
    }

    /// The values of two WWW-Authenticate (or Proxy-Authenticate) headers, to be sent in this
    /// order: SHA-256, then MD5 (RFC 8760 §2.3).
    pub fn challenges(&mut self, now: Time, realm: &str, stale: bool) -> [String; 2] {
        self.counter = self.counter.wrapping_add(1);
        let id = NonceId { made: now, counter: self.counter };
        let nonce = self.nonce(id, realm);
        let stale = if stale { ", stale=true" } else { "" };
        let realm = quote(realm);
        [Algorithm::Sha256, Algorithm::Md5].map(|algorithm| {
            let algorithm = algorithm.as_str();
            format!(
                "Digest realm={realm}, nonce=\"{nonce}\", qop=\"auth\", \
                 algorithm={algorithm}{stale}"
            )
        })
    }

    /// Looks at the credentials in headers of this `name` (Authorization or
    /// Proxy-Authorization). Other schemes and other realms are passed over.
    pub fn check<'u>(
        &mut self,
        now: Time,
        realm: &str,
        request: &Message,
        name: Name,
        user: impl FnOnce(&str) -> Option<&'u User>,
    ) -> Verdict {
        for value in request.all(name) {
            let params = match DigestParams::parse(value) {
                None => continue,
                Some(Err(fault)) => return Verdict::Malformed { why: fault.what },
                Some(Ok(params)) => params,
            };
            if params.get("realm").is_some_and(|theirs| theirs == realm) {
                return self.check_one(now, realm, request, &params, user);
            }
        }
        Verdict::Challenge { stale: false }
    }

    fn check_one<'u>(
        &mut self,
        now: Time,
        realm: &str,
        request: &Message,
        params: &DigestParams,
        user: impl FnOnce(&str) -> Option<&'u User>,
    ) -> Verdict {
        let answer = match Answer::read(params) {
            Ok(answer) => answer,
            Err(verdict) => return verdict,
        };
        if request.uri() != Some(&answer.uri) {
            return Verdict::Malformed { why: "the answer is for another request URI" };
        }
        let Some(id) = self.own_nonce(&answer.nonce, realm) else {
            // Another server's, or made before a restart: not the user's fault.
            return Verdict::Challenge { stale: true };
        };
        let known = user(&answer.user);
        if !answer.proves(request.method().as_str(), known) {
            return Verdict::Refused { why: "unknown user or wrong password" };
        }
        match self.is_fresh(now, id) && self.use_count(now, id, answer.count) {
            true => Verdict::Granted { user: answer.user },
            false => Verdict::Challenge { stale: true },
        }
    }

    /// Time, counter and a hash of both that only we can make.
    fn nonce(&self, id: NonceId, realm: &str) -> String {
        format!("{:016x}{:08x}{}", id.made.0, id.counter, hex::encode(self.seal(id, realm)))
    }

    /// The key stands before and behind (as in HMAC) and every field but the last has a fixed
    /// length, so nothing can be appended or shifted.
    fn seal(&self, id: NonceId, realm: &str) -> [u8; 16] {
        let mut inner = Sha256::new();
        inner.update(self.secret);
        inner.update(id.made.0.to_be_bytes());
        inner.update(id.counter.to_be_bytes());
        inner.update(realm.as_bytes());
        let mut outer = Sha256::new();
        outer.update(self.secret);
        outer.update(b"nonce");
        outer.update(inner.finalize());
        let hash: [u8; 32] = outer.finalize().into();
        std::array::from_fn(|at| hash[at])
    }

    /// Which of our nonces this is, if it is one.
    fn own_nonce(&self, nonce: &str, realm: &str) -> Option<NonceId> {
        let bytes: [u8; 28] = hex::decode(nonce).ok()?.try_into().ok()?;
        let (made, rest) = bytes.split_first_chunk::<8>()?;
        let (counter, seal) = rest.split_first_chunk::<4>()?;
        let made = Time(u64::from_be_bytes(*made));
        let id = NonceId { made, counter: u32::from_be_bytes(*counter) };
        // Upper-case hex would be a second name of the same nonce.
        let is_ours =
            bool::from(self.seal(id, realm).ct_eq(seal)) && self.nonce(id, realm) == nonce;
        is_ours.then_some(id)
    }

    /// A nonce from the future is one from before the clock was set back.
    fn is_fresh(&self, now: Time, id: NonceId) -> bool {
        let was_thrown_out = self.floor >= Some(id) && !self.in_use.contains_key(&id);
        id.made <= now && now.since(id.made) <= NONCE_LIFE && !was_thrown_out
    }

    /// Whether this count is new for its nonce. Notes it.
    fn use_count(&mut self, now: Time, id: NonceId, count: u32) -> bool {
        if !self.in_use.contains_key(&id) && self.in_use.len() >= NONCES_IN_USE_MAX {
            self.make_room(now);
        }
        self.in_use.entry(id).or_default().use_count(count)
    }

    /// Drops what is too old anyway, and if that is nothing, the oldest.
    fn make_room(&mut self, now: Time) {
        self.in_use.retain(|id, _| now.since(id.made) <= NONCE_LIFE);
        if self.in_use.len() >= NONCES_IN_USE_MAX {
            let oldest = self.in_use.pop_first().map(|(id, _)| id);
            self.floor = self.floor.max(oldest);
        }
    }
}

impl std::fmt::Debug for Guard {
    /// The secret stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard").field("in_use", &self.in_use.len()).finish_non_exhaustive()
    }
}

/// Names a nonce; in the order in which they were made.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct NonceId {
    made: Time,
    counter: u32,
}

/// The counts of one nonce that were used: the highest, and one bit for each of the 64 below
/// and including it.
#[derive(Clone, Copy, Debug, Default)]
struct Window {
    highest: u32,
    seen: u64,
}

impl Window {
    fn use_count(&mut self, count: u32) -> bool {
        if count > self.highest {
            let step = count - self.highest;
            self.seen = self.seen.checked_shl(step).unwrap_or(0) | 1;
            self.highest = count;
            return true;
        }
        let behind = self.highest - count;
        if behind >= WINDOW {
            return false;
        }
        let bit = 1 << behind;
        let is_new = self.seen & bit == 0;
        self.seen |= bit;
        is_new
    }
}

/// The credentials as far as they matter, all there and of the right shape.
struct Answer {
    user: String,
    algorithm: Algorithm,
    nonce: String,
    uri: String,
    nc: String,
    count: u32,
    cnonce: String,
    response: String,
}

impl Answer {
    fn read(params: &DigestParams) -> Result<Answer, Verdict> {
        let malformed = |why| Verdict::Malformed { why };
        let word = |name, why| params.get(name).map(String::from).ok_or(malformed(why));
        match params.get("qop") {
            Some(qop) if qop.eq_ignore_ascii_case("auth") => {}
            Some(_) => return Err(Verdict::Refused { why: "a qop that was not offered" }),
            None => return Err(Verdict::Refused { why: "no qop: could be replayed" }),
        }
        let algorithm = Algorithm::parse(params.get("algorithm").as_deref());
        let algorithm = algorithm.ok_or(malformed("an algorithm that was not offered"))?;
        let nc = word("nc", "no nc")?;
        let is_count = nc.len() == 8 && nc.bytes().all(|b| b.is_ascii_hexdigit());
        let count = u32::from_str_radix(&nc, 16).ok().filter(|_| is_count);
        Ok(Answer {
            user: word("username", "no username")?,
            algorithm,
            nonce: word("nonce", "no nonce")?,
            uri: word("uri", "no uri")?,
            count: count.filter(|count| *count > 0).ok_or(malformed("nc"))?,
            nc,
            cnonce: word("cnonce", "no cnonce")?,
            response: word("response", "no response")?.to_ascii_lowercase(),
        })
    }

    /// Whether the response is right. The same work is done for an unknown user, and the
    /// comparison takes the same time wherever the first difference is.
    fn proves(&self, method: &str, known: Option<&User>) -> bool {
        let ha1 = known.map_or("", |user| match self.algorithm {
            Algorithm::Md5 => &user.ha1_md5,
            Algorithm::Sha256 => &user.ha1_sha256,
        });
        let proof = Proof {
            algorithm: self.algorithm,
            nonce: &self.nonce,
            nc: &self.nc,
            cnonce: &self.cnonce,
            method,
            uri: &self.uri,
        };
        let expected = proof.response(ha1);
        let is_equal = bool::from(expected.as_bytes().ct_eq(self.response.as_bytes()));
        // A user without an HA1 for this algorithm has no password for it, not an empty one.
        is_equal && !ha1.is_empty()
    }
}
