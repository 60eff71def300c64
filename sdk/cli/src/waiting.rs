//! Waiting calls to measure a selection with.

use acd::{
    Achieved, AgentId, CallId, Freed, GroupId, Policy, Sent, Services, Skills, Time, WaitingCall,
};
use plugin_host::RoutingPolicy;

use crate::bench::{GOLDEN, SERVICES};

/// Calls that differ in everything, the same at every run.
pub(crate) fn calls(count: usize) -> Vec<WaitingCall<'static>> {
    (0..count as u64).map(call).collect()
}

fn call(nth: u64) -> WaitingCall<'static> {
    let below = |most: u64| u32::try_from(nth * 7_919 % most).unwrap_or(0);
    WaitingCall {
        call: CallId(nth + 1),
        group: GroupId(1 + nth % 5),
        order: u16::try_from(1 + nth % 3).unwrap_or(1),
        delay_ms: below(20_000).into(),
        waited_ms: below(600_000).into(),
        priority: i32::try_from(below(3)).unwrap_or(0),
        offers: below(4),
        waiting: 1 + below(20),
        callback: nth.is_multiple_of(7),
        overtaken_ms: None,
        sent: Sent::NOTHING,
        services: Services::listed(&SERVICES),
    }
}

/// One decision for a freed agent; answers the fuel that it took. Without an opinion nobody counts
/// it.
pub(crate) fn pick(policy: &mut RoutingPolicy, calls: &[WaitingCall<'_>], nth: u64) -> u64 {
    let picked = policy.freed(&Freed {
        now: Time(1_700_000_000_000),
        agent: AgentId(1),
        seed: nth.wrapping_mul(GOLDEN),
        idle_ms: 0,
        handled_today: 12,
        missed_today: 1,
        talk_ms_today: 3_600_000,
        occupancy_permille: 700,
        skills: Skills::NONE,
        achieved: Achieved::NOTHING,
        calls,
    });
    picked.map_or(0, |pick| pick.verdict.fuel)
}
