//! A limit on everything, with its reason.

use std::time::Duration;

/// Bytes of an uploaded file: a TypeScript plugin is 1.6 MB, a Rust one 50 KB.
pub const FILE_MAX: usize = 4 << 20;
/// Bytes of one function: compilers are slow on huge ones; the largest real one seen had 427 KB.
pub const FUNCTION_BYTES_MAX: usize = 512 << 10;
/// Locals of one function, for the same reason; the largest real one seen had 271.
pub const FUNCTION_LOCALS_MAX: u64 = 1_000;
/// Functions of a file: QuickJS with its libraries has about 3,000.
pub const FUNCTIONS_MAX: u64 = 20_000;
/// Imports or exports of one module: a world has a few dozen.
pub const NAMES_MAX: u64 = 500;
/// Modules and components inside the file: a TypeScript plugin has 12.
pub const PARTS_MAX: usize = 64;

/// Memory of the compiling child: a TypeScript plugin needs about 250 MB.
pub const COMPILE_MEMORY_MAX: u64 = 1 << 30;
/// Processor time of the compiling child in seconds: a TypeScript plugin takes 2; in an unoptimised
/// build of ours 5, and twice that on a core that is shared.
pub const COMPILE_CPU_MAX_S: u64 = if cfg!(debug_assertions) { 20 } else { 10 };
/// Wall time of the compiling child: the processor limit, on a busy machine.
pub const COMPILE_WALL_MAX: Duration = Duration::from_secs(30);
/// Bytes of compiled code: the output is about five times the input.
pub const COMPILED_MAX: u64 = 64 << 20;
/// Bytes kept of what the child says when it fails: a few sentences.
pub const COMPILE_WORDS_MAX: u64 = 4 << 10;
/// Compiled files kept: versions in use, with room to go back.
pub const CACHE_FILES_MAX: usize = 128;

/// Fuel of one run, before candidates: a decision among ten takes 3,000 in Rust, 100,000 in
/// TypeScript, and budgets stay far above the normal because fuel changes with the compiler.
pub const FUEL_BASE: u64 = 20_000_000;
/// Fuel for each candidate: a fair policy must not fail only because the group is large.
pub const FUEL_PER_CANDIDATE: u64 = 50_000;
/// People of one computation of an indicator: more than any company here has.
pub const PEOPLE_MAX: usize = 10_000;
/// The same of an indicator that reads facts in order: all their states are in its memory at once.
pub const FOLD_PEOPLE_MAX: usize = 2_000;
/// Bytes of what such an indicator knows of one person: a histogram of a thousand steps.
pub const STATE_MAX: usize = 4_096;
/// Facts of one stretch that it reads: a month of one person has a few of them.
pub const FACTS_MAX: usize = 1_000;
/// Fuel of all its runs together, some seconds: a thousand times what a company needs. Each run may
/// be fair and their sum not.
pub const FOLD_FUEL_MAX: u64 = 5_000_000_000;
/// Fuel for each person, and for each fact of a stretch; the base is that of a decision.
pub const FUEL_PER_PERSON: u64 = 50_000;
/// Bytes that the host copies out of an indicator for each of them: a figure and its remark.
pub const COPIED_PER_PERSON: usize = 1 << 10;
/// How often the deadline's clock ticks: a busy system must not wake a thread a thousand times a
/// second for it.
pub const TICK: Duration = Duration::from_millis(5);
/// Ticks that a run may see, so at most 10 ms, which no caller hears. The work allowance ends most
/// runs sooner, and always at the same point; this is for work that is slow for its price.
pub const DEADLINE_TICKS: u32 = 2;
/// Ticks that a computation of an indicator may see: nobody is on the line meanwhile, and a result
/// must not depend on how fast the machine is. So the fuel ends it long before, always at the same
/// point.
pub const INDICATOR_DEADLINE_TICKS: u32 = 40;
/// People for whom it may see one tick more: five times what their fuel takes.
pub const PEOPLE_PER_TICK: u32 = 50;
/// Bytes of all memories of one run: a TypeScript plugin touches 0.4 MB.
pub const MEMORY_MAX: usize = 32 << 20;
/// Elements of one table: QuickJS has about 2,000.
pub const TABLE_MAX: usize = 20_000;
/// Bytes of stack: a recursion that needs more has lost its way. Well below a thread's own 2 MiB.
pub const STACK_MAX: usize = 256 << 10;
/// Calls from the plugin to the host in one run: the facts are about a dozen, the log 50.
pub const HOST_CALLS_MAX: u32 = 1_000;
/// Bytes that the host copies out of the plugin for one call: settings, reasons and log lines.
pub const COPIED_MAX: usize = 1 << 20;
/// Lines of log kept of one run.
pub const LOG_LINES_MAX: usize = 50;
/// Characters kept of one line.
pub const LOG_LINE_MAX: usize = 500;
/// Characters kept of the reason that goes to the journal, and of a remark on somebody's figure.
pub const REASON_MAX: usize = 200;
/// Frames kept of where in the plugin a run failed: the innermost ones say it.
pub const FRAMES_MAX: usize = 10;
/// Characters kept of one frame: names of generic functions have no end.
pub const FRAME_MAX: usize = 200;

/// Runs at the same time, over all tenants: a run takes microseconds, and fresh instances do not
/// get faster with more threads.
pub const SLOTS: u32 = 16;
/// Bytes of a slot's memory kept for its next run instead of being given back to the system.
pub const KEEP_RESIDENT: usize = 256 << 10;

/// Failures in a row after which a plugin is suspended for a group.
pub const FAILURES_MAX: u32 = 5;
/// The share of failed decisions, in hundredths, beyond which it is suspended too: a caller in a
/// hundred may be served by the built-in order, not more.
pub const FAILURES_PERCENT_MAX: u64 = 1;
/// Decisions from which on a share says something.
pub const JUDGED_MIN: u64 = 100;
/// Minutes over which the share is taken.
pub const JUDGED_MINUTES: u64 = 5;

/// Questions that may wait for the thread that asks shadows: it is behind only for a moment, and a
/// shadow may miss some.
pub const SHADOWS_WAITING_MAX: usize = 64;
/// Hundredths of a second that shadows may work in each second: whoever decides nothing must not
/// take the processor from sound.
pub const SHADOWS_PERCENT_MAX: u64 = 5;
/// Hours that a trial's figures go back: today and the same hours of yesterday.
pub const TRIAL_HOURS: usize = 24;
/// Differences of a trial kept one by one, the newest: as many as somebody reads.
pub const DIFFERENCES_MAX: usize = 20;
/// Questions kept at which plugins failed, of all groups: a plugin is suspended after five in a
/// row, and nobody looks into more at once. With 500 candidates each they take 1 MB.
pub const FAILED_QUESTIONS_MAX: usize = 20;
/// Bytes of a question as a file: 500 candidates with ten skills each take 250 KB.
pub const CASE_MAX: usize = 4 << 20;
