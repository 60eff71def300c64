//! Reads what the administrator decides: groups, agents, calendars, misses.

use std::collections::BTreeMap;
use std::time::Duration;

use acd::{
    AfterMisses, AgentPlan, Announce, Closing, Door, GroupPlan, Key, Loan, Membership, MissRule,
    Nobody, Prompt, Skills, Step, Time, Way,
};

use crate::timeline::read::{Reader, Wrong, call_id, is_name};
use crate::timeline::span::span;

const GROUP: &str = "not a setting of a group: `ring=`, `wrap=` or `max=`";
const AGENT: &str = "not `group=order` or `group=order/delay`";
const SKILL: &str = "not `skill=name:level` with a level from 1 to 10";

impl Reader {
    pub(super) fn plan_line<'a>(&mut self, words: &[&'a str]) -> Result<(), Wrong<'a>> {
        match words {
            ["group", name, settings @ ..] => self.group_line(name, settings),
            ["agent", name, settings @ ..] => self.agent_line(name, settings),
            ["calendar", name, spans @ ..] => self.calendar_line(name, spans),
            ["misses", rules @ ..] => self.misses_line(rules),
            ["remove", "calendar", name] => {
                let calendar = self.calendar(name).ok_or((*name, "no such calendar"))?;
                self.scene.plan.calendars.remove(&calendar);
                Ok(())
            }
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
        let mut group = GroupPlan::default();
        for setting in settings {
            let wrong = (*setting, GROUP);
            let (key, value) = setting.split_once('=').ok_or(wrong)?;
            let known = self.length(&mut group, key, value).ok_or(wrong)?
                || self.door(&mut group, key, value).ok_or(wrong)?
                || self.way_on(&mut group, key, value).ok_or(wrong)?
                || announcement(&mut group, key, value).ok_or(wrong)?;
            if !known {
                return Err(wrong);
            }
        }
        if !is_name(name) {
            return Err((name, "not a name"));
        }
        let id = self.scene.names.add_group(name);
        self.scene.plan.groups.insert(id, group);
        Ok(())
    }

    /// Whether the setting is one of these; `None` when its value cannot be read.
    fn length(&self, group: &mut GroupPlan, key: &str, value: &str) -> Option<bool> {
        match key {
            "ring" => group.ring = span(value)?,
            "wrap" => group.wrap_up = span(value)?,
            "max" => group.waiting_max = value.parse().ok()?,
            "sticky" => group.sticky = span(value)?,
            "wait" if value == "anew" => group.keeps_wait = false,
            "caller" => {
                let (number, priority) = value.split_once(':')?;
                group.callers.insert(number.to_owned(), priority.parse().ok()?);
            }
            _ => return Some(false),
        }
        Some(true)
    }

    fn door(&self, group: &mut GroupPlan, key: &str, value: &str) -> Option<bool> {
        match (key, value) {
            ("hours", name) => group.hours = Some(self.calendar(name)?),
            ("door", "open") => group.door = Door::Open,
            ("door", "closed") => group.door = Door::Closed,
            ("closing", "serve") => group.closing = Closing::Serve,
            ("closing", "turn-away") => group.closing = Closing::TurnAway,
            ("nobody", "join") => group.nobody = Nobody::Join,
            ("nobody", "refuse") => group.nobody = Nobody::Refuse,
            ("nobody", "leave") => group.nobody = Nobody::Leave,
            _ => return Some(false),
        }
        Some(true)
    }

    fn way_on(&self, group: &mut GroupPlan, key: &str, value: &str) -> Option<bool> {
        match key {
            "full" => group.full = self.way(value)?,
            "closed" => group.closed = self.way(value)?,
            "deserted" => group.deserted = self.way(value)?,
            "step" => {
                let (after, to) = value.split_once(':')?;
                group.steps.push(Step { after: span(after)?, to: self.way(to)? });
            }
            "key" => {
                let (pressed, to) = value.split_once(':')?;
                group.keys.insert(key_of(pressed)?, self.way(to)?);
            }
            _ => return Some(false),
        }
        Some(true)
    }

    fn way(&self, word: &str) -> Option<Way> {
        Some(match word {
            "callback" => Way::Callback,
            "goodbye" => Way::Goodbye(None),
            number if number.bytes().all(|it| it.is_ascii_digit()) => Way::Number(number.into()),
            word => match word.strip_prefix("say-") {
                Some(words) => Way::Goodbye(Some(prompt(words)?)),
                None => Way::Group(*self.scene.names.groups.get(word)?),
            },
        })
    }

    fn agent_line<'a>(&mut self, name: &'a str, settings: &[&'a str]) -> Result<(), Wrong<'a>> {
        let mut phone_off = false;
        let mut memberships = Vec::new();
        let mut levels = BTreeMap::new();
        for setting in settings {
            let (group, value) = setting.split_once('=').ok_or((*setting, AGENT))?;
            if (group, value) == ("phone", "off") {
                phone_off = true;
                continue;
            }
            if let ("skill", Some((skill, level))) = (group, value.split_once(':')) {
                let level = level.parse().map_err(|_| (*setting, SKILL))?;
                levels.insert(skill.to_owned(), level);
                Skills::new(levels.clone()).ok_or((*setting, SKILL))?;
                continue;
            }
            let group = self.scene.names.groups.get(group).ok_or((*setting, "no such group"))?;
            let mut membership = Membership::new(*group, 0);
            self.membership(&mut membership, value).ok_or((*setting, AGENT))?;
            memberships.push(membership);
        }
        if !is_name(name) || call_id(name).is_some() {
            return Err((name, "not a name for an agent"));
        }
        let skills = Skills::new(levels).unwrap_or_default();
        let id = self.scene.names.add_agent(name);
        if phone_off && self.opening.is_none() {
            self.scene.phones_off.push(id);
        }
        self.scene.plan.agents.insert(id, AgentPlan { memberships, skills });
        Ok(())
    }

    /// `2/30s,in=office,wrap=5s,until=10m,wholly`
    fn membership(&self, membership: &mut Membership, words: &str) -> Option<()> {
        let mut words = words.split(',');
        let first = words.next()?;
        let (order, delay) = first.split_once('/').unwrap_or((first, "0s"));
        membership.order = order.parse().ok()?;
        membership.delay = span(delay)?;
        for word in words {
            match (word.split_once('='), &mut membership.loan) {
                (Some(("in", name)), _) => membership.calendar = Some(self.calendar(name)?),
                (Some(("wrap", value)), _) => membership.wrap_up = Some(span(value)?),
                (Some(("until", value)), loan) => {
                    *loan = Some(Loan { until: Time(0) + span(value)?, wholly: false });
                }
                (None, Some(loan)) if word == "wholly" => loan.wholly = true,
                _ => return None,
            }
        }
        Some(())
    }

    fn misses_line<'a>(&mut self, rules: &[&'a str]) -> Result<(), Wrong<'a>> {
        for word in rules {
            let wrong = (*word, "not a rule like `no_answer=2:off`");
            let (cause, rule) = word.split_once('=').ok_or(wrong)?;
            let (limit, then) = rule.split_once(':').ok_or(wrong)?;
            let then = match then {
                "nothing" => AfterMisses::Nothing,
                "break" => AfterMisses::Break("missed".to_owned()),
                "off" => AfterMisses::Off,
                rest => AfterMisses::Rest(span(rest).ok_or(wrong)?),
            };
            let rule = MissRule { limit: limit.parse().map_err(|_| wrong)?, then };
            let misses = &mut self.scene.plan.misses;
            match cause {
                "no_answer" => misses.no_answer = rule,
                "rejected" => misses.rejected = rule,
                "busy" => misses.busy = rule,
                "unreachable" => misses.unreachable = rule,
                _ => return Err(wrong),
            }
        }
        Ok(())
    }
}

fn announcement(group: &mut GroupPlan, key: &str, value: &str) -> Option<bool> {
    let silent = Announce {
        greeting: None,
        first: Duration::ZERO,
        every: Duration::ZERO,
        place: false,
        wait: false,
    };
    let mut announce = group.announce.unwrap_or(silent);
    match (key, value) {
        ("greet", words) => announce.greeting = Some(prompt(words)?),
        ("tell", "place") => announce.place = true,
        ("tell", "wait") => announce.wait = true,
        ("first", value) => announce.first = span(value)?,
        ("every", value) => announce.every = span(value)?,
        _ => return Some(false),
    }
    group.announce = Some(announce);
    Some(true)
}

pub(super) fn key(word: &str) -> Result<Key, Wrong<'_>> {
    key_of(word).ok_or((word, "not a key of a telephone"))
}

fn key_of(word: &str) -> Option<Key> {
    let mut chars = word.chars();
    let key = chars.next().filter(|_| chars.next().is_none())?;
    // A hash begins a comment.
    Key::new(if key == 'h' { '#' } else { key })
}

fn prompt(words: &str) -> Option<Prompt> {
    Some(match words {
        "welcome" => Prompt::Welcome,
        "closed" => Prompt::Closed,
        "nobody" => Prompt::NoAgents,
        "busy" => Prompt::Busy,
        _ => return None,
    })
}
