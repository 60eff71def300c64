//! Machine code from a component, in a process that may die of it.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;

use rlimit::Resource;

use crate::limits::{
    COMPILE_CPU_MAX_S, COMPILE_MEMORY_MAX, COMPILE_WALL_MAX, COMPILE_WORDS_MAX, COMPILED_MAX,
};
use crate::{Refusal, engine};

/// Who compiles.
#[derive(Clone, Debug)]
pub enum Compiler {
    /// A child process: this program with these arguments, followed by the paths of the input and
    /// of the output. It must end up in [`compile_child`].
    Child { program: PathBuf, args: Vec<OsString> },
    /// Ourselves, without limits: for components of our own making, in tests.
    InProcess,
}

impl Compiler {
    /// Compiles a checked component into a file.
    pub(crate) fn compile(&self, component: &Path, output: &Path) -> Result<(), Refusal> {
        match self {
            Compiler::InProcess => compile(component, output).map_err(Refusal::NotCompilable),
            Compiler::Child { program, args } => {
                let mut command = Command::new(program);
                command.args(args).arg(component).arg(output);
                in_child(command)
            }
        }
    }
}

/// The whole life of the child: limits first, then the compiler. Says on the error stream what went
/// wrong. `args` are the paths of the component and of the output.
pub fn compile_child(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut args = args.into_iter().map(PathBuf::from);
    let (Some(component), Some(output), None) = (args.next(), args.next(), args.next()) else {
        eprintln!("two paths are needed: the component and the output");
        return ExitCode::from(2);
    };
    match limit().map_err(|error| error.to_string()).and_then(|()| compile(&component, &output)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}

fn limit() -> io::Result<()> {
    for (resource, most) in [
        (Resource::AS, COMPILE_MEMORY_MAX.saturating_add(mapped())),
        (Resource::CPU, COMPILE_CPU_MAX_S),
        (Resource::FSIZE, COMPILED_MAX),
        (Resource::CORE, 0),
    ] {
        rlimit::setrlimit(resource, most, most)?;
    }
    Ok(())
}

/// Bytes of address space that the program has taken before it does anything: an allocator may
/// reserve much and use little of it.
fn mapped() -> u64 {
    /// Pages of every machine that we run on.
    const PAGE: u64 = 4_096;
    let statm = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split_whitespace().next().and_then(|pages| pages.parse::<u64>().ok());
    pages.unwrap_or_default().saturating_mul(PAGE)
}

fn compile(component: &Path, output: &Path) -> Result<(), String> {
    let component = fs::read(component).map_err(|error| error.to_string())?;
    let code = engine::compiling()
        .and_then(|engine| engine.precompile_component(&component))
        .map_err(|error| format!("{error:#}"))?;
    fs::write(output, code).map_err(|error| error.to_string())
}

fn in_child(mut command: Command) -> Result<(), Refusal> {
    command
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| {
        Refusal::Host(format!("{} does not start: {error}", command.get_program().display()))
    })?;
    let words = listen(&mut child);
    let Ok(words) = words.recv_timeout(COMPILE_WALL_MAX) else {
        // Both fail only when the child is gone already, which is all we want.
        drop(child.kill());
        drop(child.wait());
        return Err(Refusal::TooHardToCompile { words: "it takes too long".to_owned() });
    };
    let status = child.wait().map_err(|error| Refusal::Host(error.to_string()))?;
    verdict(status, words)
}

/// What the child says until it ends. The thread ends with the child.
fn listen(child: &mut Child) -> mpsc::Receiver<String> {
    let (tell, told) = mpsc::channel();
    let stream = child.stderr.take();
    thread::spawn(move || {
        let mut words = Vec::new();
        if let Some(mut stream) = stream {
            // What was read until an error is still worth telling.
            drop(stream.by_ref().take(COMPILE_WORDS_MAX).read_to_end(&mut words));
            drop(io::copy(&mut stream, &mut io::sink()));
        }
        // Nobody listens any more only when the time is up.
        drop(tell.send(String::from_utf8_lossy(&words).trim().to_owned()));
    });
    told
}

fn verdict(status: ExitStatus, words: String) -> Result<(), Refusal> {
    if status.success() {
        return Ok(());
    }
    match status.signal() {
        // Killed by a limit: time (SIGXCPU, SIGKILL), memory (abort, which says so), size of file.
        Some(signal) => {
            let words = if words.is_empty() { format!("ended by signal {signal}") } else { words };
            Err(Refusal::TooHardToCompile { words })
        }
        None => Err(Refusal::NotCompilable(words)),
    }
}

/// The size of a compiled file, if it may be loaded.
pub(crate) fn compiled_size(output: &Path) -> io::Result<u64> {
    let size = File::open(output)?.metadata()?.len();
    if size > COMPILED_MAX {
        Err(io::Error::other("the compiled code is too large"))
    } else {
        Ok(size)
    }
}
