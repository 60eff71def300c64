//! Symmetric RTP: which source a leg believes, and where its packets go.

use std::net::SocketAddr;

/// Until the first valid packet, we send to the address in the SDP. The first valid source of the
/// negotiated host, whatever its port, locks the latch; from then on nobody else is heard. Only a
/// new SDP opens it again.
#[derive(Clone, Debug)]
pub struct Latch {
    /// Where the SDP says that the other side is.
    negotiated: SocketAddr,
    /// Whether a phone behind a NAT, never heard from its SDP address, may be elsewhere.
    symmetric: bool,
    /// The source heard, kept over a new SDP that names the same address.
    source: Option<SocketAddr>,
    lock: Lock,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lock {
    /// Nobody was heard since the last SDP.
    Open,
    /// A source other than the negotiated host was believed. It yields to that host, so whoever
    /// guesses the port first cannot keep the call from its owner.
    Stranger,
    /// The negotiated host was heard.
    Closed,
}

impl Latch {
    pub fn new(negotiated: SocketAddr, symmetric: bool) -> Self {
        Self { negotiated, symmetric, source: None, lock: Lock::Open }
    }

    /// A new SDP came: listen anew. The old source serves until somebody is heard, unless the
    /// address changed.
    pub fn renegotiate(&mut self, negotiated: SocketAddr, symmetric: bool) {
        if negotiated != self.negotiated {
            self.source = None;
        }
        self.negotiated = negotiated;
        self.symmetric = symmetric;
        self.lock = Lock::Open;
    }

    /// Whether a valid packet from this source is the leg's; the first one locks.
    pub fn admit(&mut self, from: SocketAddr) -> bool {
        // The usual case first: the source we know sends its next packet.
        if self.lock != Lock::Open && self.source == Some(from) {
            return true;
        }
        let host = from.ip().to_canonical() == self.negotiated.ip().to_canonical();
        let lock = match self.lock {
            Lock::Open | Lock::Stranger if host => Lock::Closed,
            Lock::Open if self.symmetric => Lock::Stranger,
            Lock::Open | Lock::Stranger | Lock::Closed => return false,
        };
        self.source = Some(from);
        self.lock = lock;
        true
    }

    /// Whether this is the source that we already believe; changes nothing.
    pub fn knows(&self, from: SocketAddr) -> bool {
        self.source == Some(from)
    }

    /// Where packets go now; `None` while the other side holds by address.
    pub fn target(&self) -> Option<SocketAddr> {
        let unreachable = self.negotiated.ip().is_unspecified() || self.negotiated.port() == 0;
        if unreachable { None } else { Some(self.source.unwrap_or(self.negotiated)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> SocketAddr {
        text.parse().unwrap()
    }

    #[test]
    fn before_the_first_packet_the_sdp_address_is_used() {
        let latch = Latch::new(at("192.0.2.1:4000"), false);
        assert_eq!(latch.target(), Some(at("192.0.2.1:4000")));
    }

    #[test]
    fn the_negotiated_host_may_send_from_another_port() {
        let mut latch = Latch::new(at("192.0.2.1:4000"), false);
        assert!(latch.admit(at("192.0.2.1:4999")));
        assert_eq!(latch.target(), Some(at("192.0.2.1:4999")));
        assert!(!latch.admit(at("192.0.2.1:4000")), "locked to what was heard first");
    }

    #[test]
    fn a_foreign_source_is_refused_unless_the_leg_is_symmetric() {
        let mut strict = Latch::new(at("192.0.2.1:4000"), false);
        assert!(!strict.admit(at("203.0.113.9:1")));
        assert_eq!(strict.target(), Some(at("192.0.2.1:4000")));

        let mut symmetric = Latch::new(at("10.0.0.5:4000"), true);
        assert!(symmetric.admit(at("203.0.113.9:61000")));
        assert!(!symmetric.admit(at("203.0.113.66:1")), "the first one locks");
        assert_eq!(symmetric.target(), Some(at("203.0.113.9:61000")));
    }

    #[test]
    fn whoever_guessed_the_port_yields_to_the_negotiated_host() {
        let mut latch = Latch::new(at("192.0.2.1:4000"), true);
        assert!(latch.admit(at("203.0.113.66:1")));
        assert!(latch.admit(at("192.0.2.1:4000")));
        assert!(!latch.admit(at("203.0.113.66:1")));
        assert_eq!(latch.target(), Some(at("192.0.2.1:4000")));
    }

    #[test]
    fn a_new_sdp_opens_the_latch_but_keeps_the_way_back_if_the_address_stays() {
        let mut latch = Latch::new(at("10.0.0.5:4000"), true);
        assert!(latch.admit(at("203.0.113.9:61000")));
        latch.renegotiate(at("10.0.0.5:4000"), true);
        assert_eq!(latch.target(), Some(at("203.0.113.9:61000")));
        assert!(latch.admit(at("203.0.113.9:62000")));

        latch.renegotiate(at("192.0.2.7:5000"), true);
        assert_eq!(latch.target(), Some(at("192.0.2.7:5000")));
    }

    #[test]
    fn a_hold_by_address_leaves_nowhere_to_send() {
        let mut latch = Latch::new(at("192.0.2.1:4000"), false);
        assert!(latch.admit(at("192.0.2.1:4000")));
        latch.renegotiate(at("0.0.0.0:4000"), false);
        assert_eq!(latch.target(), None);
        latch.renegotiate(at("192.0.2.1:4000"), false);
        assert_eq!(latch.target(), Some(at("192.0.2.1:4000")));
    }
}
