//! Names that nobody can guess, made from a seed: branches, tags, Call-IDs, nonces.

use sha2::{Digest, Sha256};

use crate::message::MAGIC_COOKIE;

/// SHA-256 of the seed and a counter. The same seed gives the same names again, which is what a
/// simulation needs; with a secret seed nobody outside can tell the next one (RFC 3261 §19.3 asks
/// for 32 random bits in a tag, RFC 4086 says why).
#[derive(Clone)]
pub struct Chance {
    seed: [u8; 32],
    counter: u64,
}

impl Chance {
    pub fn new(seed: [u8; 32]) -> Chance {
        Chance { seed, counter: 0 }
    }

    /// The next 32 bytes.
    pub fn bytes(&mut self) -> [u8; 32] {
        self.counter += 1;
        let mut hash = Sha256::new();
        hash.update(self.seed);
        // Eight bytes; the keys hash more behind the seed, so no name is ever a key.
        hash.update(self.counter.to_be_bytes());
        hash.finalize().into()
    }

    /// A Via branch: the magic cookie and 128 bits (RFC 3261 §8.1.1.7).
    pub fn branch(&mut self) -> String {
        format!("{MAGIC_COOKIE}{}", self.word(16))
    }

    /// A From or To tag of 64 bits.
    pub fn tag(&mut self) -> String {
        self.word(8)
    }

    /// A Call-ID of 128 bits, without a host: ours stays hidden (RFC 3261 §8.1.1.4 allows it).
    pub fn call_id(&mut self) -> String {
        self.word(16)
    }

    /// A client nonce of 64 bits for digest answers (RFC 7616 §3.4).
    pub fn cnonce(&mut self) -> String {
        self.word(8)
    }

    /// A key for one purpose. It does not depend on what was made before, and nothing made here
    /// tells anything about it.
    pub fn key(&self, purpose: &str) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.seed);
        hash.update(b"key for ");
        hash.update(purpose.as_bytes());
        hash.finalize().into()
    }

    fn word(&mut self, bytes: usize) -> String {
        hex::encode(&self.bytes()[..bytes])
    }
}

impl std::fmt::Debug for Chance {
    /// The seed stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Chance").field("counter", &self.counter).finish_non_exhaustive()
    }
}
