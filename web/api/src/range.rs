//! Byte ranges (RFC 9110 §14): which part of a recording a player wants.

use std::ops::Range;

/// What to send.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Part {
    /// No range, or one that we need not honour.
    Whole,
    /// One range, not empty.
    Some(Range<u64>),
    /// A range that lies outside.
    Nowhere,
}

/// Reads a Range header. Several ranges at once are answered with the whole: no player asks so.
pub(crate) fn part(header: Option<&str>, length: u64) -> Part {
    let Some(spec) = header.and_then(|text| text.trim().strip_prefix("bytes=")) else {
        return Part::Whole;
    };
    let Some((first, last)) = spec.split_once('-') else { return Part::Whole };
    let range = match (first.trim(), last.trim()) {
        ("", suffix) => match suffix.parse::<u64>() {
            Ok(bytes) => length.saturating_sub(bytes)..length,
            Err(_) => return Part::Whole,
        },
        (first, "") => match first.parse() {
            Ok(first) => first..length,
            Err(_) => return Part::Whole,
        },
        (first, last) => match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(length),
            (_, _) => return Part::Whole,
        },
    };
    if range.is_empty() { Part::Nowhere } else { Part::Some(range) }
}

#[cfg(test)]
mod tests {
    use super::{Part, part};

    #[test]
    fn players_ask_in_these_ways() {
        assert_eq!(part(None, 100), Part::Whole);
        assert_eq!(part(Some("bytes=0-"), 100), Part::Some(0..100));
        assert_eq!(part(Some("bytes=10-19"), 100), Part::Some(10..20));
        assert_eq!(part(Some("bytes=90-900"), 100), Part::Some(90..100));
        assert_eq!(part(Some("bytes=-10"), 100), Part::Some(90..100));
        assert_eq!(part(Some("bytes=-900"), 100), Part::Some(0..100));
    }

    #[test]
    fn what_lies_outside_is_nowhere_and_nonsense_is_everything() {
        for outside in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(part(Some(outside), 100), Part::Nowhere, "{outside}");
        }
        for nonsense in ["", "bytes", "bytes=", "items=0-1", "bytes=2-1", "bytes=a-b", "bytes=--"] {
            assert_eq!(part(Some(nonsense), 100), Part::Whole, "{nonsense}");
        }
        assert_eq!(part(Some("bytes=0-1,3-4"), 100), Part::Whole);
        assert_eq!(part(Some("bytes=0-"), 0), Part::Nowhere);
    }
}
