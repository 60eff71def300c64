//! UDP sockets that do not block and have room for a burst.

use std::io;
use std::net::{IpAddr, SocketAddr, UdpSocket};

use socket2::{Domain, Protocol, Socket, Type};

/// The kernel's default of 208 KiB drops bursts; it cuts what it finds too large.
const RECEIVE_BUFFER: usize = 4 << 20;

/// A socket on a port that the kernel chooses.
pub(crate) fn bind(address: IpAddr) -> io::Result<UdpSocket> {
    let domain = if address.is_ipv4() { Domain::IPV4 } else { Domain::IPV6 };
    let socket = Socket::new(domain, Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
    socket.set_nonblocking(true)?;
    socket.bind(&SocketAddr::new(address, 0).into())?;
    Ok(socket.into())
}

/// A socket that swallows what comes: nobody reads it, and the kernel keeps next to nothing.
pub(crate) fn bind_sink(address: IpAddr) -> io::Result<UdpSocket> {
    UdpSocket::bind(SocketAddr::new(address, 0))
}
