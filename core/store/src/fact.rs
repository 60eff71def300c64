//! Facts to journal lines and back: the words of metrics.md, one JSON object per fact.

use std::sync::Arc;

use acd::{
    Actor, AgentId, CallId, Decided, Entry, Fact as Acd, GroupId, Picked, Skipped, Time, Verdict,
    Wish,
};
use centre::{Fact, What};

use crate::Error;
use crate::body::{Body, Reader};
use crate::fold::Step;
use crate::kind::Kind;
use crate::word::Word as _;

/// A line on its way into the journal.
#[derive(Clone, Debug)]
pub struct JournalLine {
    pub at_ms: u64,
    pub call: Option<u64>,
    pub kind: &'static str,
    /// The fact's body as JSON text, without the call's id.
    pub body: Arc<str>,
    /// What the line does to its call's row.
    pub(crate) step: Option<Step>,
}

/// A line of the journal as it was kept.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Kept {
    pub seq: u64,
    pub at_ms: u64,
    pub call: Option<u64>,
    pub kind: String,
    pub body: String,
}

impl JournalLine {
    pub fn of(fact: &Fact) -> JournalLine {
        let (kind, call, body) = written(fact);
        JournalLine {
            at_ms: fact.at.0,
            call: call.map(|call| call.0),
            kind: kind.word(),
            body: body.done().into(),
            step: Step::of(&fact.what),
        }
    }
}

impl Kept {
    /// The fact that was written.
    pub fn fact(&self) -> Result<Fact, Error> {
        let read = Line { kept: self, body: Reader::new(&self.body)? };
        Ok(Fact { at: Time(self.at_ms), what: read.what()? })
    }
}

type Written = (Kind, Option<CallId>, Body);

fn written(fact: &Fact) -> Written {
    let body = Body::new();
    match &fact.what {
        What::Acd(what) => acd_written(fact.at, what, body),
        What::DeviceRegistered { agent, sip_user, contact, user_agent } => {
            let body = body.num("agent", agent.0).text("sip_user", sip_user);
            let body = body.text("contact", contact).text("user_agent", user_agent);
            (Kind::DeviceRegistered, None, body)
        }
        What::DeviceLost { agent, sip_user } => {
            (Kind::DeviceLost, None, body.num("agent", agent.0).text("sip_user", sip_user))
        }
        What::RecordingStarted { call } => (Kind::RecordingStarted, Some(*call), body),
        What::RecordingStored { call, bytes, duration_ms, sha256 } => {
            let body = body.num("bytes", *bytes).num("duration_ms", *duration_ms);
            (Kind::RecordingStored, Some(*call), body.text("sha256", sha256))
        }
        What::RecordingFailed { call, cause } => {
            (Kind::RecordingFailed, Some(*call), body.text("cause", cause))
        }
        What::CallbackOrigin { call, number, caller_display, trunk, from } => {
            let body = body.text("number", number).text("caller_display", caller_display);
            let body = body.maybe_text("trunk", trunk.as_deref());
            (Kind::CallbackOrigin, Some(*call), body.text("from", &from.to_string()))
        }
        What::CallRejected { number, caller, status } => {
            let body = body.text("number", number).text("caller", caller);
            (Kind::CallRejected, None, body.num("status", *status))
        }
        What::OfficeStarted { call, agent, with, to, number, caller } => {
            let body = body.num("agent", agent.0).word("with", *with);
            let body = body.maybe_num("to", to.map(|to| to.0));
            (Kind::OfficeStarted, Some(*call), body.text("number", number).text("caller", caller))
        }
        What::OfficeAnswered { call } => (Kind::OfficeAnswered, Some(*call), body),
        What::OfficeEnded { call, outcome, talked_ms } => {
            let body = body.word("outcome", *outcome).num("talked_ms", *talked_ms);
            (Kind::OfficeEnded, Some(*call), body)
        }
    }
}

#[expect(clippy::too_many_lines, reason = "the journal's whole vocabulary, one arm per fact")]
fn acd_written(at: Time, fact: &Acd, body: Body) -> Written {
    match fact {
        Acd::CallArrived { call, group, number, caller, priority } => {
            let body = body.num("group", group.0).text("number", number).text("caller", caller);
            // Most calls have none: a line of the journal says what is not usual.
            let priority = Some(*priority).filter(|priority| *priority != 0);
            (Kind::CallArrived, Some(*call), body.maybe_num("priority", priority))
        }
        Acd::QueueEntered { call, group, priority, place, why, since, by } => {
            let body = body.num("group", group.0).num("priority", *priority).num("place", *place);
            let since = Some(since.0).filter(|since| *since != at.0);
            let body = body.word("why", *why).maybe_num("since", since);
            let body = if let Some(by) = by { actor(body, by) } else { body };
            (Kind::QueueEntered, Some(*call), body)
        }
        Acd::QueueRefused { call, group, refusal } => {
            let body = body.num("group", group.0).word("refusal", *refusal);
            (Kind::QueueRefused, Some(*call), body)
        }
        Acd::RouteDecided { call, group, decision } => {
            (Kind::RouteDecided, Some(*call), decided(body.num("group", group.0), decision))
        }
        Acd::OfferSent { call, group, agent } => {
            (Kind::OfferSent, Some(*call), body.num("group", group.0).num("agent", agent.0))
        }
        Acd::OfferRinging { call, agent } => {
            (Kind::OfferRinging, Some(*call), body.num("agent", agent.0))
        }
        Acd::OfferEnded { call, group, agent, outcome, rang_ms } => {
            let body = body.num("group", group.0).num("agent", agent.0).word("outcome", *outcome);
            (Kind::OfferEnded, Some(*call), body.num("rang_ms", *rang_ms))
        }
        Acd::QueueLeft { call, group, leave, waited_ms } => {
            let body = body.num("group", group.0).word("leave", *leave);
            (Kind::QueueLeft, Some(*call), body.num("waited_ms", *waited_ms))
        }
        Acd::TalkStarted { call, group, agent } => {
            (Kind::TalkStarted, Some(*call), body.num("group", group.0).num("agent", agent.0))
        }
        Acd::HoldStarted { call, by } => (Kind::HoldStarted, Some(*call), body.word("by", *by)),
        Acd::HoldEnded { call, by } => (Kind::HoldEnded, Some(*call), body.word("by", *by)),
        Acd::TalkEnded { call, group, agent, by, cause, talked_ms } => {
            let body = body.num("group", group.0).num("agent", agent.0).word("by", *by);
            (Kind::TalkEnded, Some(*call), body.word("cause", *cause).num("talked_ms", *talked_ms))
        }
        Acd::WrapUpStarted { call, group, agent } => {
            (Kind::WrapupStarted, Some(*call), body.num("group", group.0).num("agent", agent.0))
        }
        Acd::WrapUpEnded { agent, by_agent } => {
            let by = if *by_agent { "agent" } else { "timer" };
            (Kind::WrapupEnded, None, body.num("agent", agent.0).plain("by", by))
        }
        Acd::AgentWish { agent, wish, by } => {
            (Kind::AgentWish, None, wished(body.num("agent", agent.0), wish, by))
        }
        Acd::AgentActivity { agent, activity } => {
            (Kind::AgentActivity, None, body.num("agent", agent.0).word("activity", *activity))
        }
        Acd::PlanChanged { version } => (Kind::PlanChanged, None, body.num("version", *version)),
        Acd::QueueMoved { call, group, by, from, to, priority } => {
            let body = body.num("group", group.0).num("from", *from).num("to", *to);
            (Kind::QueueMoved, Some(*call), actor(body.num("priority", *priority), by))
        }
        Acd::WaitAnnounced { call, place, wait_ms } => {
            let body = body.maybe_num("place", *place).maybe_num("wait_ms", *wait_ms);
            (Kind::WaitAnnounced, Some(*call), body)
        }
        Acd::CallbackAsked { call, group, number } => {
            (Kind::CallbackAsked, Some(*call), body.num("group", group.0).text("number", number))
        }
        Acd::CallDiverted { call, group, number } => {
            (Kind::CallDiverted, Some(*call), body.num("group", group.0).text("number", number))
        }
        Acd::CallbackTried { call, agent, reached } => {
            let outcome = if *reached { "reached" } else { "not_reached" };
            (Kind::CallbackTried, Some(*call), body.num("agent", agent.0).plain("outcome", outcome))
        }
        Acd::CallbackEnded { call, group, why, by } => {
            let body = body.num("group", group.0).word("reason", *why);
            (Kind::CallbackEnded, Some(*call), actor(body, by))
        }
        Acd::TransferDone { call, agent, from, to, by } => {
            let body = body.num("agent", agent.0).num("from", from.0).num("to", to.0);
            (Kind::TransferDone, Some(*call), actor(body, by))
        }
        Acd::GroupTurned { group, open } => {
            let state = if *open { "open" } else { "closed" };
            (Kind::GroupTurned, None, body.num("group", group.0).plain("state", state))
        }
        Acd::LoanEnded { agent, group } => {
            (Kind::LoanEnded, None, body.num("agent", agent.0).num("group", group.0))
        }
    }
}

fn decided(body: Body, decision: &Decided) -> Body {
    let Decided { candidates, skipped, chosen, verdict } = decision;
    let skipped = skipped
        .iter()
        .map(|skip| Body::new().num("agent", skip.agent.0).word("reason", skip.reason).done());
    body.num("chosen", chosen.0)
        .text("policy", &verdict.policy)
        .num("micros", verdict.micros)
        .num("fuel", verdict.fuel)
        .maybe_text("fallback", verdict.fallback.as_deref())
        .maybe_text("reason", verdict.reason.as_deref())
        .maybe_num("picked", verdict.picked.map(|picked| picked.position))
        .maybe_num("picked_of", verdict.picked.map(|picked| picked.calls))
        .list("candidates", candidates.iter().map(|agent| agent.0.to_string()))
        .list("skipped", skipped)
}

fn wished(body: Body, wish: &Wish, by: &Actor) -> Body {
    let body = match wish {
        Wish::On => body.plain("wish", "on"),
        Wish::Off => body.plain("wish", "off"),
        Wish::Break { reason } => body.plain("wish", "break").text("reason", reason),
    };
    actor(body, by)
}

fn actor(body: Body, by: &Actor) -> Body {
    match by {
        Actor::Agent => body.plain("by", "agent"),
        Actor::Web { who } => body.plain("by", "web").text("who", who),
        Actor::Rule => body.plain("by", "rule"),
    }
}

/// A kept line with its body taken apart.
struct Line<'a> {
    kept: &'a Kept,
    body: Reader,
}

impl Line<'_> {
    fn what(&self) -> Result<What, Error> {
        let body = &self.body;
        Ok(match self.kept.kind.as_str() {
            "device_registered" => What::DeviceRegistered {
                agent: self.agent()?,
                sip_user: body.text("sip_user")?,
                contact: body.text("contact")?,
                user_agent: body.text("user_agent")?,
            },
            "device_lost" => {
                What::DeviceLost { agent: self.agent()?, sip_user: body.text("sip_user")? }
            }
            "recording_started" => What::RecordingStarted { call: self.call()? },
            "recording_stored" => What::RecordingStored {
                call: self.call()?,
                bytes: body.num("bytes")?,
                duration_ms: body.num("duration_ms")?,
                sha256: body.text("sha256")?,
            },
            "recording_failed" => {
                What::RecordingFailed { call: self.call()?, cause: body.text("cause")? }
            }
            "callback_origin" => What::CallbackOrigin {
                call: self.call()?,
                number: body.text("number")?,
                caller_display: body.text("caller_display")?,
                trunk: body.maybe_text("trunk"),
                from: body.parsed("from")?,
            },
            "call_rejected" => What::CallRejected {
                number: body.text("number")?,
                caller: body.text("caller")?,
                status: body.num("status")?,
            },
            "office_started" => What::OfficeStarted {
                call: self.call()?,
                agent: self.agent()?,
                with: body.word("with")?,
                to: body.maybe_num("to")?.map(AgentId),
                number: body.text("number")?,
                caller: body.text("caller")?,
            },
            "office_answered" => What::OfficeAnswered { call: self.call()? },
            "office_ended" => What::OfficeEnded {
                call: self.call()?,
                outcome: body.word("outcome")?,
                talked_ms: body.num("talked_ms")?,
            },
            _ => What::Acd(self.acd()?),
        })
    }

    fn acd(&self) -> Result<Acd, Error> {
        let body = &self.body;
        Ok(match self.kept.kind.as_str() {
            "call_arrived" => Acd::CallArrived {
                call: self.call()?,
                group: self.group()?,
                number: body.text("number")?,
                caller: body.text("caller")?,
                priority: body.maybe_num("priority")?.unwrap_or(0),
            },
            "queue_entered" => Acd::QueueEntered {
                call: self.call()?,
                group: self.group()?,
                priority: body.num("priority")?,
                place: body.num("place")?,
                // Journals from before there was another reason do not say it.
                why: body.maybe_word("why")?.unwrap_or(Entry::Arrival),
                since: Time(body.maybe_num("since")?.unwrap_or(self.kept.at_ms)),
                by: self.maybe_actor()?,
            },
            "queue_refused" => Acd::QueueRefused {
                call: self.call()?,
                group: self.group()?,
                refusal: body.word("refusal")?,
            },
            "route_decided" => Acd::RouteDecided {
                call: self.call()?,
                group: self.group()?,
                decision: self.decided()?,
            },
            "queue_left" => Acd::QueueLeft {
                call: self.call()?,
                group: self.group()?,
                leave: body.word("leave")?,
                waited_ms: body.num("waited_ms")?,
            },
            "wrapup_ended" => {
                Acd::WrapUpEnded { agent: self.agent()?, by_agent: body.text("by")? == "agent" }
            }
            "agent_wish" => self.wished()?,
            "agent_activity" => {
                Acd::AgentActivity { agent: self.agent()?, activity: body.word("activity")? }
            }
            "plan_changed" => Acd::PlanChanged { version: body.num("version")? },
            "group_turned" => {
                Acd::GroupTurned { group: self.group()?, open: body.text("state")? == "open" }
            }
            "loan_ended" => Acd::LoanEnded { agent: self.agent()?, group: self.group()? },
            "queue_moved" | "wait_announced" | "call_diverted" | "callback_asked"
            | "callback_tried" | "callback_ended" | "transfer_done" => self.detour()?,
            _ => self.offer_or_talk()?,
        })
    }

    /// What befalls a caller between his entry and his talk, or after it.
    fn detour(&self) -> Result<Acd, Error> {
        let body = &self.body;
        let call = self.call()?;
        Ok(match self.kept.kind.as_str() {
            "queue_moved" => {
                let (group, by) = (self.group()?, self.actor()?);
                let (from, to) = (body.num("from")?, body.num("to")?);
                // Journals from before do not say it.
                let priority = body.maybe_num("priority")?.unwrap_or(0);
                Acd::QueueMoved { call, group, by, from, to, priority }
            }
            "wait_announced" => Acd::WaitAnnounced {
                call,
                place: body.maybe_num("place")?,
                wait_ms: body.maybe_num("wait_ms")?,
            },
            "call_diverted" => {
                Acd::CallDiverted { call, group: self.group()?, number: body.text("number")? }
            }
            "callback_asked" => {
                Acd::CallbackAsked { call, group: self.group()?, number: body.text("number")? }
            }
            "callback_ended" => Acd::CallbackEnded {
                call,
                group: self.group()?,
                why: body.word("reason")?,
                by: self.actor()?,
            },
            "callback_tried" => {
                let reached = body.text("outcome")? == "reached";
                Acd::CallbackTried { call, agent: self.agent()?, reached }
            }
            _ => Acd::TransferDone {
                call,
                agent: self.agent()?,
                from: body.num("from").map(GroupId)?,
                to: body.num("to").map(GroupId)?,
                by: self.actor()?,
            },
        })
    }

    fn offer_or_talk(&self) -> Result<Acd, Error> {
        let body = &self.body;
        let call = self.call()?;
        Ok(match self.kept.kind.as_str() {
            "offer_sent" => Acd::OfferSent { call, group: self.group()?, agent: self.agent()? },
            "offer_ringing" => Acd::OfferRinging { call, agent: self.agent()? },
            "offer_ended" => Acd::OfferEnded {
                call,
                group: self.group()?,
                agent: self.agent()?,
                outcome: body.word("outcome")?,
                rang_ms: body.num("rang_ms")?,
            },
            "talk_started" => Acd::TalkStarted { call, group: self.group()?, agent: self.agent()? },
            "hold_started" => Acd::HoldStarted { call, by: body.word("by")? },
            "hold_ended" => Acd::HoldEnded { call, by: body.word("by")? },
            "talk_ended" => Acd::TalkEnded {
                call,
                group: self.group()?,
                agent: self.agent()?,
                by: body.word("by")?,
                cause: body.word("cause")?,
                talked_ms: body.num("talked_ms")?,
            },
            "wrapup_started" => {
                Acd::WrapUpStarted { call, group: self.group()?, agent: self.agent()? }
            }
            unknown => {
                let cause = format!("line {} of unknown kind {unknown}", self.kept.seq);
                return Err(Error::Corrupt { table: "fact", cause });
            }
        })
    }

    fn decided(&self) -> Result<Decided, Error> {
        let body = &self.body;
        let skipped = |entry: &Reader| {
            Ok(Skipped { agent: AgentId(entry.num("agent")?), reason: entry.word("reason")? })
        };
        Ok(Decided {
            candidates: body.list("candidates", |entry| entry.own_num().map(AgentId))?,
            skipped: body.list("skipped", skipped)?,
            chosen: AgentId(body.num("chosen")?),
            verdict: Verdict {
                policy: body.text("policy")?,
                micros: body.num("micros")?,
                fuel: body.num("fuel")?,
                fallback: body.maybe_text("fallback"),
                reason: body.maybe_text("reason"),
                picked: self.picked()?,
            },
        })
    }

    /// Which of the calls the policy chose for a freed agent; other decisions do not say.
    fn picked(&self) -> Result<Option<Picked>, Error> {
        let position = self.body.maybe_num("picked")?;
        let calls = self.body.maybe_num("picked_of")?;
        Ok(position.zip(calls).map(|(position, calls)| Picked { position, calls }))
    }

    fn wished(&self) -> Result<Acd, Error> {
        let body = &self.body;
        let wish = match body.text("wish")?.as_str() {
            "on" => Wish::On,
            "off" => Wish::Off,
            _ => Wish::Break { reason: body.text("reason")? },
        };
        Ok(Acd::AgentWish { agent: self.agent()?, wish, by: self.actor()? })
    }

    /// Journals from before do not always say who it was.
    fn maybe_actor(&self) -> Result<Option<Actor>, Error> {
        if self.body.maybe_text("by").is_some() { self.actor().map(Some) } else { Ok(None) }
    }

    fn actor(&self) -> Result<Actor, Error> {
        Ok(match self.body.text("by")?.as_str() {
            "agent" => Actor::Agent,
            "web" => Actor::Web { who: self.body.text("who")? },
            _ => Actor::Rule,
        })
    }

    fn call(&self) -> Result<CallId, Error> {
        let cause = || format!("line {} without its call", self.kept.seq);
        let call = self.kept.call.ok_or_else(|| Error::Corrupt { table: "fact", cause: cause() });
        call.map(CallId)
    }

    fn group(&self) -> Result<GroupId, Error> {
        self.body.num("group").map(GroupId)
    }

    fn agent(&self) -> Result<AgentId, Error> {
        self.body.num("agent").map(AgentId)
    }
}
