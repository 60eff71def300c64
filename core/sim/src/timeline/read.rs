//! Reads timelines line by line; every mistake names its line and its word.

use std::sync::Arc;
use std::time::Duration;

use acd::{
    Actor, AgentId, AgentPlan, CallId, EndCause, Event, GroupId, GroupPlan, Membership,
    OfferFailure, Plan, Side, Time, Wish,
};

use crate::timeline::span::span;
use crate::timeline::{Mistake, Scene};

/// A script longer than this is not a story that anybody told.
pub const LINES_MAX: usize = 100_000;

/// The longest line; a hostile script must not make us copy megabytes into a mistake.
const LINE_BYTES_MAX: usize = 1_000;

/// The settings of a group that says nothing.
const RING: Duration = Duration::from_secs(20);
const WAITING_MAX: u32 = 100;

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
            What::Leg { .. } => None,
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
}

/// What an agent's leg can do.
#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    Ring,
    Answer,
    Fail(OfferFailure),
    Leave(EndCause),
    Hold(bool),
}

/// Reads one line after another.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// Names, and the plan after the lines read so far.
    scene: Scene,
    /// The plan when the story began.
    opening: Option<Plan>,
    line: usize,
    at: Time,
    begun: bool,
}

/// A mistake whose line is not known yet.
type Wrong<'a> = (&'a str, &'static str);

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
            ["group" | "agent" | "tell", ..] if self.opening.is_some() => {
                return Err((words[0], "needs a time, now that the story has begun"));
            }
            ["tell", topics @ ..] => return self.tell(topics).map(|()| None),
            ["group" | "agent", ..] => {
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
            ["group" | "agent" | "remove", ..] => {
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
            ["arrives", "at", group] => self.arrives(call, group, 0)?,
            ["arrives", "at", group, "with", "priority", priority] => {
                let wrong = (*priority, "not a priority");
                self.arrives(call, group, priority.parse().map_err(|_| wrong)?)?
            }
            ["hangs", "up"] => Event::CallerLeft { call, cause: EndCause::HungUp },
            ["is", "cut", "off"] => Event::CallerLeft { call, cause: EndCause::Lost },
            ["holds"] => Event::Held { call, by: Side::Caller, on: true },
            ["resumes"] => Event::Held { call, by: Side::Caller, on: false },
            [word, ..] => return Err((word, "callers cannot do this")),
            [] => return Err(("", "what does the caller do?")),
        };
        Ok(What::Event(event))
    }

    fn arrives<'a>(&self, call: CallId, group: &'a str, priority: i32) -> Result<Event, Wrong<'a>> {
        let group = self.group(group)?;
        let (number, caller) = (format!("600{:04}", group.0), format!("55{:05}", call.0));
        Ok(Event::CallArrived { call, group, priority, number, caller })
    }

    fn agent<'a>(&self, who: &'a str, words: &[&'a str]) -> Result<What, Wrong<'a>> {
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
            ["ends", "wrap-up"] => Ok(What::Event(Event::WrapUpEnded { agent })),
            ["answers", rest @ ..] => leg(agent, rest, Deed::Answer),
            ["rejects", rest @ ..] => leg(agent, rest, Deed::Fail(OfferFailure::Rejected)),
            ["is", "busy", rest @ ..] => leg(agent, rest, Deed::Fail(OfferFailure::Busy)),
            ["fails", rest @ ..] => leg(agent, rest, Deed::Fail(OfferFailure::Unreachable)),
            ["hangs", "up", rest @ ..] => leg(agent, rest, Deed::Leave(EndCause::HungUp)),
            ["is", "cut", "off", rest @ ..] => leg(agent, rest, Deed::Leave(EndCause::Lost)),
            ["holds", rest @ ..] => leg(agent, rest, Deed::Hold(true)),
            ["resumes", rest @ ..] => leg(agent, rest, Deed::Hold(false)),
            [word, ..] => Err((word, "agents cannot do this")),
            [] => Err(("", "what does the agent do?")),
        }
    }

    fn plan_line<'a>(&mut self, words: &[&'a str]) -> Result<(), Wrong<'a>> {
        match words {
            ["group", name, settings @ ..] => self.group_line(name, settings),
            ["agent", name, settings @ ..] => self.agent_line(name, settings),
            ["remove", "group", name] => {
                let group = self.group(name)?;
                self.scene.plan.groups.remove(&group);
                Ok(())
            }
            ["remove", "agent", name] => {
                let agent = self.scene.names.agents.get(*name).ok_or((*name, "nobody's name"))?;
                self.scene.plan.agents.remove(agent);
                Ok(())
            }
            [.., word] => Err((word, "the plan cannot be changed like this")),
            [] => Err(("", "what of the plan?")),
        }
    }

    fn group_line<'a>(&mut self, name: &'a str, settings: &[&'a str]) -> Result<(), Wrong<'a>> {
        let mut group = GroupPlan { ring: RING, waiting_max: WAITING_MAX, ..GroupPlan::default() };
        for setting in settings {
            let wrong = (*setting, "not a setting of a group: `ring=`, `wrap=` or `max=`");
            match setting.split_once('=').ok_or(wrong)? {
                ("ring", value) => group.ring = span(value).ok_or(wrong)?,
                ("wrap", value) => group.wrap_up = span(value).ok_or(wrong)?,
                ("max", value) => group.waiting_max = value.parse().map_err(|_| wrong)?,
                _ => return Err(wrong),
            }
        }
        if !is_name(name) {
            return Err((name, "not a name"));
        }
        let id = self.scene.names.add_group(name);
        self.scene.plan.groups.insert(id, group);
        Ok(())
    }

    fn agent_line<'a>(&mut self, name: &'a str, settings: &[&'a str]) -> Result<(), Wrong<'a>> {
        let mut phone_off = false;
        let mut memberships = Vec::new();
        for setting in settings {
            let wrong = (*setting, "not `group=order` or `group=order/delay`");
            let (group, value) = setting.split_once('=').ok_or(wrong)?;
            if (group, value) == ("phone", "off") {
                phone_off = true;
                continue;
            }
            let group = self.scene.names.groups.get(group).ok_or((*setting, "no such group"))?;
            let (order, delay) = value.split_once('/').unwrap_or((value, "0s"));
            let order = order.parse().map_err(|_| wrong)?;
            let delay = span(delay).ok_or(wrong)?;
            memberships.push(Membership { delay, ..Membership::new(*group, order) });
        }
        if !is_name(name) || call_id(name).is_some() {
            return Err((name, "not a name for an agent"));
        }
        let id = self.scene.names.add_agent(name);
        if phone_off && self.opening.is_none() {
            self.scene.phones_off.push(id);
        }
        self.scene.plan.agents.insert(id, AgentPlan { memberships });
        Ok(())
    }

    fn group<'a>(&self, name: &'a str) -> Result<GroupId, Wrong<'a>> {
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
        ["by", who] => Actor::Web { who: (*who).to_owned() },
        [word, ..] => return Err((word, "only `by <who>` can follow")),
    };
    Ok(What::Event(Event::AgentWished { agent, wish, by }))
}

fn reachable(agent: AgentId, reachable: bool) -> What {
    What::Event(Event::AgentReachable { agent, reachable })
}

/// `c12` is call 12.
fn call_id(word: &str) -> Option<CallId> {
    let digits = word.strip_prefix('c')?;
    digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok().map(CallId))?
}

fn is_name(word: &str) -> bool {
    let letters = word.chars().all(|it| it.is_alphanumeric() || it == '-' || it == '_');
    letters && word.chars().next().is_some_and(char::is_alphabetic)
}
