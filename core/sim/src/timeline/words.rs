//! Orders and facts in words.

use std::fmt::Write as _;

use acd::{
    Action, Activity, Actor, AgentId, CallId, CallbackEnd, Decided, EndCause, Entry, Fact, Leave,
    Notice, Outcome, Output, Picked, Prompt, Refusal, Side, SkipReason, Wish,
};

use crate::timeline::span::span_words as span;
use crate::timeline::{Moment, Scene};

impl Scene {
    /// One line for each thing that followed from the event.
    pub(super) fn words_of(&self, moment: &Moment<'_>) -> String {
        let mut lines = String::new();
        if moment.begun {
            for output in moment.out {
                let words = match output {
                    Output::Do(action) => Some(self.action(action)),
                    Output::Tell(_, fact) => self.fact(fact),
                };
                if let Some(words) = words {
                    let _ = writeln!(lines, "{:<6} {words}", span(moment.now.0));
                }
            }
        }
        lines
    }

    fn action(&self, action: &Action) -> String {
        match *action {
            Action::Ring { agent, call } => format!("ring {} for {}", self.who(agent), c(call)),
            Action::StopRinging { agent, call } => {
                format!("stop ringing {} for {}", self.who(agent), c(call))
            }
            Action::Connect { agent, call } => {
                format!("connect {} with {}", c(call), self.who(agent))
            }
            Action::HangUpCaller { call } => format!("hang up {}", c(call)),
            Action::HangUpAgent { agent, call } => {
                format!("hang up {} on {}", self.who(agent), c(call))
            }
            Action::Refuse { call, refusal, say: None } => {
                format!("refuse {}: {}", c(call), refusal_words(refusal))
            }
            Action::Refuse { call, refusal, say: Some(prompt) } => {
                let (why, words) = (refusal_words(refusal), prompt_words(prompt));
                format!("refuse {}: {why}, saying {words}", c(call))
            }
            Action::LetGo { call, say } => {
                format!("let {} go, saying {}", c(call), prompt_words(say))
            }
            Action::Divert { call, ref number } => format!("divert {} to {number}", c(call)),
            Action::WaitAgain { call } => format!("music for {}", c(call)),
            Action::Announce { call, notice: Notice::Prompt(prompt) } => {
                format!("tell {}: {}", c(call), prompt_words(prompt))
            }
            // What is told stands in the fact.
            Action::Announce { call, notice: Notice::Place { .. } } => {
                format!("tell {} its place", c(call))
            }
            Action::CallBack { agent, call, ref number } => {
                format!("call {number} back for {}, {} is on the line", c(call), self.who(agent))
            }
        }
    }

    /// `None` for what this timeline does not tell.
    #[expect(clippy::too_many_lines, reason = "one arm per fact, read like a list")]
    pub(crate) fn fact(&self, fact: &Fact) -> Option<String> {
        Some(match fact {
            Fact::CallArrived { .. } => return None,
            Fact::RouteDecided { call, decision, .. } => {
                return self.tell_decisions.then(|| self.decision(*call, decision));
            }
            Fact::AgentActivity { agent, activity } => {
                let doing = activity_words(*activity);
                return self.tell_activity.then(|| format!("{} is {doing}", self.who(*agent)));
            }
            Fact::QueueEntered { call, group, priority, place, why, by, since: _ } => {
                let group = self.names.group(*group);
                let priority = match priority {
                    0 => String::new(),
                    priority => format!(" with priority {priority}"),
                };
                let why = entry_words(*why);
                let by = by.as_ref().map_or(String::new(), |by| format!(" by {}", actor_words(by)));
                format!("{} waits in {group}{priority}, place {place}{why}{by}", c(*call))
            }
            Fact::QueueMoved { call, group, by, from, to, priority: _ } => {
                let (group, by) = (self.names.group(*group), actor_words(by));
                format!("{} moves in {group} from place {from} to {to}, by {by}", c(*call))
            }
            Fact::WaitAnnounced { call, place, wait_ms } => {
                let place = place.map_or(String::new(), |place| format!(" place {place}"));
                let wait = wait_ms.map_or(String::new(), |ms| format!(" wait {}", span(ms)));
                format!("{} is told{place}{wait}", c(*call))
            }
            Fact::CallDiverted { call, number, .. } => {
                format!("{} goes on to {number}", c(*call))
            }
            Fact::CallbackAsked { call, group, number } => {
                let group = self.names.group(*group);
                format!("{} keeps its place in {group}, to be called at {number}", c(*call))
            }
            Fact::CallbackTried { call, agent, reached } => {
                let how = if *reached { "reached" } else { "not reached" };
                format!("{} is called back by {}: {how}", c(*call), self.who(*agent))
            }
            Fact::CallbackEnded { call, why, by, group: _ } => {
                let by = match by {
                    Actor::Rule => String::new(),
                    Actor::Agent | Actor::Web { .. } => format!(", by {}", actor_words(by)),
                };
                format!("{} is not called back: {}{by}", c(*call), callback_end_words(*why))
            }
            Fact::TransferDone { call, agent, from, to, by } => {
                let (from, to) = (self.names.group(*from), self.names.group(*to));
                let (agent, by) = (self.who(*agent), actor_words(by));
                format!("{} goes from {agent} in {from} to {to}, by {by}", c(*call))
            }
            Fact::GroupTurned { group, open } => {
                let how = if *open { "opens" } else { "closes" };
                format!("{} {how}", self.names.group(*group))
            }
            Fact::LoanEnded { agent, group } => {
                format!("{} is back from {}", self.who(*agent), self.names.group(*group))
            }
            Fact::QueueRefused { call, group, refusal } => {
                let why = refusal_words(*refusal);
                format!("{} is refused by {}: {why}", c(*call), self.names.group(*group))
            }
            Fact::QueueLeft { call, group, leave, waited_ms } => {
                let (how, waited) = (leave_words(*leave), span(*waited_ms));
                format!("{} leaves {}: {how} after {waited}", c(*call), self.names.group(*group))
            }
            Fact::OfferSent { call, agent, .. } => {
                format!("{} is offered to {}", c(*call), self.who(*agent))
            }
            Fact::OfferRinging { call, agent } => {
                format!("{}'s phone rings for {}", self.who(*agent), c(*call))
            }
            Fact::OfferEnded { call, agent, outcome, rang_ms, .. } => {
                let how = outcome_words(*outcome);
                let rang = if *rang_ms == 0 { String::new() } else { rang_words(*rang_ms) };
                format!("offer of {} to {} ends: {how}{rang}", c(*call), self.who(*agent))
            }
            Fact::TalkStarted { call, agent, .. } => {
                format!("{} talks with {}", c(*call), self.who(*agent))
            }
            Fact::HoldStarted { call, by } => format!("{} holds {}", side_words(*by), c(*call)),
            Fact::HoldEnded { call, by } => format!("{} resumes {}", side_words(*by), c(*call)),
            Fact::TalkEnded { call, agent, by, cause, talked_ms, .. } => {
                let (by, how) = (side_words(*by), cause_words(*cause));
                let (agent, talked) = (self.who(*agent), span(*talked_ms));
                format!("{} and {agent} have talked {talked}: {by} {how}", c(*call))
            }
            Fact::WrapUpStarted { call, agent, .. } => {
                format!("{} wraps up {}", self.who(*agent), c(*call))
            }
            Fact::WrapUpEnded { agent, by_agent } => {
                let by = if *by_agent { "agent" } else { "timer" };
                format!("{} has wrapped up, by {by}", self.who(*agent))
            }
            Fact::AgentWish { agent, wish, by } => {
                format!("{} wants {}, by {}", self.who(*agent), wish_words(wish), actor_words(by))
            }
            Fact::PlanChanged { version } => format!("plan {version} is in force"),
        })
    }

    /// `c1: mari of mari jaan, by built-in; not kati (off)`, or `c1: mari takes call 2 of 3 …`.
    fn decision(&self, call: CallId, decided: &Decided) -> String {
        let (call, chosen, policy) = (c(call), self.who(decided.chosen), &decided.verdict.policy);
        let mut words = if let Some(Picked { position, calls }) = decided.verdict.picked {
            format!("{call}: {chosen} takes call {} of {calls} by {policy}", position + 1)
        } else {
            let candidates = decided.candidates.iter().map(|&agent| self.who(agent));
            let candidates: Vec<String> = candidates.collect();
            format!("{call}: {chosen} of {} by {policy}", candidates.join(" "))
        };
        if let Some(why) = &decided.verdict.fallback {
            let _ = write!(words, ", which {why}");
        }
        if let Some(reason) = &decided.verdict.reason {
            let _ = write!(words, " ({reason})");
        }
        for (nth, skipped) in decided.skipped.iter().enumerate() {
            let lead = if nth == 0 { "; not" } else { "," };
            let _ = write!(
                words,
                "{lead} {} ({})",
                self.who(skipped.agent),
                skip_words(skipped.reason)
            );
        }
        words
    }

    fn who(&self, agent: AgentId) -> String {
        self.names.agent(agent)
    }
}

fn c(call: CallId) -> String {
    format!("c{}", call.0)
}

fn rang_words(ms: u64) -> String {
    format!(" after ringing {}", span(ms))
}

/// An arrival needs no words: it is what usually happens.
fn entry_words(why: Entry) -> &'static str {
    match why {
        Entry::Arrival => "",
        Entry::Overflow => ", sent on",
        Entry::Transfer => ", transferred",
        Entry::Returned => ", returned",
        Entry::Moved => ", moved",
    }
}

fn prompt_words(prompt: Prompt) -> &'static str {
    match prompt {
        Prompt::Welcome => "welcome",
        Prompt::Closed => "closed",
        Prompt::NoAgents => "nobody here",
        Prompt::Busy => "busy",
        Prompt::CallbackNoted => "callback noted",
    }
}

fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Full => "full",
        Refusal::NoGroup => "no such group",
        Refusal::Closed => "closed",
        Refusal::NoAgents => "nobody logged on",
    }
}

fn leave_words(leave: Leave) -> &'static str {
    match leave {
        Leave::Answered => "answered",
        Leave::Abandoned => "abandoned",
        Leave::Refused => "refused",
        Leave::TimedOut => "waited too long",
        Leave::Overflow => "overflow",
        Leave::Key => "key",
        Leave::Moved => "moved",
        Leave::CalledBack => "called back",
        Leave::CallbackFailed => "callback failed",
    }
}

fn callback_end_words(why: CallbackEnd) -> &'static str {
    match why {
        CallbackEnd::NotReached => "not reached",
        CallbackEnd::Rejected => "everybody has rejected it",
        CallbackEnd::TooOld => "too old",
        CallbackEnd::NoGroup => "no such group",
        CallbackEnd::NoTrunk => "no trunk leads there",
        CallbackEnd::Full => "too many",
        CallbackEnd::Ended => "ended",
        CallbackEnd::CalledAgain => "called again",
    }
}

fn outcome_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "answered",
        Outcome::NoAnswer => "no_answer",
        Outcome::Rejected => "rejected",
        Outcome::Busy => "busy",
        Outcome::Unreachable => "unreachable",
        Outcome::CallerLeft => "caller_left",
        Outcome::Withdrawn => "withdrawn",
    }
}

fn side_words(side: Side) -> &'static str {
    match side {
        Side::Caller => "caller",
        Side::Agent => "agent",
    }
}

fn cause_words(cause: EndCause) -> &'static str {
    match cause {
        EndCause::HungUp => "hung up",
        EndCause::Lost => "was cut off",
        EndCause::System => "was cut off by us",
    }
}

fn activity_words(activity: Activity) -> &'static str {
    match activity {
        Activity::Idle => "idle",
        Activity::Offered => "offered a call",
        Activity::Talking => "talking",
        Activity::WrapUp => "wrapping up",
        Activity::Outbound => "calling the outside",
        Activity::Internal => "talking with a colleague",
        Activity::Unreachable => "unreachable",
    }
}

fn wish_words(wish: &Wish) -> String {
    match wish {
        Wish::On => "calls".to_owned(),
        Wish::Off => "to be off".to_owned(),
        Wish::Break { reason } => format!("a break ({reason})"),
    }
}

fn actor_words(actor: &Actor) -> String {
    match actor {
        Actor::Agent => "agent".to_owned(),
        Actor::Web { who } => who.clone(),
        Actor::Rule => "rule".to_owned(),
    }
}

fn skip_words(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Off => "off",
        SkipReason::OnBreak => "on a break",
        SkipReason::Occupied => "occupied",
        SkipReason::Unreachable => "unreachable",
        SkipReason::Delayed => "delayed",
        SkipReason::RefusedBefore => "refused before",
        SkipReason::OtherGroupFirst => "another group first",
        SkipReason::Resting => "resting",
        SkipReason::OutOfSeason => "out of season",
        SkipReason::ForLastAgent => "the caller waits for his last agent",
    }
}
