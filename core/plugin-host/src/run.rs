//! One run of a plugin: what it had, what it may use, and how it ended.

use std::time::Instant;

use wasmtime::{Engine, PoolConcurrencyLimitError, ResourceLimiter, Store, Trap, UpdateDeadline};

use crate::backtrace::frames;
use crate::limits::{
    COPIED_MAX, COPIED_PER_PERSON, DEADLINE_TICKS, FUEL_BASE, FUEL_PER_CANDIDATE, FUEL_PER_PERSON,
    HOST_CALLS_MAX, INDICATOR_DEADLINE_TICKS, LOG_LINE_MAX, LOG_LINES_MAX, MEMORY_MAX,
    PEOPLE_PER_TICK, TABLE_MAX,
};

/// A run and its cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Run<T> {
    /// What the plugin answered, or why there is no answer.
    pub outcome: Result<T, Failure>,
    /// Wall time in microseconds.
    pub micros: u32,
    /// Fuel burnt.
    pub fuel: u64,
    /// The plugin's own words: the first [`crate::LOG_LINES_MAX`] lines.
    pub log: Vec<Line>,
    /// Where in the plugin it failed: names of functions, the innermost first, at most
    /// [`crate::FRAMES_MAX`]. Empty when it did not fail, or not within the plugin.
    pub backtrace: Vec<String>,
}

impl<T> Run<T> {
    /// A run that did not even begin.
    pub(crate) fn of_error(error: wasmtime::Error) -> Self {
        Self::of_failure(error.into())
    }

    /// A run that was not even tried.
    pub(crate) fn of_failure(failure: Failure) -> Self {
        Self { outcome: Err(failure), micros: 0, fuel: 0, log: Vec::new(), backtrace: Vec::new() }
    }
}

/// One line of a plugin's log.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Line {
    pub level: Level,
    pub text: String,
}

/// How much a line of the log matters.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Level {
    Debug,
    Info,
    Warn,
}

/// Why a run gave no usable answer.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum Failure {
    #[error("it used up its work allowance")]
    Fuel,
    #[error("it took too long")]
    Time,
    #[error("it wanted more memory than allowed")]
    Memory,
    #[error("it called itself too deeply")]
    Stack,
    #[error("it called the host too often")]
    HostCalls,
    #[error("it handed over too much data")]
    Data,
    #[error("it gave up (panic)")]
    Panic,
    #[error("it broke off: {0}")]
    Trap(String),
    #[error("it answered with an error: {0}")]
    Refused(String),
    #[error("it chose position {position} of {count}")]
    NoSuchCandidate { position: u32, count: u32 },
    /// Somebody gave it a duty that it was not made for.
    #[error("it is made for another decision")]
    OtherWorld,
    #[error("it answered for {outcomes} of {people} people")]
    WrongCount { outcomes: u32, people: u32 },
    /// Not the plugin's fault.
    #[error("too many plugins were at work at once")]
    Busy,
    /// Nor this: more than [`crate::PEOPLE_MAX`].
    #[error("{people} people are too many for one computation")]
    TooManyPeople { people: u32 },
}

/// What the store of one run holds.
pub(crate) struct State<S> {
    /// What the plugin may see.
    pub(crate) scene: S,
    log: Vec<Line>,
    backtrace: Vec<String>,
    host_calls_left: u32,
    /// Bytes of all memories together.
    memory: usize,
}

/// What a run may use up; a fair plugin must not fail only because there is much to look at.
#[derive(Clone, Copy, Debug)]
struct Budget {
    fuel: u64,
    ticks: u32,
    copied: usize,
}

/// A store for a decision with every limit set, and the moment it began.
pub(crate) fn begin<S: Send + 'static>(
    engine: &Engine,
    scene: S,
    candidates: usize,
) -> wasmtime::Result<(Store<State<S>>, Started)> {
    let fuel = FUEL_BASE + FUEL_PER_CANDIDATE * candidates as u64;
    within(engine, scene, Budget { fuel, ticks: DEADLINE_TICKS, copied: COPIED_MAX })
}

/// The same for the computation of an indicator.
pub(crate) fn begin_for_people<S: Send + 'static>(
    engine: &Engine,
    scene: S,
    people: u32,
) -> wasmtime::Result<(Store<State<S>>, Started)> {
    let budget = Budget {
        fuel: FUEL_BASE + FUEL_PER_PERSON * u64::from(people),
        ticks: INDICATOR_DEADLINE_TICKS + people / PEOPLE_PER_TICK,
        copied: COPIED_MAX + COPIED_PER_PERSON * people as usize,
    };
    within(engine, scene, budget)
}

fn within<S: Send + 'static>(
    engine: &Engine,
    scene: S,
    Budget { fuel, ticks, copied }: Budget,
) -> wasmtime::Result<(Store<State<S>>, Started)> {
    let started = Instant::now();
    let state = State {
        scene,
        log: Vec::new(),
        backtrace: Vec::new(),
        host_calls_left: HOST_CALLS_MAX,
        memory: 0,
    };
    let mut store = Store::new(engine, state);
    store.set_fuel(fuel)?;
    // Counts the ticks that the plugin itself has seen. However long the machine was busy with
    // something else meanwhile, to the plugin it was one tick: it must not fail because of others.
    let mut ticks_left = ticks;
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |_| {
        ticks_left -= 1;
        Ok(if ticks_left == 0 { UpdateDeadline::Interrupt } else { UpdateDeadline::Continue(1) })
    });
    store.set_hostcall_fuel(copied);
    store.limiter(|state| state);
    Ok((store, Started { started, fuel }))
}

/// When a run began and with how much.
pub(crate) struct Started {
    started: Instant,
    fuel: u64,
}

impl Started {
    /// Closes the account of a run.
    pub(crate) fn end<S: 'static, T>(
        self,
        mut store: Store<State<S>>,
        outcome: Result<T, Failure>,
    ) -> Run<T> {
        let fuel = self.fuel.saturating_sub(store.get_fuel().unwrap_or(0));
        let State { log, backtrace, .. } = store.data_mut();
        let (log, backtrace) = (std::mem::take(log), std::mem::take(backtrace));
        drop(store);
        let micros = u32::try_from(self.started.elapsed().as_micros()).unwrap_or(u32::MAX);
        Run { outcome, micros, fuel, log, backtrace }
    }
}

/// A limit that we watch ourselves was passed.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
enum Passed {
    #[error("memory")]
    Memory,
    #[error("calls to the host")]
    HostCalls,
}

impl<S> State<S> {
    /// Counts a call from the plugin; every function that it may call begins here.
    pub(crate) fn called(&mut self) -> wasmtime::Result<&mut S> {
        let Some(left) = self.host_calls_left.checked_sub(1) else {
            return Err(Passed::HostCalls.into());
        };
        self.host_calls_left = left;
        Ok(&mut self.scene)
    }

    /// Says why a run was stopped, and keeps where.
    pub(crate) fn stopped(&mut self, error: wasmtime::Error) -> Failure {
        self.backtrace = frames(&error);
        error.into()
    }

    /// Keeps a line of the plugin's log, if there is room.
    pub(crate) fn note(&mut self, level: Level, text: String) {
        if self.log.len() < LOG_LINES_MAX {
            self.log.push(Line { level, text: cut(text, LOG_LINE_MAX) });
        }
    }
}

impl<S: Send> ResourceLimiter for State<S> {
    /// An answer of `false` would let a guest try again and again; stopping it names the cause.
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        let memory = self.memory.saturating_add(desired.saturating_sub(current));
        if memory > MEMORY_MAX {
            return Err(Passed::Memory.into());
        }
        self.memory = memory;
        Ok(true)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if desired > TABLE_MAX { Err(Passed::Memory.into()) } else { Ok(true) }
    }
}

impl From<wasmtime::Error> for Failure {
    fn from(error: wasmtime::Error) -> Self {
        if let Some(passed) = error.downcast_ref::<Passed>() {
            return match passed {
                Passed::Memory => Failure::Memory,
                Passed::HostCalls => Failure::HostCalls,
            };
        }
        if error.is::<PoolConcurrencyLimitError>() {
            return Failure::Busy;
        }
        let Some(trap) = error.downcast_ref::<Trap>() else {
            let words = error.root_cause().to_string();
            // Wasmtime has no type for this one.
            let too_much = words.starts_with("too much data is being copied");
            return if too_much { Failure::Data } else { Failure::Trap(cut(words, 200)) };
        };
        if *trap == Trap::OutOfFuel {
            Failure::Fuel
        } else if *trap == Trap::Interrupt {
            Failure::Time
        } else if *trap == Trap::StackOverflow {
            Failure::Stack
        } else if *trap == Trap::UnreachableCodeReached {
            Failure::Panic
        } else {
            Failure::Trap(trap.to_string())
        }
    }
}

/// The first so many characters.
pub(crate) fn cut(mut text: String, characters: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(characters) {
        text.truncate(end);
    }
    text
}
