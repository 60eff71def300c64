//! Stories: sentences become deeds.

use std::time::Duration;

use acd::{Actor, Event, Wish};
use centre::Input;

use super::World;
use super::handset::Speaking;
use super::network::{Fault, Way};
use super::plan::{extension_of, number_of};
use super::run::flow_from;
use crate::timeline::{Mistake, read_span};

/// How long a phone of a story stays registered.
pub(super) const REGISTERED: Duration = Duration::from_secs(3600);
/// The scene is set within this; then the story begins, at its own time zero.
const SCENE: Duration = Duration::from_secs(1);
/// Decline: a person pressed the red button.
const DECLINE: u16 = 603;
/// Busy here.
const BUSY_HERE: u16 = 486;

/// The word at fault and what is wrong with it.
type Wrong<'a> = (&'a str, &'static str);
type Done<'a> = Result<(), Wrong<'a>>;

impl World {
    /// Plays a script to its last line. Called again, it goes on with the same story.
    pub fn play(&mut self, script: &str) -> Result<(), Mistake> {
        for (nth, line) in script.lines().enumerate() {
            self.sentence(line).map_err(|(word, problem)| Mistake {
                line: nth + 1,
                word: word.to_owned(),
                problem,
            })?;
        }
        Ok(())
    }

    fn sentence<'a>(&mut self, line: &'a str) -> Done<'a> {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [] => Ok(()),
            ["tell", topics @ ..] => self.tells(topics),
            ["group" | "agent", ..] if !self.begun => self.read(line).map(|_| ()),
            [time, deed @ ..] => {
                if !self.begun {
                    self.set_scene();
                }
                let at = read_span(time).ok_or((*time, "not a time"))?;
                self.run_until(self.log.zero + at);
                self.deed(deed, line)
            }
        }
    }

    fn tells<'a>(&mut self, topics: &[&'a str]) -> Done<'a> {
        for topic in topics {
            match *topic {
                "sip" => self.log.tells_sip = true,
                "media" => self.log.tells_media = true,
                "activity" => {
                    self.read("tell activity")?;
                }
                _ => return Err((topic, "can be told: sip, media, activity")),
            }
        }
        Ok(())
    }

    /// The plan is in force, the phones are registered, everybody is logged on.
    pub fn set_scene(&mut self) {
        self.begun = true;
        self.paper.scene = self.reader.opening();
        self.publish();
        let scene = self.paper.scene.clone();
        for agent in scene.plan.agents.keys() {
            if !scene.phones_off.contains(agent) {
                let at = self.add_agent_phone(&scene.names.agent(*agent));
                self.register(at, REGISTERED);
            }
        }
        self.run_for(SCENE);
        self.sent_before = self.network.sent;
        self.log.take();
        self.log.zero = self.now;
    }

    /// Puts the plan on paper in force. As in the switch, whoever is new wants calls.
    pub(super) fn publish(&mut self) {
        let known = self.centre.plan().acd.agents.clone();
        let plan = self.paper.publish();
        self.give(Input::PlanChanged(plan));
        let agents: Vec<_> = self.centre.plan().acd.agents.keys().copied().collect();
        for agent in agents.into_iter().filter(|agent| !known.contains_key(agent)) {
            self.give(Input::Wished { agent, wish: Wish::On, by: Actor::Rule });
        }
    }

    pub(super) fn deed<'a>(&mut self, words: &[&'a str], line: &'a str) -> Done<'a> {
        match words {
            ["cut" | "mend" | "lose", ..] | ["the", "network", ..] => self.network_deed(words),
            ["the", "centre", rest @ ..] => self.centre_deed(rest),
            [who, rest @ ..] if who.ends_with("'s") => {
                self.possession_deed(who.trim_end_matches("'s"), rest)
            }
            [number, "belongs", "to", group] => {
                let group = self.paper.scene.names.group_id(group).ok_or((*group, "no group"))?;
                self.paper.moved.insert((*number).to_owned(), group);
                self.publish();
                Ok(())
            }
            [group, "is", "not", "recorded"] => {
                let group = self.paper.scene.names.group_id(group).ok_or((*group, "no group"))?;
                self.paper.unrecorded.insert(group);
                self.publish();
                Ok(())
            }
            ["the", "trunk", "is", "removed"] => {
                self.paper.without_trunk = true;
                self.publish();
                Ok(())
            }
            ["phones", "may", "call", "outside"] => {
                self.paper.outside_calls = true;
                self.publish();
                Ok(())
            }
            [number, "has", "a", "phone"] => {
                self.add_caller(number);
                Ok(())
            }
            [who, "dials", what, how @ ..] => self.dials(who, what, how),
            [who, rest @ ..] => match self.phone_deed(who, rest) {
                Some(done) => done,
                None => self.plan_deed(line),
            },
            [] => Ok(()),
        }
    }

    fn network_deed<'a>(&mut self, words: &[&'a str]) -> Done<'a> {
        match words {
            ["cut", "to", who] => self.network.cut(who, Way::FromCentre),
            ["cut", "from", who] => self.network.cut(who, Way::ToCentre),
            ["cut", who] => {
                self.network.cut(who, Way::ToCentre);
                self.network.cut(who, Way::FromCentre);
            }
            ["mend", who] => self.network.mend(who),
            ["lose", label @ .., way @ ("to" | "from"), who] => {
                let always = label.first() == Some(&"all");
                let way = if *way == "to" { Way::FromCentre } else { Way::ToCentre };
                let label = label[usize::from(always)..].join(" ");
                let party = (*who).to_owned();
                self.network.faults.push(Fault { label, way, party, always });
            }
            ["the", "network", "refuses", who] => {
                let at = self.party(who).ok_or((*who, "nobody's name"))?;
                let flow = flow_from(self.parties[at].address);
                self.judge.refused(flow.remote);
                self.give(Input::FlowClosed { flow });
            }
            [.., word] => return Err((word, "the network cannot do this")),
            [] => return Err(("", "what does the network do?")),
        }
        Ok(())
    }

    fn centre_deed<'a>(&mut self, words: &[&'a str]) -> Done<'a> {
        match words {
            ["drains"] => self.give(Input::Drain),
            ["restarts"] => self.restart(),
            ["restarts", "without", "the", "trunk"] => {
                self.paper.without_trunk = true;
                self.restart();
            }
            ["ends", "all"] => self.give(Input::EndAll),
            ["is", "overloaded"] => self.centre.set_overloaded(true),
            ["recovers"] => self.centre.set_overloaded(false),
            [.., word] => return Err((word, "the centre cannot do this")),
            [] => return Err(("", "what does the centre do?")),
        }
        Ok(())
    }

    /// Something about an agent's phone or credential.
    fn possession_deed<'a>(&mut self, owner: &'a str, words: &[&'a str]) -> Done<'a> {
        match words {
            ["credential", "is", "removed"] => {
                self.paper.without.insert(owner.to_owned());
                self.publish();
                return Ok(());
            }
            ["phone", "is", "new"] => {
                let at = self.add_agent_phone(owner);
                self.register(at, REGISTERED);
                return Ok(());
            }
            ["phone", "is", "given", "to", agent] => {
                let id = self.paper.scene.names.agent_id(agent).ok_or((*agent, "no agent"))?;
                self.paper.given.insert(owner.to_owned(), id);
                self.publish();
                return Ok(());
            }
            _ => (),
        }
        let at = self.party(owner).ok_or((owner, "nobody's name"))?;
        match words {
            ["phone", "is", "mute"] => self.on_handset(at, |handset, _| {
                handset.says_ringing = false;
                Vec::new()
            }),
            ["phone", "restarts"] => {
                self.parties[at].lives = false;
                let at = self.add_agent_phone(owner);
                self.register(at, REGISTERED);
            }
            ["phone", "moves"] => {
                self.parties[at].address = self.free_agent_address();
                self.register(at, REGISTERED);
            }
            ["phone", "registers", "for", span] => {
                let span = read_span(span).ok_or((*span, "not a span"))?;
                self.register(at, span);
            }
            ["phone", "unregisters"] => self.register(at, Duration::ZERO),
            [.., word] => return Err((word, "phones cannot do this")),
            [] => return Err((owner, "what about it?")),
        }
        Ok(())
    }

    fn dials<'a>(&mut self, who: &'a str, what: &'a str, how: &[&'a str]) -> Done<'a> {
        let speaking = match how {
            [] => Speaking::G711,
            ["without", "sdp"] => Speaking::WithoutSdp,
            ["speaking", "opus"] => Speaking::Opus,
            ["with", "priority", value] => {
                let at = self.party(who).unwrap_or_else(|| self.add_caller(who));
                let value = (*value).to_owned();
                self.on_handset(at, |handset, _| {
                    handset.priority = Some(value);
                    Vec::new()
                });
                Speaking::G711
            }
            [.., word] => return Err((word, "nobody dials like this")),
        };
        let group = self.paper.scene.names.group_id(what);
        let colleague = self.paper.scene.names.agent_id(what).map(extension_of);
        let number = group.map(number_of).or(colleague).unwrap_or_else(|| what.to_owned());
        let at = self.party(who).unwrap_or_else(|| self.add_caller(who));
        let flow = self.parties[at].flow(super::CENTRE);
        self.on_handset(at, |handset, now| handset.dials(now, (flow, &number, who), speaking));
        Ok(())
    }

    /// A telephone event reaches the relay from a phone. Keys are told of the caller's side only.
    fn press(&mut self, at: usize, key: &str) {
        let media = self.parties[at].media;
        let call = self.workers.waiting(media);
        if let (Some(call), Some(key)) = (call, key.chars().next()) {
            self.give(Input::KeyPressed { call, key });
        }
    }

    /// `None`: it is nothing that is done with a phone.
    fn phone_deed<'a>(&mut self, who: &'a str, words: &[&'a str]) -> Option<Done<'a>> {
        let at = self.party(who)?;
        match words {
            ["answers"] => self.on_handset(at, |it, now| it.answers(now)),
            ["rejects"] => self.on_handset(at, |it, now| it.refuses(now, DECLINE)),
            ["is", "busy"] => self.on_handset(at, |it, now| it.refuses(now, BUSY_HERE)),
            ["fails", status] => {
                let Ok(status) = status.parse() else {
                    return Some(Err((status, "not a status")));
                };
                self.on_handset(at, |it, now| it.refuses(now, status));
            }
            ["hangs", "up"] => self.on_handset(at, |it, now| it.hangs_up(now)),
            ["holds"] => self.on_handset(at, |it, _| it.reinvites("sendonly", true)),
            ["resumes"] => self.on_handset(at, |it, _| it.reinvites("sendrecv", true)),
            ["resumes", "without", "sdp"] => {
                self.on_handset(at, |it, _| it.reinvites("sendrecv", false));
            }
            ["falls", "silent"] => self.on_handset(at, |it, _| {
                it.has_voice = false;
                Vec::new()
            }),
            ["speaks", "again"] => self.on_handset(at, |it, _| {
                it.has_voice = true;
                Vec::new()
            }),
            ["presses", key] => self.press(at, key),
            ["presses", key, "by", "INFO"] => self.on_handset(at, |it, _| it.informs(key)),
            ["dies"] => self.parties[at].lives = false,
            _ => return None,
        }
        Some(Ok(()))
    }

    /// A sentence of the timeline language: the plan, or an agent's wish.
    fn plan_deed<'a>(&mut self, line: &'a str) -> Done<'a> {
        match self.read(line)? {
            Some(Event::PlanChanged(plan)) => {
                self.paper.scene.names = self.reader.opening().names;
                self.paper.scene.plan = acd::Plan::clone(&plan);
                self.publish();
            }
            Some(Event::AgentWished { agent, wish, by }) => {
                self.give(Input::Wished { agent, wish, by });
            }
            Some(Event::CallbackEnded { call, by, .. }) => {
                self.give(Input::CallbackEnded { call, by });
            }
            Some(Event::WrapUpEnded { agent }) => self.give(Input::WrapUpEnded { agent }),
            Some(Event::TimePassed) => (),
            Some(_) => return Err((line, "only the engine's own stories can tell this")),
            None => (),
        }
        Ok(())
    }

    pub(super) fn read<'a>(&mut self, line: &'a str) -> Result<Option<Event>, Wrong<'a>> {
        match self.reader.line(line) {
            Ok(step) => Ok(step.and_then(|step| step.into_event())),
            Err(mistake) => Err((line, mistake.problem)),
        }
    }
}
