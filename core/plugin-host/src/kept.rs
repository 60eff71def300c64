//! A question of its own: a copy that outlives the moment in which the engine asked.

use acd::{
    AgentId, CallId, Candidate, Candidates, Choice, GroupId, Question, Sent, Service, Services,
    Skills, Time,
};

/// A question and everything that it borrowed: whoever keeps it may ask it again.
#[derive(Debug)]
pub struct Kept {
    pub(crate) now: Time,
    pub(crate) group: GroupId,
    pub(crate) call: CallId,
    waited_ms: u64,
    priority: i32,
    offers: u32,
    waiting: u32,
    longest_wait_ms: u64,
    seed: u64,
    sent: Sent,
    services: Vec<Service>,
    candidates: Vec<Candidate>,
    skills: Vec<Skills>,
}

impl Kept {
    /// A copy: microseconds, and some hundred bytes for each candidate.
    pub fn of(question: &Question<'_>) -> Self {
        let candidates = question.candidates;
        Self {
            now: question.now,
            group: question.group,
            call: question.call,
            waited_ms: question.waited_ms,
            priority: question.priority,
            offers: question.offers,
            waiting: question.waiting,
            longest_wait_ms: question.longest_wait_ms,
            seed: question.seed,
            sent: question.sent.clone(),
            services: question.services.to_vec(),
            candidates: candidates.to_vec(),
            skills: (0..candidates.len()).map(|position| candidates.skills(position)).collect(),
        }
    }

    /// The same question once more.
    pub fn question(&self) -> Question<'_> {
        Question {
            now: self.now,
            group: self.group,
            call: self.call,
            waited_ms: self.waited_ms,
            priority: self.priority,
            offers: self.offers,
            waiting: self.waiting,
            longest_wait_ms: self.longest_wait_ms,
            seed: self.seed,
            sent: &self.sent,
            services: Services::listed(&self.services),
            candidates: Candidates::skilled(&self.candidates, &self.skills),
        }
    }

    /// How many candidates there were.
    pub fn size(&self) -> usize {
        self.candidates.len()
    }

    /// Who is rung by this choice; `None` when the caller is to wait.
    pub fn rung(&self, choice: Choice) -> Option<AgentId> {
        match choice {
            Choice::Ring(position) => self.candidates.get(position).map(|it| it.agent),
            Choice::Wait(_) => None,
        }
    }
}
