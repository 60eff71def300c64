//! Trunks: peers whose calls are accepted by their address.

pub(crate) mod add;
pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod remove;

use serde::Serialize;
use store::Trunk;
use utoipa::ToSchema;

/// A trunk.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrunkOut {
    id: u64,
    name: String,
    /// An IP address.
    address: String,
    /// `null`: any port of the address.
    #[schema(required)]
    port: Option<u16>,
    /// A header of its INVITEs whose number is the call's priority; `null`: none counts.
    #[schema(required)]
    priority_header: Option<String>,
}

impl TrunkOut {
    fn of(trunk: Trunk) -> TrunkOut {
        TrunkOut {
            id: trunk.id.0,
            name: trunk.name,
            address: trunk.address.to_string(),
            port: trunk.port,
            priority_header: trunk.priority_header,
        }
    }
}
