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
    /// A name for it; how a caller left and how an offer ended are named apart.
    pub fn id(self) -> &'static str {
        match self {
            Reason::EndedLater => "ended_later",
            Reason::Left(_) => "left_otherwise",
            Reason::ShortAbandon => "short_abandon",
            Reason::AbandonedInTime => "abandoned_in_time",
            Reason::WentOn => "went_on",
            Reason::Offer(_) => "offer_ended_otherwise",
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
mod tests {
    use acd::{Actor, Entry};

    use super::*;

    const SALES: GroupId = GroupId(1);
    const SUPPORT: GroupId = GroupId(2);
    const MARI: AgentId = AgentId(1);
    const S: u64 = 1_000;

    fn explained(figure: Figure, group: Option<GroupId>, facts: &[(u64, Fact)]) -> Explanation {
        let period = Period { from: Time(0), to: Time(1_000 * S) };
        let limits = Limits::default();
        let question = Question { figure, group, agent: Some(MARI), period, limits };
        let mut explanation = Explanation::new(question);
        facts.iter().for_each(|(at, fact)| explanation.fold(Time(at * S), fact));
        explanation
    }

    fn left(call: u64, leave: Leave, waited_s: u64) -> Fact {
        Fact::QueueLeft { call: CallId(call), group: SALES, leave, waited_ms: waited_s * S }
    }

    fn talked(call: u64, by: Side, talked_s: u64) -> Fact {
        let (cause, talked_ms) = (EndCause::HungUp, talked_s * S);
        Fact::TalkEnded { call: CallId(call), group: SALES, agent: MARI, by, cause, talked_ms }
    }

    /// The calls that count, and those left out with the reason.
    fn calls(it: &Explanation) -> (Vec<u64>, Vec<(u64, &'static str)>) {
        let counted = it.counted.iter().map(|case| case.call.0);
        let left_out = it.left_out.iter().map(|(case, reason)| (case.call.0, reason.id()));
        (counted.collect(), left_out.collect())
    }

    #[test]
    fn a_service_level_tells_who_counts_and_who_does_not() {
        let facts = [
            (10, left(1, Leave::Answered, 5)),
            (20, left(2, Leave::Answered, 30)),
            (30, left(3, Leave::Abandoned, 4)),
            (40, left(4, Leave::Abandoned, 12)),
            (50, left(5, Leave::Overflow, 60)),
            (1_001, left(6, Leave::Answered, 3)),
        ];
        let level = |formula| explained(Figure::ServiceLevel(formula), Some(SALES), &facts);
        let strict = level(Formula::OfAll);
        assert_eq!((strict.part, strict.whole, strict.value()), (1, 4, Some(0.25)));
        assert_eq!(
            calls(&strict),
            (vec![1, 2, 3, 4], vec![(5, "left_otherwise"), (6, "ended_later")])
        );
        let lenient = level(Formula::LessShort);
        assert_eq!((lenient.part, lenient.whole), (1, 3));
        assert_eq!(lenient.left_out[0].1, Reason::ShortAbandon);
        assert_eq!(level(Formula::OfAllAndFlowedOut).whole, 5);
        assert_eq!(strict.question().figure.id(), "service_level.b");
    }

    #[test]
    fn short_talks_are_left_out_of_the_average_each_for_its_reason() {
        let transfer = Fact::TransferDone {
            call: CallId(3),
            agent: MARI,
            from: SALES,
            to: SUPPORT,
            by: Actor::Agent,
        };
        let facts = [
            (100, Fact::HoldStarted { call: CallId(1), by: Side::Caller }),
            (110, Fact::HoldEnded { call: CallId(1), by: Side::Caller }),
            (130, talked(1, Side::Agent, 90)),
            (140, talked(2, Side::Agent, 4)),
            (150, talked(3, Side::Agent, 6)),
            (150, transfer),
            (160, talked(4, Side::Caller, 9)),
        ];
        let average = explained(Figure::AverageDuration, None, &facts);
        assert_eq!((average.part, average.whole), (80 * S, 1));
        let reasons = vec![(2, "instant_hang_up"), (3, "quick_transfer"), (4, "short_talk")];
        assert_eq!(calls(&average), (vec![1], reasons));
    }

    #[test]
    fn for_the_company_a_caller_who_went_on_to_the_next_group_is_one_caller() {
        let entered = Fact::QueueEntered {
            call: CallId(1),
            group: SUPPORT,
            priority: 0,
            place: 1,
            why: Entry::Overflow,
            since: Time(0),
            by: None,
        };
        let leave = Leave::Answered;
        let answered = Fact::QueueLeft { call: CallId(1), group: SUPPORT, leave, waited_ms: S };
        let facts = [(60, left(1, Leave::Overflow, 60)), (60, entered), (61, answered)];
        let company = explained(Figure::Unattended, None, &facts);
        assert_eq!((company.part, company.whole), (0, 1));
        assert_eq!(calls(&company), (vec![1], vec![(1, "went_on")]));
        assert_eq!(explained(Figure::Unattended, Some(SALES), &facts).value(), Some(1.0));
    }

    #[test]
    fn what_is_not_listed_any_more_still_counts() {
        let answered = |call| (10, left(call, Leave::Answered, 5));
        let facts: Vec<_> = (0..LISTED_MAX as u64 + 7).map(answered).collect();
        let asa = explained(Figure::TimeToAnswer, None, &facts);
        assert_eq!((asa.counted.len(), asa.unlisted, asa.value()), (LISTED_MAX, 7, Some(5_000.0)));
    }
}
