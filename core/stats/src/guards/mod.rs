//! Patterns that move somebody's figures without a caller being served.
//!
//! They are shown with the calls behind them and never corrected: a figure stays what the journal
//! says, and a person decides what it means. One day is looked at, because the limits are those of
//! a day: fold its facts and no others.
//!
//! | pattern | what is an occasion | flagged from |
//! |---|---|---|
//! | [`Pattern::BreakToggling`] | a break of his own that ends within [`Bounds::break_short_ms`] | [`Bounds::breaks`] |
//! | [`Pattern::OwnNumber`] | he answers a call that came from his own number | the first |
//! | [`Pattern::Colleague`] | he answers a colleague's number for less than [`Bounds::ghost_ms`] | [`Bounds::ghosts`] by one colleague |
//! | [`Pattern::SameCaller`] | he answers one number for less than [`Bounds::ghost_ms`] | [`Bounds::same_caller`] by one number |
//! | [`Pattern::EarlyHangUps`] | he hangs up within [`Bounds::early_ms`] and hands nobody on | [`Bounds::early`], and [`Bounds::early_share`] of his talks |
//! | [`Pattern::RingIgnored`] | his phone rang [`Bounds::ignored_ms`] without an answer | [`Bounds::ignored`], and [`Bounds::ignored_share`] of the offers that were his to take |

mod flag;

use std::collections::BTreeMap;

use acd::{Actor, AgentId, CallId, EndCause, Fact, Leave, Outcome, Side, Time, Wish};

use self::flag::Occasions;
pub use self::flag::{Flag, OCCASIONS_MAX, Occasion, Pattern};

/// From when on a pattern is worth a look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub break_short_ms: u64,
    pub breaks: u32,
    pub ghost_ms: u64,
    pub ghosts: u32,
    pub same_caller: u32,
    pub early_ms: u64,
    pub early: u32,
    /// Of the talks that he has had, 0 to 1.
    pub early_share: f64,
    pub ignored_ms: u64,
    pub ignored: u32,
    /// Of his offers without those that a caller or the engine ended, 0 to 1.
    pub ignored_share: f64,
}

impl Default for Bounds {
    fn default() -> Bounds {
        Bounds {
            break_short_ms: 60_000,
            breaks: 5,
            ghost_ms: 30_000,
            ghosts: 3,
            same_caller: 5,
            early_ms: 10_000,
            early: 3,
            early_share: 0.1,
            ignored_ms: 10_000,
            ignored: 3,
            ignored_share: 0.2,
        }
    }
}

/// Looks at one day.
#[derive(Clone, Debug, Default)]
pub struct Guards {
    bounds: Bounds,
    /// Numbers that people call from: extensions and what else is known of them.
    owners: BTreeMap<String, AgentId>,
    /// Who is on the line, of calls that have not ended.
    callers: BTreeMap<CallId, String>,
    people: BTreeMap<AgentId, Person>,
}

/// What one agent has done so far.
#[derive(Clone, Debug, Default)]
struct Person {
    break_since: Option<Time>,
    talks: u32,
    /// Offers that he could have taken.
    offers: u32,
    /// The call that he hung up on early, until it is known whether he handed it on.
    hung_up: Option<CallId>,
    breaks: Occasions,
    own: Occasions,
    colleagues: BTreeMap<AgentId, Occasions>,
    callers: BTreeMap<String, Occasions>,
    early: Occasions,
    ignored: Occasions,
}

impl Guards {
    /// Of a company whose people call from these numbers.
    pub fn new(bounds: Bounds, owners: BTreeMap<String, AgentId>) -> Guards {
        Guards { bounds, owners, ..Guards::default() }
    }

    /// Takes one fact into account. Facts come in the order of the journal.
    pub fn fold(&mut self, at: Time, fact: &Fact) {
        if let Fact::CallArrived { call, caller, .. } = fact {
            self.callers.insert(*call, caller.clone());
        } else if let Fact::QueueRefused { call, .. } | Fact::CallDiverted { call, .. } = fact {
            self.callers.remove(call);
        } else if let Fact::QueueLeft { call, leave: Leave::Abandoned | Leave::Refused, .. } = fact
        {
            self.callers.remove(call);
        } else if let Fact::OfferEnded { call, agent, outcome, rang_ms, .. } = fact {
            self.offer_ended(at, *call, *agent, *outcome, *rang_ms);
        } else if let Fact::TalkEnded { call, agent, by, cause, talked_ms, .. } = fact {
            let hung_up = (*by, *cause) == (Side::Agent, EndCause::HungUp);
            self.talk_ended(at, *call, *agent, *talked_ms, hung_up);
        } else if let Fact::TransferDone { call, agent, .. } = fact {
            let person = self.people.entry(*agent).or_default();
            if person.hung_up.take() == Some(*call) {
                person.early.forget_last();
            }
        } else if let Fact::AgentWish { agent, wish, by } = fact {
            self.wished(at, *agent, wish, by);
        }
    }

    /// What is worth a look, by agent and pattern.
    pub fn flags(&self) -> Vec<Flag> {
        self.people.iter().flat_map(|(&agent, person)| self.flags_of(agent, person)).collect()
    }

    fn flags_of(&self, agent: AgentId, person: &Person) -> Vec<Flag> {
        let Bounds { breaks, ghosts, same_caller, .. } = self.bounds;
        let Bounds { early, early_share, ignored, ignored_share, .. } = self.bounds;
        let mut flags = Vec::new();
        let mut flag = |pattern: Pattern, of: Option<u32>, occasions: &Occasions| {
            let (count, occasions) = (occasions.count(), occasions.first().to_vec());
            flags.push(Flag { agent, pattern, count, of, occasions });
        };
        if person.breaks.count() >= breaks {
            flag(Pattern::BreakToggling, None, &person.breaks);
        }
        if person.own.count() >= 1 {
            flag(Pattern::OwnNumber, Some(person.talks), &person.own);
        }
        for (&colleague, occasions) in &person.colleagues {
            if occasions.count() >= ghosts {
                flag(Pattern::Colleague { colleague }, Some(person.talks), occasions);
            }
        }
        for (number, occasions) in &person.callers {
            if occasions.count() >= same_caller {
                let number = number.clone();
                flag(Pattern::SameCaller { number }, Some(person.talks), occasions);
            }
        }
        if person.early.count() >= early && person.early.share_of(person.talks) >= early_share {
            flag(Pattern::EarlyHangUps, Some(person.talks), &person.early);
        }
        let share = person.ignored.share_of(person.offers);
        if person.ignored.count() >= ignored && share >= ignored_share {
            flag(Pattern::RingIgnored, Some(person.offers), &person.ignored);
        }
        flags
    }

    fn offer_ended(
        &mut self,
        at: Time,
        call: CallId,
        agent: AgentId,
        outcome: Outcome,
        rang_ms: u64,
    ) {
        let ignored = outcome == Outcome::NoAnswer && rang_ms >= self.bounds.ignored_ms;
        let person = self.people.entry(agent).or_default();
        person.offers += u32::from(!matches!(outcome, Outcome::CallerLeft | Outcome::Withdrawn));
        if ignored {
            person.ignored.add(at, Some(call));
        }
    }

    fn talk_ended(
        &mut self,
        at: Time,
        call: CallId,
        agent: AgentId,
        talked_ms: u64,
        hung_up: bool,
    ) {
        let caller = self.callers.remove(&call).filter(|number| !number.is_empty());
        let owner = caller.as_ref().and_then(|number| self.owners.get(number)).copied();
        let person = self.people.entry(agent).or_default();
        person.talks += 1;
        let early = hung_up && talked_ms < self.bounds.early_ms;
        person.hung_up = early.then_some(call);
        if early {
            person.early.add(at, Some(call));
        }
        let ghost = talked_ms < self.bounds.ghost_ms;
        match (owner, caller) {
            (Some(owner), _) if owner == agent => person.own.add(at, Some(call)),
            (Some(owner), _) if ghost => {
                person.colleagues.entry(owner).or_default().add(at, Some(call));
            }
            (None, Some(number)) if ghost => {
                person.callers.entry(number).or_default().add(at, Some(call));
            }
            (Some(_) | None, _) => (),
        }
    }

    fn wished(&mut self, at: Time, agent: AgentId, wish: &Wish, by: &Actor) {
        let person = self.people.entry(agent).or_default();
        match wish {
            Wish::Break { .. } if *by == Actor::Agent => {
                person.break_since.get_or_insert(at);
            }
            Wish::Break { .. } | Wish::Off => person.break_since = None,
            Wish::On => {
                let began = person.break_since.take().filter(|_| *by == Actor::Agent);
                if began.is_some_and(|began| at.0 - began.0 <= self.bounds.break_short_ms) {
                    person.breaks.add(at, None);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
