//! The way a message came, and the way back.

use std::net::SocketAddr;

/// One way to one peer. For UDP: our socket and the peer's address; for connections: the
/// connection. In-dialog requests to our own agents go to the flow they registered on (RFC 5626),
/// never to the address in Contact.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Flow {
    /// Names the connection; for UDP the number of our socket.
    pub id: u64,
    pub transport: Transport,
    /// Our own address on this flow, as the peer can reach it: goes into Via and Contact.
    pub local: SocketAddr,
    pub remote: SocketAddr,
}

/// How messages are framed on a flow.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Transport {
    Udp,
    Tcp,
    Tls,
    Ws,
}

impl Transport {
    /// Whether the transport itself repeats what was lost (RFC 3261 §17: timers A, E, G are off,
    /// D, I, J, K are zero).
    pub fn is_reliable(self) -> bool {
        match self {
            Transport::Udp => false,
            Transport::Tcp | Transport::Tls | Transport::Ws => true,
        }
    }
}
