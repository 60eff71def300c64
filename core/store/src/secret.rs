//! Passwords and tokens: made here, kept only as hashes.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use md5::Md5;
use sha2::{Digest, Sha256};

use crate::Error;

/// Without 0, 1, I, l, O and o: read aloud and typed on a phone's keypad.
const ALPHABET: &[u8; 56] = b"23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

/// 20 characters of 56 are 116 bits: nobody chooses it, so nobody guesses it.
const PASSWORD_LEN: usize = 20;

/// A new SIP password.
pub(crate) fn password() -> Result<String, Error> {
    let mut password = String::with_capacity(PASSWORD_LEN);
    let mut chance = [0; 32];
    while password.len() < PASSWORD_LEN {
        getrandom::fill(&mut chance)?;
        // 224 is the last multiple of 56 below 256: above it the first letters would come oftener.
        let letters = chance.iter().filter(|byte| **byte < 224);
        let room = PASSWORD_LEN - password.len();
        password
            .extend(letters.take(room).map(|byte| char::from(ALPHABET[usize::from(byte % 56)])));
    }
    Ok(password)
}

/// A new token of 256 bits, as text for a cookie or a link.
pub(crate) fn token() -> Result<String, Error> {
    let mut chance = [0; 32];
    getrandom::fill(&mut chance)?;
    Ok(hex::encode(chance))
}

/// What is kept of a token.
pub(crate) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// What is kept of a SIP password: RFC 8760's H(A1) for both algorithms, in hex.
pub(crate) fn ha1(user: &str, realm: &str, password: &str) -> (String, String) {
    let secret = format!("{user}:{realm}:{password}");
    (hex::encode(Md5::digest(secret.as_bytes())), hex::encode(Sha256::digest(secret.as_bytes())))
}

/// What is kept of a person's own password. Slow on purpose, so not on the async threads.
pub(crate) async fn hash_password(password: &str) -> Result<String, Error> {
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    match hashed.await {
        Ok(hash) => hash.map_err(|error| Error::Hash(error.to_string())),
        Err(error) => Err(Error::Hash(error.to_string())),
    }
}

/// Whether the password is the one. Without a hash to compare with it takes as long all the same,
/// so that the time of the answer does not tell who has an account.
pub(crate) async fn password_fits(hash: Option<String>, password: &str) -> Result<bool, Error> {
    let password = password.to_owned();
    let checked = tokio::task::spawn_blocking(move || match hash {
        Some(hash) => PasswordHash::new(&hash).is_ok_and(|hash| {
            Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
        }),
        None => {
            let _ = Argon2::default().hash_password(password.as_bytes());
            false
        }
    });
    checked.await.map_err(|error| Error::Hash(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{ha1, hash_password, password, password_fits, token};

    #[test]
    fn passwords_are_twenty_letters_that_cannot_be_confused() {
        let one = password().unwrap();
        assert_eq!(one.len(), 20);
        assert!(one.chars().all(|c| c.is_ascii_alphanumeric() && !"01IlOo".contains(c)));
        assert_ne!(one, password().unwrap());
        assert_eq!(token().unwrap().len(), 64);
    }

    /// The examples of RFC 2617 §3.5 and RFC 7616 §3.9.1, computed apart.
    #[test]
    fn ha1_is_what_phones_compute() {
        let (md5, _) = ha1("Mufasa", "testrealm@host.com", "Circle Of Life");
        assert_eq!(md5, "939e7578ed9e3c518a452acee763bce9");
        let (_, sha256) = ha1("Mufasa", "http-auth@example.org", "Circle of Life");
        assert_eq!(sha256, "7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232");
    }

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let hash = hash_password("correct horse").await.unwrap();
        assert!(password_fits(Some(hash.clone()), "correct horse").await.unwrap());
        assert!(!password_fits(Some(hash), "battery staple").await.unwrap());
        assert!(!password_fits(None, "correct horse").await.unwrap());
    }
}
