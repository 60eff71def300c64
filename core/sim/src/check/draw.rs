//! Draws a day and its plans: every rule that the engine obeys is drawn, and little else is kept
//! from happening.

use std::collections::BTreeMap;

use acd::{Action, Fact, Output, Time};

use crate::random::Random;

/// A second in milliseconds.
const S: u64 = 1000;

/// Everybody who is in the day, and what they are still going to do.
pub(super) struct Draw {
    random: Random,
    /// By moment, then in the order of drawing.
    deeds: BTreeMap<(Time, u64), String>,
    drawn: u64,
    start: Time,
    /// Deeds happen at multiples of this: on some days much happens at once.
    grain_ms: u64,
    groups: u64,
    agents: u64,
    calls: u64,
    /// Whether rules are drawn of which only the model knows, not the judge.
    rich: bool,
}

impl Draw {
    pub(super) fn new(seed: u64, rich: bool) -> Draw {
        // Other days than those of `crate::day`.
        let mut random = Random::new(seed ^ 0x5EED_0DA7);
        // Some days begin shortly before midnight UTC.
        let start_s = if random.chance(25) { 86_400 - random.below(300) } else { 0 };
        let grain_ms = [1, 1, S, 5 * S, 10 * S][random.below(5) as usize];
        let (groups, agents) = (random.between(1, 5), random.between(1, 9));
        let calls = random.between(3, 60);
        let (deeds, start) = (BTreeMap::new(), Time(start_s * S));
        Draw { random, deeds, drawn: 0, start, grain_ms, groups, agents, calls, rich }
    }

    /// The plan with which the day begins; the day's own course is drawn on the way.
    pub(super) fn scene(&mut self) -> Vec<String> {
        let mut lines = vec!["timeline 1".to_owned()];
        lines.extend((1..=self.groups).map(|group| self.group(group)).collect::<Vec<_>>());
        for agent in 1..=self.agents {
            let line = self.agent(agent);
            let off = self.random.chance(10);
            lines.push(format!("{line}{}", if off { " phone=off" } else { "" }));
            let at = self.random.below(90 * S);
            self.plan(at, format!("a{agent} logs on"));
            if off {
                let at = self.random.below(200 * S);
                self.plan(at, format!("a{agent}'s phone is back"));
            }
        }
        self.draw_calls();
        self.draw_changes();
        self.draw_wishes();
        self.draw_noise();
        if self.rich {
            self.draw_orders();
        }
        lines
    }

    pub(super) fn next_at(&self) -> Option<Time> {
        self.deeds.first_key_value().map(|(&(at, _), _)| at)
    }

    pub(super) fn next_deed(&mut self) -> Option<String> {
        self.deeds.pop_first().map(|(_, deed)| deed)
    }

    /// Somebody's phone rings, a talk begins, a wrap-up begins.
    pub(super) fn react(&mut self, now: Time, output: &Output) {
        match output {
            Output::Do(Action::Ring { agent, call }) => {
                let (a, c) = (agent.0, call.0);
                if self.random.chance(70) {
                    let after = self.random.below(2 * S);
                    self.later(now, after, format!("a{a}'s phone rings c{c}"));
                }
                let after = self.random.below(12 * S);
                let deed = match self.random.below(20) {
                    0..=10 => format!("a{a} answers c{c}"),
                    11 | 12 => format!("a{a} rejects c{c}"),
                    13 => format!("a{a} is busy c{c}"),
                    14 => format!("a{a} fails c{c}"),
                    15 => format!("a{a}'s phone is lost"),
                    16 => format!("a{a} takes a break for tea by kalle"),
                    17 => format!("c{c} hangs up"),
                    18 => return,
                    // In the very moment in which it has rung its time, or too late.
                    _ => {
                        let late = 5 * S * self.random.between(1, 5);
                        return self.later(now, late, format!("a{a} answers c{c}"));
                    }
                };
                self.later(now, after, deed);
            }
            Output::Do(Action::Connect { agent, call }) => self.talk(now, agent.0, call.0),
            Output::Tell(_, Fact::WrapUpStarted { agent, .. }) if self.random.chance(30) => {
                let after = self.random.below(12 * S);
                self.later(now, after, format!("a{} ends wrap-up", agent.0));
            }
            Output::Do(_) | Output::Tell(..) => (),
        }
    }

    fn talk(&mut self, now: Time, a: u64, c: u64) {
        let length = self.random.below(80 * S);
        let middle = self.random.below(length + 1);
        let after = self.random.below(3 * S);
        match self.random.below(12) {
            0 => {
                self.later(now, middle, format!("a{a} holds c{c}"));
                self.later(now, middle + after, format!("a{a} resumes c{c}"));
            }
            1 => self.later(now, middle, format!("c{c} holds")),
            2 => self.later(now, middle, format!("a{a}'s phone is lost")),
            3 => self.later(now, middle, format!("a{a} logs off by kalle")),
            4 => self.later(now, middle, format!("a{a} answers c{c}")),
            _ => (),
        }
        let end = match self.random.below(5) {
            0 | 1 => format!("c{c} hangs up"),
            2 | 3 => format!("a{a} hangs up c{c}"),
            _ if self.rich => format!("a{a} is cut off c{c}"),
            _ => format!("c{c} is cut off"),
        };
        self.later(now, length, end);
    }

    fn draw_calls(&mut self) {
        let mut at = 0;
        for call in 1..=self.calls {
            at += match self.random.below(5) {
                0 => 0,
                1 => self.random.below(2 * S),
                _ => self.random.below(30 * S),
            };
            let group = self.random.between(1, self.groups);
            let priority = match self.random.below(8) {
                0 => format!(" with priority {}", self.random.between(1, 3)),
                1 => " with priority -1".to_owned(),
                _ => String::new(),
            };
            self.plan(at, format!("c{call} arrives at g{group}{priority}"));
            let most = if self.random.chance(30) { 20 * S } else { 300 * S };
            let patience = self.random.below(most);
            self.plan(at + patience, format!("c{call} hangs up"));
        }
    }

    /// Plans change in the middle of the day.
    fn draw_changes(&mut self) {
        for _ in 0..self.random.below(8) {
            let at = self.random.below(500 * S);
            let back = at + self.random.below(60 * S);
            let group = self.random.between(1, self.groups);
            let agent = self.random.between(1, self.agents);
            let (group_line, agent_line) = (self.group(group), self.agent(agent));
            match self.random.below(5) {
                0 | 1 => self.plan(at, group_line),
                2 => self.plan(at, agent_line),
                3 => {
                    self.plan(at, format!("remove group g{group}"));
                    self.plan(back, group_line);
                }
                _ => {
                    self.plan(at, format!("remove agent a{agent}"));
                    self.comes_back(back, agent_line);
                    self.plan(back + 5 * S, format!("a{agent} logs on"));
                }
            }
        }
    }

    fn draw_wishes(&mut self) {
        for _ in 0..self.random.below(25) {
            let at = self.random.below(600 * S);
            let agent = self.random.between(1, self.agents);
            let deed = match self.random.below(8) {
                0 => " logs off",
                1 => " takes a break for lunch",
                2 => "'s phone is lost",
                3 | 4 => "'s phone is back",
                _ => " logs on",
            };
            self.plan(at, format!("a{agent}{deed}"));
        }
    }

    /// Supervisors promote callers, agents make calls of their own.
    fn draw_orders(&mut self) {
        for _ in 0..self.random.below(25) {
            let at = self.random.below(500 * S);
            let (a, c) = (self.random.between(1, self.agents), self.random.between(1, self.calls));
            let deed = match self.random.below(6) {
                0 => format!("a{a} calls the outside"),
                1 => format!("a{a} calls a colleague"),
                2 | 3 => format!("a{a} ends own call"),
                _ => format!("c{c} gets priority {} by kalle", self.random.between(0, 9)),
            };
            self.plan(at, deed);
        }
    }

    /// What phones and networks say of offers and talks that are not there.
    fn draw_noise(&mut self) {
        for _ in 0..self.random.below(12) {
            let at = self.random.below(500 * S);
            let (a, c) = (self.random.between(1, self.agents), self.random.between(1, self.calls));
            let deed = match self.random.below(8) {
                0 => format!("a{a} answers c{c}"),
                1 => format!("a{a} rejects c{c}"),
                2 => format!("a{a} hangs up c{c}"),
                3 => format!("a{a} resumes c{c}"),
                4 => format!("a{a} ends wrap-up"),
                5 => format!("c{c} holds"),
                // The judge counts on ids that grow with the arrivals.
                6 if self.rich => {
                    format!("c{c} arrives at g{}", self.random.between(1, self.groups))
                }
                _ => "nothing happens".to_owned(),
            };
            self.plan(at, deed);
        }
    }

    fn group(&mut self, group: u64) -> String {
        let ring_s = [1, 5, 10, 15, 20, 25][self.random.below(6) as usize];
        let wrap_s = [0, 0, 1, 5, 10, 30][self.random.below(6) as usize];
        let max = [0, 1, 3, 10, 100, 100][self.random.below(6) as usize];
        let mut line = format!("group g{group} ring={ring_s}s wrap={wrap_s}s max={max}");
        if self.rich {
            if self.random.chance(20) {
                line.push_str(if self.random.chance(70) { " door=closed" } else { " door=open" });
            }
            if self.random.chance(40) {
                line.push_str(" nobody=refuse");
            }
            for way in ["closed", "full", "deserted"] {
                let to = self.random.between(1, 2 * self.groups);
                match self.random.below(5) {
                    0 | 1 if to < group => line.push_str(&format!(" {way}=g{to}")),
                    2 => line.push_str(&format!(" {way}=5551000")),
                    3 => line.push_str(&format!(" {way}=say-busy")),
                    _ => (),
                }
            }
            if self.random.chance(20) {
                let call = self.random.between(1, self.calls);
                line.push_str(&format!(" caller=55{call:05}:2"));
            }
        }
        line
    }

    fn agent(&mut self, agent: u64) -> String {
        let mut line = format!("agent a{agent}");
        for group in 1..=self.groups {
            if self.random.chance(60) {
                let order = self.random.between(0, 3);
                let delay = match self.random.below(8) {
                    0 => "/250ms",
                    1 => "/5s",
                    2 => "/20s",
                    3 => "/1m",
                    _ => "",
                };
                let own = if self.rich && self.random.chance(20) { ",wrap=3s" } else { "" };
                line.push_str(&format!(" g{group}={order}{delay}{own}"));
            }
        }
        line
    }

    /// A deed at so many milliseconds after the beginning of the day.
    fn plan(&mut self, at_ms: u64, deed: String) {
        self.later(self.start, at_ms, deed);
    }

    /// The judge takes an agent who goes and comes back in one moment for one who never went, so
    /// where it watches nobody comes back at a round moment, at which others end.
    fn comes_back(&mut self, at_ms: u64, line: String) {
        if self.rich {
            return self.plan(at_ms, line);
        }
        self.drawn += 1;
        let at = (self.start.0 + at_ms).next_multiple_of(S) + 7;
        self.deeds.insert((Time(at), self.drawn), line);
    }

    fn later(&mut self, now: Time, after_ms: u64, deed: String) {
        self.drawn += 1;
        let at = (now.0 + after_ms).next_multiple_of(self.grain_ms);
        self.deeds.insert((Time(at), self.drawn), deed);
    }
}
