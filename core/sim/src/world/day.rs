//! A made-up day through the whole centre: phones with habits, links that fail, people who change
//! their minds, and rubbish from nowhere, all from one seed.

use std::collections::BTreeMap;
use std::time::Duration;

use acd::Policy;
use bytes::Bytes;
use sip::{Login, Transport};

use super::party::{Body, Habits};
use super::plan::{PASSWORD, number_of};
use super::run::REST;
use super::{CENTRE, Size, TRUNK, Tally, Weather, World, address, seed_of};
use crate::phone::{Account, Agent, Behaviour, Dialling, Phone, PhoneConfig, Ring, Then};
use crate::random::Random;
use crate::timeline::span_words;

/// A second in milliseconds.
const S: u64 = 1_000;
/// The last deed of a day.
const DAY_MS: u64 = 300 * S;
/// After this everybody has registered who can.
const MORNING: Duration = Duration::from_secs(5);
/// The longest talk. Everybody hangs up in the end, or the day would have none.
const TALK_S_MAX: u64 = 40;

/// A made-up day.
pub struct Day {
    world: World,
    random: Random,
    /// By time and, within one moment, in the order of planning.
    deeds: BTreeMap<(u64, u64), Deed>,
    agents: u64,
    groups: u64,
    callers: u64,
    /// Everything that was done, as it could be read in a story.
    script: String,
}

enum Deed {
    /// A sentence of a story.
    Say(String),
    Dial {
        caller: u64,
    },
    /// A new phone instead of the old one, which is gone without a word.
    Restart {
        agent: u64,
    },
    /// The phone says goodbye.
    Leave {
        agent: u64,
    },
    Rubbish(Bytes),
}

/// What a day amounted to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Report {
    pub tally: Tally,
    pub datagrams: u64,
    /// What happened: the same for the same seed.
    pub story: String,
}

impl Day {
    pub fn new(seed: u64, policy: Box<dyn Policy>) -> Day {
        let mut random = Random::new(seed);
        let tight = random.chance(15);
        let size = Size {
            seed,
            calls_max: if tight { 3 } else { 200 },
            relays_max: if random.chance(10) { 4 } else { 200 },
        };
        let mut day = Day {
            world: World::with_policy(size, policy),
            deeds: BTreeMap::new(),
            agents: random.between(1, 6),
            groups: random.between(1, 3),
            callers: random.between(5, 30),
            script: String::new(),
            random,
        };
        day.set_weather();
        day.plan_calls();
        day.plan_deaths();
        day.plan_minds();
        day.plan_rubbish();
        day
    }

    /// Lives the day, and says what was wrong with it.
    pub fn live(mut self) -> Result<Report, String> {
        self.begin();
        while let Some(((at, _), deed)) = self.deeds.pop_first() {
            self.world.run_until(self.world.log.zero + Duration::from_millis(at));
            self.act(at, deed);
        }
        match self.end() {
            Ok(tally) => {
                let datagrams = self.world.sent();
                Ok(Report { tally, datagrams, story: self.world.story() })
            }
            Err(problems) => Err(format!("{problems}\n{}\n{}", self.script, self.world.story())),
        }
    }

    fn set_weather(&mut self) {
        let least = self.random.between(1, 20);
        let spread = if self.random.chance(50) { 5 } else { self.random.between(20, 400) };
        self.world.set_weather(Weather {
            lost_percent: if self.random.chance(30) { 0 } else { self.random.between(1, 20) },
            doubled_percent: if self.random.chance(50) { 0 } else { self.random.between(1, 15) },
            delay_ms: (least, least + spread),
        });
    }

    /// Every message and every order shall stand in the story, which costs time.
    pub fn telling_all(mut self) -> Day {
        self.world.log.tells_sip = true;
        self.world.log.tells_media = true;
        self
    }

    fn begin(&mut self) {
        for group in 1..=self.groups {
            let line = self.group_line(group);
            self.read(&line);
        }
        for agent in 1..=self.agents {
            let line = self.agent_line(agent);
            self.read(&line);
        }
        self.world.begun = true;
        self.world.paper.scene = self.world.reader.opening();
        self.world.publish();
        for agent in 1..=self.agents {
            self.add_agent(agent);
        }
        self.world.run_for(MORNING);
        self.world.log.zero = self.world.now;
    }

    /// Everybody comes to rest, then says goodbye; nothing may be left after either.
    fn end(&mut self) -> Result<Tally, String> {
        self.world.run_for(REST);
        let (calls, legs, _) = self.world.centre.load();
        let busy = self.world.busy_parties();
        if calls + legs + busy.len() > 0 {
            return Err(format!("{calls} calls, {legs} legs, and on the line: {busy:?}"));
        }
        for at in 0..self.world.parties.len() {
            self.leave(at);
        }
        self.world.rest()
    }

    fn read(&mut self, line: &str) {
        self.script.push_str(&format!("{line}\n"));
        if let Err((word, problem)) = self.world.read(line) {
            unreachable!("a day says nothing wrong: {word}: {problem}");
        }
    }

    fn act(&mut self, at: u64, deed: Deed) {
        let time = span_words(at);
        let words = match &deed {
            Deed::Say(words) => words.clone(),
            Deed::Dial { caller } => format!("k{caller} dials"),
            Deed::Restart { agent } => format!("a{agent}'s phone restarts"),
            Deed::Leave { agent } => format!("a{agent}'s phone unregisters"),
            Deed::Rubbish(bytes) => format!("rubbish of {} bytes comes", bytes.len()),
        };
        let line = format!("{time} {words}");
        self.script.push_str(&format!("{line}\n"));
        match deed {
            Deed::Say(words) => {
                let words: Vec<&str> = words.split(' ').collect();
                // Of somebody who is not in the plan just now nothing can be said.
                let _ = self.world.deed(&words, &line);
            }
            Deed::Dial { caller } => self.dial(caller),
            Deed::Restart { agent } => {
                let old = self.world.party(&format!("a{agent}"));
                old.into_iter().for_each(|old| self.world.parties[old].lives = false);
                self.add_agent(agent);
            }
            Deed::Leave { agent } => {
                let at = self.world.party(&format!("a{agent}"));
                at.into_iter().for_each(|at| self.leave(at));
            }
            Deed::Rubbish(bytes) => self.world.inject(address([10, 9, 9, 9], 5060), bytes),
        }
    }

    fn leave(&mut self, at: usize) {
        let now = sip::Time(self.world.now.0);
        let party = &mut self.world.parties[at];
        let Body::Habits(habits) = &mut party.body else { return };
        let mut out = Vec::new();
        habits.phone.leave(now, &mut out);
        let effects = habits.effects(out);
        if party.lives {
            self.world.follow(at, effects);
        }
    }

    fn add_agent(&mut self, agent: u64) {
        let name = format!("a{agent}");
        let from = self.world.free_agent_address();
        let media = self.world.free_media_address();
        let rings = (0..6).map(|_| self.ring()).collect();
        let account = Account {
            flow: sip::Flow { id: 1, transport: Transport::Udp, local: from, remote: CENTRE },
            login: Login { user: name.clone(), password: PASSWORD.to_owned() },
            expires: Duration::from_secs(self.random.between(60, 600)),
        };
        let behaviour = Behaviour::Agent(Agent { account: Some(account), media, rings });
        let phone = self.phone(behaviour);
        let at = self.world.add_party(&name, (from, media), Body::Habits(phone));
        self.wake(at);
    }

    fn dial(&mut self, caller: u64) {
        let name = format!("k{caller}");
        let from = address(TRUNK, 5_100 + u16::try_from(caller).unwrap_or(0));
        let media = self.world.free_media_address();
        let group = acd::GroupId(self.random.between(1, self.groups));
        let number = if self.random.chance(5) { "112".to_owned() } else { number_of(group) };
        let dialling = Dialling {
            flow: sip::Flow { id: 1, transport: Transport::Udp, local: from, remote: CENTRE },
            number,
            caller: name.clone(),
            media,
            patience: self.span(60),
            talk_max: self.span(TALK_S_MAX),
        };
        let mut phone = self.phone(Behaviour::Caller);
        let mut out = Vec::new();
        let now = sip::Time(self.world.now.0);
        phone.line = Some(phone.phone.dial(now, dialling, &mut out));
        let effects = phone.effects(out);
        let at = self.world.add_party(&name, (from, media), Body::Habits(phone));
        self.world.follow(at, effects);
    }

    fn phone(&self, behaviour: Behaviour) -> Box<Habits> {
        let seed = seed_of(self.world.seed, 1 + self.world.parties.len() as u64);
        let config = PhoneConfig { seed, product: "habits".to_owned(), behaviour };
        Box::new(Habits::new(Phone::new(config)))
    }

    /// Lets a new phone begin: its first deed is to register.
    fn wake(&mut self, at: usize) {
        let now = sip::Time(self.world.now.0);
        let effects = self.world.parties[at].expire(now);
        self.world.follow(at, effects);
    }

    /// What an agent's phone does with one call.
    fn ring(&mut self) -> Ring {
        let slowest = if self.random.chance(80) { 500 } else { 6 * S };
        let rings_after = Duration::from_millis(self.random.below(slowest));
        let after = self.span(12);
        let then = match self.random.below(10) {
            0..=5 => Then::Answer { after, talk: Some(self.span(TALK_S_MAX)) },
            6 => Then::Answer { after: Duration::ZERO, talk: Some(self.span(2)) },
            7 => {
                let statuses = [603, 486, 404, 480, 500];
                let nth = usize::try_from(self.random.below(5)).unwrap_or(0);
                Then::Refuse { after, status: statuses[nth] }
            }
            _ => Then::Ignore,
        };
        Ring { rings_after, then }
    }

    fn span(&mut self, seconds_max: u64) -> Duration {
        Duration::from_millis(self.random.between(1, seconds_max * S))
    }

    fn plan(&mut self, at: u64, deed: Deed) {
        let nth = self.deeds.len() as u64;
        self.deeds.insert((at.min(DAY_MS), nth), deed);
    }

    fn say(&mut self, at: u64, words: String) {
        self.plan(at, Deed::Say(words));
    }

    fn plan_calls(&mut self) {
        let mut at = 0;
        for caller in 1..=self.callers {
            // Bursts and lulls.
            at += if self.random.chance(40) {
                self.random.below(300)
            } else {
                self.random.below(15 * S)
            };
            self.plan(at, Deed::Dial { caller });
        }
    }

    /// Phones and links die, and some of them come back.
    fn plan_deaths(&mut self) {
        for _ in 0..self.random.below(8) {
            let at = self.random.below(DAY_MS);
            let agent = self.random.between(1, self.agents);
            let caller = self.random.between(1, self.callers);
            let who =
                if self.random.chance(60) { format!("a{agent}") } else { format!("k{caller}") };
            let how = ["", "to ", "from "][usize::try_from(self.random.below(3)).unwrap_or(0)];
            let back = at + self.random.below(60 * S);
            match self.random.below(6) {
                0 | 1 => {
                    self.say(at, format!("cut {how}{who}"));
                    if self.random.chance(70) {
                        self.say(back, format!("mend {who}"));
                    }
                }
                2 => self.say(at, format!("{who} dies")),
                3 => {
                    self.say(at, format!("{who} dies"));
                    self.say(at + 50, format!("the network refuses {who}"));
                }
                4 => self.plan(at, Deed::Restart { agent }),
                _ => {
                    self.plan(at, Deed::Leave { agent });
                    self.plan(back, Deed::Restart { agent });
                }
            }
        }
    }

    /// Agents and administrators change their minds.
    fn plan_minds(&mut self) {
        for _ in 0..self.random.below(12) {
            let at = self.random.below(DAY_MS);
            let back = at + self.random.below(40 * S);
            let agent = self.random.between(1, self.agents);
            let group = self.random.between(1, self.groups);
            match self.random.below(9) {
                0 | 1 => {
                    self.say(at, format!("a{agent} logs off"));
                    self.say(back, format!("a{agent} logs on"));
                }
                2 => {
                    self.say(at, format!("a{agent} takes a break for tea"));
                    self.say(back, format!("a{agent} logs on"));
                }
                3 => self.say(at, format!("a{agent} ends wrap-up")),
                4 => {
                    let line = self.agent_line(agent);
                    self.say(at, line);
                }
                5 => {
                    let line = self.group_line(group);
                    self.say(at, line);
                }
                6 => {
                    let line = self.group_line(group);
                    self.say(at, format!("remove group g{group}"));
                    self.say(back, line);
                }
                7 => {
                    let line = self.agent_line(agent);
                    self.say(at, format!("remove agent a{agent}"));
                    self.say(back, line);
                }
                _ => {
                    self.say(at, "the centre is overloaded".to_owned());
                    self.say(at + 2 * S, "the centre recovers".to_owned());
                }
            }
        }
        if self.random.chance(20) {
            let at = DAY_MS / 2 + self.random.below(DAY_MS / 2);
            let how = if self.random.chance(50) { "drains" } else { "ends all" };
            self.say(at, format!("the centre {how}"));
        }
    }

    fn plan_rubbish(&mut self) {
        for _ in 0..self.random.below(20) {
            let at = self.random.below(DAY_MS);
            let length = self.random.between(1, 60);
            let noise =
                (0..length).map(|_| (self.random.below(96) + 31) as u8).collect::<Vec<u8>>();
            let mut bytes = b"INVITE sip:6000001@10.0.0.1 SIP/2.0\r\n".to_vec();
            bytes.extend(noise);
            self.plan(at, Deed::Rubbish(Bytes::from(bytes)));
        }
    }

    fn group_line(&mut self, group: u64) -> String {
        let ring = self.random.between(3, 25);
        let wrap = if self.random.chance(40) { 0 } else { self.random.between(1, 15) };
        let max = self.random.between(1, 12);
        format!("group g{group} ring={ring}s wrap={wrap}s max={max}")
    }

    fn agent_line(&mut self, agent: u64) -> String {
        let mut line = format!("agent a{agent}");
        for group in 1..=self.groups {
            if self.random.chance(70) {
                let order = self.random.between(1, 3);
                let delay = if self.random.chance(20) { self.random.below(20) } else { 0 };
                line.push_str(&format!(" g{group}={order}/{delay}s"));
            }
        }
        line
    }
}
