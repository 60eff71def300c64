//! Pay: rules, previews, periods, statements, disputes, corrections.
//!
//! People log in as administrators only so far, and every administrator may read, write down an
//! objection, review and sign; who reviewed cannot sign. A person's own page comes with a role that
//! sees his statement and no other.

pub(crate) mod corrections;
pub(crate) mod disputes;
pub(crate) mod export;
pub(crate) mod flags;
pub(crate) mod periods;
pub(crate) mod preview;
pub(crate) mod rules;
mod sheet;
pub(crate) mod sign;
pub(crate) mod statement;

use axum::http::StatusCode;
use serde_json::Value;
use stats::pay::{RuleDoc, Signed};

use crate::problem::Problem;
use crate::visitor::Administrator;

/// A rule as somebody sent it. The words of what does not belong into one are serde's own.
fn rule_of(value: Value) -> Result<RuleDoc, Problem> {
    serde_json::from_value(value)
        .map_err(|error| Problem::malformed(StatusCode::BAD_REQUEST, error.to_string()))
}

impl Administrator {
    /// A signature of his, now.
    fn signed(&self) -> Signed {
        let by = self.by();
        Signed { account: self.account.id.0, name: by.who.to_owned(), at_ms: by.at_ms }
    }
}
