//! The people of a made-up day: what they will do, and what they do when a phone rings.

use std::collections::BTreeMap;

use acd::{Action, AgentId, CallId, Fact, Output, Time};

use crate::random::Random;

/// Everybody, and the deeds that are to come.
pub(super) struct People {
    random: Random,
    /// By time and, within one moment, in the order of planning.
    deeds: BTreeMap<(Time, u64), String>,
    planned: u64,
    start: Time,
    /// Deeds happen at multiples of this: on some days everything happens at once.
    grain_ms: u64,
    agents: u64,
    groups: u64,
    calls: u64,
}

/// A second in milliseconds.
const S: u64 = 1000;

impl People {
    pub(super) fn new(seed: u64) -> People {
        let mut random = Random::new(seed);
        // Every third day begins shortly before midnight UTC, when the counters of the day turn.
        let start_s = if random.below(3) == 0 { 86_400 - random.below(400) } else { 0 };
        People {
            agents: random.between(1, 8),
            groups: random.between(1, 4),
            calls: random.between(5, 70),
            start: Time(start_s * S),
            grain_ms: if random.chance(50) { 1 } else { 5 * S },
            random,
            deeds: BTreeMap::new(),
            planned: 0,
        }
    }

    /// The head of the timeline; plans the beginning of the day on the way.
    pub(super) fn scene(&mut self) -> Vec<String> {
        let mut lines = vec!["timeline 1".to_owned()];
        lines.extend(self.calendar_lines());
        // Their ways lead to one another.
        for group in 1..=self.groups {
            lines.push(format!("group g{group}"));
        }
        for group in 1..=self.groups {
            lines.push(self.group_line(group));
        }
        for agent in 1..=self.agents {
            let off = if self.random.chance(10) { " phone=off" } else { "" };
            let line = self.agent_line(agent);
            lines.push(format!("{line}{off}"));
            let at = self.random.below(60 * S);
            self.plan(at, format!("a{agent} logs on"));
            if !off.is_empty() {
                let at = self.random.below(300 * S);
                self.plan(at, format!("a{agent}'s phone is back"));
            }
        }
        self.plan_calls();
        self.plan_changes();
        self.plan_junk();
        lines
    }

    pub(super) fn next_at(&self) -> Option<Time> {
        self.deeds.first_key_value().map(|(&(at, _), _)| at)
    }

    pub(super) fn next_deed(&mut self) -> Option<String> {
        self.deeds.pop_first().map(|(_, deed)| deed)
    }

    /// Somebody hears a phone ring, a talk begins, a wrap-up begins.
    pub(super) fn react(&mut self, now: Time, output: &Output) {
        match output {
            Output::Do(Action::Ring { agent, call }) => self.phone_rings(now, *agent, *call),
            Output::Do(Action::Connect { agent, call }) => self.talk_begins(now, *agent, *call),
            Output::Tell(_, Fact::WrapUpStarted { agent, .. }) if self.random.chance(30) => {
                let after = self.random.between(0, 10 * S);
                self.later(now, after, format!("a{} ends wrap-up", agent.0));
            }
            Output::Do(Action::CallBack { call, .. }) => {
                let after = self.random.between(500, 20 * S);
                let how = if self.random.chance(50) { "is reached" } else { "is not reached" };
                self.later(now, after, format!("c{} {how}", call.0));
                self.later(now, after + 60 * S, format!("c{} hangs up", call.0));
            }
            Output::Do(Action::HangUpAgent { agent, call }) if self.random.chance(20) => {
                self.later(now, 10, format!("a{} hangs up c{}", agent.0, call.0));
            }
            Output::Do(_) | Output::Tell(..) => (),
        }
    }

    fn phone_rings(&mut self, now: Time, agent: AgentId, call: CallId) {
        let (a, c) = (agent.0, call.0);
        let heard = self.random.between(50, 3 * S);
        if self.random.chance(80) {
            self.later(now, heard, format!("a{a}'s phone rings c{c}"));
        }
        let after = heard + self.random.between(0, 8 * S);
        match self.random.below(100) {
            0..=57 => self.later(now, after, format!("a{a} answers c{c}")),
            58..=65 => self.later(now, after, format!("a{a} rejects c{c}")),
            66..=71 => self.later(now, heard, format!("a{a} is busy c{c}")),
            72..=76 => self.later(now, heard, format!("a{a} fails c{c}")),
            77..=80 => {
                self.later(now, after, format!("a{a} logs off"));
                self.back_later(now, a, "logs on");
            }
            81..=83 => {
                self.later(now, after, format!("a{a} takes a break for tea by kalle"));
                self.back_later(now, a, "logs on");
            }
            84..=87 => {
                self.later(now, after, format!("a{a}'s phone is lost"));
                self.back_later(now, a, "'s phone is back");
            }
            // Too late, or in the very moment the ring time ends.
            88..=91 => {
                let late = self.random.between(3, 26) * S;
                self.later(now, late, format!("a{a} answers c{c}"));
            }
            _ => (),
        }
    }

    fn talk_begins(&mut self, now: Time, agent: AgentId, call: CallId) {
        let (a, c) = (agent.0, call.0);
        let talk = self.random.between(0, 90 * S);
        let middle = self.random.below(talk + 1);
        match self.random.below(100) {
            0..=7 => {
                self.later(now, middle, format!("a{a} holds c{c}"));
                if self.random.chance(70) {
                    self.later(now, middle + 500, format!("a{a} resumes c{c}"));
                }
            }
            8..=11 => self.later(now, middle, format!("c{c} holds")),
            12..=17 => {
                self.later(now, middle, format!("a{a}'s phone is lost"));
                self.back_later(now, a, "'s phone is back");
            }
            18..=23 => {
                self.later(now, middle, format!("a{a} logs off"));
                self.back_later(now, a, "logs on");
            }
            24..=29 => {
                self.later(now, middle, format!("a{a} takes a break for lunch"));
                self.back_later(now, a, "logs on");
            }
            30..=33 => self.later(now, middle, format!("a{a} answers c{c}")),
            34..=45 => {
                let group = self.random.between(1, self.groups);
                self.later(now, middle, format!("a{a} transfers c{c} to g{group}"));
            }
            _ => (),
        }
        match self.random.below(10) {
            0..=3 => self.later(now, talk, format!("c{c} hangs up")),
            4..=6 => self.later(now, talk, format!("a{a} hangs up c{c}")),
            7 => self.later(now, talk, format!("a{a} is cut off c{c}")),
            8 => self.later(now, talk, format!("c{c} is cut off")),
            _ => {
                self.later(now, talk, format!("a{a} hangs up c{c}"));
                self.later(now, talk, format!("c{c} hangs up"));
            }
        }
    }

    fn back_later(&mut self, now: Time, agent: u64, how: &str) {
        let space = if how.starts_with('\'') { "" } else { " " };
        let after = self.random.between(0, 120 * S);
        self.later(now, after, format!("a{agent}{space}{how}"));
    }

    fn plan_calls(&mut self) {
        let mut at = 0;
        for call in 1..=self.calls {
            // Bursts and lulls.
            at += if self.random.chance(40) {
                self.random.below(S)
            } else {
                self.random.below(40 * S)
            };
            let group = self.random.between(1, self.groups);
            let priority = match self.random.below(10) {
                0 => " with priority 5",
                1 => " with priority -2",
                _ => "",
            };
            let from = match self.random.below(10) {
                0 => " from nowhere".to_owned(),
                1..=3 => format!(" from 55{}", self.random.below(4)),
                _ => String::new(),
            };
            self.plan(at, format!("c{call} arrives at g{group}{priority}{from}"));
            if self.random.chance(25) {
                let (after, key) = (self.random.below(40 * S), self.random.between(1, 3));
                self.plan(at + after, format!("c{call} presses {key}"));
            }
            if self.random.chance(10) {
                let (after, to) = (self.random.below(40 * S), self.random.between(1, self.groups));
                self.plan(at + after, format!("c{call} is moved to g{to} by kalle"));
            }
            if self.random.chance(10) {
                let (after, to) = (self.random.below(40 * S), self.random.below(8));
                self.plan(at + after, format!("c{call} gets priority {to} by kalle"));
            }
            let patience = match self.random.below(10) {
                0 => self.random.below(100),
                1..=3 => self.random.below(30 * S),
                _ => self.random.between(30 * S, 400 * S),
            };
            let end = if self.random.chance(10) { "is cut off" } else { "hangs up" };
            self.plan(at + patience, format!("c{call} {end}"));
        }
    }

    fn plan_changes(&mut self) {
        for _ in 0..self.random.below(7) {
            let at = self.random.below(500 * S);
            let group = self.random.between(1, self.groups);
            let agent = self.random.between(1, self.agents);
            match self.random.below(6) {
                0 | 1 => {
                    let line = self.group_line(group);
                    self.plan(at, line);
                }
                2 | 3 => {
                    let line = self.agent_line(agent);
                    self.plan(at, line);
                }
                4 => {
                    let line = self.group_line(group);
                    let back = at + self.random.below(90 * S);
                    self.plan(at, format!("remove group g{group}"));
                    self.plan(back, line);
                }
                _ => {
                    let line = self.agent_line(agent);
                    let back = at + self.random.below(90 * S);
                    self.plan(at, format!("remove agent a{agent}"));
                    self.plan(back, line);
                    self.plan(back + 10 * S, format!("a{agent} logs on"));
                }
            }
        }
    }

    /// Events that come from nowhere: the phones and the network repeat, delay and invent.
    fn plan_junk(&mut self) {
        for _ in 0..self.random.below(30) {
            let at = self.random.below(600 * S);
            let agent = self.random.between(1, self.agents);
            let call = self.random.between(1, self.calls);
            let deed = match self.random.below(16) {
                12 => format!("a{agent} calls the outside"),
                13 => format!("a{agent} ends own call"),
                14 => format!("c{call} is reached"),
                15 => format!("a{agent} transfers c{call} to g1"),
                0 => format!("a{agent} answers c{call}"),
                1 => format!("a{agent} rejects c{call}"),
                2 => format!("a{agent} hangs up c{call}"),
                3 => format!("a{agent}'s phone rings c{call}"),
                4 => format!("c{call} holds"),
                5 => format!("a{agent} resumes c{call}"),
                6 => format!("a{agent} ends wrap-up"),
                7 => format!("a{agent} logs on by kalle"),
                8 => format!("a{agent} takes a break"),
                9 => format!("a{agent}'s phone is lost"),
                10 => format!("a{agent}'s phone is back"),
                _ => "nothing happens".to_owned(),
            };
            self.plan(at, deed);
        }
    }

    /// Calendars that turn a few times in the course of the day.
    fn calendar_lines(&mut self) -> Vec<String> {
        let start = self.start.0 / 60_000;
        let clock = |minute: u64| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let open = start.min(1430) + self.random.below(3);
        let (first, second) = (clock(open), clock(open + 1 + self.random.below(2)));
        let limit = self.random.between(1, 4);
        let then = ["off", "break", "40s", "nothing"][self.random.below(4) as usize];
        vec![
            format!("calendar short {first}-{second}"),
            format!("calendar late {}-24:00", clock(open + 2)),
            format!("misses no_answer={limit}:{then} rejected=2:20s busy=3:break"),
        ]
    }

    fn group_line(&mut self, group: u64) -> String {
        let ring = 5 * self.random.between(2, 5);
        let wrap = if self.random.chance(40) { 0 } else { self.random.between(1, 30) };
        let max = self.random.between(1, 12);
        let mut line = format!("group g{group} ring={ring}s wrap={wrap}s max={max}");
        if self.random.chance(50) {
            return line;
        }
        for words in ["closing=turn-away", "wait=anew", "tell=place tell=wait first=3s every=15s"] {
            if self.random.chance(40) {
                line.push_str(&format!(" {words}"));
            }
        }
        match self.random.below(8) {
            0 | 1 => line.push_str(" hours=short"),
            2 => line.push_str(" hours=late"),
            3 => line.push_str(" door=closed"),
            4 => line.push_str(" nobody=leave"),
            5 => line.push_str(" nobody=refuse"),
            _ => line.push_str(" sticky=15s caller=551:3"),
        }
        for name in ["full=", "closed=", "deserted=", "step=20s:", "step=45s:", "key=1:", "key=2:"]
        {
            if self.random.chance(50) {
                let way = self.way();
                line.push_str(&format!(" {name}{way}"));
            }
        }
        line
    }

    fn way(&mut self) -> String {
        match self.random.below(10) {
            0..=3 => format!("g{}", self.random.between(1, self.groups)),
            4..=6 => "callback".to_owned(),
            7 => "5551000".to_owned(),
            8 => "goodbye".to_owned(),
            _ => "say-busy".to_owned(),
        }
    }

    fn agent_line(&mut self, agent: u64) -> String {
        let mut line = format!("agent a{agent}");
        for group in 1..=self.groups {
            if self.random.chance(65) {
                let order = self.random.between(1, 3);
                let delay = if self.random.chance(25) { 5 * self.random.between(1, 8) } else { 0 };
                line.push_str(&format!(" g{group}={order}/{delay}s"));
                let until = self.start.0 / S + self.random.below(500);
                match self.random.below(16) {
                    0 => line.push_str(",in=short"),
                    1 => line.push_str(",wrap=3s"),
                    2 => line.push_str(&format!(",until={until}s")),
                    3 => line.push_str(&format!(",until={until}s,wholly")),
                    _ => (),
                }
            }
        }
        line
    }

    /// A deed at so many milliseconds after the beginning of the day.
    fn plan(&mut self, at_ms: u64, deed: String) {
        self.later(self.start, at_ms, deed);
    }

    fn later(&mut self, now: Time, after_ms: u64, deed: String) {
        self.planned += 1;
        let at = (now.0 + after_ms).next_multiple_of(self.grain_ms);
        self.deeds.insert((Time(at), self.planned), deed);
    }
}
