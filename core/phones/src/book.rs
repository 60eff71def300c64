//! Both ends of every call in one book: who dialled, whose phone rang, who joined, how it ended.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use sim::phone::End;
use sip::LegId;

use crate::report::{Histogram, Report};

/// A line of one of our phones: the phone's place and its own name for the line.
pub(crate) type LineName = (usize, LegId);

/// The count of calls placed before this one.
pub(crate) type CallNumber = u64;

/// Busy here: the group takes no more calls.
const BUSY_HERE: u16 = 486;

/// What is known of live calls, and the counts of those that are over.
#[derive(Debug, Default)]
pub(crate) struct Book {
    calls: BTreeMap<CallNumber, Call>,
    /// By the number the caller shows, which Ladus shows to the agent: no two live calls share it.
    by_caller: HashMap<String, CallNumber>,
    lines: HashMap<LineName, Role>,
    /// Agents' lines by the call that X-Ladus-Call names.
    rung: HashMap<u64, Vec<LineName>>,
    pub(crate) report: Report,
    pub(crate) setup: Histogram,
}

/// A caller's call from the first INVITE to the end of his line.
#[derive(Debug)]
struct Call {
    caller: String,
    line: LineName,
    dialled: Instant,
    /// Some agent's phone has rung for it.
    rung: bool,
    /// The agent's line, and since when, once one has joined.
    joined: Option<(LineName, Instant)>,
    /// The talk was judged by ear: once is enough.
    judged: bool,
}

#[derive(Clone, Copy, Debug)]
enum Role {
    Caller(CallNumber),
    /// `call` is ours, `named` is what X-Ladus-Call said.
    Agent {
        call: Option<CallNumber>,
        named: Option<u64>,
    },
}

/// The two lines of a call that an agent has joined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Talk {
    pub(crate) call: CallNumber,
    pub(crate) caller: LineName,
    pub(crate) agent: LineName,
    pub(crate) since: Instant,
}

impl Book {
    pub(crate) fn dialled(
        &mut self,
        call: CallNumber,
        caller: String,
        line: LineName,
        now: Instant,
    ) {
        self.report.offered += 1;
        self.by_caller.insert(caller.clone(), call);
        self.lines.insert(line, Role::Caller(call));
        let fresh = Call { caller, line, dialled: now, rung: false, joined: None, judged: false };
        self.calls.insert(call, fresh);
    }

    pub(crate) fn rung(&mut self, line: LineName, named: Option<u64>, caller: &str, now: Instant) {
        let call = self.by_caller.get(caller).copied();
        self.lines.insert(line, Role::Agent { call, named });
        if let Some(named) = named {
            self.rung.entry(named).or_default().push(line);
        }
        let Some(call) = call.and_then(|call| self.calls.get_mut(&call)) else { return };
        if !std::mem::replace(&mut call.rung, true) {
            self.setup.add(now.duration_since(call.dialled));
        }
    }

    /// Other lines that ring or talk for the same call.
    pub(crate) fn others(&self, line: LineName, named: u64) -> Vec<LineName> {
        let lines = self.rung.get(&named).into_iter().flatten();
        lines.copied().filter(|other| *other != line).collect()
    }

    /// An agent's answer was acknowledged: the talk, if the caller is one of ours.
    pub(crate) fn connected(&mut self, line: LineName, now: Instant) -> Option<Talk> {
        let Some(Role::Agent { call: Some(call), .. }) = self.lines.get(&line) else { return None };
        let call = self.calls.get_mut(call)?;
        if call.joined.replace((line, now)).is_none() {
            self.report.talking += 1;
        }
        self.talk_of(line)
    }

    /// The call of a caller's line, as long as it lives.
    pub(crate) fn call_of(&self, line: LineName) -> Option<CallNumber> {
        match self.lines.get(&line) {
            Some(Role::Caller(call)) => Some(*call),
            Some(Role::Agent { .. }) | None => None,
        }
    }

    /// The talk that this line is part of.
    pub(crate) fn talk_of(&self, line: LineName) -> Option<Talk> {
        let number = match self.lines.get(&line)? {
            Role::Caller(call) => *call,
            Role::Agent { call, .. } => (*call)?,
        };
        let call = self.calls.get(&number)?;
        let (agent, since) = call.joined?;
        let is_part = line == call.line || line == agent;
        is_part.then_some(Talk { call: number, caller: call.line, agent, since })
    }

    /// True for the first who wants to judge the call.
    pub(crate) fn judge(&mut self, call: CallNumber) -> bool {
        self.calls.get_mut(&call).is_some_and(|call| !std::mem::replace(&mut call.judged, true))
    }

    pub(crate) fn over(&mut self, line: LineName, end: End) {
        match self.lines.remove(&line) {
            Some(Role::Caller(call)) => self.call_over(call, end),
            Some(Role::Agent { named: Some(named), .. }) => {
                if let Some(lines) = self.rung.get_mut(&named) {
                    lines.retain(|other| *other != line);
                    if lines.is_empty() {
                        self.rung.remove(&named);
                    }
                }
            }
            Some(Role::Agent { named: None, .. }) | None => (),
        }
    }

    /// Callers' calls that are not over.
    pub(crate) fn live(&self) -> usize {
        self.calls.len()
    }

    fn call_over(&mut self, number: CallNumber, end: End) {
        let Some(call) = self.calls.remove(&number) else { return };
        self.by_caller.remove(&call.caller);
        if call.joined.is_some() {
            self.report.talking -= 1;
        }
        match (call.joined.is_some(), end) {
            (true, End::HungUp | End::Left) => self.report.answered += 1,
            (false, End::GaveUp | End::Left) => self.report.abandoned += 1,
            (false, End::Refused { status: BUSY_HERE }) => self.report.refused += 1,
            (_, end) => {
                self.report.failed += 1;
                let why = why(end, call.joined.is_some());
                *self.report.failed_why.entry(why).or_default() += 1;
            }
        }
    }
}

/// A cause in words, for people who look for it.
fn why(end: End, joined: bool) -> String {
    let when = if joined { "in talk" } else { "before an agent joined" };
    match end {
        End::Refused { status } => format!("status {status} {when}"),
        End::HungUp => format!("hung up by the server {when}"),
        End::Lost => format!("lost {when}"),
        End::Overdue => "the agent hung up but the caller's line stayed".to_owned(),
        End::Cancelled | End::GaveUp | End::TalkedOut | End::Left => format!("{end:?} {when}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALLER: LineName = (0, LegId(1));
    const MARI: LineName = (1, LegId(1));
    const JURI: LineName = (2, LegId(1));

    fn book_with_a_call() -> Book {
        let mut book = Book::default();
        book.dialled(0, "5001".to_owned(), CALLER, Instant::now());
        book
    }

    #[test]
    fn a_call_that_an_agent_joined_and_left_is_answered() {
        let mut book = book_with_a_call();
        book.rung(MARI, Some(7), "5001", Instant::now());
        assert!(book.connected(MARI, Instant::now()).is_some());
        assert_eq!(book.report.talking, 1);
        book.over(MARI, End::TalkedOut);
        book.over(CALLER, End::HungUp);
        assert_eq!((book.report.answered, book.report.talking, book.live()), (1, 0, 0));
    }

    #[test]
    fn a_caller_whom_the_server_drops_is_a_failure() {
        let mut book = book_with_a_call();
        book.over(CALLER, End::HungUp);
        assert_eq!((book.report.failed, book.report.abandoned), (1, 0));
    }

    #[test]
    fn two_lines_of_one_call_know_each_other_until_one_is_over() {
        let mut book = book_with_a_call();
        book.rung(MARI, Some(7), "5001", Instant::now());
        book.rung(JURI, Some(7), "5001", Instant::now());
        assert_eq!(book.others(JURI, 7), [MARI]);
        book.over(MARI, End::Cancelled);
        assert!(book.others(JURI, 7).is_empty());
    }
}
