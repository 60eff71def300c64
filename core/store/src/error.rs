//! What can go wrong, in terms the caller can act on.

/// Every failure of this crate.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such row, or it belongs to somebody else: the same answer on purpose.
    #[error("there is no such {what}")]
    NotFound { what: &'static str },
    /// Another row has this value already.
    #[error("{field} is taken")]
    Conflict { field: &'static str },
    /// A value that was never going to be right.
    #[error("{field} is not acceptable: {fault:?}")]
    Invalid { field: &'static str, fault: Fault },
    /// One more would be more than we are built for.
    #[error("there are {max} {what} already")]
    Full { what: &'static str, max: u64 },
    /// The setup has been done; it happens once.
    #[error("the company is set up already")]
    AlreadySetUp,
    /// A row that our own rules could not have written.
    #[error("row of {table} cannot be read: {cause}")]
    Corrupt { table: &'static str, cause: String },
    #[error("the operating system gives no random bytes: {0}")]
    Chance(#[from] getrandom::Error),
    #[error("the password could not be hashed: {0}")]
    Hash(String),
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database's migrations: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    #[error("the database's folder: {0}")]
    Folder(#[from] std::io::Error),
}

/// What is wrong with a value, with the limit that it broke.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    Empty,
    TooShort {
        min: u64,
    },
    TooLong {
        max: u64,
    },
    /// A character that does not belong into this kind of value.
    BadCharacter,
    TooSmall {
        min: u64,
    },
    TooLarge {
        max: u64,
    },
    /// A sign that no number has.
    NotANumber,
    /// More entries than a list may have.
    TooMany {
        max: u64,
    },
    /// Not of the form it should have (an address, an e-mail).
    Malformed,
    /// The same entry twice in one list.
    Repeated,
}

impl Error {
    pub(crate) fn invalid(field: &'static str, fault: Fault) -> Error {
        Error::Invalid { field, fault }
    }

    /// Turns a broken UNIQUE into a conflict of `field`, and leaves every other failure alone.
    pub(crate) fn or_conflict(field: &'static str) -> impl Fn(sqlx::Error) -> Error {
        move |error| match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() => Error::Conflict { field },
            Some(_) | None => Error::Database(error),
        }
    }
}
