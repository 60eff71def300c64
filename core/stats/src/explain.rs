//! A figure explains itself: its formula, the cases that count in it, and those left out and why.
//!
//! Everything here comes from the facts alone, and what is counted adds up to the very figure that
//! [`crate::sheet`] gives: tests compare the two on made-up days.

use acd::{AgentId, CallId, EndCause, Fact, GroupId, Leave, Outcome, Side, Time};

use crate::indicator::Period;
use crate::ledger::Stretch;
use crate::talk::Talks;
use crate::{Formula, Limits};

/// Cases that are listed, of those counted and of those left out each; the others are only added
/// up. Nobody reads more, and a month of a big company has a million.
pub const LISTED_MAX: usize = 10_000;

/// Figures that calls stand behind, one by one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Figure {
    /// Of a line: a case is a caller who left it.
    TimeToAnswer,
    ServiceLevel(Formula),
    Abandonment,
    Unattended,
    /// Of a person: a case is an offer, …
    RingToAnswer,
    RingToAnswerWithMissed,
    AnswerRate,
    Rona,
    /// … or a talk.
    AverageDuration,
}

/// Which figure, whose, of when, and by which limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    pub figure: Figure,
    /// `None`: all of them.
    pub group: Option<GroupId>,
    /// Of figures of a line this says nothing.
    pub agent: Option<AgentId>,
    pub period: Period,
    pub limits: Limits,
}

/// One caller who left a line, one offer, or one talk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Case {
    pub began: Time,
    /// When it ended: by this it belongs to the period.
    pub at: Time,
    pub call: CallId,
    pub group: GroupId,
    pub agent: Option<AgentId>,
    /// How long he waited, it rang, or they talked without hold.
    pub ms: u64,
    /// What it adds above the line of the fraction: 0, 1, or its milliseconds; …
    pub part: u64,
    /// … and below it: 1, or 0 when it is left out.
    pub whole: u64,
}

/// Why a case is left out.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Reason {
    /// It began in the period and ended after it: it counts where it ended.
    EndedLater,
    /// It left the line in a way that this figure does not count.
    Left(Leave),
    /// The caller gave up so soon that he did not mean to wait.
    ShortAbandon,
    /// He gave up before he could have been answered too late.
    AbandonedInTime,
    /// He went straight on to another group: the company has him once.
    WentOn,
    /// The offer ended in a way that is not held for or against anybody here.
    Offer(Outcome),
    /// Below the limit, and the caller or a lost line ended it.
    ShortTalk,
    /// Below the limit, and the agent hung up.
    InstantHangUp,
    /// Below the limit, and the agent handed the caller on.
    QuickTransfer,
}

/// The answer so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    question: Question,
    /// Above the line of the fraction, over all cases.
    pub part: u64,
    /// Below it.
    pub whole: u64,
    /// In the order in which they ended, at most [`LISTED_MAX`].
    pub counted: Vec<Case>,
    pub left_out: Vec<(Case, Reason)>,
    /// Cases of either kind that are not listed.
    pub unlisted: u64,
    talks: Talks,
    /// The last caller who left a line, as he was counted, in case he enters another one.
    parted: Option<Case>,
}

impl Figure {
    /// The figure of this name; some names are of a line and of a person too.
    pub fn named(id: &str, of_agent: bool) -> Option<Figure> {
        let of_line = [Figure::TimeToAnswer, Figure::Abandonment, Figure::Unattended];
        let levels = Formula::ALL.map(|(_, formula)| Figure::ServiceLevel(formula));
        let of_work = [
            Figure::RingToAnswer,
            Figure::RingToAnswerWithMissed,
            Figure::AnswerRate,
            Figure::Rona,
            Figure::AverageDuration,
        ];
        let lines = of_line.into_iter().chain(levels).filter(|_| !of_agent);
        lines.chain(of_work).find(|figure| figure.id() == id)
    }

    /// The name of the sheet; service levels with their letter.
    pub fn id(self) -> String {
        let id = match self {
            Figure::TimeToAnswer | Figure::RingToAnswer => "asa_ms",
            Figure::ServiceLevel(formula) => return format!("service_level.{}", letter(formula)),
            Figure::Abandonment => "abandonment",
            Figure::Unattended => "unattended",
            Figure::RingToAnswerWithMissed => "asa_with_missed_ms",
            Figure::AnswerRate => "answer_rate",
            Figure::Rona => "rona",
            Figure::AverageDuration => "average_duration_ms",
        };
        id.to_owned()
    }

    /// In the letters of the table of metrics.
    pub fn formula(self) -> &'static str {
        match self {
            Figure::TimeToAnswer => "Σ(entered → answered) / A",
            Figure::ServiceLevel(Formula::OfAnswered) => "A_T / A",
            Figure::ServiceLevel(Formula::OfAll) => "A_T / (A + B)",
            Figure::ServiceLevel(Formula::LessShort) => "A_T / (A + B − B_s)",
            Figure::ServiceLevel(Formula::LessAbandonedInTime) => "A_T / (A + B − B_T)",
            Figure::ServiceLevel(Formula::WithAbandonedInTime) => "(A_T + B_T) / (A + B)",
            Figure::ServiceLevel(Formula::WithShort) => "(A_T + B_s) / (A + B)",
            Figure::ServiceLevel(Formula::OfAllAndFlowedOut) => "A_T / (A + B + F)",
            Figure::Abandonment => "(B − B_s) / (O − B_s)",
            Figure::Unattended => "(O − A − B_s − C) / (O − B_s)",
            Figure::RingToAnswer => "Σ(ringing → answered) / answered",
            Figure::RingToAnswerWithMissed => "Σ(ringing → ended) / (answered + no_answer)",
            Figure::AnswerRate => "answered / (offers − caller_left − withdrawn)",
            Figure::Rona => "no_answer / offers",
            Figure::AverageDuration => "Σ(talk ≥ m) / talks ≥ m",
        }
    }
}

fn letter(formula: Formula) -> char {
    Formula::ALL.iter().find(|(_, it)| *it == formula).map_or('b', |(letter, _)| *letter)
}

impl Reason {
    /// A name for it; how a caller left and how an offer ended are their own reasons.
    pub fn id(self) -> &'static str {
        match self {
            Reason::EndedLater => "ended_later",
            Reason::Left(Leave::Answered) | Reason::Offer(Outcome::Answered) => "answered",
            Reason::Left(Leave::Abandoned) => "abandoned",
            Reason::Left(Leave::Refused) => "refused",
            Reason::Left(Leave::TimedOut) => "timed_out",
            Reason::Left(Leave::Overflow | Leave::Key | Leave::Moved) => "flowed_out",
            Reason::Left(Leave::CalledBack) => "called_back",
            Reason::Left(Leave::CallbackFailed) => "callback_failed",
            Reason::ShortAbandon => "short_abandon",
            Reason::AbandonedInTime => "abandoned_in_time",
            Reason::WentOn => "went_on",
            Reason::Offer(Outcome::NoAnswer) => "no_answer",
            Reason::Offer(Outcome::Rejected) => "rejected",
            Reason::Offer(Outcome::Busy) => "busy",
            Reason::Offer(Outcome::Unreachable) => "unreachable",
            Reason::Offer(Outcome::CallerLeft) => "caller_left",
            Reason::Offer(Outcome::Withdrawn) => "withdrawn",
            Reason::ShortTalk => "short_talk",
            Reason::InstantHangUp => "instant_hang_up",
            Reason::QuickTransfer => "quick_transfer",
        }
    }
}

/// What a case adds above and below the line of the fraction, or why nothing.
type Share = Result<(u64, u64), Reason>;

impl Explanation {
    pub fn new(question: Question) -> Explanation {
        Explanation {
            question,
            part: 0,
            whole: 0,
            counted: Vec::new(),
            left_out: Vec::new(),
            unlisted: 0,
            talks: Talks::default(),
            parted: None,
        }
    }

    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The figure itself, unrounded; `None` when nothing was there to divide by.
    pub fn value(&self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    /// Takes one fact into account. Facts come in the order of the journal, those after the period
    /// too for as long as somebody wants to know what ended later.
    pub fn fold(&mut self, at: Time, fact: &Fact) {
        if let Fact::QueueLeft { call, group, leave, waited_ms } = fact {
            self.left(Case::new(at, *call, *group, None, *waited_ms), *leave);
        } else if let Fact::QueueEntered { call, .. } = fact {
            self.entered(at, *call);
        } else if let Fact::OfferEnded { call, group, agent, outcome, rang_ms } = fact {
            self.offer(Case::new(at, *call, *group, Some(*agent), *rang_ms), *outcome);
        } else if let Fact::HoldStarted { call, by } = fact {
            self.talks.held(at, *call, *by);
        } else if let Fact::HoldEnded { call, by } = fact {
            self.talks.resumed(at, *call, *by);
        } else if let Fact::TalkEnded { call, group, agent, by, cause, talked_ms } = fact {
            let held_ms = self.talks.ended(*call).held_ms(at);
            let whole = Case::new(at, *call, *group, Some(*agent), *talked_ms);
            let case = Case { ms: talked_ms.saturating_sub(held_ms), ..whole };
            let hung_up = (*by, *cause) == (Side::Agent, EndCause::HungUp);
            self.talk(case, *talked_ms, hung_up);
        } else if let Fact::TransferDone { call, agent, .. } = fact
            && let Some((case, reason)) = self.left_out.last_mut()
            && (case.call, case.agent, case.at) == (*call, Some(*agent), at)
            && *reason == Reason::InstantHangUp
        {
            // The talk before it was no farewell after all.
            *reason = Reason::QuickTransfer;
        }
    }

    fn left(&mut self, case: Case, leave: Leave) {
        self.parted = self.share_of_exit(leave, case.ms).and_then(|share| self.book(case, share));
    }

    /// Whoever has just left a line and enters the next is one caller of the company.
    fn entered(&mut self, at: Time, call: CallId) {
        let parted = self.parted.take().filter(|it| (it.call, it.at) == (call, at));
        let Some(case) = parted.filter(|_| self.question.group.is_none()) else { return };
        let is_it = |listed: &Case| (listed.call, listed.at) == (call, at);
        if case.whole == 0 {
            let last = self.left_out.last_mut().filter(|(listed, _)| is_it(listed));
            if let Some((_, reason)) = last {
                *reason = Reason::WentOn;
            }
            return;
        }
        (self.part, self.whole) = (self.part - case.part, self.whole - case.whole);
        if self.counted.last().is_some_and(is_it) {
            self.counted.pop();
        } else {
            self.unlisted -= 1;
        }
        self.list_left_out(Case { part: 0, whole: 0, ..case }, Reason::WentOn);
    }

    fn offer(&mut self, case: Case, outcome: Outcome) {
        let answered = outcome == Outcome::Answered;
        let due = !matches!(outcome, Outcome::CallerLeft | Outcome::Withdrawn);
        let share = match self.question.figure {
            Figure::RingToAnswer if answered => Ok((case.ms, 1)),
            Figure::RingToAnswerWithMissed if answered || outcome == Outcome::NoAnswer => {
                Ok((case.ms, 1))
            }
            Figure::AnswerRate if due => Ok((u64::from(answered), 1)),
            Figure::Rona => Ok((u64::from(outcome == Outcome::NoAnswer), 1)),
            Figure::RingToAnswer | Figure::RingToAnswerWithMissed | Figure::AnswerRate => {
                Err(Reason::Offer(outcome))
            }
            Figure::TimeToAnswer
            | Figure::ServiceLevel(_)
            | Figure::Abandonment
            | Figure::Unattended
            | Figure::AverageDuration => return,
        };
        self.book(case, share);
    }

    /// `talked_ms` is with hold: by it a talk is short.
    fn talk(&mut self, case: Case, talked_ms: u64, hung_up: bool) {
        if self.question.figure == Figure::AverageDuration {
            let share = match (talked_ms < self.question.limits.instant_ms, hung_up) {
                (false, _) => Ok((case.ms, 1)),
                (true, true) => Err(Reason::InstantHangUp),
                (true, false) => Err(Reason::ShortTalk),
            };
            self.book(case, share);
        }
    }

    /// `None` for figures of other cases.
    fn share_of_exit(&self, leave: Leave, waited_ms: u64) -> Option<Share> {
        let Limits { in_time_ms, short_ms, .. } = self.question.limits;
        let in_time = waited_ms <= in_time_ms;
        let abandoned = leave == Leave::Abandoned;
        let short = abandoned && waited_ms <= short_ms;
        Some(match self.question.figure {
            Figure::TimeToAnswer if leave == Leave::Answered => Ok((waited_ms, 1)),
            Figure::TimeToAnswer => Err(Reason::Left(leave)),
            Figure::ServiceLevel(formula) => share_of_level(formula, leave, in_time, short),
            Figure::Abandonment | Figure::Unattended if short => Err(Reason::ShortAbandon),
            Figure::Abandonment => Ok((u64::from(abandoned), 1)),
            Figure::Unattended => {
                let served = matches!(leave, Leave::Answered | Leave::CalledBack);
                Ok((u64::from(!served), 1))
            }
            Figure::RingToAnswer
            | Figure::RingToAnswerWithMissed
            | Figure::AnswerRate
            | Figure::Rona
            | Figure::AverageDuration => return None,
        })
    }

    /// The case as it counts in the period; `None` when it is somebody else's or of another time.
    fn book(&mut self, case: Case, share: Share) -> Option<Case> {
        let Question { group, agent, period, .. } = self.question;
        let his = case.agent.is_none() || agent.is_none() || agent == case.agent;
        let ours = group.is_none_or(|group| group == case.group) && his;
        if !ours || case.at < period.from || case.began >= period.to {
            return None;
        }
        let share = if case.at < period.to { share } else { Err(Reason::EndedLater) };
        let (part, whole) = match share {
            Ok(share) => share,
            Err(reason) => {
                self.list_left_out(case, reason);
                return Some(case).filter(|_| reason != Reason::EndedLater);
            }
        };
        let case = Case { part, whole, ..case };
        (self.part, self.whole) = (self.part + part, self.whole + whole);
        if self.counted.len() < LISTED_MAX {
            self.counted.push(case);
        } else {
            self.unlisted += 1;
        }
        Some(case)
    }

    fn list_left_out(&mut self, case: Case, reason: Reason) {
        if self.left_out.len() < LISTED_MAX {
            self.left_out.push((case, reason));
        } else {
            self.unlisted += 1;
        }
    }
}

impl Case {
    fn new(at: Time, call: CallId, group: GroupId, agent: Option<AgentId>, ms: u64) -> Case {
        let began = Stretch::before(at, ms).from;
        Case { began, at, call, group, agent, ms, part: 0, whole: 0 }
    }
}

/// What an exit adds to a service level.
fn share_of_level(formula: Formula, leave: Leave, in_time: bool, short: bool) -> Share {
    match leave {
        Leave::Answered => Ok((u64::from(in_time), 1)),
        Leave::Abandoned => match formula {
            Formula::OfAnswered => Err(Reason::Left(leave)),
            Formula::LessShort if short => Err(Reason::ShortAbandon),
            Formula::LessAbandonedInTime if in_time => Err(Reason::AbandonedInTime),
            Formula::WithAbandonedInTime => Ok((u64::from(in_time), 1)),
            Formula::WithShort => Ok((u64::from(short), 1)),
            Formula::OfAll
            | Formula::LessShort
            | Formula::LessAbandonedInTime
            | Formula::OfAllAndFlowedOut => Ok((0, 1)),
        },
        Leave::Overflow | Leave::Key | Leave::Moved if formula == Formula::OfAllAndFlowedOut => {
            Ok((0, 1))
        }
        Leave::Overflow
        | Leave::Key
        | Leave::Moved
        | Leave::Refused
        | Leave::TimedOut
        | Leave::CalledBack
        | Leave::CallbackFailed => Err(Reason::Left(leave)),
    }
}

#[cfg(test)]
mod tests;
