//! Groups and who serves them.

pub(crate) mod add;
pub(crate) mod change;
pub(crate) mod change_members;
pub(crate) mod door;
pub(crate) mod explain;
pub(crate) mod forgive;
pub(crate) mod list;
pub(crate) mod promote_trial;
pub(crate) mod remove;
pub(crate) mod remove_member;
pub(crate) mod routing;
pub(crate) mod set_member;
pub(crate) mod stop_trial;
mod trial;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Group, Loan, Membership, NewMembership};
use utoipa::ToSchema;

use self::trial::TrialOut;
use crate::card::Given;
use crate::flow::FlowOut;

/// A group with its numbers and members.
#[derive(Serialize, ToSchema)]
pub(crate) struct GroupOut {
    id: u64,
    name: String,
    language: String,
    numbers: Vec<String>,
    /// How long one phone rings.
    ring_ms: u64,
    wrap_up_ms: u64,
    /// Calls beyond this many are refused.
    waiting_max: u32,
    /// `built-in`, the name of a stock policy, or the word of an uploaded version.
    policy: String,
    /// What was chosen in the policy's form; what is not named is as on its card.
    settings: BTreeMap<String, Given>,
    /// Another policy that is tried out beside it.
    #[schema(required)]
    trial: Option<TrialOut>,
    recorded: bool,
    #[serde(flatten)]
    flow: FlowOut,
    members: Vec<MemberOut>,
}

/// A member's place.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberOut {
    person: u64,
    order: u16,
    delay_ms: u64,
    /// Counts only while this calendar is open.
    #[schema(required)]
    calendar: Option<u64>,
    /// The person's own, in place of the group's.
    #[schema(required)]
    wrap_up_ms: Option<u64>,
    /// A loan stands beside the person's own place.
    #[schema(required)]
    loan: Option<LoanOut>,
}

/// For how long somebody is lent.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoanOut {
    until_ms: u64,
    /// His other groups rest meanwhile.
    wholly: bool,
}

/// A place to be given.
#[derive(Deserialize, ToSchema)]
pub(crate) struct MemberIn {
    /// Lower comes first; 1 is the person's main group.
    order: u64,
    /// Counts only for callers who have waited so long.
    #[serde(default)]
    delay_ms: u64,
    /// Counts only while this calendar is open.
    #[serde(default)]
    calendar: Option<u64>,
    #[serde(default)]
    wrap_up_ms: Option<u64>,
}

impl MemberIn {
    fn place(self, person: u64, group: u64) -> NewMembership {
        NewMembership {
            person: acd::AgentId(person),
            group: acd::GroupId(group),
            order: self.order,
            delay_ms: self.delay_ms,
            calendar: self.calendar.map(acd::CalendarId),
            wrap_up_ms: self.wrap_up_ms,
        }
    }
}

impl LoanOut {
    pub(crate) fn of(loan: Loan) -> LoanOut {
        LoanOut { until_ms: loan.until_ms, wholly: loan.wholly }
    }
}

impl GroupOut {
    /// Picks the group's own members out of everybody's, first in order first.
    fn of(group: Group, memberships: &[Membership]) -> GroupOut {
        let mut members: Vec<MemberOut> = memberships
            .iter()
            .filter(|row| row.group == group.id)
            .map(|row| MemberOut::of(*row))
            .collect();
        members.sort_by_key(|member| (member.order, member.person, member.loan.is_some()));
        GroupOut {
            id: group.id.0,
            name: group.name,
            language: group.language,
            numbers: group.numbers,
            ring_ms: group.ring_ms,
            wrap_up_ms: group.wrap_up_ms,
            waiting_max: group.waiting_max,
            policy: group.policy.word(),
            settings: {
                let settings = group.settings.into_iter();
                settings.map(|(id, setting)| (id, Given::of_store(setting))).collect()
            },
            trial: group.trial.map(TrialOut::of),
            recorded: group.recorded,
            flow: FlowOut::of(group.flow),
            members,
        }
    }
}

impl MemberOut {
    pub(crate) fn of(row: Membership) -> MemberOut {
        MemberOut {
            person: row.person.0,
            order: row.order,
            delay_ms: row.delay_ms,
            calendar: row.calendar.map(|id| id.0),
            wrap_up_ms: row.wrap_up_ms,
            loan: row.loan.map(LoanOut::of),
        }
    }
}
