//! Draws a day and its plans: every rule that the engine obeys is drawn, and little else is kept
//! from happening.

mod plan;
mod react;

use std::collections::BTreeMap;

use acd::Time;

use crate::random::Random;

/// A second in milliseconds.
const S: u64 = 1000;

/// One day in so many is a day of [`Draw::crowd`].
const CROWD_EVERY: u64 = 5_000;

/// An hour in seconds.
const H_S: u64 = 3_600;

/// When the clocks of New York are changed in the first year of all stories.
const SPRING_S: u64 = (115 * 24 + 7) * H_S;
const AUTUMN_S: u64 = (297 * 24 + 6) * H_S;

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
    calendars: u64,
    /// So many numbers call again and again.
    numbers: u64,
    /// On some days agents reject most, and callers are hardly ever reached.
    grumpy_percent: u64,
    reached_percent: u64,
    /// Whoever takes a phone takes it within so much time.
    slow_ms: u64,
    /// Whether rules are drawn of which only the model knows, not the judge.
    rich: bool,
    /// More callers ask for a callback than a group notes.
    is_crowded: bool,
}

impl Draw {
    pub(super) fn new(seed: u64, rich: bool) -> Draw {
        // Other days than those of `crate::day`.
        let mut random = Random::new(seed ^ 0x5EED_0DA7);
        // Some days begin shortly before midnight UTC, some before the clocks are changed.
        let before =
            [24 * H_S, SPRING_S, AUTUMN_S][random.below(if rich { 3 } else { 1 }) as usize];
        let start_s = if random.chance(35) { before - random.below(300) } else { 0 };
        let grain_ms = [1, 1, S, 5 * S, 10 * S][random.below(5) as usize];
        let (groups, agents) = (random.between(1, 5), random.between(1, 9));
        let calls = random.between(3, 60);
        let (calendars, numbers) = (random.below(4), random.between(1, 9));
        let grumpy_percent = if rich && random.chance(15) { 80 } else { 0 };
        let reached_percent = if random.chance(30) { 5 } else { 50 };
        let slow_ms = if rich && random.chance(60) { 4 * S } else { 12 * S };
        Draw {
            random,
            deeds: BTreeMap::new(),
            drawn: 0,
            start: Time(start_s * S),
            grain_ms,
            groups,
            agents,
            calls,
            calendars,
            numbers,
            grumpy_percent,
            reached_percent,
            slow_ms,
            rich,
            is_crowded: seed % CROWD_EVERY == 101,
        }
    }

    /// The plan with which the day begins; the day's own course is drawn on the way.
    pub(super) fn scene(&mut self) -> Vec<String> {
        let mut lines = vec!["timeline 1".to_owned()];
        if self.is_crowded {
            lines.extend(self.crowd());
            return lines;
        }
        if self.rich {
            // Ways lead to groups that stand below.
            lines.extend((1..=self.groups).map(|group| format!("group g{group}")));
            for calendar in 1..=self.calendars {
                lines.push(self.calendar(calendar));
            }
            lines.push(self.misses());
        }
        for group in 1..=self.groups {
            lines.push(self.group(group));
        }
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
            self.draw_keys();
            self.draw_ends();
        }
        lines
    }

    pub(super) fn start(&self) -> Time {
        self.start
    }

    pub(super) fn next_at(&self) -> Option<Time> {
        self.deeds.first_key_value().map(|(&(at, _), _)| at)
    }

    pub(super) fn next_deed(&mut self) -> Option<String> {
        self.deeds.pop_first().map(|(_, deed)| deed)
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
            let from = if self.rich { self.from() } else { String::new() };
            self.plan(at, format!("c{call} arrives at g{group}{priority}{from}"));
            let most = if self.random.chance(30) { 20 * S } else { 300 * S };
            let patience = self.random.below(most);
            self.plan(at + patience, format!("c{call} hangs up"));
        }
    }

    /// A number of its own for each call, none, or one of a few that call often.
    fn from(&mut self) -> String {
        match self.random.below(10) {
            0 => " from nowhere".to_owned(),
            1..=3 => String::new(),
            _ => format!(" from {}", self.number()),
        }
    }

    fn number(&mut self) -> String {
        format!("55{}", self.random.between(1, self.numbers))
    }

    fn key(&mut self) -> &'static str {
        ["1", "2", "h", "9"][self.random.below(4) as usize]
    }

    /// Plans change in the middle of the day.
    fn draw_changes(&mut self) {
        for _ in 0..self.random.below(8) {
            let at = self.random.below(500 * S);
            let back = at + self.random.below(60 * S);
            let group = self.random.between(1, self.groups);
            let agent = self.random.between(1, self.agents);
            let (group_line, agent_line) = (self.group(group), self.agent(agent));
            match self.random.below(if self.rich { 7 } else { 5 }) {
                0 | 1 => self.plan(at, group_line),
                2 => self.plan(at, agent_line),
                3 => {
                    self.plan(at, format!("remove group g{group}"));
                    self.plan(back, group_line);
                }
                4 => {
                    self.plan(at, format!("remove agent a{agent}"));
                    self.comes_back(back, agent_line);
                    self.plan(back + 5 * S, format!("a{agent} logs on"));
                }
                5 => {
                    let line = self.misses();
                    self.plan(at, line);
                }
                _ if self.calendars > 0 => {
                    let calendar = self.random.between(1, self.calendars);
                    let line = self.calendar(calendar);
                    let gone = self.random.chance(30);
                    self.plan(at, if gone { format!("remove calendar k{calendar}") } else { line });
                }
                _ => (),
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

    /// Supervisors hand callers on, agents make calls of their own.
    fn draw_orders(&mut self) {
        for _ in 0..self.random.below(40) {
            let at = self.random.below(500 * S);
            let (a, c) = (self.random.between(1, self.agents), self.random.between(1, self.calls));
            let g = self.random.between(1, self.groups);
            let deed = match self.random.below(12) {
                0 => format!("a{a} calls the outside"),
                1 => format!("a{a} calls a colleague"),
                2 => format!("a{a} achieved per_hour={c}"),
                3 => format!("a{a} ends own call"),
                4 | 5 => format!("c{c} gets priority {} by kalle", self.random.between(0, 9)),
                6 | 7 => format!("c{c} is moved to g{g} by kalle"),
                8 => format!("c{c} is not called back by kalle"),
                9 => format!("c{c} cannot be called back"),
                10 => format!("a{a} has served {}", self.number()),
                _ => format!("c{c} gets priority {}", self.random.between(0, 3)),
            };
            self.plan(at, deed);
        }
    }

    fn draw_keys(&mut self) {
        for _ in 0..self.random.below(30) {
            let at = self.random.below(500 * S);
            let call = self.random.between(1, self.calls);
            let key = self.key();
            self.plan(at, format!("c{call} presses {key}"));
        }
    }

    /// A thousand callers keep their place, and then there is less room for them.
    fn crowd(&mut self) -> [String; 1] {
        for call in 1..=1_010 {
            self.plan(call, format!("c{call} arrives at g1"));
        }
        for call in 1..=5 {
            self.plan(2 * S, format!("c{call} presses 1"));
        }
        self.plan(3 * S, "group g1 max=1 full=callback".to_owned());
        self.plan(4 * S, "the centre restarts".to_owned());
        ["group g1 max=5 key=1:callback full=callback".to_owned()]
    }

    /// Now and then we go down; a few days last until nobody wants to be called back any more.
    fn draw_ends(&mut self) {
        if self.random.chance(20) {
            let at = self.random.below(500 * S);
            let drains = self.random.chance(50);
            if drains {
                self.plan(at, "the centre drains".to_owned());
            }
            if !drains || self.random.chance(80) {
                let after = self.random.below(30 * S);
                self.plan(at + after, "the centre restarts".to_owned());
            }
        }
        if self.random.chance(6) {
            for agent in 1..=self.agents {
                self.plan(300 * S, format!("a{agent} logs off"));
                self.plan(700 * S, format!("a{agent} logs off"));
            }
            let days = 3 * 24 * H_S * S;
            let late = self.random.below(600 * S);
            self.plan(days + late, "nothing happens".to_owned());
            self.plan(days + 700 * S, "nothing happens".to_owned());
        }
    }

    /// What phones and networks say of offers and talks that are not there.
    fn draw_noise(&mut self) {
        for _ in 0..self.random.below(12) {
            let at = self.random.below(500 * S);
            let (a, c) = (self.random.between(1, self.agents), self.random.between(1, self.calls));
            let g = self.random.between(1, self.groups);
            let deed = match self.random.below(if self.rich { 12 } else { 8 }) {
                8 => format!("c{c} is reached"),
                9 => format!("c{c} is not reached"),
                10 => format!("a{a} transfers c{c} to g{g}"),
                11 => format!("a{a} ends own call"),
                0 => format!("a{a} answers c{c}"),
                1 => format!("a{a} rejects c{c}"),
                2 => format!("a{a} hangs up c{c}"),
                3 => format!("a{a} resumes c{c}"),
                4 => format!("a{a} ends wrap-up"),
                5 => format!("c{c} holds"),
                // The judge counts on ids that grow with the arrivals.
                6 if self.rich => format!("c{c} arrives at g{g}"),
                _ => "nothing happens".to_owned(),
            };
            self.plan(at, deed);
        }
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
