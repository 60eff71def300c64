//! What an endpoint is told: its limits, who may use it, and what it is to place.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;

use crate::Flow;

/// What never changes while the endpoint lives.
#[derive(Clone, Debug)]
pub struct EndpointConfig {
    /// Mixed with a counter to make branches, tags, Call-IDs and nonces: from the operating
    /// system's generator in the real world, a constant in the imagined one.
    pub seed: [u8; 32],
    /// Goes into Server and User-Agent.
    pub product: String,
    /// Live transactions beyond this many: new requests are answered 503 with Retry-After.
    pub transactions_max: usize,
    /// Live legs beyond this many: new INVITEs are answered 503 with Retry-After.
    pub legs_max: usize,
}

/// Who may register and who may call. Replaced whole by [`Endpoint::set_access`].
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// The digest realm.
    pub realm: String,
    /// By SIP user name. Their REGISTERs and INVITEs are challenged.
    pub users: BTreeMap<String, User>,
    /// INVITEs from these addresses are accepted without a challenge.
    pub trunks: Vec<Trunk>,
    /// A phone: accept INVITEs from anywhere, answer REGISTER with 405.
    pub is_phone: bool,
}

/// One set of SIP credentials. The password itself is never kept.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct User {
    /// Hex of MD5(user:realm:password).
    pub ha1_md5: String,
    /// Hex of SHA-256(user:realm:password).
    pub ha1_sha256: String,
}

/// A peer that is trusted by its address.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Trunk {
    pub name: String,
    pub address: IpAddr,
    /// `None`: any port of the address.
    pub port: Option<u16>,
    /// A header whose value is told with an INVITE of this trunk.
    pub told_header: Option<String>,
}

/// Our own name and password at a registrar or a proxy that challenges us.
#[derive(Clone, Debug)]
pub struct Login {
    pub user: String,
    pub password: String,
}

/// Where an outgoing INVITE goes.
#[derive(Clone, Debug)]
pub enum Target {
    /// A registered user: the flow kept by the registrar, the registered Contact as request URI.
    User(String),
    /// A fixed peer.
    Peer { flow: Flow, uri: String },
}

/// An outgoing call to be placed.
#[derive(Clone, Debug)]
pub struct Dial {
    pub target: Target,
    /// User part and display name of From: the caller as the called phone should show it.
    pub from_user: String,
    pub from_display: String,
    /// User part of To.
    pub to_user: String,
    /// The SDP offer.
    pub sdp: Bytes,
    /// Further header lines, name and value, for example `X-Ladus-Group`.
    pub headers: Vec<(String, String)>,
    /// Answers a 401 or 407 once.
    pub login: Option<Login>,
    /// Give up (CANCEL, then 408 as the status) when there is no final answer after so long.
    pub patience: Duration,
}

/// A registration to be made or refreshed by a phone.
#[derive(Clone, Debug)]
pub struct Register {
    pub flow: Flow,
    pub login: Login,
    /// Zero removes the binding.
    pub expires: Duration,
}
