//! Groups and who serves them.

pub(crate) mod add;
pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod remove;
pub(crate) mod remove_member;
pub(crate) mod set_member;

use serde::Serialize;
use store::{Group, Membership, RoutingPolicy};
use utoipa::ToSchema;

use crate::problem::Problem;

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
    /// `built-in` or `longest-idle`.
    policy: String,
    recorded: bool,
    members: Vec<MemberOut>,
}

/// A member's place.
#[derive(Serialize, ToSchema)]
pub(crate) struct MemberOut {
    person: u64,
    order: u16,
    delay_ms: u64,
}

impl GroupOut {
    /// Picks the group's own members out of everybody's, first in order first.
    fn of(group: Group, memberships: &[Membership]) -> GroupOut {
        let mut members: Vec<MemberOut> = memberships
            .iter()
            .filter(|row| row.group == group.id)
            .map(|row| MemberOut::of(*row))
            .collect();
        members.sort_by_key(|member| (member.order, member.person));
        GroupOut {
            id: group.id.0,
            name: group.name,
            language: group.language,
            numbers: group.numbers,
            ring_ms: group.ring_ms,
            wrap_up_ms: group.wrap_up_ms,
            waiting_max: group.waiting_max,
            policy: group.policy.word().to_owned(),
            recorded: group.recorded,
            members,
        }
    }
}

impl MemberOut {
    fn of(row: Membership) -> MemberOut {
        MemberOut { person: row.person.0, order: row.order, delay_ms: row.delay_ms }
    }
}

fn policy(word: &str) -> Result<RoutingPolicy, Problem> {
    RoutingPolicy::of_word(word).ok_or_else(|| Problem::unknown_value("/policy"))
}
