//! The last decisions of each group, kept so that a policy can be tried on them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use acd::{AgentId, BuiltIn, GroupId, Policy, Question, Reply, Verdict};
use control::{DIFFERING_MAX, DecisionsAsked, DecisionsTried, Differing, Refused};
use plugin_host::{Kept, RoutingPolicy};
use store::{RoutingPolicy as Word, Settings};

use crate::plan::PlanSource;
use crate::plugins::{Chosen, setting};

/// Decisions of one group: a busy hour, or a quiet week.
const DECISIONS_MAX: usize = 200;

/// Bytes kept of one group.
const BYTES_MAX: usize = 1 << 20;

/// Bytes kept of all groups together; when they are many, each has an equal part.
const TOTAL_MAX: usize = 32 << 20;

/// A decision that was taken.
#[derive(Debug)]
pub(crate) struct Taken {
    kept: Kept,
    rung: Option<AgentId>,
    /// How the journal names who took it.
    policy: String,
}

/// The last decisions of each group, in memory: a restart begins anew.
#[derive(Debug, Default)]
pub(crate) struct Tapes {
    groups: BTreeMap<GroupId, Tape>,
}

#[derive(Debug, Default)]
struct Tape {
    /// Oldest first. Shared, so that trying a policy copies none of them.
    decisions: VecDeque<Arc<Taken>>,
    bytes: usize,
}

impl Tapes {
    /// Keeps a decision. A few microseconds: it is on every caller's way.
    pub(crate) fn note(&mut self, question: &Question<'_>, reply: &Reply) {
        let kept = Kept::of(question);
        let rung = kept.rung(reply.choice);
        let taken = Taken { kept, rung, policy: reply.verdict.policy.clone() };
        let is_new = !self.groups.contains_key(&question.group);
        let groups = self.groups.len() + usize::from(is_new);
        let bytes_max = BYTES_MAX.min(TOTAL_MAX / groups);
        if is_new {
            // Everybody's part becomes smaller.
            self.groups.values_mut().for_each(|tape| tape.shrink(bytes_max));
        }
        self.groups.entry(question.group).or_default().push(taken, bytes_max);
    }

    /// Forgets groups that are not there any more.
    pub(crate) fn keep(&mut self, is_there: impl Fn(GroupId) -> bool) {
        self.groups.retain(|group, _| is_there(*group));
    }

    /// What is kept of a group, oldest first.
    pub(crate) fn of(&self, group: GroupId) -> Vec<Arc<Taken>> {
        let tape = self.groups.get(&group);
        tape.map(|tape| tape.decisions.iter().cloned().collect()).unwrap_or_default()
    }
}

impl Tape {
    fn push(&mut self, taken: Taken, bytes_max: usize) {
        self.bytes += taken.kept.bytes();
        self.decisions.push_back(Arc::new(taken));
        self.shrink(bytes_max);
    }

    fn shrink(&mut self, bytes_max: usize) {
        while self.decisions.len() > DECISIONS_MAX || self.bytes > bytes_max {
            let Some(oldest) = self.decisions.pop_front() else { return };
            self.bytes -= oldest.kept.bytes();
        }
    }
}

/// Asks a policy every decision again, beside the centre's thread.
pub(crate) async fn tried(
    plans: PlanSource,
    asked: DecisionsAsked,
    taken: Vec<Arc<Taken>>,
) -> Result<DecisionsTried, Refused> {
    let not_run =
        |label: &str, why: &str| Refused::NotRun { label: label.to_owned(), why: why.to_owned() };
    let word = Word::of_word(&asked.policy);
    let word = word.ok_or_else(|| not_run(&asked.policy, "there is no such policy"))?;
    let settings = asked.settings.into_iter().map(|(id, value)| (id, setting(value)));
    let settings: Settings = settings.collect();
    let plugin = match plans.plugins.of(&plans.tenant, &word, &settings).await {
        Chosen::BuiltIn => None,
        Chosen::Plugin(plugin) => Some(plugin),
        Chosen::Missing { label, why } => return Err(Refused::NotRun { label, why }),
    };
    let group = asked.group;
    let compared = tokio::task::spawn_blocking(move || match plugin {
        None => compared(&taken, &mut BuiltIn),
        Some(plugin) => {
            let mut policy = RoutingPolicy::new();
            policy.set(group, Some(plugin));
            compared(&taken, &mut policy)
        }
    });
    compared.await.map_err(|error| not_run(&asked.policy, &error.to_string()))
}

fn compared(taken: &[Arc<Taken>], policy: &mut dyn Policy) -> DecisionsTried {
    let mut tried = DecisionsTried {
        asked: taken.len() as u64,
        since: taken.first().map(|first| first.kept.question().now),
        ..DecisionsTried::default()
    };
    for Taken { kept, rung, policy: then } in taken.iter().rev().map(|taken| &**taken) {
        let question = kept.question();
        let Reply { choice, verdict: Verdict { fallback, reason, .. } } = policy.choose(&question);
        if fallback.is_some() {
            tried.failed += 1;
            tried.failure = tried.failure.or(fallback);
            continue;
        }
        let instead = kept.rung(choice);
        if instead == *rung {
            tried.same += 1;
            continue;
        }
        tried.different += 1;
        if tried.differing.len() < DIFFERING_MAX {
            tried.differing.push(Differing {
                at: question.now,
                call: question.call,
                policy: then.clone(),
                decided: *rung,
                instead,
                reason,
                waited_ms: question.waited_ms,
                candidates: question.candidates.to_vec(),
            });
        }
    }
    tried
}

#[cfg(test)]
mod tests {
    use acd::{CallId, Candidate, Candidates, Choice, Sent, Services, Skills, Time};

    use super::*;

    const GROUP: GroupId = GroupId(1);

    fn agents(count: u64) -> Vec<Candidate> {
        let agent = |id| Candidate {
            agent: AgentId(id),
            order: 1,
            delay_ms: 0,
            idle_ms: id * 1_000,
            handled_today: 0,
            missed_today: 0,
            talk_ms_today: 0,
            occupancy_permille: 0,
        };
        (1..=count).map(agent).collect()
    }

    /// Notes a decision of `policy` among so many agents.
    fn decide(tapes: &mut Tapes, call: u64, agents: &[Candidate], policy: &mut dyn Policy) {
        decide_in(GROUP, tapes, call, agents, policy);
    }

    fn decide_in(
        group: GroupId,
        tapes: &mut Tapes,
        call: u64,
        agents: &[Candidate],
        policy: &mut dyn Policy,
    ) {
        let english = Skills::new([("english".to_owned(), 7)].into()).expect("skills");
        let skills = vec![english; agents.len()];
        let question = Question {
            now: Time(call),
            group,
            call: CallId(call),
            waited_ms: 500,
            priority: 0,
            offers: 0,
            waiting: 1,
            longest_wait_ms: 500,
            seed: call,
            sent: Sent::NOTHING,
            services: Services::listed(&[]),
            candidates: Candidates::skilled(agents, &skills),
        };
        let reply = policy.choose(&question);
        tapes.note(&question, &reply);
    }

    /// Rings the last candidate, and of seven nobody.
    struct Last;

    impl Policy for Last {
        fn choose(&mut self, question: &Question<'_>) -> Reply {
            let count = question.candidates.len();
            let choice = if count == 7 { Choice::Wait(1_000) } else { Choice::Ring(count - 1) };
            let reason = Some("the last".to_owned());
            Reply { choice, verdict: Verdict { reason, ..Verdict::default() } }
        }
    }

    #[test]
    fn a_policy_is_asked_the_same_questions_again() {
        let mut tapes = Tapes::default();
        for (call, count) in [(1, 1), (2, 3), (3, 7)] {
            decide(&mut tapes, call, &agents(count), &mut BuiltIn);
        }
        let same = compared(&tapes.of(GROUP), &mut BuiltIn);
        assert_eq!((same.asked, same.same, same.differing.len()), (3, 3, 0));
        let tried = compared(&tapes.of(GROUP), &mut Last);
        assert_eq!((tried.same, tried.different, tried.failed), (1, 2, 0));
        assert_eq!(tried.since, Some(Time(1)));
        let [waits, last] = &tried.differing[..] else { panic!("{:?}", tried.differing) };
        assert_eq!((waits.call, waits.instead), (CallId(3), None), "newest first");
        assert_eq!((last.decided, last.instead), (Some(AgentId(1)), Some(AgentId(3))));
        assert_eq!((last.candidates.len(), last.reason.as_deref()), (3, Some("the last")));
        assert_eq!(last.policy, "built-in");
    }

    #[test]
    fn an_answer_that_cannot_be_used_is_a_failure() {
        struct Fails;
        impl Policy for Fails {
            fn choose(&mut self, _: &Question<'_>) -> Reply {
                let fallback = Some("it gave up".to_owned());
                let verdict = Verdict { fallback, ..Verdict::default() };
                Reply { choice: Choice::Ring(0), verdict }
            }
        }
        let mut tapes = Tapes::default();
        decide(&mut tapes, 1, &agents(2), &mut BuiltIn);
        let tried = compared(&tapes.of(GROUP), &mut Fails);
        assert_eq!((tried.same, tried.different, tried.failed), (0, 0, 1));
        assert_eq!(tried.failure.as_deref(), Some("it gave up"));
    }

    #[test]
    fn the_newest_are_kept_and_no_more_than_there_is_room_for() {
        let mut tapes = Tapes::default();
        for call in 1..=250 {
            decide(&mut tapes, call, &agents(2), &mut BuiltIn);
        }
        let kept = tapes.of(GROUP);
        assert_eq!((kept.len(), kept[0].kept.question().call), (DECISIONS_MAX, CallId(51)));
        for call in 1..=100 {
            decide(&mut tapes, call, &agents(500), &mut BuiltIn);
        }
        let each = tapes.of(GROUP)[0].kept.bytes();
        assert_eq!(tapes.of(GROUP).len(), BYTES_MAX / each);
        tapes.keep(|group| group != GROUP);
        assert!(tapes.of(GROUP).is_empty());
    }

    #[test]
    fn many_groups_have_equal_parts_of_the_room_for_all() {
        let mut tapes = Tapes::default();
        for group in 1..=100 {
            for call in 1..=30 {
                decide_in(GroupId(group), &mut tapes, call, &agents(500), &mut BuiltIn);
            }
        }
        let bytes = tapes.groups.values().map(|tape| tape.bytes);
        assert!(bytes.clone().sum::<usize>() <= TOTAL_MAX, "{}", bytes.sum::<usize>());
        let parts: Vec<usize> = tapes.groups.values().map(|tape| tape.decisions.len()).collect();
        assert!(parts[0] > 1 && parts.iter().all(|part| *part == parts[0]), "{parts:?}");
    }
}
