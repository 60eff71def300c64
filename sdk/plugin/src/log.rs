//! Words for whoever looks at a decision later: at most 50 lines of 500 characters are kept.
//!
//! Outside the host, in your own tests, they go nowhere.

use crate::host::{self, Level};

/// Of interest to the author of the plugin.
pub fn debug(text: &str) {
    host::write(Level::Debug, text);
}

/// Of interest to whoever asks why a call went where it went.
pub fn info(text: &str) {
    host::write(Level::Info, text);
}

/// Something the administrator should put right, for example a setting that makes no sense.
pub fn warn(text: &str) {
    host::write(Level::Warn, text);
}
