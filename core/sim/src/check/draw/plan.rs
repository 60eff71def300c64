//! Lines of plans: groups, agents, calendars, misses.

use crate::check::draw::{Draw, S};
use crate::timeline::span_words;

/// Places, and what their clocks show above UTC when days are lived: see [`Draw::calendar`].
const PLACES: [(&str, i64); 4] = [
    ("UTC", 0),
    ("Asia/Kolkata", 5 * 60 + 30),
    ("America/New_York", -5 * 60),
    ("America/New_York", -4 * 60),
];

const DAYS: [&str; 6] = ["wed", "thu", "sun", "1970-01-01", "1970-04-26", "1970-10-25"];

impl Draw {
    pub(super) fn group(&mut self, group: u64) -> String {
        let mut ring_s = [1, 5, 10, 15, 20, 25][self.random.below(6) as usize];
        if self.rich && self.random.chance(3) {
            ring_s = 0;
        }
        let wrap_s = [0, 0, 1, 5, 10, 30][self.random.below(6) as usize];
        let max = [0, 1, 3, 10, 100, 100][self.random.below(6) as usize];
        let mut line = format!("group g{group} ring={ring_s}s wrap={wrap_s}s max={max}");
        if self.rich {
            self.door(&mut line);
            self.ways(&mut line);
            self.told(&mut line);
            for (setting, percent) in [("sticky=5s", 10), ("sticky=40s", 15), ("wait=anew", 20)] {
                self.perhaps(&mut line, percent, setting);
            }
            if self.random.chance(20) {
                let number = self.number();
                line.push_str(&format!(" caller={number}:{}", self.random.between(1, 3)));
            }
        }
        line
    }

    fn perhaps(&mut self, line: &mut String, percent: u64, setting: &str) {
        if self.random.chance(percent) {
            line.push(' ');
            line.push_str(setting);
        }
    }

    fn door(&mut self, line: &mut String) {
        match self.random.below(20) {
            0 => line.push_str(" door=closed"),
            1 => line.push_str(" door=open"),
            _ => (),
        }
        if self.calendars > 0 && self.random.chance(30) {
            line.push_str(&format!(" hours=k{}", self.random.between(1, self.calendars)));
        }
        self.perhaps(line, 40, "closing=turn-away");
        match self.random.below(4) {
            0 => line.push_str(" nobody=refuse"),
            1 => line.push_str(" nobody=leave"),
            _ => (),
        }
    }

    fn ways(&mut self, line: &mut String) {
        for turned in ["closed", "full", "deserted"] {
            if self.random.chance(60) {
                line.push_str(&format!(" {turned}={}", self.way()));
            }
        }
        if self.random.chance(50) {
            for _ in 0..self.random.between(1, 3) {
                let after = ["0s", "1s", "5s", "20s", "60s"][self.random.below(5) as usize];
                line.push_str(&format!(" step={after}:{}", self.way()));
            }
        }
        for key in ["1", "2", "h"] {
            if self.random.chance(40) {
                line.push_str(&format!(" key={key}:{}", self.way()));
            }
        }
    }

    fn way(&mut self) -> String {
        match self.random.below(12) {
            0..=4 => format!("g{}", self.random.between(1, self.groups)),
            5..=7 => "callback".to_owned(),
            8 => "5551000".to_owned(),
            9 => "goodbye".to_owned(),
            10 => "say-busy".to_owned(),
            _ => "say-nobody".to_owned(),
        }
    }

    fn told(&mut self, line: &mut String) {
        self.perhaps(line, 20, "greet=welcome");
        if self.random.chance(25) {
            self.perhaps(line, 70, "tell=place");
            self.perhaps(line, 70, "tell=wait");
            let first = ["0s", "1s", "10s"][self.random.below(3) as usize];
            let every = ["1s", "15s", "60s"][self.random.below(3) as usize];
            line.push_str(&format!(" first={first} every={every}"));
        }
    }

    pub(super) fn agent(&mut self, agent: u64) -> String {
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
                line.push_str(&format!(" g{group}={order}{delay}"));
                if self.rich {
                    self.member(&mut line);
                }
            }
            // He may be lent to a group which he serves, and to one which he does not.
            if self.rich && self.random.chance(6) {
                let until = self.start.0 + self.random.below(400) * S;
                let wholly = if self.random.chance(50) { ",wholly" } else { "" };
                line.push_str(&format!(" g{group}=1,until={}{wholly}", span_words(until)));
                self.member(&mut line);
            }
        }
        line
    }

    fn member(&mut self, line: &mut String) {
        if self.random.chance(20) {
            line.push_str(",wrap=3s");
        }
        if self.calendars > 0 && self.random.chance(15) {
            line.push_str(&format!(",in=k{}", self.random.between(1, self.calendars)));
        }
    }

    /// Minutes about the time of the day, on the clocks of one place or another.
    pub(super) fn calendar(&mut self, calendar: u64) -> String {
        let (place, above) = PLACES[self.random.below(4) as usize];
        let minute = (self.start.0 / 60_000) as i64 + above;
        let minute = minute.rem_euclid(24 * 60) as u64;
        let mut line = format!("calendar k{calendar} in={place}");
        for span in self.spans(minute) {
            line.push_str(&format!(" {span}"));
        }
        if self.random.chance(30) {
            let day = DAYS[self.random.below(6) as usize];
            let spans = self.spans(minute);
            let spans = if spans.is_empty() { "shut".to_owned() } else { spans.join(",") };
            line.push_str(&format!(" {day}={spans}"));
        }
        line
    }

    fn spans(&mut self, minute: u64) -> Vec<String> {
        let mut spans = Vec::new();
        let mut from = minute.saturating_sub(3) + self.random.below(6);
        // Some are open the whole night, over the change of the clocks too.
        let most = if self.random.chance(20) { 120 } else { 6 };
        for _ in 0..self.random.below(4) {
            let to = (from + self.random.between(1, most)).min(24 * 60);
            if from >= to {
                break;
            }
            let clock = |at: u64| format!("{:02}:{:02}", at / 60, at % 60);
            spans.push(format!("{}-{}", clock(from), clock(to)));
            from = to + self.random.below(4);
        }
        spans
    }

    pub(super) fn misses(&mut self) -> String {
        let mut line = "misses".to_owned();
        for cause in ["no_answer", "rejected", "busy", "unreachable"] {
            if self.random.chance(50) {
                let then = ["off", "break", "25s", "5s", "nothing"][self.random.below(5) as usize];
                line.push_str(&format!(" {cause}={}:{then}", self.random.between(1, 3)));
            }
        }
        line
    }
}
