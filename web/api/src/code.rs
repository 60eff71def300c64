//! Every code that a problem or one of its fields can carry: the page has a sentence for each.

use serde::Serialize;
use utoipa::ToSchema;

/// What went wrong, for whoever words it. A code once given keeps its meaning.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ProblemCode)]
pub(crate) enum Code {
    AlreadySetUp,
    BadSpan,
    CrossSite,
    FileTooLarge,
    Forbidden,
    InUse,
    Internal,
    Invalid,
    Itself,
    Malformed,
    MethodNotAllowed,
    NoCallback,
    NoPlugin,
    NoSuchAgent,
    NoSuchZone,
    NotADay,
    NotANumber,
    NotFound,
    NotInForce,
    NotLoggedIn,
    NotTalking,
    NotWaiting,
    NothingToUndo,
    Past,
    PluginRefused,
    PluginRemoved,
    Required,
    SwitchBusy,
    SwitchGone,
    Taken,
    TooLarge,
    TooLong,
    TooMany,
    TooManyRequests,
    TooShort,
    TooSmall,
    Unknown,
    WrongCredentials,
    WrongToken,
}

impl Code {
    /// As it is sent.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Code::AlreadySetUp => "already_set_up",
            Code::BadSpan => "bad_span",
            Code::CrossSite => "cross_site",
            Code::FileTooLarge => "file_too_large",
            Code::Forbidden => "forbidden",
            Code::InUse => "in_use",
            Code::Internal => "internal",
            Code::Invalid => "invalid",
            Code::Itself => "itself",
            Code::Malformed => "malformed",
            Code::MethodNotAllowed => "method_not_allowed",
            Code::NoCallback => "no_callback",
            Code::NoPlugin => "no_plugin",
            Code::NoSuchAgent => "no_such_agent",
            Code::NoSuchZone => "no_such_zone",
            Code::NotADay => "not_a_day",
            Code::NotANumber => "not_a_number",
            Code::NotFound => "not_found",
            Code::NotInForce => "not_in_force",
            Code::NotLoggedIn => "not_logged_in",
            Code::NotTalking => "not_talking",
            Code::NotWaiting => "not_waiting",
            Code::NothingToUndo => "nothing_to_undo",
            Code::Past => "past",
            Code::PluginRefused => "plugin_refused",
            Code::PluginRemoved => "plugin_removed",
            Code::Required => "required",
            Code::SwitchBusy => "switch_busy",
            Code::SwitchGone => "switch_gone",
            Code::Taken => "taken",
            Code::TooLarge => "too_large",
            Code::TooLong => "too_long",
            Code::TooMany => "too_many",
            Code::TooManyRequests => "too_many_requests",
            Code::TooShort => "too_short",
            Code::TooSmall => "too_small",
            Code::Unknown => "unknown",
            Code::WrongCredentials => "wrong_credentials",
            Code::WrongToken => "wrong_token",
        }
    }
}
