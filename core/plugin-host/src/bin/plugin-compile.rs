//! The child that compiles, as a program of its own: for tests and for hosts other than the server.

use std::process::ExitCode;

fn main() -> ExitCode {
    plugin_host::compile_child(std::env::args_os().skip(1))
}
