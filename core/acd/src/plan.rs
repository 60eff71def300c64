//! What the administrator decides, as the engine sees it.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::{AgentId, Calendar, CalendarId, GroupId, Skills, Time};

/// Everything the administrator decides about distribution. A new one replaces the old one whole.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Plan {
    /// Grows with every change; facts carry it.
    pub version: u64,
    /// Every group there is.
    pub groups: BTreeMap<GroupId, GroupPlan>,
    /// Every agent there is, with the groups he serves.
    pub agents: BTreeMap<AgentId, AgentPlan>,
    /// Opening hours and working days that groups and memberships name. One that is not here never
    /// shuts.
    pub calendars: BTreeMap<CalendarId, Calendar>,
    /// What happens to an agent who misses offers.
    pub misses: Misses,
}

/// One group's settings. A waiting call keeps the ways, steps, keys and announcements it met when
/// it entered; ring and wrap-up times count from the next offer, and the door is the group's own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct GroupPlan {
    /// How long an agent's phone rings before the call goes back in line.
    pub ring: Duration,
    /// How long an agent rests after a call of this group.
    pub wrap_up: Duration,
    /// Calls beyond this many waiting are refused as `full`; zero closes the group. Callers whose
    /// offer rings are not counted, and one whose offer failed comes back into line even if full.
    pub waiting_max: u32,
    /// Where a caller goes who finds the line full.
    pub full: Way,
    /// When the group is open; `None` is always.
    pub hours: Option<CalendarId>,
    /// Opened or closed by hand, whatever the hours say.
    pub door: Door,
    /// Where a caller goes who finds the group closed.
    pub closed: Way,
    /// What becomes of those who wait when the group closes.
    pub closing: Closing,
    /// What callers do while nobody who serves the group is logged on.
    pub nobody: Nobody,
    /// Where they go when `nobody` turns them away.
    pub deserted: Way,
    /// What happens to a caller who waits long, by the time waited.
    pub steps: Vec<Step>,
    /// Where a key leads that the caller presses while he waits.
    pub keys: BTreeMap<Key, Way>,
    /// For so long a caller waits for the agent who served him last, while that agent is logged on.
    /// Zero turns it off.
    pub sticky: Duration,
    /// Callers by number and the priority they have above the call's own.
    pub callers: BTreeMap<String, i32>,
    /// What waiting callers are told from time to time.
    pub announce: Option<Announce>,
    /// Callers who are handed to this group by an agent, a supervisor or another group's rule keep
    /// the time they have waited; otherwise they begin anew.
    pub keeps_wait: bool,
}

impl Default for GroupPlan {
    /// A group that is always open and lets everybody wait.
    fn default() -> GroupPlan {
        GroupPlan {
            ring: Duration::from_secs(20),
            wrap_up: Duration::ZERO,
            waiting_max: 100,
            full: Way::Goodbye(None),
            hours: None,
            door: Door::ByHours,
            closed: Way::Goodbye(Some(Prompt::Closed)),
            closing: Closing::Serve,
            nobody: Nobody::Join,
            deserted: Way::Goodbye(Some(Prompt::NoAgents)),
            steps: Vec::new(),
            keys: BTreeMap::new(),
            sticky: Duration::ZERO,
            callers: BTreeMap::new(),
            announce: None,
            keeps_wait: true,
        }
    }
}

/// Where a caller goes next.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Way {
    /// Into another group's line. A chain of groups that all send on ends after eight, and so do
    /// the steps that take one caller from group to group. A caller who waits and may stay (a step,
    /// a key, a supervisor's move) stays where he is when that group turns him away.
    Group(GroupId),
    /// To an outside number.
    Number(String),
    /// He hears the words, if any, and is let go: by `Refuse` when he never entered a line, by
    /// `LetGo` or, without words, `HangUpCaller` when he has waited.
    Goodbye(Option<Prompt>),
    /// He may hang up and keeps his place: an agent will call him. A caller without a number stays
    /// in line, and one whom the group does not take is let go. Steps, keys and announcements stop
    /// for whoever keeps his place, and he stays when the group closes or is deserted. He is called
    /// when an agent has picked up; at most three times, two minutes apart. When he calls the same
    /// group again himself meanwhile, his new call has the place. While an agent calls him he is a
    /// newcomer like any other; of two callbacks of one caller the one that stands first is left.
    Callback,
}

/// One step of a group's overflow chain.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Step {
    /// Counted from the moment the caller entered this group.
    pub after: Duration,
    pub to: Way,
}

/// Words that are known to every centre, in the language of the group.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Prompt {
    /// "Welcome. Your call will be answered shortly."
    Welcome,
    /// "We are closed now."
    Closed,
    /// "Nobody can take your call now."
    NoAgents,
    /// "All lines are busy. Please call again later."
    Busy,
    /// "You keep your place. We will call you back."
    CallbackNoted,
}

/// A key of a telephone.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Key(char);

impl Key {
    /// `0` to `9`, `*` and `#`.
    pub fn new(key: char) -> Option<Key> {
        matches!(key, '0'..='9' | '*' | '#').then_some(Key(key))
    }

    pub fn char(self) -> char {
        self.0
    }
}

/// A group's door.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Door {
    #[default]
    ByHours,
    Open,
    Closed,
}

/// What becomes of those who wait when their group closes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Closing {
    /// They are still served; only newcomers find it closed.
    #[default]
    Serve,
    /// They go where newcomers go.
    TurnAway,
}

/// What callers do while nobody is logged on who serves the group now. An agent on a break counts
/// as logged on, one whose phone is not registered does not.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Nobody {
    /// They wait.
    #[default]
    Join,
    /// Newcomers are sent on; those who wait stay.
    Refuse,
    /// Newcomers are sent on, and so are those who wait when the last agent goes.
    Leave,
}

/// What waiting callers are told.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Announce {
    /// The words with which the wait begins.
    pub greeting: Option<Prompt>,
    /// When place and wait are told for the first time, counted from entering.
    pub first: Duration,
    /// And how often after that; at least ten seconds are kept between two.
    pub every: Duration,
    /// Tell the place in line.
    pub place: bool,
    /// Tell the estimated wait.
    pub wait: bool,
}

/// One agent's settings.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AgentPlan {
    /// The groups this agent serves; at most one entry per group, and at most one loan beside it.
    pub memberships: Vec<Membership>,
    /// What he can; only policies ask for it.
    pub skills: Skills,
}

impl AgentPlan {
    /// An agent who serves these groups and has no skill that anybody has written down.
    pub fn of(memberships: Vec<Membership>) -> AgentPlan {
        AgentPlan { memberships, skills: Skills::default() }
    }
}

/// One agent's place in one group.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Membership {
    /// The group served.
    pub group: GroupId,
    /// Lower comes first: calls of order 1 are taken before calls of order 2.
    pub order: u16,
    /// The membership counts only for callers who have waited this long.
    pub delay: Duration,
    /// It counts only while this calendar is open.
    pub calendar: Option<CalendarId>,
    /// The agent's own rest after this group's calls, in place of the group's.
    pub wrap_up: Option<Duration>,
    /// He is lent for a time; the membership ends by itself.
    pub loan: Option<Loan>,
}

impl Membership {
    /// A membership that always counts.
    pub fn new(group: GroupId, order: u16) -> Membership {
        let (delay, calendar, wrap_up, loan) = (Duration::ZERO, None, None, None);
        Membership { group, order, delay, calendar, wrap_up, loan }
    }
}

/// A loan of an agent to a group.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Loan {
    /// From this moment on the membership is no more. A call that is under way is finished.
    pub until: Time,
    /// Until then his other memberships rest; otherwise they go on beside the loan.
    pub wholly: bool,
}

/// What happens to an agent who misses offers, by cause. Each counts misses in a row; an answered
/// offer and a new wish begin all of them anew, and what follows a limit begins its own anew.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Misses {
    /// It rang its full time.
    pub no_answer: MissRule,
    /// He pressed reject.
    pub rejected: MissRule,
    /// His phone was busy.
    pub busy: MissRule,
    /// His phone could not be reached, or he was lost in a talk; the next talk that ends well
    /// begins the count of the latter anew.
    pub unreachable: MissRule,
}

/// What happens after so many misses of one cause in a row.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct MissRule {
    /// Zero: never.
    pub limit: u32,
    pub then: AfterMisses,
}

/// What happens then. Before it, every miss rests the agent for ten seconds.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub enum AfterMisses {
    /// Nothing more than that.
    #[default]
    Nothing,
    /// He gets no offer for so long; his wish stays.
    Rest(Duration),
    /// He is put on a break with this reason.
    Break(String),
    /// He is logged off.
    Off,
}
