//! Spans of time as words: `20s`, `1.5s`, `250ms`, `1m30s`, `2h`.

use std::time::Duration;

/// The longest span of a timeline: a leap year. Nobody tells longer stories.
const SPAN_MS_MAX: u64 = 366 * 24 * 60 * 60 * 1000;

/// Reads a span; `None` when the word is not one, or is too long.
pub fn span(word: &str) -> Option<Duration> {
    let mut rest = word;
    let mut total_ms: u64 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|it: char| !it.is_ascii_digit() && it != '.')?;
        let (number, tail) = rest.split_at(digits);
        let letters = tail.find(|it: char| !it.is_ascii_lowercase()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let unit_ms = match unit {
            "ms" => 1,
            "s" => 1000,
            "m" => 60 * 1000,
            "h" => 60 * 60 * 1000,
            _ => return None,
        };
        total_ms = total_ms.checked_add(amount_ms(number, unit_ms)?)?;
        rest = tail;
    }
    let fits = !word.is_empty() && total_ms <= SPAN_MS_MAX;
    fits.then(|| Duration::from_millis(total_ms))
}

/// `1.5` of 1000 ms is 1500 ms; what is smaller than a millisecond is not a time of ours.
fn amount_ms(number: &str, unit_ms: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut ms = whole.parse::<u64>().ok()?.checked_mul(unit_ms)?;
    let mut weight_ms = unit_ms;
    for digit in fraction.chars() {
        if !weight_ms.is_multiple_of(10) {
            return None;
        }
        weight_ms /= 10;
        ms = ms.checked_add(u64::from(digit.to_digit(10)?) * weight_ms)?;
    }
    Some(ms)
}

/// The span as a timeline writes it: seconds, with a fraction when there is one.
pub fn span_words(ms: u64) -> String {
    let (seconds, rest) = (ms / 1000, ms % 1000);
    if rest == 0 {
        return format!("{seconds}s");
    }
    format!("{seconds}.{}s", format!("{rest:03}").trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::{span, span_words};

    #[test]
    fn spans_are_read_to_the_millisecond() {
        let ms = |word| span(word).map(|span| span.as_millis());
        assert_eq!(ms("20s"), Some(20_000));
        assert_eq!(ms("1.5s"), Some(1_500));
        assert_eq!(ms("0.001s"), Some(1));
        assert_eq!(ms("250ms"), Some(250));
        assert_eq!(ms("1h2m3s"), Some(3_723_000));
        for wrong in
            ["", "20", "s", "-1s", "1.0001s", "1x", "1ss", "99999999999999999999s", "9999h"]
        {
            assert_eq!(ms(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        for ms in [0, 1, 20, 300, 1_000, 1_500, 61_001] {
            let word = span_words(ms);
            assert_eq!(span(&word).map(|span| span.as_millis()), Some(ms.into()), "{word}");
        }
    }
}
