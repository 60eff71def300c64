//! Rules that hold for everybody: what happens to agents who miss offers.

pub(crate) mod change;
pub(crate) mod get;

use acd::{AfterMisses, MissRule, Misses};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::flow::{ms, span};

#[derive(Serialize, ToSchema)]
pub(crate) struct RulesOut {
    misses: MissesOut,
}

/// One rule for each cause.
#[derive(Serialize, ToSchema)]
struct MissesOut {
    no_answer: Rule,
    rejected: Rule,
    busy: Rule,
    unreachable: Rule,
}

/// What happens after so many misses in a row.
#[derive(Deserialize, Serialize, ToSchema)]
pub(crate) struct Rule {
    /// Zero: never.
    limit: u32,
    then: Then,
}

#[derive(Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Then {
    Nothing,
    /// He gets no offer for so long; his wish stays.
    Rest {
        ms: u64,
    },
    /// He is put on a break with this reason.
    Break {
        reason: String,
    },
    /// He is logged off.
    Off,
}

impl RulesOut {
    fn of(misses: Misses) -> RulesOut {
        RulesOut {
            misses: MissesOut {
                no_answer: Rule::of(misses.no_answer),
                rejected: Rule::of(misses.rejected),
                busy: Rule::of(misses.busy),
                unreachable: Rule::of(misses.unreachable),
            },
        }
    }
}

impl Rule {
    fn of(rule: MissRule) -> Rule {
        let then = match rule.then {
            AfterMisses::Nothing => Then::Nothing,
            AfterMisses::Rest(rest) => Then::Rest { ms: ms(rest) },
            AfterMisses::Break(reason) => Then::Break { reason },
            AfterMisses::Off => Then::Off,
        };
        Rule { limit: rule.limit, then }
    }

    fn engine(self) -> MissRule {
        let then = match self.then {
            Then::Nothing => AfterMisses::Nothing,
            Then::Rest { ms } => AfterMisses::Rest(span(ms)),
            Then::Break { reason } => AfterMisses::Break(reason),
            Then::Off => AfterMisses::Off,
        };
        MissRule { limit: self.limit, then }
    }
}
