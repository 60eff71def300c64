//! Plugins as web and switch speak of them: a file to be looked at, its card, its health.

use acd::{CallId, GroupId, Time};
use tokio::sync::oneshot;

/// A file that somebody has uploaded, to be looked at by the host.
#[derive(Debug)]
pub struct PluginCheck {
    pub file: Vec<u8>,
    pub reply: oneshot::Sender<Result<PluginCard, PluginRefused>>,
}

/// What a plugin decides.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum PluginKind {
    /// Whose phone rings for a call.
    #[default]
    Routing,
    /// Which call a freed agent gets.
    Selection,
    /// What people have achieved.
    Indicator,
}

/// What an accepted plugin tells about itself.
#[derive(Clone, Debug, PartialEq)]
pub struct PluginCard {
    pub kind: PluginKind,
    pub name: String,
    pub version: String,
    /// One sentence for the administrator.
    pub summary: String,
    /// The settings, in the order of the form.
    pub fields: Vec<Field>,
    /// The facts it may read, for example `ladus:routing/candidates@1.0.0#idle-ms`.
    pub reads: Vec<String>,
}

/// One setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    pub id: String,
    pub label: String,
    pub help: String,
    pub kind: FieldKind,
    pub initial: FieldValue,
}

/// What may be entered.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    Number { least: f64, most: f64, step: f64, unit: String },
    Duration,
    Toggle,
    Line,
    Choice(Vec<FieldItem>),
    Pick(String),
}

/// One of a choice.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FieldItem {
    pub id: String,
    pub label: String,
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    Empty,
    Number(f64),
    Toggle(bool),
    Text(String),
    Several(Vec<String>),
}

/// Why a file is no plugin.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PluginRefused {
    /// The kind of the refusal, for whoever has sentences of his own: `damaged`.
    pub kind: &'static str,
    /// The host's own sentence.
    pub words: String,
}

/// A plugin at work for a group.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PluginRow {
    pub group: GroupId,
    /// How the journal names it: `fair-share@1.0.0`.
    pub label: String,
    pub decisions: u64,
    pub failures: u64,
    pub failures_in_a_row: u32,
    pub last_failure: Option<PluginFailure>,
    pub state: PluginState,
}

/// The plugin that chooses calls for freed agents, at work.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SelectionRow {
    /// How the journal names it.
    pub label: String,
    pub decisions: u64,
    pub failures: u64,
    pub failures_in_a_row: u32,
    /// The last failure.
    pub last_failure: Option<PluginFailure>,
    pub state: PluginState,
}

/// A question at which a plugin of a group failed; it can be had as a file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FailureRow {
    /// Counts from 1 in the life of one switch.
    pub id: u64,
    pub at: Time,
    pub group: GroupId,
    pub call: CallId,
    /// How the journal names the plugin.
    pub label: String,
    /// The host's own sentence.
    pub words: String,
}

/// A plugin's last failure.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PluginFailure {
    pub at: Time,
    /// The host's own sentence.
    pub words: String,
    /// Where in the plugin it was: names of functions, the innermost first. Empty when unknown.
    pub backtrace: Vec<String>,
}

/// Whether a plugin is asked.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum PluginState {
    Active,
    /// It failed so many times in a row that it is no longer asked.
    FailedInARow,
    /// So large a share of its decisions failed.
    FailedTooOften,
    /// It cannot be run at all, and why.
    Missing(String),
}
