//! Versions of the plan: what changed, when, by whom, and the way back.

pub(crate) mod diff;
pub(crate) mod list;
pub(crate) mod restore;
pub(crate) mod undo;

use serde::Serialize;
use serde_json::Value;
use store::{Change, Difference};
use utoipa::ToSchema;

/// One thing that changed: before and after as they were, `null` where there was nothing.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeOut {
    /// `group_changed`, `loan_made` …
    what: String,
    #[schema(value_type = Option<Object>, required)]
    before: Option<Value>,
    #[schema(value_type = Option<Object>, required)]
    after: Option<Value>,
}

/// The version that was written.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionWritten {
    version: u64,
}

impl ChangeOut {
    fn of(change: Change) -> ChangeOut {
        // Only we write these texts; one that does not parse is shown as nothing.
        let side = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        ChangeOut { what: change.what, before: side(change.before), after: side(change.after) }
    }

    fn of_difference(difference: Difference) -> ChangeOut {
        let Difference { what, before, after } = difference;
        ChangeOut { what: what.to_owned(), before, after }
    }
}
