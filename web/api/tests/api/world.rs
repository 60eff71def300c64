//! A database in a folder of its own, a stand-in for the switch, and the people who ask.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use acd::{AgentId, CallId, Candidate, GroupId, Time};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use control::{
    Board, Command, DecisionsAsked, DecisionsTried, Differing, Field, FieldItem, FieldKind,
    FieldValue, IndicatorAsk, IndicatorCard, Line, PluginCard, PluginCheck, PluginKind,
    PluginRefused, Previewed, Refused, Replay, Steer,
};
use serde_json::Value;
use stats::indicator::{Better, Figure, Outcome, Reason, Scale, Unit};
use store::{By, NewAccount, Store, Tenant, TenantId};
use tempfile::TempDir;
use tokio::sync::{broadcast, mpsc, watch};
use tower::ServiceExt;
use web_api::{Api, Asset, Config, router};

pub(crate) const BY: By<'static> = By { who: "Tiina", at_ms: 1_000 };
pub(crate) const EMAIL: &str = "tiina@firma.ee";
pub(crate) const PASSWORD: &str = "kõrge mägi";

/// Everything around one router.
pub(crate) struct World {
    folder: TempDir,
    pub(crate) tenant: Tenant,
    pub(crate) board: watch::Sender<Arc<Board>>,
    pub(crate) facts: broadcast::Sender<Arc<Line>>,
    /// Days that are to be lived again.
    pub(crate) replays: mpsc::Receiver<Replay>,
    /// What the switch was asked, in words.
    asked: Arc<Mutex<Vec<String>>>,
    router: Router,
    switch: tokio::task::JoinHandle<()>,
}

/// Somebody who asks: with a session, or without.
#[derive(Clone)]
pub(crate) struct Actor {
    router: Router,
    cookie: Option<String>,
    site: Option<&'static str>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl World {
    pub(crate) async fn new() -> World {
        World::at("http://localhost:8080").await
    }

    pub(crate) async fn at(public_url: &str) -> World {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("ladus.db")).await.unwrap();
        let tenant = store.tenant(TenantId::FIRST);
        let (control, desk) = control::desk();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let switch = tokio::spawn(stand_in(desk.commands, tenant.clone(), asked.clone()));
        tokio::spawn(stand_in_host(desk.checks));
        let recordings = folder.path().join("recordings");
        let config = Config {
            sip_address: "127.0.0.1:5060".to_owned(),
            public_url: public_url.to_owned(),
            recordings,
        };
        let longest_wait = PluginCard {
            kind: PluginKind::Selection,
            ..card("longest-wait-first", "0.1.0", vec![worth()])
        };
        let stock = vec![card("longest-idle", "0.1.0", Vec::new()), longest_wait];
        let stock_indicators = vec![indicator_card()];
        tokio::spawn(stand_in_figures(desk.indicators));
        let api =
            Api { store, tenant: tenant.id(), control, stock, stock_indicators, page, config };
        let router = router(api);
        let (board, facts, replays) = (desk.board, desk.facts, desk.replays);
        World { folder, tenant, board, facts, replays, asked, router, switch }
    }

    pub(crate) fn anonymous(&self) -> Actor {
        Actor { router: self.router.clone(), cookie: None, site: None }
    }

    /// Makes an administrator and logs him in.
    pub(crate) async fn administrator(&self) -> Actor {
        let new = NewAccount { name: "Tiina", email: EMAIL, password: PASSWORD };
        let account = self.tenant.add_account(new, BY).await.unwrap();
        let token = self.tenant.open_session(Some(account.id), "", now_ms()).await.unwrap();
        Actor { cookie: Some(format!("ladus_session={token}")), ..self.anonymous() }
    }

    /// What the switch has been asked since the last time.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    pub(crate) fn recordings(&self) -> PathBuf {
        self.folder.path().join("recordings")
    }

    /// The switch goes away, as in a crash of its thread.
    pub(crate) async fn lose_the_switch(&mut self) {
        self.switch.abort();
        let _ = (&mut self.switch).await;
    }
}

impl Actor {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, Some(body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.ask(Method::PATCH, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.ask(Method::DELETE, path, None).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.request(Method::GET, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(self.send(request.body(Body::empty()).unwrap()).await).await
    }

    pub(crate) async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let request = self.request(method, path);
        let request = match body {
            Some(body) => request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Body::from(body.to_string())),
            None => request.body(Body::empty()),
        };
        Answer::of(self.send(request.unwrap()).await).await
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(site) = self.site {
            request = request.header("sec-fetch-site", site);
        }
        request
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// The same person with another cookie.
    pub(crate) fn with_cookie(&self, cookie: &str) -> Actor {
        Actor { cookie: Some(cookie.to_owned()), ..self.clone() }
    }

    /// The same person in a browser that says where the request comes from.
    pub(crate) fn on_site(&self, site: &'static str) -> Actor {
        Actor { site: Some(site), ..self.clone() }
    }

    /// The same person after an answer that set a cookie.
    pub(crate) fn after(&self, answer: &Answer) -> Actor {
        let line = answer.headers[header::SET_COOKIE].to_str().unwrap();
        self.with_cookie(line.split(';').next().unwrap())
    }
}

impl Answer {
    pub(crate) async fn of(response: Response<Body>) -> Answer {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    /// Status and problem code in one.
    #[track_caller]
    pub(crate) fn problem(&self) -> (u16, String) {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16());
        (self.status.as_u16(), problem["code"].as_str().unwrap().to_owned())
    }

    /// Pointer and code of the first field that is not acceptable.
    #[track_caller]
    pub(crate) fn field(&self) -> (String, String) {
        let error = &self.json()["errors"][0];
        let text = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
        (text("pointer"), text("code"))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) fn now_ms() -> u64 {
    std::time::UNIX_EPOCH.elapsed().unwrap().as_millis() as u64
}

/// A switch that keeps to the plan in the store and does nothing with it.
async fn stand_in(
    mut commands: mpsc::Receiver<Command>,
    tenant: Tenant,
    asked: Arc<Mutex<Vec<String>>>,
) {
    let note = |words: String| asked.lock().unwrap().push(words);
    let mut agents = Vec::new();
    while let Some(command) = commands.recv().await {
        match command {
            Command::PlanChanged { reply } => {
                let plan = tenant.plan().await.unwrap();
                agents = plan.people.iter().map(|person| person.id).collect();
                note(format!("plan {}", plan.version));
                let _ = reply.send(Ok(plan.version));
            }
            Command::Wish { agent, wish, by, reply } => {
                note(format!("{agent:?} {wish:?} {by:?}"));
                let known = agents.contains(&agent);
                let _ = reply.send(known.then_some(()).ok_or(Refused::NoSuchAgent));
            }
            Command::EndWrapUp { agent, reply } => {
                note(format!("{agent:?} ends wrap-up"));
                let known = agents.contains(&agent);
                let _ = reply.send(known.then_some(()).ok_or(Refused::NoSuchAgent));
            }
            Command::Forgive { group, reply } => {
                note(format!("{group:?} is forgiven"));
                let _ = reply.send((group.0 == 1).then_some(()).ok_or(Refused::NoPlugin));
            }
            Command::TryDecisions { asked, reply } => {
                note(format!("{} on {:?}", asked.policy, asked.group));
                let _ = reply.send(tried(&asked));
            }
            Command::ForgiveSelection { reply } => {
                note("the selection is forgiven".to_owned());
                let _ = reply.send(Ok(()));
            }
            Command::FailureCase { id, reply } => {
                let case = (id == 4).then(|| "{ \"ladus\": \"question 1\" }\n".to_owned());
                let _ = reply.send(case.ok_or(Refused::NoSuchFailure));
            }
            Command::Steer { call, steer, by, reply } => {
                note(format!("{call:?} {steer:?} {by:?}"));
                // Call 8 waits, call 9 talks, call 10 keeps its place.
                let talks = matches!(steer, Steer::Transfer { .. });
                let _ = reply.send(match call.0 {
                    8 if talks => Err(Refused::NotTalking),
                    9 if !talks && steer != Steer::EndCallback => Err(Refused::NotWaiting),
                    8 | 9 if steer == Steer::EndCallback => Err(Refused::NoCallback),
                    8..=10 => Ok(()),
                    _ => Err(Refused::NoSuchCall),
                });
            }
        }
    }
}

fn page(path: &str) -> Option<Asset> {
    let (bytes, media_type): (&[u8], &str) = match path {
        "index.html" => (b"<!doctype html>", "text/html; charset=utf-8"),
        "assets/index-1a2b.js" => (b"go()", "text/javascript"),
        "icon.svg" => (b"<svg/>", "image/svg+xml"),
        _ => return None,
    };
    Some(Asset { bytes: Cow::Borrowed(bytes), media_type: Cow::Borrowed(media_type) })
}

fn worth() -> Field {
    Field {
        id: "worth".to_owned(),
        label: "One point of priority is worth".to_owned(),
        help: String::new(),
        kind: FieldKind::Duration,
        initial: FieldValue::Number(30_000.0),
    }
}

fn card(name: &str, version: &str, fields: Vec<Field>) -> PluginCard {
    PluginCard {
        kind: PluginKind::Routing,
        name: name.to_owned(),
        version: version.to_owned(),
        summary: "Evenly.".to_owned(),
        fields,
        reads: vec!["ladus:routing/candidates@1.0.0#idle-ms".to_owned()],
    }
}

fn indicator_card() -> IndicatorCard {
    let card = card("answer-time", "0.1.0", Vec::new());
    let (unit, better) = (Unit::Seconds, Better::Less);
    let scale = Scale { unit, better, sample_min: 10 };
    IndicatorCard { card: PluginCard { kind: PluginKind::Indicator, ..card }, scale }
}

/// Mari has 2, Jaan 5 and the rest too few, whatever is tried.
async fn stand_in_figures(mut asks: mpsc::Receiver<IndicatorAsk>) {
    while let Some(ask) = asks.recv().await {
        let IndicatorAsk::Preview { draft, reply } = ask else { continue };
        let value = |value| Outcome::Value(Figure { value, sample: 12, note: None });
        let too_few = Outcome::None(Reason::TooFew { sample: 3, least: draft.sample_min });
        let person = |(id, name): (u64, &str)| (AgentId(id), name.to_owned());
        let better = if draft.more_is_better { Better::More } else { Better::Less };
        let _ = reply.send(Ok(Previewed {
            days: vec!["2026-03-02".to_owned()],
            today: true,
            scale: Scale { unit: Unit::Count, better, sample_min: draft.sample_min },
            people: [(1, "Mari"), (2, "Jaan"), (3, "Õie")].map(person).to_vec(),
            whole: vec![value(2.0), value(5.0), too_few.clone()],
            by_day: vec![vec![Some(2.0)], vec![Some(5.0)], vec![None]],
            before: draft.replaces.map(|_| vec![value(1.0), too_few.clone(), too_few]),
        }));
    }
}

/// A host that takes every file but one that is cut off, as a plugin with a field of each kind.
async fn stand_in_host(mut checks: mpsc::Receiver<PluginCheck>) {
    let field = |id: &str, label: &str, kind, initial| Field {
        id: id.to_owned(),
        label: label.to_owned(),
        help: String::new(),
        kind,
        initial,
    };
    let calls = "calls".to_owned();
    let number = FieldKind::Number { least: 1.0, most: 10.0, step: 1.0, unit: calls };
    let items = vec![FieldItem { id: "a".to_owned(), label: "A".to_owned() }];
    let agent = FieldKind::Pick("agent".to_owned());
    let fields = vec![
        field("threshold", "Threshold", number, FieldValue::Number(2.0)),
        field("pause", "Pause", FieldKind::Duration, FieldValue::Empty),
        field("strict", "Strict", FieldKind::Toggle, FieldValue::Toggle(false)),
        field("note", "Note", FieldKind::Line, FieldValue::Text(String::new())),
        field("way", "Way", FieldKind::Choice(items), FieldValue::Text("a".to_owned())),
        field("first", "First", agent, FieldValue::Empty),
    ];
    while let Some(PluginCheck { file, reply }) = checks.recv().await {
        let words = "the file is damaged or cut off: here".to_owned();
        let _ = reply.send(match file.ends_with(b"cut") {
            true => Err(PluginRefused { kind: "damaged", words }),
            false if file.ends_with(b"oldest") => Ok(PluginCard {
                kind: PluginKind::Selection,
                ..card("oldest", "1.0.0", Vec::new())
            }),
            false => Ok(card("fair-share", "1.0.0", fields.clone())),
        });
    }
}

/// Group 1 has one decision that differs; the built-in order cannot be run, which only here is so.
fn tried(asked: &DecisionsAsked) -> Result<DecisionsTried, Refused> {
    if asked.group != GroupId(1) {
        return Ok(DecisionsTried::default());
    }
    if asked.policy == "built-in" {
        let (label, why) = ("built-in".to_owned(), "it is only made up".to_owned());
        return Err(Refused::NotRun { label, why });
    }
    let candidate = |id| Candidate {
        agent: AgentId(id),
        order: 2,
        delay_ms: 0,
        idle_ms: 30_000,
        handled_today: 4,
        missed_today: 1,
        talk_ms_today: 60_000,
        occupancy_permille: 250,
    };
    let differing = Differing {
        at: Time(5_000),
        call: CallId(8),
        policy: "built-in".to_owned(),
        decided: Some(AgentId(1)),
        instead: None,
        reason: Some("somebody better comes".to_owned()),
        waited_ms: 700,
        candidates: vec![candidate(1), candidate(2)],
    };
    Ok(DecisionsTried {
        asked: 3,
        same: 1,
        different: 1,
        failed: 1,
        failure: Some("it gave up (panic)".to_owned()),
        since: Some(Time(1_000)),
        differing: vec![differing],
    })
}
