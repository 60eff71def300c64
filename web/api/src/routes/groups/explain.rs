//! What happens to somebody who calls at a moment?

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

use super::GroupOut;
use crate::app::App;
use crate::body::{Asked, At};
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;
use crate::way::Way;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExplainAsked {
    /// Now when left out.
    at_ms: Option<u64>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct ExplainOut {
    at_ms: u64,
    open: bool,
    /// Opened or closed by a hand or a mode, whatever the hours say.
    by_hand: bool,
    /// When the hours turn next; `null` when they do not, or a hand holds the door.
    #[schema(required)]
    next_turn_ms: Option<u64>,
    /// Where he goes when it is closed.
    way_if_closed: Way,
    /// Who serves the group, first in order first.
    people: Vec<ServingOut>,
    #[serde(flatten)]
    group: GroupOut,
}

#[derive(Serialize, ToSchema)]
struct ServingOut {
    person: u64,
    name: String,
    order: u16,
    delay_ms: u64,
    /// Whether the membership counts then.
    counts: bool,
    /// `calendar` or `lent`.
    #[schema(required)]
    why_not: Option<&'static str>,
}

/// Explains a moment from the plan as it is today: hours, door, people, ways.
#[utoipa::path(get, path = "/groups/{id}/explain", tag = "groups", operation_id = "explain_group",
    params(("id" = u64, Path), ExplainAsked),
    responses((status = 200, body = ExplainOut), Problem))]
pub(crate) async fn explain(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
    Asked(asked): Asked<ExplainAsked>,
) -> Result<Json<ExplainOut>, Problem> {
    let (id, at_ms) = (acd::GroupId(id), asked.at_ms.unwrap_or_else(now_ms));
    let mut stored = app.tenant.plan().await?;
    let place = stored.groups.iter().position(|group| group.id == id);
    let place = place.ok_or_else(|| Problem::not_found("group"))?;
    let (plan, at) = (stored.acd(at_ms), acd::Time(at_ms));
    let mut group = stored.groups.swap_remove(place);
    // The mode that is in force then may hold the door.
    group.flow.door = plan.groups.get(&id).map_or(group.flow.door, |settings| settings.door);
    let hours = group.flow.hours.and_then(|hours| plan.calendars.get(&hours));
    let (open, by_hand) = match group.flow.door {
        acd::Door::ByHours => (hours.is_none_or(|hours| hours.is_open(at)), false),
        acd::Door::Open => (true, true),
        acd::Door::Closed => (false, true),
    };
    let next_turn = hours.filter(|_| !by_hand).and_then(|hours| hours.next_turn(at));
    let people = serving(&plan, id, at, &stored.names());
    let lasting: Vec<_> = stored.memberships.into_iter().filter(|it| it.lasts(at_ms)).collect();
    Ok(Json(ExplainOut {
        at_ms,
        open,
        by_hand,
        next_turn_ms: next_turn.map(|turn| turn.0),
        way_if_closed: Way::of(group.flow.closed.clone()),
        people,
        group: GroupOut::of(group, &lasting),
    }))
}

fn serving(
    plan: &acd::Plan,
    group: acd::GroupId,
    at: acd::Time,
    names: &BTreeMap<acd::AgentId, String>,
) -> Vec<ServingOut> {
    let mut people = Vec::new();
    for (&person, agent) in &plan.agents {
        let wholly = |it: &acd::Membership| it.loan.is_some_and(|it| it.wholly && it.until > at);
        let lent = agent.memberships.iter().any(wholly);
        for membership in agent.memberships.iter().filter(|it| it.group == group) {
            let calendar = membership.calendar.and_then(|id| plan.calendars.get(&id));
            let shut = calendar.is_some_and(|calendar| !calendar.is_open(at));
            let why_not = match lent && !wholly(membership) {
                true => Some("lent"),
                false => shut.then_some("calendar"),
            };
            people.push(ServingOut {
                person: person.0,
                name: names.get(&person).cloned().unwrap_or_default(),
                order: membership.order,
                delay_ms: crate::flow::ms(membership.delay),
                counts: why_not.is_none(),
                why_not,
            });
        }
    }
    people.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
    people
}
