//! What is wrong with a rule, and where.

use std::fmt;

/// One thing that a rule cannot have.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Wrong {
    /// Where in the document: `items[0].bands[2].from`. Empty: the rule as a whole.
    pub place: String,
    pub fault: Fault,
}

/// In which way it is wrong.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fault {
    /// It must be there.
    Missing,
    TooLong {
        max: usize,
    },
    TooMany {
        max: usize,
    },
    /// Not a decimal with a point: `12.50`.
    NotANumber,
    /// More digits after the point than it may have.
    TooPrecise {
        places: u32,
    },
    /// Below what it may be.
    TooSmall {
        min: String,
    },
    /// Above what it may be.
    TooLarge {
        max: String,
    },
    /// A currency is three capital letters.
    NotACurrency,
    /// It pays for nothing.
    PaysNothing,
    /// One of several must be said, and only one.
    NotOne {
        of: &'static str,
    },
    /// A band that ends before it begins, or where it begins.
    Empty,
    /// It begins before the band above it ends.
    Overlaps {
        with: usize,
        until: String,
    },
    /// Nothing is said about what lies between this band and the one above it.
    Gap {
        after: usize,
        from: String,
        to: String,
    },
    /// A floor above its cap.
    FloorAboveCap {
        cap: String,
    },
    /// The same person or group twice.
    Repeated,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => write!(f, "{}", self.fault),
            place => write!(f, "{place}: {}", self.fault),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Missing => write!(f, "this must be filled in"),
            Fault::TooLong { max } => write!(f, "this may have {max} characters"),
            Fault::TooMany { max } => write!(f, "there may be {max} of them"),
            Fault::NotANumber => write!(f, "this is not a number such as 12.50"),
            Fault::TooPrecise { places } => {
                write!(f, "this may have {places} digits after the point")
            }
            Fault::TooSmall { min } => write!(f, "this must be {min} or more"),
            Fault::TooLarge { max } => write!(f, "this must be {max} or less"),
            Fault::NotACurrency => write!(f, "a currency is three capital letters such as EUR"),
            Fault::PaysNothing => write!(f, "nothing is paid by this rule"),
            Fault::NotOne { of } => write!(f, "one of these must be given, and only one: {of}"),
            Fault::Empty => write!(f, "this band ends where it begins or before"),
            Fault::Overlaps { with, until } => {
                write!(f, "band {with} goes on until {until}, and this one begins before")
            }
            Fault::Gap { after, from, to } => {
                write!(f, "after band {after} nothing is said about what lies from {from} to {to}")
            }
            Fault::FloorAboveCap { cap } => write!(f, "this is more than the most, which is {cap}"),
            Fault::Repeated => write!(f, "this is named twice"),
        }
    }
}
