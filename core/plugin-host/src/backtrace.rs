//! Where in the plugin a run failed, in names that its author knows.

use wasmtime::{Error, WasmBacktrace};

use crate::limits::{FRAME_MAX, FRAMES_MAX};
use crate::run::cut;

/// The functions that were under way when it failed, the innermost first.
pub(crate) fn frames(error: &Error) -> Vec<String> {
    let Some(backtrace) = error.downcast_ref::<WasmBacktrace>() else { return Vec::new() };
    // Only its own text has the names demangled: a headline, then a line for each frame.
    let text = backtrace.to_string();
    text.lines().skip(1).filter_map(function).take(FRAMES_MAX).collect()
}

/// The function of a line such as `    0:     0x4f2 - plugin.wasm!core[1f3a]::panicking::panic`.
fn function(line: &str) -> Option<String> {
    let (_, name) = line.split_once('!')?;
    Some(cut(without_hashes(name), FRAME_MAX))
}

/// Which build of a crate it was says nothing to a reader.
fn without_hashes(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        match after.split_once(']') {
            Some((hash, after)) if is_hash(hash) => rest = after,
            Some(_) | None => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    match plain.rsplit_once("::h") {
        Some((name, hash)) if hash.len() == 16 && is_hash(hash) => name.to_owned(),
        Some(_) | None => plain,
    }
}

fn is_hash(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::{function, without_hashes};

    #[test]
    fn names_are_what_the_author_wrote() {
        let line = "    0:    0x4f2 - plugin.wasm!core[1f3a09bc]::panicking::panic_fmt";
        assert_eq!(function(line).as_deref(), Some("core::panicking::panic_fmt"));
        assert_eq!(
            function("   12: <unknown>!<wasm function 7>"),
            Some("<wasm function 7>".into())
        );
        assert_eq!(without_hashes("fair::decide::h0123456789abcdef"), "fair::decide");
        assert_eq!(without_hashes("<[u8] as fair[0a]::Sum>::sum"), "<[u8] as fair::Sum>::sum");
        assert_eq!(without_hashes("fair::hide"), "fair::hide");
        assert_eq!(without_hashes("odd[name"), "odd[name");
    }
}
