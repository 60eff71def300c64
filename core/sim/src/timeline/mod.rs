//! The timeline language: what happens, when, in words that a supervisor can read.
//!
//! ```text
//! timeline 1
//! group sales ring=20s wrap=10s max=100
//! group support
//! agent mari sales=1 support=2/30s    # order 2, and only for callers who waited 30 s
//! agent jaan support=1 phone=off
//! tell activity decisions
//! 0s    mari logs on
//! 1s    c1 arrives at sales with priority 5
//! 2s    mari's phone rings
//! 5.5s  mari answers
//! 1m    c1 hangs up
//! 2m    nothing happens
//! ```
//!
//! The first line names the version. Then come groups and agents (the phones are registered unless
//! `phone=off`), then lines that begin with a time, in order. Agents and groups have names; calls
//! are `c1`, `c2` … What can happen:
//!
//! * A call `arrives at <group> [with priority <n>] [with <name>=<value>] [speaking <language>]
//!   [from <number>]` (`from nowhere` hides it),
//!   `presses <key>` (`h` is the hash), `hangs up`, `is cut off [by us]`, `holds`, `resumes`; a
//!   callback `is reached`, `is not reached`, `cannot be called back`; a supervisor's call
//!   `is moved to <group>`, `gets priority <n>`, `is not called back`, each `[by <who>]`.
//! * An agent `logs on`, `logs off`, `takes a break [for <reason>]`, each `[by <who>]`; he
//!   `ends wrap-up`.
//! * An agent `answers`, `rejects`, `is busy`, `fails`, `hangs up`, `is cut off`, `holds`,
//!   `resumes`, each `[<call>]`: the named one or the last that his phone was rung for.
//! * `<agent>'s phone rings [<call>]`, `is lost`, `is back`.
//! * An agent `transfers [<call>] to <group> [by <who>]`, `calls the outside`, `calls a colleague`,
//!   `ends own call`, `has served <number>`, `achieved <indicator>=<figure> …`.
//! * The plan changes: `group …`, `agent …`, `calendar …` and `misses …` as above,
//!   `remove group <group>`, `remove agent <agent>`, `remove calendar <calendar>`.
//! * `the centre drains`, `the centre restarts`: calls are lost, callbacks are not.
//! * `nothing happens`.
//!
//! What more the plan can say:
//!
//! * `calendar <name> 08:00-12:00 13:00-17:00`: every day, UTC; a story begins at midnight of the
//!   first of January 1970, a Thursday. `in=<time zone>` sets other clocks, `sat=10:00-12:00`
//!   another day of the week, `1970-01-02=shut` a holiday.
//! * A group: `hours=<calendar>`, `door=open|closed`, `closing=serve|turn-away`,
//!   `nobody=join|refuse|leave`, the ways `closed=`, `deserted=`, `full=`, `step=<span>:<way>`,
//!   `key=<key>:<way>`; `sticky=<span>`, `caller=<number>:<priority>`, `wait=anew`;
//!   `greet=<words>`, `tell=place`, `tell=wait`, `first=<span>`, `every=<span>`. A way is a group,
//!   a number, `callback`, `goodbye` or `say-<words>`; words are `welcome`, `closed`, `nobody`,
//!   `busy`.
//! * A membership: `sales=2/30s,in=<calendar>,wrap=5s,until=<time>,wholly`; one with `until` is a
//!   loan. `skill=billing:7` beside memberships is what the agent can, from 1 to 10.
//! * `misses no_answer=2:off rejected=3:break busy=1:5m unreachable=2:nothing`: a span is a rest.
//!
//! The answer is what the engine orders (imperative: `ring mari for c1`) and tells (present tense:
//! `c1 leaves sales: answered after 4.5s`). Changes of activity and reasons of decisions are left
//! out unless `tell` asks for them. After the last line time runs on for 30 s.

mod calendar;
mod plan;
mod play;
mod read;
mod span;
mod words;

use std::collections::BTreeMap;
use std::fmt;

use acd::{AgentId, CalendarId, Fact, GroupId, Output, Plan, Policy, Time};

use crate::timeline::play::RUN_ON;
pub use crate::timeline::play::{MOMENTS_MAX, Moment, Player};
pub use crate::timeline::read::{LINES_MAX, Reader, Step};
pub use crate::timeline::span::{span as read_span, span_words};

/// Plays a script against a new engine and returns what the engine ordered and told.
pub fn play(script: &str, policy: &mut dyn Policy) -> Result<String, Mistake> {
    Timeline::parse(script)?.play(policy)
}

/// What is wrong with a script, and where.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mistake {
    /// Counted from 1.
    pub line: usize,
    /// The word at fault; empty when something is missing at the end of the line.
    pub word: String,
    pub problem: &'static str,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.word.as_str() {
            "" => write!(f, "line {}: {}", self.line, self.problem),
            word => write!(f, "line {}: `{word}`: {}", self.line, self.problem),
        }
    }
}

impl std::error::Error for Mistake {}

/// A script that can be read.
#[derive(Clone, Debug)]
pub struct Timeline {
    scene: Scene,
    steps: Vec<Step>,
}

/// Everything above the first line that has a time.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    pub names: Names,
    pub plan: Plan,
    /// Calendars by name.
    pub(crate) calendars: BTreeMap<String, CalendarId>,
    /// Agents whose phones are not registered at the beginning.
    pub phones_off: Vec<AgentId>,
    pub tell_activity: bool,
    pub tell_decisions: bool,
}

/// Names of groups and agents, which the engine knows by numbers only.
#[derive(Clone, Debug, Default)]
pub struct Names {
    groups: BTreeMap<String, GroupId>,
    agents: BTreeMap<String, AgentId>,
    group_names: BTreeMap<GroupId, String>,
    agent_names: BTreeMap<AgentId, String>,
}

impl Timeline {
    /// Reads a whole script. Never panics: scripts come from users too.
    pub fn parse(script: &str) -> Result<Timeline, Mistake> {
        let mut reader = Reader::default();
        let mut steps = Vec::new();
        for line in script.lines() {
            steps.extend(reader.line(line)?);
        }
        reader.finish()?;
        Ok(Timeline { scene: reader.opening(), steps })
    }

    /// Everything above the first line that has a time, with the names of whoever comes later.
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// How far [`Timeline::run`] plays: the last line, and the time that runs on after it.
    pub fn ends_at(&self) -> Time {
        self.ends() + RUN_ON
    }

    /// The time of the last line.
    pub fn ends(&self) -> Time {
        self.steps.last().map_or(Time(0), |step| step.at)
    }

    /// Plays the script and returns what the engine ordered and told, one line each.
    pub fn play(&self, policy: &mut dyn Policy) -> Result<String, Mistake> {
        let mut log = String::new();
        self.run(policy, &mut |moment| log.push_str(&self.scene.words_of(moment)))?;
        Ok(log)
    }

    /// Plays the script and returns what became true: the journal of the story.
    pub fn facts(&self, policy: &mut dyn Policy) -> Result<Vec<(Time, Fact)>, Mistake> {
        let mut facts = Vec::new();
        self.run(policy, &mut |moment| {
            facts.extend(moment.out.iter().filter_map(|output| match output {
                Output::Tell(at, fact) => Some((*at, fact.clone())),
                Output::Do(_) => None,
            }));
        })?;
        Ok(facts)
    }

    /// Plays the script and shows every moment of it.
    pub fn run(
        &self,
        policy: &mut dyn Policy,
        see: &mut dyn FnMut(&Moment<'_>),
    ) -> Result<(), Mistake> {
        let mut player = Player::new(&self.scene, policy, see);
        for step in &self.steps {
            player.step(step, policy, see)?;
        }
        player.run_on(policy, see);
        Ok(())
    }
}

impl Names {
    pub fn group(&self, id: GroupId) -> String {
        self.group_names.get(&id).cloned().unwrap_or_else(|| format!("group {}", id.0))
    }

    pub fn agent(&self, id: AgentId) -> String {
        self.agent_names.get(&id).cloned().unwrap_or_else(|| format!("agent {}", id.0))
    }

    /// Every group that the story names, in the order in which it does.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> {
        self.group_names.keys().copied()
    }

    /// Everybody whom the story names, in the order in which it does.
    pub fn agents(&self) -> impl Iterator<Item = AgentId> {
        self.agent_names.keys().copied()
    }

    pub(crate) fn group_id(&self, name: &str) -> Option<GroupId> {
        self.groups.get(name).copied()
    }

    pub(crate) fn agent_id(&self, name: &str) -> Option<AgentId> {
        self.agents.get(name).copied()
    }

    /// The id of a name; a new name gets the next id.
    fn add_group(&mut self, name: &str) -> GroupId {
        let next = GroupId(self.groups.len() as u64 + 1);
        let id = *self.groups.entry(name.to_owned()).or_insert(next);
        self.group_names.insert(id, name.to_owned());
        id
    }

    fn add_agent(&mut self, name: &str) -> AgentId {
        let next = AgentId(self.agents.len() as u64 + 1);
        let id = *self.agents.entry(name.to_owned()).or_insert(next);
        self.agent_names.insert(id, name.to_owned());
        id
    }
}
