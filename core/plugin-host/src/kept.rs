//! A question of its own: a copy that outlives the moment in which the engine asked.

use acd::{
    Achieved, AgentId, CallId, Candidate, Candidates, Choice, GroupId, Question, Sent, Service,
    Services, Skills, Time,
};

/// A question and everything that it borrowed: whoever keeps it may ask it again.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Kept {
    pub now: Time,
    pub group: GroupId,
    pub call: CallId,
    pub waited_ms: u64,
    pub priority: i32,
    pub offers: u32,
    pub waiting: u32,
    pub longest_wait_ms: u64,
    pub seed: u64,
    pub sent: Sent,
    /// The last agent first.
    pub services: Vec<Service>,
    /// In the built-in order.
    pub candidates: Vec<Candidate>,
    /// What each of them can, in the same order.
    pub skills: Vec<Skills>,
    /// What each of them has achieved on the last closed day, in the same order.
    pub achieved: Vec<Achieved>,
}

/// What one skill or figure takes up beside the letters of its name: its number and its node.
const NAMED_BYTES: usize = 40;

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
            achieved: (0..candidates.len()).map(|position| candidates.achieved(position)).collect(),
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
            candidates: Candidates::known(&self.candidates, &self.skills, &self.achieved),
        }
    }

    /// Who is rung by this choice; `None` when the caller is to wait.
    pub fn rung(&self, choice: Choice) -> Option<AgentId> {
        match choice {
            Choice::Ring(position) => self.candidates.get(position).map(|it| it.agent),
            Choice::Wait(_) => None,
        }
    }

    /// Bytes that it takes up at most: skills are shared with the plan only until it changes.
    pub fn bytes(&self) -> usize {
        let texts = self.sent.attributes().iter().map(|(name, value)| name.len() + value.len());
        let skills = self.skills.iter().flat_map(|skills| skills.iter()).map(|(name, _)| name);
        let achieved = self.achieved.iter().flat_map(|figures| figures.iter());
        let named = skills.chain(achieved.map(|(name, _)| name));
        size_of::<Self>()
            + texts.map(|letters| letters + 2 * size_of::<String>()).sum::<usize>()
            + size_of_val(self.services.as_slice())
            + size_of_val(self.candidates.as_slice())
            + size_of_val(self.skills.as_slice())
            + size_of_val(self.achieved.as_slice())
            + named.map(|name| name.len() + NAMED_BYTES).sum::<usize>()
    }
}
