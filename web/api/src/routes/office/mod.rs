//! What phones may do for the office.

pub(crate) mod change;
pub(crate) mod get;

use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(crate) struct OfficeOut {
    /// Our own phones may call the outside, by the first trunk.
    outside_calls: bool,
}
