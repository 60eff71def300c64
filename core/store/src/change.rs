//! Who changed what, newest first.

use crate::sql::{int, nat};
use crate::{Error, Tenant};

/// One page of the list.
const LISTED_MAX: i64 = 200;

/// One change, with what was there before and after as JSON text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Change {
    pub id: u64,
    pub at_ms: u64,
    pub who: String,
    pub what: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

type Row = (i64, i64, String, String, Option<String>, Option<String>);

impl Tenant {
    /// The newest changes, or those before one of them.
    pub async fn changes(&self, before: Option<u64>) -> Result<Vec<Change>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, at_ms, who, what, before, after FROM change \
             WHERE tenant = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3",
        )
        .bind(self.sql_id())
        .bind(before.map(int))
        .bind(LISTED_MAX)
        .fetch_all(&self.store.readers)
        .await?;
        let change = |(id, at_ms, who, what, before, after): Row| {
            let (id, at_ms) = (nat("change", id)?, nat("change", at_ms)?);
            Ok(Change { id, at_ms, who, what, before, after })
        };
        rows.into_iter().map(change).collect()
    }
}
