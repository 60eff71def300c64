//! Counts what happens on made-up days: a rule that is not drawn is noticed.

use std::collections::BTreeMap;

use acd::{
    Action, CallbackEnd, EndCause, Entry, Event, Fact, Leave, Outcome, Output, Refusal, SkipReason,
};

/// How often each kind of thing has happened.
#[derive(Debug, Default)]
pub(super) struct Count(BTreeMap<String, u64>);

/// Names every kind of a type. A new kind must be named here, and then it must be drawn.
macro_rules! kinds {
    ($kind:ident, $all:ident, $of:ident: $($name:ident)*) => {
        fn $kind(it: &$of) -> &'static str {
            match it { $($of::$name { .. } => concat!(stringify!($of), "::", stringify!($name)),)* }
        }
        const $all: &[&str] = &[$(concat!(stringify!($of), "::", stringify!($name)),)*];
    };
}

kinds!(event, EVENTS, Event: PlanChanged CallArrived CallerLeft OfferRinging OfferAnswered
    OfferFailed AgentLeft Held AgentWished AgentReachable WrapUpEnded AgentOccupied KeyPressed
    CallerReached CallerNotReached Transferred CallMoved CallPromoted ServedLast CallbackKept
    CallbackEnded DayClosed Draining TimePassed);
kinds!(action, ACTIONS, Action: Ring StopRinging Connect HangUpCaller HangUpAgent Refuse LetGo
    Divert WaitAgain Announce CallBack);
kinds!(fact, FACTS, Fact: CallArrived QueueEntered QueueMoved QueueRefused RouteDecided OfferSent
    OfferRinging OfferEnded QueueLeft TalkStarted HoldStarted HoldEnded TalkEnded WrapUpStarted
    WrapUpEnded AgentWish AgentActivity PlanChanged WaitAnnounced CallbackAsked CallDiverted
    CallbackTried CallbackEnded TransferDone GroupTurned LoanEnded);
kinds!(leave, LEAVES, Leave: Answered Abandoned Refused TimedOut Overflow Key Moved CalledBack
    CallbackFailed);
kinds!(outcome, OUTCOMES, Outcome: Answered NoAnswer Rejected Busy Unreachable CallerLeft
    Withdrawn);
kinds!(entry, ENTRIES, Entry: Arrival Overflow Transfer Returned Moved);
kinds!(refusal, REFUSALS, Refusal: Full NoGroup Closed NoAgents);
kinds!(end, ENDS, CallbackEnd: NotReached Rejected TooOld NoGroup NoTrunk Full Ended CalledAgain);
kinds!(cause, CAUSES, EndCause: HungUp Lost System);
kinds!(skip, SKIPS, SkipReason: Off OnBreak Occupied Unreachable Delayed RefusedBefore
    OtherGroupFirst Resting OutOfSeason ForLastAgent);

impl Count {
    pub(super) fn moment(&mut self, happened: &Event, out: &[Output]) {
        self.one(event(happened));
        for output in out {
            match output {
                Output::Do(done) => {
                    self.one(action(done));
                    if let Action::Refuse { refusal: why, .. } = done {
                        self.one(refusal(why));
                    }
                }
                Output::Tell(_, told) => self.fact(told),
            }
        }
    }

    fn fact(&mut self, told: &Fact) {
        self.one(fact(told));
        // What else it says, if it is of many kinds.
        if let Fact::QueueLeft { leave: how, .. } = told {
            self.one(leave(how));
        }
        if let Fact::OfferEnded { outcome: how, .. } = told {
            self.one(outcome(how));
        }
        if let Fact::QueueEntered { why, .. } = told {
            self.one(entry(why));
        }
        if let Fact::CallbackEnded { why, .. } = told {
            self.one(end(why));
        }
        if let Fact::TalkEnded { cause: how, .. } = told {
            self.one(cause(how));
        }
        if let Fact::RouteDecided { decision, .. } = told {
            decision.skipped.iter().for_each(|skipped| self.one(skip(&skipped.reason)));
        }
    }

    fn one(&mut self, kind: &str) {
        *self.0.entry(kind.to_owned()).or_default() += 1;
    }

    /// What has never happened.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        let all =
            [EVENTS, ACTIONS, FACTS, LEAVES, OUTCOMES, ENTRIES, REFUSALS, ENDS, CAUSES, SKIPS];
        let all = all.into_iter().flatten().copied();
        all.filter(|&kind| !self.0.contains_key(kind)).collect()
    }
}
