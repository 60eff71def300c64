//! Closed periods and their corrections, each holding the hash of the one before.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::sheet::Sheet;

/// What stands in the place of a hash before the first entry.
pub const FIRST_HASH: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What is signed for good.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    Closed(Closed),
    Correction(Correction),
}

/// A period that was closed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// Its place in the chain, from 1.
    pub number: u64,
    /// First and last day, both in it, as the company's time zone has them.
    pub from: String,
    pub to: String,
    pub zone: String,
    /// The same in milliseconds UTC: from here, and below there.
    pub from_ms: u64,
    pub to_ms: u64,
    pub sheet: Sheet,
    pub reviewed: Signed,
    /// By somebody else.
    pub signed: Signed,
}

/// Something put right in a period that is closed.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    pub number: u64,
    /// The closed period's place in the chain.
    pub of: u64,
    pub agent: u64,
    pub name: String,
    /// The statement's line, as its `place` has it; empty for the statement as a whole.
    pub line: String,
    /// In cents; below zero when too much was paid.
    pub amount: String,
    pub currency: String,
    pub reason: String,
    /// The dispute that it settles.
    pub dispute: Option<u64>,
    pub author: Signed,
    /// By somebody else.
    pub signed: Signed,
}

/// Who signed, and when.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// His account.
    pub account: u64,
    pub name: String,
    pub at_ms: u64,
}

/// An entry as it is kept.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    /// What people call its period, for whoever must be told that it is broken.
    pub period: &'a str,
    /// Its canonical JSON.
    pub body: &'a str,
    /// Of the hash before it and its body.
    pub hash: &'a str,
}

/// The first entry that cannot be believed.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Broken {
    /// Its place in the chain, from 1.
    pub number: u64,
    pub period: String,
    pub flaw: Flaw,
}

/// In which way.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Flaw {
    /// Hash and body do not belong together, or not after the entry before.
    Hash,
    /// The hash is right and the body is not what we would have written.
    Body,
    /// Its number is not its place.
    Number { says: u64 },
    /// Somebody signed twice.
    OneSigner,
    /// It corrects what is no closed period before it.
    CorrectsNothing { of: u64 },
}

impl Entry {
    pub fn number(&self) -> u64 {
        match self {
            Entry::Closed(closed) => closed.number,
            Entry::Correction(correction) => correction.number,
        }
    }

    /// Its canonical bytes: fields in the order of these types, no space between them.
    pub fn written(&self) -> String {
        serde_json::to_string(self).expect("text, whole numbers and lists are always JSON")
    }

    fn signers(&self) -> [u64; 2] {
        match self {
            Entry::Closed(closed) => [closed.reviewed.account, closed.signed.account],
            Entry::Correction(it) => [it.author.account, it.signed.account],
        }
    }
}

/// SHA-256 of the hash before and the body, as small hexadecimal digits.
pub fn hash(before: &str, body: &str) -> String {
    let digest = Sha256::new().chain_update(before).chain_update(body).finalize();
    hex::encode(digest)
}

/// Reads a chain from its beginning.
///
/// # Errors
///
/// The first entry that was not written so by us, whatever was changed in it. What a chain cannot
/// tell by itself is that entries were cut off at its end; whoever keeps the newest hash elsewhere
/// (on a printed statement) can.
pub fn verify<'a>(links: impl IntoIterator<Item = Link<'a>>) -> Result<Vec<Entry>, Broken> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut before = FIRST_HASH;
    for (link, number) in links.into_iter().zip(1_u64..) {
        let broken = |flaw| Broken { number, period: link.period.to_owned(), flaw };
        if hash(before, link.body) != link.hash {
            return Err(broken(Flaw::Hash));
        }
        let entry: Entry = serde_json::from_str(link.body).map_err(|_| broken(Flaw::Body))?;
        if entry.written() != link.body {
            return Err(broken(Flaw::Body));
        }
        if entry.number() != number {
            return Err(broken(Flaw::Number { says: entry.number() }));
        }
        let [first, second] = entry.signers();
        if first == second {
            return Err(broken(Flaw::OneSigner));
        }
        if let Entry::Correction(Correction { of, .. }) = entry {
            let known = entries.iter().any(|it| matches!(it, Entry::Closed(it) if it.number == of));
            if !known {
                return Err(broken(Flaw::CorrectsNothing { of }));
            }
        }
        entries.push(entry);
        before = link.hash;
    }
    Ok(entries)
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Broken { number, period, flaw } = self;
        write!(f, "entry {number} of the chain, period {period}: {flaw}")
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::Hash => write!(f, "its content or its hash was changed after it was signed"),
            Flaw::Body => write!(f, "its content is not of the form in which it was signed"),
            Flaw::Number { says } => write!(f, "it says that it is entry {says}"),
            Flaw::OneSigner => write!(f, "one and the same person signed twice"),
            Flaw::CorrectsNothing { of } => write!(f, "it corrects entry {of}, which is no period"),
        }
    }
}
