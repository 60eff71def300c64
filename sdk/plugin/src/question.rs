//! What a policy may see of the one decision being taken.

use std::cell::OnceCell;

use crate::{Settings, host};

/// The one decision being taken: a waiting call, its group, and the agents who are free.
///
/// Every fact comes from the host and is fetched when it is first asked for.
#[derive(Debug, Default)]
pub struct Question {
    caller: OnceCell<Caller>,
    queue: OnceCell<Queue>,
    now_ms: OnceCell<u64>,
    seed: OnceCell<u64>,
    candidates: Candidates,
    settings: Settings,
}

/// The call that looks for an agent.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Caller {
    /// How long the caller has waited in this group, in milliseconds.
    pub waited_ms: u32,
    /// Higher goes first; 0 unless the plan says otherwise.
    pub priority: i32,
    /// Offers of this call that ended without an answer.
    pub offers: u32,
}

/// The group the call waits in.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Queue {
    /// Calls waiting in the group, this one included.
    pub waiting: u32,
    /// The longest wait among them, in milliseconds.
    pub longest_wait_ms: u32,
}

/// One free agent, written down: what a test makes a [`Question`] of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// See [`Candidate::order`].
    pub order: u32,
    /// See [`Candidate::idle_ms`].
    pub idle_ms: u32,
    /// See [`Candidate::handled_today`].
    pub handled_today: u32,
    /// See [`Candidate::missed_today`].
    pub missed_today: u32,
    /// See [`Candidate::occupancy`].
    pub occupancy: f32,
}

impl Question {
    /// A question made up for a test: these candidates, in this order, and zero for all the rest.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        Self {
            caller: OnceCell::from(Caller::default()),
            queue: OnceCell::from(Queue::default()),
            now_ms: OnceCell::from(0),
            seed: OnceCell::from(0),
            candidates: Candidates::of(rows),
            settings: Settings::default(),
        }
    }

    /// The same question about another caller.
    #[must_use]
    pub fn with_caller(self, caller: Caller) -> Self {
        Self { caller: OnceCell::from(caller), ..self }
    }

    /// The same question in another queue.
    #[must_use]
    pub fn with_queue(self, queue: Queue) -> Self {
        Self { queue: OnceCell::from(queue), ..self }
    }

    /// The same question at another moment, with another chance.
    #[must_use]
    pub fn with_now_and_seed(self, now_ms: u64, seed: u64) -> Self {
        Self { now_ms: OnceCell::from(now_ms), seed: OnceCell::from(seed), ..self }
    }

    /// The same question under other settings.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Self {
        Self { settings, ..self }
    }

    /// The call that looks for an agent.
    #[must_use]
    pub fn caller(&self) -> Caller {
        *self.caller.get_or_init(host::caller)
    }

    /// The group the call waits in.
    #[must_use]
    pub fn queue(&self) -> Queue {
        *self.queue.get_or_init(host::queue)
    }

    /// The time of the decision: milliseconds since 1970 (UTC). It stands still.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        *self.now_ms.get_or_init(host::now_ms)
    }

    /// The only source of chance: differs from decision to decision, and is the same on replay.
    #[must_use]
    pub fn seed(&self) -> u64 {
        *self.seed.get_or_init(host::seed)
    }

    /// The free agents who may take the call.
    #[must_use]
    pub fn candidates(&self) -> &Candidates {
        &self.candidates
    }

    /// What the administrator chose.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// The free agents who may take the call, in the built-in order: the first is the one whom the
/// engine itself would choose. Never empty when the engine asks.
#[derive(Debug, Default)]
pub struct Candidates {
    count: OnceCell<u32>,
    order: OnceCell<Vec<u32>>,
    idle_ms: OnceCell<Vec<u32>>,
    handled_today: OnceCell<Vec<u32>>,
    missed_today: OnceCell<Vec<u32>>,
    occupancy: OnceCell<Vec<f32>>,
}

impl Candidates {
    fn of(rows: &[Row]) -> Self {
        let column =
            |fact: fn(&Row) -> u32| OnceCell::from(rows.iter().map(fact).collect::<Vec<_>>());
        Self {
            count: OnceCell::from(u32::try_from(rows.len()).unwrap_or(u32::MAX)),
            order: column(|row| row.order),
            idle_ms: column(|row| row.idle_ms),
            handled_today: column(|row| row.handled_today),
            missed_today: column(|row| row.missed_today),
            occupancy: OnceCell::from(rows.iter().map(|row| row.occupancy).collect::<Vec<_>>()),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        *self.count.get_or_init(host::count)
    }

    /// The candidate at a position, if there is one.
    #[must_use]
    pub fn get(&self, position: u32) -> Option<Candidate<'_>> {
        (position < self.count()).then_some(Candidate { all: self, position })
    }

    /// All of them, in the built-in order.
    pub fn iter(&self) -> impl Iterator<Item = Candidate<'_>> {
        (0..self.count()).map(|position| Candidate { all: self, position })
    }
}

/// One free agent.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    all: &'a Candidates,
    position: u32,
}

impl Candidate<'_> {
    /// The place among the candidates, from 0: what [`crate::Decision::Ring`] takes.
    #[must_use]
    pub fn position(self) -> u32 {
        self.position
    }

    /// The order of this group for the agent: 1 is the agent's main group. From the plan.
    #[must_use]
    pub fn order(self) -> u32 {
        self.of(self.all.order.get_or_init(host::order))
    }

    /// Milliseconds since the agent's last call, offer or log-on.
    #[must_use]
    pub fn idle_ms(self) -> u32 {
        self.of(self.all.idle_ms.get_or_init(host::idle_ms))
    }

    /// Calls the agent has talked today.
    #[must_use]
    pub fn handled_today(self) -> u32 {
        self.of(self.all.handled_today.get_or_init(host::handled_today))
    }

    /// Offers to the agent today that ended without an answer.
    #[must_use]
    pub fn missed_today(self) -> u32 {
        self.of(self.all.missed_today.get_or_init(host::missed_today))
    }

    /// Talk, ring and wrap-up as a share of the time logged on today, 0 to 1.
    #[must_use]
    pub fn occupancy(self) -> f32 {
        self.of(self.all.occupancy.get_or_init(host::occupancy))
    }

    /// The agent's cell of a column. Every column is as long as there are candidates.
    fn of<T: Copy>(self, column: &[T]) -> T {
        column[self.position as usize]
    }
}
