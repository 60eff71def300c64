//! The only sockets and clock: SIP transports, RTP workers, recorder, the tenant's thread.
