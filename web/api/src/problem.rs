//! The one error of the API: problem+json (RFC 9457), in codes and never in prose for people.

mod pay;

use std::any::Any;

use acd::BadCalendar;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use control::{IndicatorFailed, PluginRefused, Refused, ReplayFailed};
use serde::Serialize;
use serde_json::{Map, Value, json};
use stats::formula::{Language, Wrong};
use store::{Error, Fault};
use utoipa::ToSchema;

use crate::code::Code;

const MEDIA_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// What went wrong. Boxed: every handler returns one, and hardly any does.
#[derive(Debug)]
pub(crate) struct Problem(Box<ProblemOut>);

/// The same as it is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemOut {
    /// `urn:ladus:problem:` and the code.
    #[serde(rename = "type")]
    uri: String,
    /// The status in words, for those who read raw answers.
    title: String,
    status: u16,
    /// For the page: which sentence to say.
    code: Code,
    /// For developers.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What the sentence needs.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object, required = false)]
    params: Map<String, Value>,
    /// One entry for each field that is not acceptable.
    errors: Vec<FieldProblem>,
    #[serde(skip)]
    retry_after_s: Option<u64>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// A JSON pointer into the request's body.
    pointer: String,
    code: Code,
    #[schema(value_type = Object)]
    params: Map<String, Value>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: Code) -> Problem {
        Problem(Box::new(ProblemOut {
            uri: format!("urn:ladus:problem:{}", code.word()),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            code,
            detail: None,
            params: Map::new(),
            errors: Vec::new(),
            retry_after_s: None,
        }))
    }

    pub(crate) fn not_logged_in() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, Code::NotLoggedIn)
    }

    pub(crate) fn not_found(what: &'static str) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, Code::NotFound).with("what", what)
    }

    pub(crate) fn malformed(status: StatusCode, detail: String) -> Problem {
        Problem::new(status, Code::Malformed).detailed(detail)
    }

    pub(crate) fn too_many_requests(retry_after_s: u64) -> Problem {
        let mut problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, Code::TooManyRequests);
        problem.0.retry_after_s = Some(retry_after_s);
        problem.with("retry_after_s", retry_after_s)
    }

    /// A value of a field that no rule of the store would have let in.
    pub(crate) fn unknown_value(pointer: &str) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid).about(pointer, Code::Unknown)
    }

    /// The same entry twice in one list.
    pub(crate) fn repeated(pointer: &str) -> Problem {
        Problem::unacceptable(pointer, Code::Taken)
    }

    /// One field that is not acceptable.
    pub(crate) fn unacceptable(pointer: &str, code: Code) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid).about(pointer, code)
    }

    /// A calendar that cannot be: which field, and in words for developers what is wrong.
    fn bad_calendar(bad: &BadCalendar) -> Problem {
        let (pointer, code) = match bad {
            BadCalendar::Zone(_) => ("/zone".to_owned(), Code::NoSuchZone),
            BadCalendar::WeekSpan { day, .. } => (format!("/week/{day}"), Code::BadSpan),
            BadCalendar::DateSpan { .. } => ("/dates".to_owned(), Code::BadSpan),
            BadCalendar::Date(_) => ("/dates".to_owned(), Code::NotADay),
            BadCalendar::TooMany => ("/dates".to_owned(), Code::TooMany),
        };
        let words = Map::from_iter([("words".to_owned(), json!(bad.to_string()))]);
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid);
        problem.about_with(&pointer, code, words).detailed(bad.to_string())
    }

    /// A file that the host does not take: the kind of the refusal, and its own sentence.
    /// A mistake in a formula, in its own words.
    pub(crate) fn formula(wrong: &Wrong, language: Language) -> Problem {
        let params = [
            ("text".to_owned(), Value::from(wrong.text(language))),
            ("code".to_owned(), Value::from(wrong.code.name())),
        ];
        let params: Map<String, Value> = params.into_iter().collect();
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid);
        problem.about_with("/formula", Code::BadFormula, params)
    }

    pub(crate) fn plugin_refused(refused: &PluginRefused) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::PluginRefused)
            .with("kind", refused.kind)
            .with("words", refused.words.as_str())
    }

    /// A plugin that should be asked and cannot be run.
    fn plugin_broken(label: String, why: String) -> Problem {
        let problem = Problem::new(StatusCode::CONFLICT, Code::PluginBroken);
        problem.with("label", label).with("words", why)
    }

    /// What was asked for is written, but the switch does not use it yet.
    pub(crate) fn not_in_force(refused: &Refused) -> Problem {
        let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, Code::NotInForce);
        problem.detailed(refused.to_string())
    }

    /// Something of ours failed. The log has the cause, the answer has not.
    pub(crate) fn internal(cause: &dyn std::fmt::Display) -> Problem {
        tracing::error!(%cause, "a request failed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal)
    }

    pub(crate) fn with(mut self, key: &str, value: impl Into<Value>) -> Problem {
        self.0.params.insert(key.to_owned(), value.into());
        self
    }

    /// Moves every pointer under a part of the body.
    pub(crate) fn within(mut self, part: &str) -> Problem {
        for error in &mut self.0.errors {
            error.pointer.insert_str(0, part);
        }
        self
    }

    /// Names a field as this operation calls it.
    pub(crate) fn renamed(mut self, from: &str, to: &str) -> Problem {
        for error in self.0.errors.iter_mut().filter(|error| error.pointer == from) {
            error.pointer = to.to_owned();
        }
        self
    }

    /// The body alone, for an answer that has begun already.
    pub(crate) fn json(&self) -> String {
        json!(self.0).to_string()
    }

    fn about(self, pointer: &str, code: Code) -> Problem {
        self.about_with(pointer, code, Map::new())
    }

    pub(crate) fn about_with(
        mut self,
        pointer: &str,
        code: Code,
        params: Map<String, Value>,
    ) -> Problem {
        self.0.errors.push(FieldProblem { pointer: pointer.to_owned(), code, params });
        self
    }

    fn detailed(mut self, detail: String) -> Problem {
        self.0.detail = Some(detail);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status);
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after_s = self.0.retry_after_s;
        let mut response = (status, Json(self.0)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, MEDIA_TYPE);
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        match error {
            Error::NotFound { what } => Problem::not_found(what),
            Error::Conflict { field } => Problem::new(StatusCode::CONFLICT, Code::Invalid)
                .about(&format!("/{field}"), Code::Taken),
            Error::Invalid { field, fault } => {
                let (code, params) = worded(fault);
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid).about_with(
                    &format!("/{field}"),
                    code,
                    params,
                )
            }
            Error::Placed { place, fault } => {
                let (code, params) = worded(fault);
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid).about_with(
                    &format!("/{place}"),
                    code,
                    params,
                )
            }
            Error::Calendar(bad) => Problem::bad_calendar(&bad),
            Error::ChoosesCalls => Problem::new(StatusCode::CONFLICT, Code::ChoosesCalls),
            Error::InUse { what, by } => {
                Problem::new(StatusCode::CONFLICT, Code::InUse).with("what", what).with("by", by)
            }
            Error::PluginRemoved { label, group } => {
                Problem::new(StatusCode::CONFLICT, Code::PluginRemoved)
                    .with("label", label)
                    .with("group", group)
            }
            Error::NothingToUndo => Problem::new(StatusCode::CONFLICT, Code::NothingToUndo),
            Error::Full { what, max } => Problem::new(StatusCode::CONFLICT, Code::TooMany)
                .with("what", what)
                .with("max", max),
            Error::PayRule(wrong) => pay::rule(&wrong),
            Error::PayState { state } => {
                Problem::new(StatusCode::CONFLICT, Code::PayState).with("state", state)
            }
            Error::PaySameSigner { name } => {
                Problem::new(StatusCode::CONFLICT, Code::PaySameSigner).with("name", name)
            }
            Error::PayChanged => Problem::new(StatusCode::CONFLICT, Code::PayChanged),
            Error::PayOverlaps { with } => {
                Problem::new(StatusCode::CONFLICT, Code::PayOverlaps).with("with", with)
            }
            Error::PayNotOver => Problem::new(StatusCode::CONFLICT, Code::PayNotOver),
            Error::PayNobody => Problem::new(StatusCode::CONFLICT, Code::PayNobody),
            Error::AlreadySetUp => Problem::new(StatusCode::CONFLICT, Code::AlreadySetUp),
            Error::Corrupt { .. }
            | Error::Chance(_)
            | Error::Hash(_)
            | Error::Database(_)
            | Error::Migrate(_)
            | Error::Newer { .. }
            | Error::Folder(_) => Problem::internal(&error),
        }
    }
}

impl From<BadCalendar> for Problem {
    fn from(bad: BadCalendar) -> Problem {
        Problem::bad_calendar(&bad)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        match refused {
            Refused::NoSuchAgent => Problem::new(StatusCode::NOT_FOUND, Code::NoSuchAgent),
            Refused::NoSuchCall => Problem::not_found("call"),
            Refused::NoSuchGroup => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid)
                .about("/group", Code::Unknown),
            Refused::NotWaiting => Problem::new(StatusCode::CONFLICT, Code::NotWaiting),
            Refused::NotTalking => Problem::new(StatusCode::CONFLICT, Code::NotTalking),
            Refused::NoCallback => Problem::new(StatusCode::CONFLICT, Code::NoCallback),
            Refused::NoPlugin => Problem::new(StatusCode::CONFLICT, Code::NoPlugin),
            Refused::NotRun { label, why } => Problem::plugin_broken(label, why),
            Refused::NoSuchFailure => Problem::not_found("failure"),
            Refused::Plan(_) => Problem::not_in_force(&refused),
            Refused::Gone => Problem::new(StatusCode::SERVICE_UNAVAILABLE, Code::SwitchGone),
            Refused::Busy => Problem::new(StatusCode::SERVICE_UNAVAILABLE, Code::SwitchBusy),
            Refused::Replaying => Problem::new(StatusCode::CONFLICT, Code::ReplayRuns),
        }
    }
}

impl From<IndicatorFailed> for Problem {
    fn from(failed: IndicatorFailed) -> Problem {
        match failed {
            IndicatorFailed::Formula(text) => {
                let params = [("text".to_owned(), Value::from(text))].into_iter().collect();
                let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid);
                problem.about_with("/formula", Code::BadFormula, params)
            }
            IndicatorFailed::NotRun { label, why } => Problem::plugin_broken(label, why),
            IndicatorFailed::TooLong { max } => {
                Problem::new(StatusCode::CONFLICT, Code::DayTooLong).with("max", max)
            }
            IndicatorFailed::Journal(_) => Problem::internal(&failed),
        }
    }
}

impl From<ReplayFailed> for Problem {
    fn from(failed: ReplayFailed) -> Problem {
        match failed {
            ReplayFailed::NoCalls => Problem::new(StatusCode::CONFLICT, Code::NoCalls),
            ReplayFailed::TooLong { max } => {
                Problem::new(StatusCode::CONFLICT, Code::DayTooLong).with("max", max)
            }
            ReplayFailed::TimeUp { max_s } => {
                Problem::new(StatusCode::CONFLICT, Code::TimeUp).with("max_s", max_s)
            }
            ReplayFailed::NoPlugin { label, why } => Problem::plugin_broken(label, why),
            ReplayFailed::Stopped | ReplayFailed::Journal(_) => Problem::internal(&failed),
        }
    }
}

fn worded(fault: Fault) -> (Code, Map<String, Value>) {
    let (code, limit) = match fault {
        Fault::Empty => (Code::Required, None),
        Fault::TooShort { min } => (Code::TooShort, Some(("min", min))),
        Fault::TooLong { max } => (Code::TooLong, Some(("max", max))),
        Fault::BadCharacter | Fault::Malformed => (Code::Malformed, None),
        Fault::NotANumber => (Code::NotANumber, None),
        Fault::TooSmall { min } => (Code::TooSmall, Some(("min", min))),
        Fault::TooLarge { max } => (Code::TooLarge, Some(("max", max))),
        Fault::TooMany { max } => (Code::TooMany, Some(("max", max))),
        Fault::Repeated => (Code::Taken, None),
        Fault::Unknown => (Code::Unknown, None),
        Fault::Itself => (Code::Itself, None),
        Fault::Past => (Code::Past, None),
    };
    let params = limit.map(|(name, value)| (name.to_owned(), json!(value)));
    (code, params.into_iter().collect())
}

/// A known path, but not with this method.
pub(crate) async fn method_not_allowed() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, Code::MethodNotAllowed)
}

/// A handler that panicked: one answer is lost, not the process.
pub(crate) fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let words = cause.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| cause.downcast_ref::<&str>().copied());
    Problem::internal(&words.unwrap_or("panic")).into_response()
}
