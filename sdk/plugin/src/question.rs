//! What a policy may see of the one decision being taken.

use std::cell::OnceCell;

use crate::candidates::{Candidates, Row};
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
    language: OnceCell<Option<String>>,
    attributes: OnceCell<Vec<(String, String)>>,
    familiar_ms_ago: OnceCell<Option<u32>>,
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

impl Question {
    /// A question made up for a test: these candidates, in this order, and nothing or zero for all
    /// the rest.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        Self {
            caller: OnceCell::from(Caller::default()),
            queue: OnceCell::from(Queue::default()),
            now_ms: OnceCell::from(0),
            seed: OnceCell::from(0),
            language: OnceCell::from(None),
            attributes: OnceCell::from(Vec::new()),
            familiar_ms_ago: OnceCell::from(None),
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

    /// The same question about a call in this language, with these attributes: pairs of name and
    /// value.
    #[must_use]
    pub fn with_sent(self, language: Option<&str>, attributes: &[(&str, &str)]) -> Self {
        let owned = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        let attributes: Vec<(String, String)> = attributes.iter().map(owned).collect();
        let language = OnceCell::from(language.map(str::to_owned));
        Self { language, attributes: OnceCell::from(attributes), ..self }
    }

    /// The same question when somebody who is there has served the caller so long ago.
    #[must_use]
    pub fn with_familiar_ms_ago(self, ms: Option<u32>) -> Self {
        Self { familiar_ms_ago: OnceCell::from(ms), ..self }
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

    /// [`Question::seed`] as a number from 0 up to, but never, 1.
    #[must_use]
    pub fn chance(&self) -> f64 {
        // As many bits as such a number can hold.
        (self.seed() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The language of the number that was dialled, as two small letters, for example `et`. `None`:
    /// the number has none. It stays with a call that goes on to another group.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.language.get_or_init(host::language).as_deref()
    }

    /// What the caller's side sent along: pairs of name and value in the order in which they came;
    /// a name may come twice. Of a call from a trunk these are the headers of its INVITE that begin
    /// with `X-`, named in small letters. Empty: nothing was sent, or the server has been restarted
    /// since. At most 20 pairs, names of at most 40 characters, values of at most 200.
    #[must_use]
    pub fn attributes(&self) -> &[(String, String)] {
        self.attributes.get_or_init(host::attributes)
    }

    /// The first attribute of this name. Capital and small letters differ.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes().iter().find(|(its, _)| its == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Milliseconds since an agent who is there last answered this caller; `None` when there is no
    /// such agent. There is whoever serves the group now, is logged on or on a break, and may be
    /// rung for this call; he may be busy. When no candidate has this number in
    /// [`crate::Candidate::served_ms_ago`], he is there but not free.
    #[must_use]
    pub fn familiar_ms_ago(&self) -> Option<u32> {
        *self.familiar_ms_ago.get_or_init(host::familiar_ms_ago)
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
