//! What people do when phones ring, talks begin and callers are called back.

use acd::{Action, Fact, Output, Time};

use crate::check::draw::{Draw, S};

impl Draw {
    /// Somebody's phone rings, a talk begins, a wrap-up begins, somebody is called back.
    pub(in crate::check) fn react(&mut self, now: Time, output: &Output) {
        match output {
            Output::Do(Action::Ring { agent, call }) => self.phone(now, agent.0, call.0),
            Output::Do(Action::Connect { agent, call }) => self.talk(now, agent.0, call.0),
            Output::Do(Action::CallBack { agent, call, .. }) => {
                self.called_back(now, agent.0, call.0);
            }
            Output::Tell(_, Fact::WrapUpStarted { agent, .. }) if self.random.chance(30) => {
                let after = self.random.below(12 * S);
                self.later(now, after, format!("a{} ends wrap-up", agent.0));
            }
            Output::Do(_) | Output::Tell(..) => (),
        }
    }

    fn phone(&mut self, now: Time, a: u64, c: u64) {
        if self.random.chance(70) {
            let after = self.random.below(2 * S);
            self.later(now, after, format!("a{a}'s phone rings c{c}"));
        }
        let after = self.random.below(self.slow_ms);
        if self.random.chance(self.grumpy_percent) {
            return self.later(now, after, format!("a{a} rejects c{c}"));
        }
        let deed = match self.random.below(22) {
            0..=10 => format!("a{a} answers c{c}"),
            11 | 12 => format!("a{a} rejects c{c}"),
            13 => format!("a{a} is busy c{c}"),
            14 => format!("a{a} fails c{c}"),
            15 => format!("a{a}'s phone is lost"),
            16 => format!("a{a} takes a break for tea by kalle"),
            17 => format!("c{c} hangs up"),
            18 => return,
            20 | 21 if self.rich => self.order_about(a, c),
            // In the very moment in which it has rung its time, or too late.
            _ => {
                let late = 5 * S * self.random.between(1, 5);
                return self.later(now, late, format!("a{a} answers c{c}"));
            }
        };
        self.later(now, after, deed);
    }

    /// What happens to a caller for whom a phone rings, or who is called back.
    fn order_about(&mut self, a: u64, c: u64) -> String {
        let group = self.random.between(1, self.groups);
        match self.random.below(8) {
            0 | 1 => format!("c{c} presses {}", self.key()),
            2 => format!("c{c} is moved to g{group} by kalle"),
            3 => format!("c{c} gets priority {}", self.random.between(0, 5)),
            4 => format!("c{c} is not called back by kalle"),
            5 => format!("a{a} calls the outside"),
            6 => format!("remove agent a{a}"),
            _ => format!("remove group g{group}"),
        }
    }

    fn called_back(&mut self, now: Time, a: u64, c: u64) {
        let after = self.random.below(30 * S);
        let deed = match self.random.below(100) {
            nth if nth < self.reached_percent => format!("c{c} is reached"),
            0..82 => format!("c{c} is not reached"),
            82..86 => format!("a{a} hangs up c{c}"),
            86..88 => format!("a{a} is cut off c{c}"),
            88..90 => format!("c{c} cannot be called back"),
            90..95 => self.order_about(a, c),
            // A call that nobody ever answers is given up.
            _ => return,
        };
        self.later(now, after, deed);
    }

    fn talk(&mut self, now: Time, a: u64, c: u64) {
        let length = self.random.below(80 * S);
        let middle = self.random.below(length + 1);
        let after = self.random.below(3 * S);
        let group = self.random.between(1, self.groups);
        match self.random.below(if self.rich { 16 } else { 12 }) {
            0 => {
                self.later(now, middle, format!("a{a} holds c{c}"));
                self.later(now, middle + after, format!("a{a} resumes c{c}"));
            }
            1 => self.later(now, middle, format!("c{c} holds")),
            2 => self.later(now, middle, format!("a{a}'s phone is lost")),
            3 => self.later(now, middle, format!("a{a} logs off by kalle")),
            4 => self.later(now, middle, format!("a{a} answers c{c}")),
            12 | 13 => self.later(now, middle, format!("a{a} transfers c{c} to g{group}")),
            14 => self.later(now, middle, format!("a{a} transfers c{c} to g{group} by kalle")),
            15 => self.later(now, middle, format!("remove agent a{a}")),
            _ => (),
        }
        let end = match self.random.below(if self.rich { 7 } else { 5 }) {
            0 | 1 => format!("c{c} hangs up"),
            2 | 3 => format!("a{a} hangs up c{c}"),
            5 => format!("c{c} is cut off by us"),
            6 => format!("a{a} is cut off c{c} by us"),
            _ if self.rich => format!("a{a} is cut off c{c}"),
            _ => format!("c{c} is cut off"),
        };
        self.later(now, length, end);
    }
}
