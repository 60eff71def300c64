//! The header of an RTP packet seen where it lies (RFC 3550), to read and to change in place.

/// Bytes before the list of contributing sources.
pub(crate) const HEADER: usize = 12;

/// A checked packet: the lengths it claims for sources, extension and padding all fit.
#[derive(Clone, Copy, Debug)]
pub struct RtpView<'a> {
    bytes: &'a [u8],
    payload: Span,
}

/// The same for a packet that is about to be changed.
#[derive(Debug)]
pub struct RtpViewMut<'a> {
    bytes: &'a mut [u8],
    payload: Span,
}

/// Where the payload lies.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    end: usize,
}

impl<'a> RtpView<'a> {
    /// `None` for what is not RTP version 2 or lies about its lengths.
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        Some(Self { bytes, payload: measure(bytes)? })
    }

    pub fn marker(&self) -> bool {
        self.bytes[1] & 0x80 != 0
    }

    pub fn payload_type(&self) -> u8 {
        self.bytes[1] & 0x7F
    }

    pub fn sequence(&self) -> u16 {
        u16::from_be_bytes([self.bytes[2], self.bytes[3]])
    }

    pub fn timestamp(&self) -> u32 {
        word(self.bytes, 4)
    }

    pub fn ssrc(&self) -> u32 {
        word(self.bytes, 8)
    }

    /// Without padding; may be empty.
    pub fn payload(&self) -> &'a [u8] {
        &self.bytes[self.payload.start..self.payload.end]
    }
}

impl<'a> RtpViewMut<'a> {
    /// `None` for what is not RTP version 2 or lies about its lengths.
    pub fn parse(bytes: &'a mut [u8]) -> Option<Self> {
        let payload = measure(bytes)?;
        Some(Self { bytes, payload })
    }

    /// The reading side of the same packet.
    pub fn view(&self) -> RtpView<'_> {
        RtpView { bytes: self.bytes, payload: self.payload }
    }

    pub fn set_marker(&mut self, marker: bool) {
        self.bytes[1] = self.bytes[1] & 0x7F | u8::from(marker) << 7;
    }

    /// Only the lower seven bits count.
    pub fn set_payload_type(&mut self, payload_type: u8) {
        self.bytes[1] = self.bytes[1] & 0x80 | payload_type & 0x7F;
    }

    pub fn set_sequence(&mut self, sequence: u16) {
        self.bytes[2..4].copy_from_slice(&sequence.to_be_bytes());
    }

    pub fn set_timestamp(&mut self, timestamp: u32) {
        self.bytes[4..8].copy_from_slice(&timestamp.to_be_bytes());
    }

    pub fn set_ssrc(&mut self, ssrc: u32) {
        self.bytes[8..12].copy_from_slice(&ssrc.to_be_bytes());
    }

    pub fn payload_mut(&mut self) -> &mut [u8] {
        &mut self.bytes[self.payload.start..self.payload.end]
    }
}

/// Writes a plain header (no sources, no extension) in front of a payload that is ours.
pub(crate) fn write_header(
    packet: &mut [u8; HEADER],
    payload_type: u8,
    sequence: u16,
    timestamp: u32,
    ssrc: u32,
) {
    packet[0] = 0x80;
    packet[1] = payload_type & 0x7F;
    packet[2..4].copy_from_slice(&sequence.to_be_bytes());
    packet[4..8].copy_from_slice(&timestamp.to_be_bytes());
    packet[8..12].copy_from_slice(&ssrc.to_be_bytes());
}

/// Version, contributing sources, extension and padding: the payload is what they leave.
fn measure(bytes: &[u8]) -> Option<Span> {
    if bytes.len() < HEADER || bytes[0] >> 6 != 2 {
        return None;
    }
    let mut start = HEADER + 4 * usize::from(bytes[0] & 0x0F);
    if bytes[0] & 0x10 != 0 {
        let words = bytes.get(start + 2..start + 4)?;
        start += 4 + 4 * usize::from(u16::from_be_bytes([words[0], words[1]]));
    }
    let mut end = bytes.len();
    if bytes[0] & 0x20 != 0 {
        let padding = usize::from(bytes[end - 1]);
        // Padding counts its own length byte, so zero is a lie.
        if padding == 0 {
            return None;
        }
        end = end.checked_sub(padding)?;
    }
    (start <= end).then_some(Span { start, end })
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain() -> Vec<u8> {
        let mut packet = vec![0x80, 0x88, 0x12, 0x34, 0, 0, 0, 9, 0xAB, 0xCD, 0xEF, 1];
        packet.extend([1, 2, 3, 4]);
        packet
    }

    #[test]
    fn a_plain_packet_is_read() {
        let packet = plain();
        let view = RtpView::parse(&packet).unwrap();
        assert!(view.marker());
        assert_eq!(view.payload_type(), 8);
        assert_eq!(view.sequence(), 0x1234);
        assert_eq!(view.timestamp(), 9);
        assert_eq!(view.ssrc(), 0xABCD_EF01);
        assert_eq!(view.payload(), [1, 2, 3, 4]);
    }

    #[test]
    fn sources_extension_and_padding_are_stepped_over() {
        let mut packet = plain();
        packet[0] |= 0x20 | 0x10 | 0x01;
        packet.splice(12..12, [7, 7, 7, 7, 0xBE, 0xDE, 0, 1, 5, 5, 5, 5]);
        packet.extend([0, 2]);
        assert_eq!(RtpView::parse(&packet).unwrap().payload(), [1, 2, 3, 4]);
    }

    #[test]
    fn lies_about_length_are_refused() {
        for (first, last) in [(0x8F, 4), (0x90, 4), (0xA0, 0), (0xA0, 5), (0x40, 4), (0xC0, 4)] {
            let mut packet = plain();
            packet[0] = first;
            *packet.last_mut().unwrap() = last;
            assert!(RtpView::parse(&packet).is_none(), "{first:#x} {last}");
        }
        assert!(RtpView::parse(&plain()[..11]).is_none());
        assert!(RtpView::parse(&plain()[..12]).unwrap().payload().is_empty());
    }

    #[test]
    fn what_is_set_is_read_back_and_nothing_else_moves() {
        let mut packet = plain();
        let mut view = RtpViewMut::parse(&mut packet).unwrap();
        view.set_marker(false);
        view.set_payload_type(101);
        view.set_sequence(65_535);
        view.set_timestamp(0xFFFF_FFFE);
        view.set_ssrc(42);
        view.payload_mut()[0] = 9;
        let read = view.view();
        assert!(!read.marker());
        assert_eq!((read.payload_type(), read.sequence()), (101, 65_535));
        assert_eq!((read.timestamp(), read.ssrc()), (0xFFFF_FFFE, 42));
        assert_eq!(packet[12..], [9, 2, 3, 4]);
        assert_eq!(packet[0], 0x80);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            mut bytes in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            if let Some(view) = RtpView::parse(&bytes) {
                prop_assert!(view.payload().len() + HEADER <= bytes.len());
            }
            if let Some(mut view) = RtpViewMut::parse(&mut bytes) {
                view.payload_mut().fill(0);
            }
        }
    }
}
