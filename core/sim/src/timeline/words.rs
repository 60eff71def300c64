//! Orders and facts in words.

use std::fmt::Write as _;

use acd::{
    Action, Activity, Actor, AgentId, CallId, Decided, EndCause, Fact, Leave, Outcome, Output,
    Refusal, Side, SkipReason, Wish,
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
            Action::Refuse { call, refusal } => {
                format!("refuse {}: {}", c(call), refusal_words(refusal))
            }
        }
    }

    /// `None` for what this timeline does not tell.
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
            Fact::QueueEntered { call, group, priority: 0, place } => {
                format!("{} waits in {}, place {place}", c(*call), self.names.group(*group))
            }
            Fact::QueueEntered { call, group, priority, place } => {
                let group = self.names.group(*group);
                format!("{} waits in {group} with priority {priority}, place {place}", c(*call))
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

    /// `c1: mari of mari jaan, by built-in; not kati (off)`.
    fn decision(&self, call: CallId, decided: &Decided) -> String {
        let candidates: Vec<String> =
            decided.candidates.iter().map(|&agent| self.who(agent)).collect();
        let chosen = self.who(decided.chosen);
        let policy = &decided.verdict.policy;
        let mut words = format!("{}: {chosen} of {} by {policy}", c(call), candidates.join(" "));
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

fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Full => "full",
        Refusal::NoGroup => "no such group",
    }
}

fn leave_words(leave: Leave) -> &'static str {
    match leave {
        Leave::Answered => "answered",
        Leave::Abandoned => "abandoned",
        Leave::Refused => "refused",
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
    }
}
