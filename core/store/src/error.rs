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
    /// The same for a value inside another one: `steps/2/to/group`.
    #[error("{place} is not acceptable: {fault:?}")]
    Placed { place: String, fault: Fault },
    /// A calendar that cannot be.
    #[error("{0}")]
    Calendar(acd::BadCalendar),
    /// Something else needs it: who, in names.
    #[error("{by} needs this {what}")]
    InUse { what: &'static str, by: String },
    /// It cannot be removed while it chooses calls for freed agents.
    #[error("it chooses calls for freed agents")]
    ChoosesCalls,
    /// A plan of old has a plugin whose file was removed.
    #[error("{label}, which {group} had then, has been removed")]
    PluginRemoved { label: String, group: String },
    /// The newest version changed nothing that can be taken back.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// One more would be more than we are built for.
    #[error("there are {max} {what} already")]
    Full { what: &'static str, max: u64 },
    /// The setup has been done; it happens once.
    #[error("the company is set up already")]
    AlreadySetUp,
    /// A pay rule that cannot be: everything that is wrong with it.
    #[error("the pay rule: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    PayRule(Vec<stats::pay::Wrong>),
    /// It is too late or too early for that.
    #[error("it is {state}")]
    PayState { state: &'static str },
    /// Whoever has signed cannot be the second one to sign.
    #[error("{name} has signed already; somebody else must")]
    PaySameSigner { name: String },
    /// What was reviewed is not what would be signed by now.
    #[error("something has changed since the review")]
    PayChanged,
    /// No day is paid twice.
    #[error("the period {with} has some of these days")]
    PayOverlaps { with: String },
    /// Its last day has not ended, or its last calls are not written yet.
    #[error("the period is not over")]
    PayNotOver,
    /// No rule pays anybody in it.
    #[error("no rule pays anybody")]
    PayNobody,
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
    /// Nothing in it was touched.
    #[error(
        "the database was written by a newer Ladus (its shape is {version}, this program knows up to \
         {known}): start that one, or restore a backup"
    )]
    Newer { version: i64, known: i64 },
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
    /// Names something that is not there.
    Unknown,
    /// Leads back to where it begins.
    Itself,
    /// A moment that has passed.
    Past,
}

impl Error {
    pub(crate) fn invalid(field: &'static str, fault: Fault) -> Error {
        Error::Invalid { field, fault }
    }

    /// The same failure of a value at a place inside another one.
    pub(crate) fn placed(self, place: &str) -> Error {
        if let Error::Invalid { fault, .. } = self {
            return Error::Placed { place: place.to_owned(), fault };
        }
        self
    }

    /// Moves a failure under a part of what was asked for.
    pub(crate) fn within(self, part: &str) -> Error {
        if let Error::Invalid { field, fault } = self {
            return Error::Placed { place: format!("{part}/{field}"), fault };
        }
        if let Error::Placed { place, fault } = self {
            return Error::Placed { place: format!("{part}/{place}"), fault };
        }
        self
    }

    /// Turns a broken UNIQUE into a conflict of `field`, and leaves every other failure alone.
    pub(crate) fn or_conflict(field: &'static str) -> impl Fn(sqlx::Error) -> Error {
        move |error| match error.as_database_error() {
            Some(cause) if cause.is_unique_violation() => Error::Conflict { field },
            Some(_) | None => Error::Database(error),
        }
    }
}
