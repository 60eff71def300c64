//! The engine's judge: sees events, facts and actions, knows nothing of the engine's insides, and
//! does everything the slow and obvious way.

mod agent;
mod board;
mod line;
mod matching;
mod phones;

use std::cell::RefCell;
use std::rc::Rc;

use acd::{
    AgentId, CallId, Candidate, Choice, Entry, Event, Fact, Freed, GroupId, Output, Pick, Policy,
    Question, Reply, Time,
};

use crate::reference::board::Board;
use crate::reference::matching::Matching;
use crate::reference::phones::Phones;
use crate::timeline::Moment;

/// What is wrong, in words for whoever reads the timeline.
type Judged = Result<(), String>;

/// Judges one engine.
pub struct Reference {
    board: Board,
    matching: Matching,
    phones: Phones,
    asked: Rc<RefCell<Vec<Asked>>>,
    freed: Rc<RefCell<Vec<AskedFreed>>>,
}

/// One question and its answer.
#[derive(Clone, Debug)]
struct Asked {
    call: CallId,
    choice: Choice,
    candidates: Vec<Candidate>,
}

/// One question about a freed agent, and which position was picked.
#[derive(Clone, Debug)]
struct AskedFreed {
    agent: AgentId,
    calls: Vec<CallId>,
    position: Option<usize>,
}

/// Passes questions on to a policy and lets the judge listen.
pub struct Spy<'a> {
    policy: &'a mut dyn Policy,
    asked: Rc<RefCell<Vec<Asked>>>,
    freed: Rc<RefCell<Vec<AskedFreed>>>,
}

impl Policy for Spy<'_> {
    fn choose(&mut self, question: &Question<'_>) -> Reply {
        let reply = self.policy.choose(question);
        let candidates = question.candidates.to_vec();
        let asked = Asked { call: question.call, choice: reply.choice, candidates };
        self.asked.borrow_mut().push(asked);
        reply
    }

    fn looks_at(&self, group: GroupId) -> usize {
        self.policy.looks_at(group)
    }

    fn picks(&self) -> bool {
        self.policy.picks()
    }

    fn freed(&mut self, freed: &Freed<'_>) -> Option<Pick> {
        let pick = self.policy.freed(freed);
        let calls = freed.calls.iter().map(|call| call.call).collect();
        let position = pick.as_ref().map(|pick| pick.position);
        self.freed.borrow_mut().push(AskedFreed { agent: freed.agent, calls, position });
        pick
    }
}

impl Reference {
    pub fn new() -> Reference {
        Reference {
            board: Board::default(),
            matching: Matching::default(),
            phones: Phones::default(),
            asked: Rc::default(),
            freed: Rc::default(),
        }
    }

    /// Wraps the policy that the engine is given.
    pub fn spy<'a>(&self, policy: &'a mut dyn Policy) -> Spy<'a> {
        Spy { policy, asked: Rc::clone(&self.asked), freed: Rc::clone(&self.freed) }
    }

    /// Follows one moment and says what is wrong with it.
    pub fn judge(&mut self, moment: &Moment<'_>) -> Judged {
        let now = moment.now;
        self.phones.hear(moment.event);
        self.hear(now, moment.event);
        let mut asked = self.asked.take().into_iter();
        let mut freed = self.freed.take().into_iter();
        for output in moment.out {
            match output {
                Output::Do(action) => self.phones.act(action)?,
                Output::Tell(at, fact) => {
                    if *at != now {
                        return Err(format!("told at {at:?} what happened at {now:?}: {fact:?}"));
                    }
                    if let (Event::PlanChanged(plan), Fact::PlanChanged { .. }) =
                        (moment.event, fact)
                    {
                        self.board.adopt(now, plan);
                    }
                    if let Fact::RouteDecided { call, decision, .. } = fact {
                        if decision.verdict.picked.is_some() {
                            self.matching.picked(now, &self.board, *call, decision, &mut freed)?;
                        } else {
                            self.matching.decided(now, &self.board, *call, decision, &mut asked)?;
                        }
                    }
                    if let Fact::QueueEntered { call, why, .. } = fact {
                        self.matching.entered(*call, *why != Entry::Returned);
                    }
                    self.board.tell(now, fact)?;
                }
            }
        }
        self.matching.waits(now, &self.board, &mut asked)?;
        self.board.forget_the_gone();
        self.matching.nobody_waits_in_vain(now, &self.board)?;
        self.board.nobody_rings_against_his_wish()?;
        self.board.doors_are_right(now)?;
        self.phones.agree_with(&self.board)?;
        self.board.is_the_engines(now, moment.engine)
    }

    /// What is known from outside and told by no fact.
    fn hear(&mut self, now: Time, event: &Event) {
        self.board.promoting = None;
        if let Event::CallPromoted { priority, .. } = event {
            self.board.promoting = Some(*priority);
        }
        if let Event::ServedLast { caller, agent } = event
            && !caller.is_empty()
        {
            self.board.served.insert(caller.clone(), *agent);
        }
        if let Event::AgentLeft { agent, call, .. } = event {
            self.board.agent_left(now, *call, *agent);
        }
    }

    /// The day is over and everybody has gone home.
    pub fn end(&self) -> Judged {
        self.board.is_at_rest()?;
        self.phones.agree_with(&self.board)
    }
}

impl Default for Reference {
    fn default() -> Reference {
        Reference::new()
    }
}
