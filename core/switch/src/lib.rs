//! The only sockets and clock: gives a centre the real world.
//!
//! [`Plugins`] are the policies that groups may have. [`start`] opens the SIP socket, reads plan
//! and journal, and runs the centre on a thread of its own. RTP relays run on the shared runtime,
//! recordings are written by one thread, facts by one task. The web reaches the centre through
//! [`control`] only. A [`RecordedDay`] is a day of the journal that is lived again beside all that.

mod board;
mod clock;
mod indicators;
mod intervals;
mod journal;
mod plan;
mod plugins;
mod policies;
mod pool;
mod recorder;
mod relay;
mod replay;
mod sip_socket;
mod start;
mod tape;
mod tenant;

pub use crate::clock::Clock;
pub use crate::plugins::Plugins;
pub use crate::replay::{DAY_FACTS_MAX, RecordedDay, Scope, policies};
pub use crate::start::{StartError, Switch, SwitchConfig, start};
