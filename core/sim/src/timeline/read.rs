//! Reads timelines line by line; every mistake names its line and its word.

use std::collections::BTreeMap;
use std::sync::Arc;

use acd::{
    Achieved, Actor, AgentId, CallId, CallbackEnd, EndCause, Event, GroupId, LastDay, OfferFailure,
    Office, Plan, Sent, Side, Time, Wish,
};

use crate::timeline::span::span;
use crate::timeline::{Mistake, Scene, plan};

/// A script longer than this is not a story that anybody told.
pub const LINES_MAX: usize = 100_000;

/// The longest line; a hostile script must not make us copy megabytes into a mistake.
const LINE_BYTES_MAX: usize = 1_000;

/// What may follow an arrival.
const ARRIVAL: &str = "only `with priority <n>`, `with <name>=<value>`, `speaking <language>` or \
                       `from <number>`";

/// A line that has a time.
#[derive(Clone, Debug)]
pub struct Step {
    /// Counted from 1.
    pub line: usize,
    pub at: Time,
    pub(super) what: What,
}

impl Step {
    /// What the line says, unless it is about an agent's leg.
    pub(crate) fn into_event(self) -> Option<Event> {
        match self.what {
            What::Event(event) => Some(event),
            What::Leg { .. } | What::Restart => None,
        }
    }
}

/// What a line says.
#[derive(Clone, Debug)]
pub(super) enum What {
    Event(Event),
    /// Something about a call at an agent; when the call is not named it is the last one that the
    /// agent's phone was rung for.
    Leg {
        agent: AgentId,
        call: Option<CallId>,
        deed: Deed,
    },
    /// The engine is gone, and a new one takes up what the journal keeps.
    Restart,
}

/// What an agent's leg can do.
#[derive(Clone, Debug)]
pub(super) enum Deed {
    Ring,
    Answer,
    Fail(OfferFailure),
    Leave(EndCause),
    Hold(bool),
    Transfer { to: GroupId, by: Actor },
}

/// Reads one line after another.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Names, and the plan after the lines read so far.
    pub(super) scene: Scene,
    /// The plan when the story began.
    pub(super) opening: Option<Plan>,
    /// What people have achieved on the day before.
    last_day: BTreeMap<AgentId, Achieved>,
    line: usize,
    at: Time,
    begun: bool,
}

/// A mistake whose line is not known yet.
pub(super) type Wrong<'a> = (&'a str, &'static str);

impl Reader {
    /// Has read the first line already.
    pub(crate) fn begun() -> Reader {
        Reader { begun: true, ..Reader::default() }
    }

    /// Reads the next line; lines without a time belong to the scene and are `None`.
    pub fn line(&mut self, line: &str) -> Result<Option<Step>, Mistake> {
        self.line += 1;
        let number = self.line;
        let mistake = |(word, problem): Wrong<'_>| Mistake {
            line: number,
            word: word.chars().take(40).collect(),
            problem,
        };
        if number > LINES_MAX || line.len() > LINE_BYTES_MAX {
            return Err(mistake((line, "too long")));
        }
        let told = line.split('#').next().unwrap_or_default();
        let words: Vec<&str> = told.split_whitespace().collect();
        self.words(&words).map_err(mistake)
    }

    /// The scene when the story began, with all names that were met until now.
    pub fn opening(&self) -> Scene {
        let plan = self.opening.clone().unwrap_or_else(|| self.scene.plan.clone());
        Scene { plan, ..self.scene.clone() }
    }

    /// What must have been said by the end.
    pub fn finish(&self) -> Result<(), Mistake> {
        if self.begun {
            return Ok(());
        }
        let problem = "the first line must be `timeline 1`";
        Err(Mistake { line: self.line.max(1), word: String::new(), problem })
    }

    fn words<'a>(&mut self, words: &[&'a str]) -> Result<Option<Step>, Wrong<'a>> {
        match words {
            [] => return Ok(None),
            ["timeline", "1"] if !self.begun => {
                self.begun = true;
                return Ok(None);
            }
            [first, ..] if !self.begun => {
                return Err((first, "the first line must be `timeline 1`"));
            }
            ["group" | "agent" | "calendar" | "misses" | "tell", ..] if self.opening.is_some() => {
                return Err((words[0], "needs a time, now that the story has begun"));
            }
            ["tell", topics @ ..] => return self.tell(topics).map(|()| None),
            ["group" | "agent" | "calendar" | "misses", ..] => {
                self.scene.plan.version = 1;
                return self.plan_line(words).map(|()| None);
            }
            [_, ..] => (),
        }
        let (word, rest) = (words[0], &words[1..]);
        let at = span(word).ok_or((word, "neither a time nor `group`, `agent` or `tell`"))?;
        let at = Time(0) + at;
        if at < self.at {
            return Err((word, "lies before the line above"));
        }
        self.at = at;
        self.opening.get_or_insert_with(|| self.scene.plan.clone());
        let what = self.what(rest)?;
        Ok(Some(Step { line: self.line, at, what }))
    }

    fn tell<'a>(&mut self, topics: &[&'a str]) -> Result<(), Wrong<'a>> {
        for topic in topics {
            match *topic {
                "activity" => self.scene.tell_activity = true,
                "decisions" => self.scene.tell_decisions = true,
                _ => return Err((topic, "can be told: `activity` and `decisions`")),
            }
        }
        Ok(())
    }

    fn what<'a>(&mut self, words: &[&'a str]) -> Result<What, Wrong<'a>> {
        match words {
            ["nothing", "happens"] => Ok(What::Event(Event::TimePassed)),
            ["the", "centre", "drains"] => Ok(What::Event(Event::Draining)),
            ["the", "centre", "restarts"] => Ok(What::Restart),
            ["group" | "agent" | "calendar" | "misses" | "remove", ..] => {
                self.scene.plan.version += 1;
                self.plan_line(words)?;
                Ok(What::Event(Event::PlanChanged(Arc::new(self.scene.plan.clone()))))
            }
            [who, rest @ ..] => match call_id(who) {
                Some(call) => self.caller(call, rest),
                None => self.agent(who, rest),
            },
            [] => Err(("", "what happens then?")),
        }
    }

    fn caller<'a>(&self, call: CallId, words: &[&'a str]) -> Result<What, Wrong<'a>> {
        let event = match words {
            ["arrives", "at", group, rest @ ..] => self.arrives(call, group, rest)?,
            ["presses", key] => Event::KeyPressed { call, key: plan::key(key)? },
            ["is", "reached"] => Event::CallerReached { call },
            ["is", "not", "reached"] => Event::CallerNotReached { call },
            ["is", "not", "called", "back", rest @ ..] => {
                let (why, by) = (CallbackEnd::Ended, by(rest)?);
                Event::CallbackEnded { call, why, by }
            }
            ["is", "moved", "to", group, rest @ ..] => {
                Event::CallMoved { call, to: self.group(group)?, by: by(rest)? }
            }
            ["gets", "priority", word, rest @ ..] => {
                Event::CallPromoted { call, priority: priority(word)?, by: by(rest)? }
            }
            ["hangs", "up"] => Event::CallerLeft { call, cause: EndCause::HungUp },
            ["is", "cut", "off"] => Event::CallerLeft { call, cause: EndCause::Lost },
            ["is", "cut", "off", "by", "us"] => Event::CallerLeft { call, cause: EndCause::System },
            ["cannot", "be", "called", "back"] => {
                let (why, by) = (CallbackEnd::NoTrunk, Actor::Rule);
                Event::CallbackEnded { call, why, by }
            }
            ["holds"] => Event::Held { call, by: Side::Caller, on: true },
            ["resumes"] => Event::Held { call, by: Side::Caller, on: false },
            [word, ..] => return Err((word, "callers cannot do this")),
            [] => return Err(("", "what does the caller do?")),
        };
        Ok(What::Event(event))
    }

    fn arrives<'a>(
        &self,
        call: CallId,
        group: &'a str,
        rest: &[&'a str],
    ) -> Result<Event, Wrong<'a>> {
        let group = self.group(group)?;
        let (number, mut caller) = (format!("600{:04}", group.0), format!("55{:05}", call.0));
        let (mut rest, mut its, mut language, mut attributes) = (rest, 0, None, Vec::new());
        loop {
            rest = match rest {
                [] => break,
                ["with", "priority", word, more @ ..] => {
                    its = priority(word)?;
                    more
                }
                ["with", word, more @ ..] => {
                    let wrong = (*word, "not `name=value`");
                    attributes.push(word.split_once('=').ok_or(wrong)?);
                    more
                }
                ["speaking", code, more @ ..] => {
                    language = Some((*code).to_owned());
                    more
                }
                ["from", "nowhere", more @ ..] => {
                    caller.clear();
                    more
                }
                ["from", from, more @ ..] => {
                    caller = (*from).to_owned();
                    more
                }
                [word, ..] => return Err((word, ARRIVAL)),
            };
        }
        let mut sent = Sent::in_language(language);
        for (name, value) in attributes {
            sent.add(name, value);
        }
        let sent = (sent != Sent::default()).then(|| Box::new(sent));
        Ok(Event::CallArrived { call, group, priority: its, number, caller, sent })
    }

    /// `per_hour=7.5 answer_time=8`: what he is known to have achieved, beside what others have.
    fn achieved<'a>(&mut self, agent: AgentId, words: &[&'a str]) -> Result<What, Wrong<'a>> {
        const FIGURE: &str = "not `indicator=figure`";
        let mut figures = BTreeMap::new();
        for word in words {
            let (name, figure) = word.split_once('=').ok_or((*word, FIGURE))?;
            figures.insert(name.to_owned(), figure.parse().map_err(|_| (*word, FIGURE))?);
            Achieved::new(figures.clone()).ok_or((*word, FIGURE))?;
        }
        if words.is_empty() {
            return Err(("achieved", "what? `indicator=figure`"));
        }
        let achieved = Achieved::new(figures).unwrap_or_default();
        self.last_day.insert(agent, achieved);
        Ok(What::Event(Event::DayClosed(Arc::new(LastDay::new(self.last_day.clone())))))
    }

    fn agent<'a>(&mut self, who: &'a str, words: &[&'a str]) -> Result<What, Wrong<'a>> {
        if let Some(owner) = who.strip_suffix("'s") {
            let agent = *self.scene.names.agents.get(owner).ok_or((who, "nobody's name"))?;
            return match words {
                ["phone", "is", "lost"] => Ok(reachable(agent, false)),
                ["phone", "is", "back"] => Ok(reachable(agent, true)),
                ["phone", "rings", rest @ ..] => leg(agent, rest, Deed::Ring),
                [word, ..] => Err((word, "phones cannot do this")),
                [] => Err(("", "what does the phone do?")),
            };
        }
        let agent = *self.scene.names.agents.get(who).ok_or((who, "nobody's name"))?;
        match words {
            ["logs", "on", rest @ ..] => wished(agent, Wish::On, rest),
            ["logs", "off", rest @ ..] => wished(agent, Wish::Off, rest),
            ["takes", "a", "break", "for", reason, rest @ ..] => {
                wished(agent, Wish::Break { reason: (*reason).to_owned() }, rest)
            }
            ["takes", "a", "break", rest @ ..] => {
                wished(agent, Wish::Break { reason: "break".to_owned() }, rest)
            }
            ["calls", "the", "outside"] => Ok(occupied(agent, Some(Office::Outbound))),
            ["calls", "a", "colleague"] => Ok(occupied(agent, Some(Office::Internal))),
            ["ends", "own", "call"] => Ok(occupied(agent, None)),
            ["has", "served", caller] => {
                let caller = (*caller).to_owned();
                Ok(What::Event(Event::ServedLast { caller, agent }))
            }
            ["transfers", "to", group, rest @ ..] => self.transfers(agent, &[], group, rest),
            ["transfers", call, "to", group, rest @ ..] => {
                self.transfers(agent, &[call], group, rest)
            }
            ["achieved", figures @ ..] => self.achieved(agent, figures),
            ["ends", "wrap-up"] => Ok(What::Event(Event::WrapUpEnded { agent })),
            ["answers", rest @ ..] => leg(agent, rest, Deed::Answer),
            ["rejects", rest @ ..] => leg(agent, rest, Deed::Fail(OfferFailure::Rejected)),
            ["is", "busy", rest @ ..] => leg(agent, rest, Deed::Fail(OfferFailure::Busy)),
            ["fails", rest @ ..] => leg(agent, rest, Deed::Fail(OfferFailure::Unreachable)),
            ["hangs", "up", rest @ ..] => leg(agent, rest, Deed::Leave(EndCause::HungUp)),
            ["is", "cut", "off", rest @ .., "by", "us"] => {
                leg(agent, rest, Deed::Leave(EndCause::System))
            }
            ["is", "cut", "off", rest @ ..] => leg(agent, rest, Deed::Leave(EndCause::Lost)),
            ["holds", rest @ ..] => leg(agent, rest, Deed::Hold(true)),
            ["resumes", rest @ ..] => leg(agent, rest, Deed::Hold(false)),
            [word, ..] => Err((word, "agents cannot do this")),
            [] => Err(("", "what does the agent do?")),
        }
    }

    /// By himself, or somebody does it for him.
    fn transfers<'a>(
        &self,
        agent: AgentId,
        call: &[&'a str],
        group: &'a str,
        rest: &[&'a str],
    ) -> Result<What, Wrong<'a>> {
        let by = if rest.is_empty() { Actor::Agent } else { by(rest)? };
        leg(agent, call, Deed::Transfer { to: self.group(group)?, by })
    }

    pub(super) fn group<'a>(&self, name: &'a str) -> Result<GroupId, Wrong<'a>> {
        self.scene.names.groups.get(name).copied().ok_or((name, "no such group"))
    }
}

fn leg<'a>(agent: AgentId, rest: &[&'a str], deed: Deed) -> Result<What, Wrong<'a>> {
    let call = match rest {
        [] => None,
        [word] => Some(call_id(word).ok_or((*word, "not a call: calls are c1, c2 …"))?),
        [_, word, ..] => return Err((word, "one word too many")),
    };
    Ok(What::Leg { agent, call, deed })
}

fn wished<'a>(agent: AgentId, wish: Wish, rest: &[&'a str]) -> Result<What, Wrong<'a>> {
    let by = match rest {
        [] => Actor::Agent,
        rest => by(rest)?,
    };
    Ok(What::Event(Event::AgentWished { agent, wish, by }))
}

/// Whoever is not named is the supervisor.
fn by<'a>(rest: &[&'a str]) -> Result<Actor, Wrong<'a>> {
    match rest {
        [] => Ok(Actor::Web { who: "supervisor".to_owned() }),
        ["by", who] => Ok(Actor::Web { who: (*who).to_owned() }),
        [word, ..] => Err((word, "only `by <who>` can follow")),
    }
}

fn priority(word: &str) -> Result<i32, Wrong<'_>> {
    word.parse().map_err(|_| (word, "not a priority"))
}

fn occupied(agent: AgentId, with: Option<Office>) -> What {
    What::Event(Event::AgentOccupied { agent, with })
}

fn reachable(agent: AgentId, reachable: bool) -> What {
    What::Event(Event::AgentReachable { agent, reachable })
}

/// `c12` is call 12.
pub(super) fn call_id(word: &str) -> Option<CallId> {
    let digits = word.strip_prefix('c')?;
    digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok().map(CallId))?
}

pub(super) fn is_name(word: &str) -> bool {
    let letters = word.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '_');
    letters && word.chars().next().is_some_and(char::is_alphabetic)
}
