//! Values are checked at the door, once; behind it nobody doubts them.

use crate::{Error, Fault};

/// A name must fit on a phone's display and in a table's column.
const NAME_MAX: u64 = 100;
/// E.164 has 15 digits; service codes and prefixes may be longer.
const NUMBER_MAX: u64 = 32;
/// RFC 5321 §4.5.3.1.3 allows a path of 256 octets, brackets included.
const EMAIL_MAX: u64 = 254;
/// NIST SP 800-63B: at least eight, and no reason to forbid a sentence.
const PASSWORD_MIN: u64 = 8;
/// Argon2 reads every byte: a cap keeps a request cheap.
const PASSWORD_MAX: u64 = 200;
/// Longer names of headers are nobody's.
const HEADER_MAX: u64 = 64;
/// Typed on a phone's keypad by somebody now and then.
const SIP_USER_MAX: u64 = 64;

/// A name of a person, group, trunk or company: trimmed, of one line, not empty.
pub(crate) fn name(field: &'static str, text: &str) -> Result<String, Error> {
    line(field, text, NAME_MAX)
}

/// The same with a bound of its own.
pub(crate) fn line(field: &'static str, text: &str, max: u64) -> Result<String, Error> {
    let text = text.trim();
    length(field, text, 1, max)?;
    match text.chars().any(char::is_control) {
        true => Err(Error::invalid(field, Fault::BadCharacter)),
        false => Ok(text.to_owned()),
    }
}

/// A number that can be dialled: digits, `+`, `*`, `#`. Spaces and hyphens of people are dropped.
pub(crate) fn number(field: &'static str, text: &str) -> Result<String, Error> {
    let text: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    length(field, &text, 1, NUMBER_MAX)?;
    match text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#')) {
        true => Ok(text),
        false => Err(Error::invalid(field, Fault::NotANumber)),
    }
}

/// A language as two small letters, for example `et`.
pub(crate) fn language(field: &'static str, text: &str) -> Result<String, Error> {
    match text.len() == 2 && text.bytes().all(|b| b.is_ascii_lowercase()) {
        true => Ok(text.to_owned()),
        false => Err(Error::invalid(field, Fault::Malformed)),
    }
}

/// An e-mail address, only as far as it tells people apart; kept in lower case.
pub(crate) fn email(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim().to_lowercase();
    length(field, &text, 1, EMAIL_MAX)?;
    let strange = |c: char| c.is_whitespace() || c.is_control();
    match text.split_once('@') {
        Some((user, host))
            if !user.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !text.contains(strange) =>
        {
            Ok(text)
        }
        Some(_) | None => Err(Error::invalid(field, Fault::Malformed)),
    }
}

/// A password as somebody typed it.
pub(crate) fn password<'a>(field: &'static str, text: &'a str) -> Result<&'a str, Error> {
    length(field, text, PASSWORD_MIN, PASSWORD_MAX)?;
    Ok(text)
}

/// A SIP user name: what goes unescaped into every URI and display.
pub(crate) fn sip_user(field: &'static str, text: &str) -> Result<String, Error> {
    length(field, text, 1, SIP_USER_MAX)?;
    match text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')) {
        true => Ok(text.to_owned()),
        false => Err(Error::invalid(field, Fault::BadCharacter)),
    }
}

/// The name of a SIP header: a token (RFC 3261 §25.1).
pub(crate) fn header(field: &'static str, text: &str) -> Result<String, Error> {
    length(field, text, 1, HEADER_MAX)?;
    let is_token = |b: u8| b.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&b);
    match text.bytes().all(is_token) {
        true => Ok(text.to_owned()),
        false => Err(Error::invalid(field, Fault::BadCharacter)),
    }
}

/// A count or a time within its bounds.
pub(crate) fn range(field: &'static str, value: u64, min: u64, max: u64) -> Result<u64, Error> {
    if value < min {
        return Err(Error::invalid(field, Fault::TooSmall { min }));
    }
    if value > max {
        return Err(Error::invalid(field, Fault::TooLarge { max }));
    }
    Ok(value)
}

/// A rank or another number that may be negative.
pub(crate) fn signed(value: i64, (min, max): (i64, i64)) -> Result<i64, Fault> {
    // The fault's own words are for what is never negative: the size of the number is meant.
    match value {
        _ if value < min => Err(Fault::TooLarge { max: min.unsigned_abs() }),
        _ if value > max => Err(Fault::TooLarge { max: max.unsigned_abs() }),
        _ => Ok(value),
    }
}

/// A short code of a mode: a star and two to four digits.
pub(crate) fn mode_code(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    let digits = text.strip_prefix('*').unwrap_or_default();
    match (2..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err(Error::invalid(field, Fault::Malformed)),
    }
}

fn length(field: &'static str, text: &str, min: u64, max: u64) -> Result<(), Error> {
    let chars = text.chars().count() as u64;
    let fault = match chars {
        0 => Fault::Empty,
        _ if chars < min => Fault::TooShort { min },
        _ if chars > max => Fault::TooLong { max },
        _ => return Ok(()),
    };
    Err(Error::invalid(field, fault))
}

#[cfg(test)]
mod tests {
    use super::{email, language, name, number, password, sip_user};

    #[test]
    fn numbers_lose_spaces_and_keep_signs() {
        assert_eq!(number("number", "+372 600-1000").unwrap(), "+3726001000");
        assert_eq!(number("number", "*21#").unwrap(), "*21#");
        for wrong in ["", "  ", "600a", "1234567890123456789012345678901234"] {
            assert!(number("number", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_one_line_of_a_hundred() {
        assert_eq!(name("name", "  Õie Kask ").unwrap(), "Õie Kask");
        assert!(name("name", &"ö".repeat(100)).is_ok());
        for wrong in ["", "   ", "a\nb", &"x".repeat(101)] {
            assert!(name("name", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_rest_is_checked_too() {
        assert_eq!(email("email", " Mari@Firma.ee ").unwrap(), "mari@firma.ee");
        for wrong in ["", "mari", "@firma.ee", "mari@", "a@b@c", "a b@c"] {
            assert!(email("email", wrong).is_err(), "{wrong}");
        }
        assert!(language("language", "et").is_ok());
        assert!(language("language", "est").is_err());
        assert!(password("password", "1234567").is_err());
        assert!(sip_user("sip_user", "mari.kask-2").is_ok());
        assert!(sip_user("sip_user", "mari@kask").is_err());
    }
}
