//! Names for the nouns of the domain.
//!
//! Ids are given by the caller: the engine never invents one, so it needs no randomness.

/// A conversation seen from the caller, from arrival to the end of wrap-up.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CallId(pub u64);

/// A user who is a member of at least one group.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct AgentId(pub u64);

/// A queue with its phone numbers.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct GroupId(pub u64);

/// Opening hours or working days.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct CalendarId(pub u64);
