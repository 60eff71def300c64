//! Try a policy on a recorded day.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use acd::{Day, GroupId};
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use control::{FieldValue, Replaying, Trial};
use futures_util::{Stream, stream};
use serde::Deserialize;
use serde_json::json;
use store::{Setting, zone_of};
use tokio::time::sleep;
use utoipa::ToSchema;

use super::lived::ReplayedOut;
use crate::app::App;
use crate::body::Body;
use crate::card::{Given, PluginKind};
use crate::code::Code;
use crate::problem::Problem;
use crate::routes::groups::routing;
use crate::visitor::Administrator;

/// A bar on a page does not move more smoothly.
const WORD_EVERY: Duration = Duration::from_millis(250);

#[derive(Deserialize, ToSchema)]
pub(crate) struct PolicyTried {
    /// At least one. Only their calls are counted.
    groups: Vec<u64>,
    /// `built-in`, the name of a stock policy, or the word of an uploaded version.
    policy: String,
    /// By the fields of the policy's card.
    #[serde(default)]
    settings: BTreeMap<String, Given>,
    /// `2026-03-02`, in the company's time zone.
    day: String,
}

/// Lives a recorded day again in which the groups have the policy, and changes nothing. While it
/// lasts, events `done` tell how much is done (`{"share": 0.4}`); the last event is `replayed` with
/// the figures, or `problem` with a problem. Whoever closes the connection ends it. One day is
/// lived at a time: a second one is refused with `replay_runs`.
#[utoipa::path(post, path = "/plugins/replay", tag = "plugins", operation_id = "replay_day",
    request_body = PolicyTried,
    responses((status = 200, content_type = "text/event-stream", body = ReplayedOut), Problem))]
pub(crate) async fn replay(
    State(app): State<App>,
    _: Administrator,
    Body(asked): Body<PolicyTried>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    if asked.groups.is_empty() {
        return Err(Problem::unacceptable("/groups", Code::Required));
    }
    let groups: Vec<GroupId> = asked.groups.into_iter().map(GroupId).collect();
    let known = app.tenant.groups().await?;
    if groups.iter().any(|id| known.iter().all(|group| group.id != *id)) {
        return Err(Problem::unknown_value("/groups"));
    }
    let policy = routing::policy(&app, &asked.policy, PluginKind::Routing).await?;
    let settings = routing::settings(&app, &policy, asked.settings).await?;
    let zone = zone_of(&app.tenant.calendars().await?).to_owned();
    let day = Day::of(&zone, &asked.day);
    let day = day.map_err(|_| Problem::unacceptable("/day", Code::NotADay))?;
    let settings = settings.into_iter().map(|(id, setting)| (id, value(setting))).collect();
    let trial = Trial { day, groups, policy: policy.word(), settings };
    let events = stream::unfold(Some(app.control.replay(trial)?), |replaying| async move {
        let (event, more) = next(replaying?).await;
        Some((Ok(event), more))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// The next event; without more it is the last one.
async fn next(mut replaying: Replaying) -> (Event, Option<Replaying>) {
    let answered = tokio::select! {
        biased;
        answer = &mut replaying.answer => Some(answer),
        () = sleep(WORD_EVERY) => None,
    };
    let problem =
        |problem: &Problem| (Event::default().event("problem").data(problem.json()), None);
    match answered {
        None => {
            let share = *replaying.done.borrow();
            let data = json!({ "share": share }).to_string();
            (Event::default().event("done").data(data), Some(replaying))
        }
        Some(Ok(Ok(replayed))) => {
            let data = json!(ReplayedOut::of(replayed)).to_string();
            (Event::default().event("replayed").data(data), None)
        }
        Some(Ok(Err(failed))) => problem(&failed.into()),
        Some(Err(_)) => problem(&control::Refused::Gone.into()),
    }
}

/// A setting in the words of the counter.
pub(crate) fn value(setting: Setting) -> FieldValue {
    match setting {
        Setting::Empty => FieldValue::Empty,
        Setting::Number(number) => FieldValue::Number(number),
        Setting::Toggle(on) => FieldValue::Toggle(on),
        Setting::Text(text) => FieldValue::Text(text),
        Setting::Several(list) => FieldValue::Several(list),
    }
}
