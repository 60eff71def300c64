//! The UDP socket that speaks SIP.

use std::io;
use std::net::SocketAddr;

use bytes::Bytes;
use sip::{Flow, Transport};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::UdpSocket;

/// Room for a burst of messages while the centre is at work: the default drops at a few hundred.
const RECEIVE_BUFFER_BYTES: usize = 4 << 20;

/// The largest datagram there is.
const DATAGRAM_MAX: usize = 65_535;

/// One bound socket. Sending never waits: what the kernel does not take is lost, as UDP may be, and
/// the transaction layer repeats it.
#[derive(Debug)]
pub(crate) struct SipSocket {
    socket: UdpSocket,
    local: SocketAddr,
    buffer: Vec<u8>,
}

impl SipSocket {
    /// Binds `address`. Must be called within a tokio runtime.
    pub(crate) fn bind(address: SocketAddr) -> io::Result<SipSocket> {
        let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Protocol::UDP))?;
        socket.set_recv_buffer_size(RECEIVE_BUFFER_BYTES)?;
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        let socket = UdpSocket::from_std(socket.into())?;
        let local = socket.local_addr()?;
        Ok(SipSocket { socket, local, buffer: vec![0; DATAGRAM_MAX] })
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

    fn flow(&self, remote: SocketAddr) -> Flow {
        Flow { id: 0, transport: Transport::Udp, local: self.local, remote }
    }
}
