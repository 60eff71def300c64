//! What befalls a caller of a group, as JSON.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use store::Flow;
use utoipa::ToSchema;

use crate::body::given;
use crate::problem::Problem;
use crate::way::{Closing, Door, Nobody, Prompt, Way};

/// A step of the overflow chain.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub(crate) struct Step {
    /// Counted from entering the group.
    after_ms: u64,
    to: Way,
}

/// Where a key leads.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub(crate) struct KeyWay {
    /// `0` to `9`, `*` or `#`.
    key: String,
    to: Way,
}

/// A caller who comes before others, or after them.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub(crate) struct Caller {
    number: String,
    priority: i32,
}

/// What waiting callers are told.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
pub(crate) struct Announce {
    #[serde(default)]
    #[schema(required)]
    greeting: Option<Prompt>,
    first_ms: u64,
    every_ms: u64,
    place: bool,
    wait: bool,
}

/// All of it, as lists show it.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlowOut {
    /// A calendar; `null` is always open.
    #[schema(required)]
    hours: Option<u64>,
    door: Door,
    closed: Way,
    closing: Closing,
    nobody: Nobody,
    deserted: Way,
    full: Way,
    steps: Vec<Step>,
    keys: Vec<KeyWay>,
    /// For so long a caller waits for the agent who served him last.
    sticky_ms: u64,
    callers: Vec<Caller>,
    #[schema(required)]
    announce: Option<Announce>,
    keeps_wait: bool,
}

/// What is given of it; the rest stays.
#[derive(Deserialize, ToSchema)]
pub(crate) struct FlowIn {
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u64>)]
    hours: Option<Option<u64>>,
    #[serde(default)]
    door: Option<Door>,
    #[serde(default)]
    closed: Option<Way>,
    #[serde(default)]
    closing: Option<Closing>,
    #[serde(default)]
    nobody: Option<Nobody>,
    #[serde(default)]
    deserted: Option<Way>,
    #[serde(default)]
    full: Option<Way>,
    #[serde(default)]
    steps: Option<Vec<Step>>,
    #[serde(default)]
    keys: Option<Vec<KeyWay>>,
    #[serde(default)]
    sticky_ms: Option<u64>,
    #[serde(default)]
    callers: Option<Vec<Caller>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Announce>)]
    announce: Option<Option<Announce>>,
    #[serde(default)]
    keeps_wait: Option<bool>,
}

/// The same with every word parsed: what is put in the place of what was there.
pub(crate) struct FlowChange {
    given: FlowIn,
    keys: Option<BTreeMap<acd::Key, acd::Way>>,
    callers: Option<BTreeMap<String, i32>>,
}

impl FlowIn {
    pub(crate) fn parsed(mut self) -> Result<FlowChange, Problem> {
        let keys = self.keys.take().map(engine_keys).transpose()?;
        let callers = self.callers.take().map(engine_callers).transpose()?;
        Ok(FlowChange { given: self, keys, callers })
    }
}

impl FlowChange {
    pub(crate) fn put_into(self, flow: &mut Flow) {
        let FlowChange { given, keys, callers } = self;
        if let Some(hours) = given.hours {
            flow.hours = hours.map(acd::CalendarId);
        }
        flow.door = given.door.map_or(flow.door, Door::engine);
        flow.closing = given.closing.map_or(flow.closing, Closing::engine);
        flow.nobody = given.nobody.map_or(flow.nobody, Nobody::engine);
        let ways = [
            (given.closed, &mut flow.closed),
            (given.deserted, &mut flow.deserted),
            (given.full, &mut flow.full),
        ];
        for (given, way) in ways {
            if let Some(given) = given {
                *way = given.engine();
            }
        }
        if let Some(steps) = given.steps {
            let step = |it: Step| acd::Step { after: span(it.after_ms), to: it.to.engine() };
            flow.steps = steps.into_iter().map(step).collect();
        }
        if let Some(keys) = keys {
            flow.keys = keys;
        }
        flow.sticky_ms = given.sticky_ms.unwrap_or(flow.sticky_ms);
        if let Some(callers) = callers {
            flow.callers = callers;
        }
        if let Some(announce) = given.announce {
            flow.announce = announce.map(Announce::engine);
        }
        flow.keeps_wait = given.keeps_wait.unwrap_or(flow.keeps_wait);
    }
}

fn engine_keys(keys: Vec<KeyWay>) -> Result<BTreeMap<acd::Key, acd::Way>, Problem> {
    let mut ways = BTreeMap::new();
    for (position, KeyWay { key, to }) in keys.into_iter().enumerate() {
        let pointer = format!("/keys/{position}/key");
        let mut signs = key.chars();
        let parsed = match (signs.next().and_then(acd::Key::new), signs.next()) {
            (Some(parsed), None) => parsed,
            (_, _) => return Err(Problem::unknown_value(&pointer)),
        };
        if ways.insert(parsed, to.engine()).is_some() {
            return Err(Problem::repeated(&pointer));
        }
    }
    Ok(ways)
}

fn engine_callers(callers: Vec<Caller>) -> Result<BTreeMap<String, i32>, Problem> {
    let mut ranks = BTreeMap::new();
    for (position, Caller { number, priority }) in callers.into_iter().enumerate() {
        if ranks.insert(number, priority).is_some() {
            return Err(Problem::repeated(&format!("/callers/{position}/number")));
        }
    }
    Ok(ranks)
}

impl FlowOut {
    pub(crate) fn of(flow: Flow) -> FlowOut {
        let step = |it: acd::Step| Step { after_ms: ms(it.after), to: Way::of(it.to) };
        let key = |(key, way): (acd::Key, acd::Way)| KeyWay {
            key: key.char().to_string(),
            to: Way::of(way),
        };
        let caller = |(number, priority): (String, i32)| Caller { number, priority };
        FlowOut {
            hours: flow.hours.map(|id| id.0),
            door: Door::of(flow.door),
            closed: Way::of(flow.closed),
            closing: Closing::of(flow.closing),
            nobody: Nobody::of(flow.nobody),
            deserted: Way::of(flow.deserted),
            full: Way::of(flow.full),
            steps: flow.steps.into_iter().map(step).collect(),
            keys: flow.keys.into_iter().map(key).collect(),
            sticky_ms: flow.sticky_ms,
            callers: flow.callers.into_iter().map(caller).collect(),
            announce: flow.announce.map(Announce::of),
            keeps_wait: flow.keeps_wait,
        }
    }
}

impl Announce {
    fn of(announce: acd::Announce) -> Announce {
        Announce {
            greeting: announce.greeting.map(Prompt::of),
            first_ms: ms(announce.first),
            every_ms: ms(announce.every),
            place: announce.place,
            wait: announce.wait,
        }
    }

    fn engine(self) -> acd::Announce {
        acd::Announce {
            greeting: self.greeting.map(Prompt::engine),
            first: span(self.first_ms),
            every: span(self.every_ms),
            place: self.place,
            wait: self.wait,
        }
    }
}

pub(crate) fn span(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub(crate) fn ms(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
