//! What would pressing a mode change?

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use utoipa::ToSchema;

use crate::app::App;
use crate::body::At;
use crate::clock::now_ms;
use crate::problem::Problem;
use crate::visitor::Administrator;
use crate::way::Door;

#[derive(Serialize, ToSchema)]
pub(crate) struct PreviewOut {
    changes: Vec<Differs>,
}

/// One thing that would differ from now.
#[derive(Serialize, ToSchema)]
#[serde(tag = "what", rename_all = "snake_case")]
enum Differs {
    Door {
        group: u64,
        before: Door,
        after: Door,
    },
    Member {
        person: u64,
        group: u64,
        #[schema(required)]
        before: Option<Place>,
        #[schema(required)]
        after: Option<Place>,
    },
}

#[derive(Clone, Copy, Eq, PartialEq, Serialize, ToSchema)]
struct Place {
    order: u16,
    delay_ms: u64,
}

/// Compares the plan in force with what it would be.
#[utoipa::path(get, path = "/modes/{id}/preview", tag = "modes", operation_id = "preview_mode",
    params(("id" = u64, Path)), responses((status = 200, body = PreviewOut), Problem))]
pub(crate) async fn preview(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<Json<PreviewOut>, Problem> {
    let (stored, now_ms) = (app.tenant.plan().await?, now_ms());
    if !stored.modes.iter().any(|mode| mode.id == id) {
        return Err(Problem::not_found("mode"));
    }
    let (before, after) = (stored.acd(now_ms), stored.pressing(Some(id)).acd(now_ms));
    let mut changes = Vec::new();
    for (group, settings) in &before.groups {
        let (before, after) = (settings.door, after.groups.get(group).map(|it| it.door));
        if let Some(after) = after.filter(|after| *after != before) {
            let (before, after) = (Door::of(before), Door::of(after));
            changes.push(Differs::Door { group: group.0, before, after });
        }
    }
    let (before, after) = (places(&before), places(&after));
    let both: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    for (person, group) in both {
        let at = |places: &Places| places.get(&(person, group)).copied();
        let (before, after) = (at(&before), at(&after));
        if before != after {
            changes.push(Differs::Member { person: person.0, group: group.0, before, after });
        }
    }
    Ok(Json(PreviewOut { changes }))
}

type Places = BTreeMap<(acd::AgentId, acd::GroupId), Place>;

fn places(plan: &acd::Plan) -> Places {
    let mut places = BTreeMap::new();
    for (&person, agent) in &plan.agents {
        for row in agent.memberships.iter().filter(|row| row.loan.is_none()) {
            let place = Place { order: row.order, delay_ms: crate::flow::ms(row.delay) };
            places.insert((person, row.group), place);
        }
    }
    places
}
