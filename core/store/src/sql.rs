//! Whole numbers on their way to SQL and back.

use crate::Error;

/// SQL knows signed numbers only. Nothing of ours reaches 2^63.
pub(crate) fn int(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A number that only we have written and that is never negative.
pub(crate) fn nat(table: &'static str, value: i64) -> Result<u64, Error> {
    u64::try_from(value).map_err(|_| Error::Corrupt { table, cause: format!("{value} < 0") })
}

/// The same where the column may be empty.
pub(crate) fn nat_maybe(table: &'static str, value: Option<i64>) -> Result<Option<u64>, Error> {
    value.map(|value| nat(table, value)).transpose()
}
