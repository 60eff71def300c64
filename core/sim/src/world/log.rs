//! What happened, in words.

use std::collections::BTreeMap;
use std::fmt::Write;

use acd::Time;
use bytes::Bytes;
use centre::{Fact, MediaOrder, OfficeOutcome, What};
use media::{Mode, Side};

use super::network::{Way, label};
use super::plan::Paper;
use crate::timeline::span_words;

#[derive(Debug, Default)]
pub(super) struct Log {
    text: String,
    pub(super) tells_sip: bool,
    pub(super) tells_media: bool,
    /// When the story began.
    pub(super) zero: Time,
    /// The fate of each message the last time it was sent. A repetition is told when its fate is
    /// another one.
    fates: BTreeMap<Bytes, bool>,
}

impl Log {
    pub(super) fn take(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// A line about something that a party notices.
    pub(super) fn party(&mut self, now: Time, name: &str, words: &str) {
        self.line(now, &format!("{name}: {words}"));
    }

    pub(super) fn message(
        &mut self,
        now: Time,
        (party, way): (&str, Way),
        bytes: &Bytes,
        arrives: bool,
    ) {
        if !self.tells_sip || self.fates.insert(bytes.clone(), arrives) == Some(arrives) {
            return;
        }
        let arrow = match way {
            Way::ToCentre => "->",
            Way::FromCentre => "<-",
        };
        let lost = if arrives { "" } else { "  (lost)" };
        self.line(now, &format!("    {party} {arrow} {}{lost}", label(bytes)));
    }

    pub(super) fn media(&mut self, now: Time, order: &MediaOrder) {
        if !self.tells_media {
            return;
        }
        let words = match order {
            MediaOrder::Bind { more } => format!("bind {more} relays"),
            MediaOrder::SetLeg { relay, side, agreed, .. } => {
                let agreed = agreed.as_ref().map_or_else(
                    || "gone".to_owned(),
                    |it| format!("{} {}", it.codec.name(), it.direction.name()),
                );
                format!("relay {}: {} {agreed}", relay.0, side_words(*side))
            }
            MediaOrder::SetMode { relay, mode } => {
                format!("relay {}: {}", relay.0, mode_words(*mode))
            }
            MediaOrder::Play { relay, side, words } => {
                let clips: Vec<String> = words.clips.iter().map(clip_words).collect();
                format!("relay {}: {} hears {}", relay.0, side_words(*side), clips.join(" "))
            }
            MediaOrder::StartRecording { relay, codec, .. } => {
                format!("relay {}: record {}", relay.0, codec.name())
            }
            MediaOrder::StopRecording { relay, .. } => {
                format!("relay {}: stop recording", relay.0)
            }
            MediaOrder::Release { relay } => format!("relay {}: free", relay.0),
        };
        self.line(now, &format!("    {words}"));
    }

    pub(super) fn fact(&mut self, fact: &Fact, paper: &Paper) {
        let who = |agent| paper.scene.names.agent(agent);
        let words = match &fact.what {
            What::Acd(acd::Fact::CallArrived { call, caller, number, .. }) => {
                format!("{caller} dials {number}: c{}", call.0)
            }
            What::Acd(fact) => match paper.scene.fact(fact) {
                Some(words) => words,
                None => return,
            },
            What::DeviceRegistered { agent, .. } => format!("{} has a phone", who(*agent)),
            What::DeviceLost { agent, sip_user } => {
                format!("{} has lost the phone {sip_user}", who(*agent))
            }
            What::RecordingStarted { call } => format!("c{} is recorded", call.0),
            What::RecordingStored { call, duration_ms, .. } => {
                format!("c{} is on file, {}", call.0, span_words(*duration_ms))
            }
            What::RecordingFailed { call, cause } => {
                format!("c{} is not on file: {cause}", call.0)
            }
            // What it takes to call back stands in the journal for a restart, not for a story.
            What::CallbackOrigin { .. } => return,
            What::CallRejected { number, caller, status } => {
                format!("{caller} cannot call {number}: {status}")
            }
            What::OfficeStarted { call, agent, to, number, .. } => {
                let callee = to.map_or_else(|| format!("{number} outside"), who);
                format!("{} calls {callee}: c{}", who(*agent), call.0)
            }
            What::OfficeAnswered { call } => format!("c{} is answered", call.0),
            What::OfficeEnded { call, outcome, talked_ms } => {
                let outcome = office_words(*outcome);
                format!("c{} ends: {outcome}, talked {}", call.0, span_words(*talked_ms))
            }
        };
        self.line(fact.at, &words);
    }

    fn line(&mut self, at: Time, words: &str) {
        // Writing into a String cannot fail.
        let _ = writeln!(self.text, "{:<8} {words}", span_words(at.0 - self.zero.0));
    }
}

fn side_words(side: Side) -> &'static str {
    match side {
        Side::Caller => "caller",
        Side::Agent => "agent",
    }
}

fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::Silent => "silence",
        Mode::Waiting => "music",
        Mode::CallingBack => "music for the agent",
        Mode::Joined => "joined",
    }
}

fn office_words(outcome: OfficeOutcome) -> &'static str {
    match outcome {
        OfficeOutcome::Answered => "answered",
        OfficeOutcome::Cancelled => "cancelled",
        OfficeOutcome::NoAnswer => "no answer",
        OfficeOutcome::Busy => "busy",
        OfficeOutcome::Rejected => "rejected",
        OfficeOutcome::Unreachable => "unreachable",
    }
}

fn clip_words(clip: &media::Clip) -> String {
    if let media::Clip::Number(number) = clip { number.to_string() } else { format!("{clip:?}") }
}
