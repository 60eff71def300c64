//! The UDP socket that speaks SIP.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr};

use bytes::Bytes;
use sip::{Flow, Transport};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::UdpSocket;

/// Room for a burst of messages while the centre is at work: the default drops at a few hundred.
const RECEIVE_BUFFER_BYTES: usize = 4 << 20;

/// Peers whose facing address is remembered; beyond it the kernel is asked again.
const FACING_MAX: usize = 10_000;

/// The largest datagram there is.
const DATAGRAM_MAX: usize = 65_535;

/// One bound socket. Sending never waits: what the kernel does not take is lost, as UDP may be, and
/// the transaction layer repeats it.
#[derive(Debug)]
pub(crate) struct SipSocket {
    socket: UdpSocket,
    local: SocketAddr,
    /// What peers are told to answer to, when it is not where we are bound.
    public: Option<IpAddr>,
    /// Bound to every address: the one that faces each peer, asked of the kernel once.
    facing: BTreeMap<IpAddr, IpAddr>,
    buffer: Vec<u8>,
}

impl SipSocket {
    /// Binds `address`. Must be called within a tokio runtime.
    pub(crate) fn bind(address: SocketAddr, public: Option<IpAddr>) -> io::Result<SipSocket> {
        let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER_BYTES)?;
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        let socket = UdpSocket::from_std(socket.into())?;
        let local = socket.local_addr()?;
        let (facing, buffer) = (BTreeMap::new(), vec![0; DATAGRAM_MAX]);
        Ok(SipSocket { socket, local, public, facing, buffer })
    }

    pub(crate) fn local(&self) -> SocketAddr {
        self.local
    }

    /// Waits until something may be there.
    pub(crate) async fn readable(&self) -> io::Result<()> {
        self.socket.readable().await
    }

    /// The next datagram that is there already.
    pub(crate) fn take(&mut self) -> Option<(Flow, Bytes)> {
        loop {
            match self.socket.try_recv_from(&mut self.buffer) {
                Ok((length, remote)) => {
                    let bytes = Bytes::copy_from_slice(&self.buffer[..length]);
                    return Some((self.flow(remote), bytes));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return None,
                // An ICMP error of an earlier send: it belongs to no datagram of ours here.
                Err(error) => tracing::debug!(%error, "receiving SIP failed once"),
            }
        }
    }

    pub(crate) fn send(&self, flow: Flow, bytes: &[u8]) {
        if let Err(error) = self.socket.try_send_to(bytes, flow.remote) {
            tracing::debug!(%error, "a SIP datagram was not sent");
        }
    }

    pub(crate) fn flow(&mut self, remote: SocketAddr) -> Flow {
        let ip = match self.public {
            Some(public) => public,
            None if self.local.ip().is_unspecified() => self.facing(remote),
            None => self.local.ip(),
        };
        let local = SocketAddr::new(ip, self.local.port());
        Flow { id: 0, transport: Transport::Udp, local, remote }
    }

    /// Our address on the way to this peer. Connecting a datagram socket sends nothing.
    fn facing(&mut self, remote: SocketAddr) -> IpAddr {
        if let Some(&known) = self.facing.get(&remote.ip()) {
            return known;
        }
        let any = SocketAddr::new(self.local.ip(), 0);
        let asked = std::net::UdpSocket::bind(any).and_then(|socket| {
            socket.connect(remote)?;
            socket.local_addr()
        });
        let ip = asked.map_or(self.local.ip(), |address| address.ip());
        if self.facing.len() >= FACING_MAX {
            self.facing.clear();
        }
        self.facing.insert(remote.ip(), ip);
        ip
    }
}
