//! Watch the board and the facts, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, Sse};
use control::{Board, Line};
use futures_util::{Stream, stream};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, broadcast, watch as latest};
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};

use super::board;
use crate::app::App;
use crate::clock::now_ms;
use crate::code::Code;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Five boards a second: an eye sees no more, and a browser draws no more of 500 rows.
const BOARD_EVERY: Duration = Duration::from_millis(200);

/// A quiet centre still shows that it is alive; then the session is looked at, too.
const SIGN_OF_LIFE_EVERY: Duration = Duration::from_secs(10);

/// The board at once and after every change (`board`), facts as they are written (`fact`), and
/// `gap` when facts were missed. Events are numbered; the browser sends the last number it saw
/// when it comes back.
#[utoipa::path(get, path = "/live", tag = "live", operation_id = "watch",
    responses((status = 200, content_type = "text/event-stream", body = String), Problem))]
pub(crate) async fn watch(
    State(app): State<App>,
    administrator: Administrator,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let last_seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    stream_for(app, Key::Session(administrator.token), last_seen)
}

/// What lets a watcher watch; looked at again with every sign of life.
pub(super) enum Key {
    Session(String),
    /// Sees boards without callers' numbers, and no facts.
    Tv(String),
}

/// Opens a stream for somebody who may watch.
pub(super) fn stream_for(
    app: App,
    key: Key,
    last_seen: Option<u64>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let seat = app.watchers.clone().try_acquire_owned();
    let full =
        |_| Problem::new(StatusCode::SERVICE_UNAVAILABLE, Code::TooMany).with("what", "watchers");
    let now = Instant::now();
    let mut signs = interval_at(now + SIGN_OF_LIFE_EVERY, SIGN_OF_LIFE_EVERY);
    signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let watcher = Watcher {
        board: app.control.board(),
        facts: app.control.facts(),
        key,
        number: last_seen.unwrap_or(0),
        board_due: true,
        board_not_before: now,
        // Who comes back has missed what happened meanwhile.
        gap: last_seen.map(|_| None),
        signs,
        _seat: seat.map_err(full)?,
        app,
    };
    let events = stream::unfold(watcher, |mut watcher| async move {
        let event = watcher.next().await?;
        Some((Ok(event), watcher))
    });
    Ok(Sse::new(events))
}

/// One page that watches.
struct Watcher {
    app: App,
    board: latest::Receiver<Arc<Board>>,
    facts: broadcast::Receiver<Arc<Line>>,
    key: Key,
    /// Of the last event sent.
    number: u64,
    /// The board has changed since it was sent.
    board_due: bool,
    board_not_before: Instant,
    /// Facts were missed; how many, when that is known.
    gap: Option<Option<u64>>,
    signs: tokio::time::Interval,
    _seat: OwnedSemaphorePermit,
}

/// What a watcher woke up for.
enum Woken {
    BoardDue,
    BoardChanged,
    Fact(Arc<Line>),
    Missed(u64),
    Sign,
    Gone,
}

impl Watcher {
    /// The next event; `None` ends the stream: the switch is gone, or the session is.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(missed) = self.gap.take() {
                let data = serde_json::json!({ "missed": missed }).to_string();
                return Some(self.event("gap", &data));
            }
            match self.woken().await {
                Woken::BoardDue => return Some(self.board_event()),
                Woken::BoardChanged => self.board_due = true,
                Woken::Fact(_) | Woken::Missed(_) if self.is_tv() => (),
                Woken::Fact(line) => return Some(self.event("fact", &fact(&line))),
                Woken::Missed(lines) => self.gap = Some(Some(lines)),
                Woken::Sign => {
                    if !self.may_watch().await {
                        return None;
                    }
                    self.board_due = true;
                }
                Woken::Gone => return None,
            }
        }
    }

    fn is_tv(&self) -> bool {
        matches!(self.key, Key::Tv(_))
    }

    async fn may_watch(&self) -> bool {
        let tenant = &self.app.tenant;
        match &self.key {
            Key::Session(token) => {
                matches!(tenant.session(token, now_ms()).await, Ok(Some(_)))
            }
            Key::Tv(token) => tenant.is_tv_token(token).await.unwrap_or(false),
        }
    }

    async fn woken(&mut self) -> Woken {
        tokio::select! {
            // The board first: a flood of facts must not hold it up.
            biased;
            () = sleep_until(self.board_not_before), if self.board_due => Woken::BoardDue,
            changed = self.board.changed() => match changed {
                Ok(()) => Woken::BoardChanged,
                Err(_) => Woken::Gone,
            },
            _ = self.signs.tick() => Woken::Sign,
            line = self.facts.recv() => match line {
                Ok(line) => Woken::Fact(line),
                Err(RecvError::Lagged(lines)) => Woken::Missed(lines),
                Err(RecvError::Closed) => Woken::Gone,
            },
        }
    }

    fn board_event(&mut self) -> Event {
        self.board_due = false;
        self.board_not_before = Instant::now() + BOARD_EVERY;
        let newest = self.board.borrow_and_update().clone();
        let text = match &self.key {
            Key::Session(_) => self.app.board_text(&newest, board::written),
            Key::Tv(_) => board::written_for_tv(&newest).into(),
        };
        self.event("board", &text)
    }

    fn event(&mut self, name: &str, data: &str) -> Event {
        self.number += 1;
        Event::default().event(name).id(self.number.to_string()).data(data)
    }
}

/// A journal line as JSON. Its body is JSON already, and its kind is a plain word.
fn fact(line: &Line) -> String {
    let call = line.call.map_or("null".to_owned(), |call| call.to_string());
    let Line { at, kind, body, .. } = line;
    format!(r#"{{"at_ms":{},"call":{call},"kind":"{kind}","body":{body}}}"#, at.0)
}
