//! What went on where the cache ends, as JSON.

use acd::{Activity, AgentId, CallId, GroupId, Leave, Side, Time};
use serde_json::{Value, json};
use stats::Limits;
use stats::saved::{Saved, SavedPerson, SavedTalk, Stance};

use crate::word::{Word, words};

/// Grows when a figure is counted otherwise or has come new: caches of before are folded anew.
const SHAPE: u64 = 1;

words!(Stance { On = "on", Off = "off", Break = "break" });

pub(super) fn written(saved: &Saved) -> String {
    let Limits { in_time_ms, short_ms, instant_ms } = saved.limits;
    let people = saved.people.iter().map(|it| {
        json!([
            it.agent.0,
            it.stance.map(Word::word),
            it.activity.word(),
            it.since.0,
            it.offer.map(|(group, since)| json!([group.0, since.map(|at| at.0)])),
            it.wrapping.map(|(group, since)| [group.0, since.0]),
        ])
    });
    let talks = saved.talks.iter().map(|it| {
        json!([
            it.call.0,
            it.begun.map(|(group, agent, since)| [group.0, agent.0, since.0]),
            it.holds.iter().map(|(from, to)| [from.0, to.0]).collect::<Vec<_>>(),
            it.holders.iter().map(|side| side.word()).collect::<Vec<_>>(),
            it.held_since.map(|at| at.0),
        ])
    });
    json!({
        "shape": SHAPE,
        "limits": [in_time_ms, short_ms, instant_ms],
        "people": people.collect::<Vec<_>>(),
        "talks": talks.collect::<Vec<_>>(),
        "ended_short":
            saved.ended_short.iter().map(|(agent, call)| [agent.0, call.0]).collect::<Vec<_>>(),
        "parted": saved.parted.map(|(call, at, leave)| json!([call.0, at.0, leave.word()])),
    })
    .to_string()
}

/// `None` for the state of another program, and for what is none.
pub(super) fn read(text: &str) -> Option<Saved> {
    let state: Value = serde_json::from_str(text).ok()?;
    if state["shape"] != SHAPE {
        return None;
    }
    let limits = &state["limits"];
    Some(Saved {
        limits: Limits {
            in_time_ms: limits[0].as_u64()?,
            short_ms: limits[1].as_u64()?,
            instant_ms: limits[2].as_u64()?,
        },
        people: each(&state["people"], person)?,
        talks: each(&state["talks"], talk)?,
        ended_short: each(&state["ended_short"], |it| {
            Some((AgentId(it[0].as_u64()?), CallId(it[1].as_u64()?)))
        })?,
        parted: maybe(&state["parted"], |it| {
            Some((CallId(it[0].as_u64()?), time(&it[1])?, Leave::of_word(it[2].as_str()?)?))
        })?,
    })
}

fn person(it: &Value) -> Option<SavedPerson> {
    Some(SavedPerson {
        agent: AgentId(it[0].as_u64()?),
        stance: maybe(&it[1], |it| Stance::of_word(it.as_str()?))?,
        activity: Activity::of_word(it[2].as_str()?)?,
        since: time(&it[3])?,
        offer: maybe(&it[4], |it| Some((GroupId(it[0].as_u64()?), maybe(&it[1], time)?)))?,
        wrapping: maybe(&it[5], |it| Some((GroupId(it[0].as_u64()?), time(&it[1])?)))?,
    })
}

fn talk(it: &Value) -> Option<SavedTalk> {
    Some(SavedTalk {
        call: CallId(it[0].as_u64()?),
        begun: maybe(&it[1], |it| {
            Some((GroupId(it[0].as_u64()?), AgentId(it[1].as_u64()?), time(&it[2])?))
        })?,
        holds: each(&it[2], |it| Some((time(&it[0])?, time(&it[1])?)))?,
        holders: each(&it[3], |it| Side::of_word(it.as_str()?))?,
        held_since: maybe(&it[4], time)?,
    })
}

fn time(it: &Value) -> Option<Time> {
    it.as_u64().map(Time)
}

fn each<T>(list: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    list.as_array()?.iter().map(read).collect()
}

/// `Some(None)` for what is not there; `None` for what cannot be read.
fn maybe<T>(it: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
    if it.is_null() { Some(None) } else { read(it).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_read_as_it_was_written() {
        let person = |agent, stance, offer, wrapping| SavedPerson {
            agent: AgentId(agent),
            stance,
            activity: Activity::Offered,
            since: Time(5),
            offer,
            wrapping,
        };
        let saved = Saved {
            limits: Limits { in_time_ms: 1, short_ms: 2, instant_ms: 3 },
            people: vec![
                person(1, None, None, Some((GroupId(4), Time(9)))),
                person(2, Some(Stance::Break), Some((GroupId(4), None)), None),
                person(3, Some(Stance::On), Some((GroupId(4), Some(Time(7)))), None),
            ],
            talks: vec![
                SavedTalk {
                    call: CallId(1),
                    begun: Some((GroupId(1), AgentId(2), Time(3))),
                    holds: vec![(Time(4), Time(5))],
                    holders: vec![Side::Agent, Side::Caller],
                    held_since: Some(Time(6)),
                },
                SavedTalk {
                    call: CallId(2),
                    begun: None,
                    holds: Vec::new(),
                    holders: Vec::new(),
                    held_since: None,
                },
            ],
            ended_short: vec![(AgentId(1), CallId(9))],
            parted: Some((CallId(8), Time(7), Leave::Overflow)),
        };
        assert_eq!(read(&written(&saved)), Some(saved));
    }

    #[test]
    fn the_state_of_another_program_is_none() {
        let text = written(&Saved::default());
        assert_eq!(read(&text), Some(Saved::default()));
        assert_eq!(read(&text.replace("\"shape\":1", "\"shape\":2")), None);
        assert_eq!(read(&text.replace("\"talks\":[]", "\"talks\":[[1]]")), None);
        assert_eq!(read("no state"), None);
    }
}
