//! Digits as telephone events (RFC 4733): read, written, and counted once.

/// One packet's payload: a digit that is being pressed, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DtmfEvent {
    pub digit: char,
    /// The key is up again; senders say so three times.
    pub end: bool,
    /// Power in -dBm0, 0 to 63.
    pub volume: u8,
    /// How long the key is down so far, in samples.
    pub duration: u16,
}

const DIGITS: [char; 16] =
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#', 'A', 'B', 'C', 'D'];

impl DtmfEvent {
    /// `None` for events that are no digits, and for short payloads.
    pub fn parse(payload: &[u8]) -> Option<Self> {
        let [event, flags, long @ ..] = *payload.first_chunk::<4>()?;
        Some(Self {
            digit: *DIGITS.get(usize::from(event))?,
            end: flags & 0x80 != 0,
            volume: flags & 0x3F,
            duration: u16::from_be_bytes(long),
        })
    }

    /// The payload; `None` when the character is on no key.
    pub fn write(self) -> Option<[u8; 4]> {
        let event = DIGITS.iter().position(|digit| *digit == self.digit)?;
        let [high, low] = self.duration.to_be_bytes();
        Some([event as u8, u8::from(self.end) << 7 | self.volume & 0x3F, high, low])
    }
}

/// Hears each press once, however many packets tell of it and whichever of them are lost.
#[derive(Debug, Default)]
pub struct DtmfReader {
    /// All packets of a press carry the timestamp of its beginning.
    last: Option<u32>,
}

impl DtmfReader {
    /// The digit, on the first packet of a press that comes through.
    pub fn read(&mut self, timestamp: u32, payload: &[u8]) -> Option<char> {
        let event = DtmfEvent::parse(payload)?;
        let stale = self.last.is_some_and(|last| (timestamp.wrapping_sub(last) as i32) <= 0);
        if stale {
            return None;
        }
        self.last = Some(timestamp);
        Some(event.digit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(digit: char, end: bool) -> [u8; 4] {
        DtmfEvent { digit, end, volume: 10, duration: 800 }.write().unwrap()
    }

    #[test]
    fn seven_packets_are_one_press() {
        let mut reader = DtmfReader::default();
        let mut heard = String::new();
        for (timestamp, digit) in [(1_000, '5'), (5_000, '5'), (9_000, '#')] {
            for end in [false, false, false, false, true, true, true] {
                heard.extend(reader.read(timestamp, &press(digit, end)));
            }
        }
        assert_eq!(heard, "55#");
    }

    #[test]
    fn an_end_packet_alone_is_enough_and_a_straggler_is_not_a_second_press() {
        let mut reader = DtmfReader::default();
        assert_eq!(reader.read(u32::MAX, &press('7', true)), Some('7'));
        assert_eq!(reader.read(500, &press('8', false)), Some('8'));
        assert_eq!(reader.read(u32::MAX, &press('7', true)), None);
    }

    #[test]
    fn what_is_no_digit_is_not_heard() {
        assert_eq!(DtmfEvent::parse(&[16, 0, 0, 0]), None, "a flash");
        assert_eq!(DtmfEvent::parse(&[1, 0, 0]), None);
        assert_eq!(DtmfEvent { digit: 'x', end: false, volume: 0, duration: 0 }.write(), None);
        let event = DtmfEvent { digit: 'D', end: true, volume: 63, duration: 65_535 };
        assert_eq!(DtmfEvent::parse(&event.write().unwrap()), Some(event));
    }
}
