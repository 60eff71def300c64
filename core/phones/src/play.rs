//! The course of a play: phones register, callers call, calls end, phones leave.

use std::net::SocketAddr;
use std::ops::Range;
use std::time::Duration;

use sim::phone::Dialling;
use sip::Time;

use crate::scenario::Callers;
use crate::world::World;

/// A registrar that has not answered by then will not; the play goes on with those who are in.
const REGISTER_MAX: Duration = Duration::from_secs(10);
/// Phones register one after the other, so that the first burst is no flood.
const REGISTER_GAP: Duration = Duration::from_millis(1);
/// What the last BYEs and REGISTERs may take: agents leave first, then who is left of the callers.
const LEAVE_MAX: Duration = Duration::from_secs(3);
/// More live calls than this are not placed: the numbers callers show are eight digits long and
/// a broken server must not fill our memory.
const LIVE_MAX: usize = 10_000;

/// Where a play is.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Phase {
    Registering,
    Calling,
    /// No new calls; the live ones go on to their end.
    Finishing,
    /// Agents hang up what is live and remove their registrations.
    AgentsLeaving,
    /// Callers hang up what is still live.
    CallersLeaving,
    Ended,
}

/// What the owner wants. Only ever grows.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Wish {
    PlayOn,
    Finish,
    Leave,
}

/// The director's notes.
#[derive(Debug)]
pub(crate) struct Play {
    pub(crate) phase: Phase,
    pub(crate) wish: Wish,
    /// When the phase began.
    since: Time,
    trunks: Option<Trunks>,
    finish_max: Duration,
}

/// The callers and their sockets.
#[derive(Debug)]
pub(crate) struct Trunks {
    pub(crate) callers: Callers,
    /// Where callers' RTP goes; each call takes the next one.
    pub(crate) media: Vec<SocketAddr>,
    pub(crate) placed: u64,
    /// When the next call is due, once calling has begun.
    pub(crate) next: Option<NextCall>,
}

/// Arrivals finer than a millisecond, counted from the beginning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NextCall {
    begin: Time,
    after: Duration,
}

impl NextCall {
    fn due(self) -> Time {
        self.begin + self.after
    }
}

impl Play {
    pub(crate) fn new(trunks: Option<Trunks>, finish_max: Duration) -> Play {
        Play {
            phase: Phase::Registering,
            wish: Wish::PlayOn,
            since: Time::default(),
            trunks,
            finish_max,
        }
    }

    /// When something happens by itself.
    pub(crate) fn due(&self) -> Option<Time> {
        match self.phase {
            Phase::Registering => Some(self.since + REGISTER_MAX),
            Phase::Calling => self.next_call(),
            Phase::Finishing => Some(self.since + self.finish_max),
            Phase::AgentsLeaving | Phase::CallersLeaving => Some(self.since + LEAVE_MAX),
            Phase::Ended => None,
        }
    }

    fn next_call(&self) -> Option<Time> {
        self.trunks.as_ref()?.next.map(NextCall::due)
    }

    fn enter(&mut self, now: Time, phase: Phase) {
        (self.phase, self.since) = (phase, now);
    }
}

impl World {
    /// Raises the curtain: phones begin to register.
    pub(crate) fn begin(&mut self) {
        let now = self.now();
        self.play.enter(now, Phase::Registering);
        for place in 0..self.agents {
            self.wake(place, now + REGISTER_GAP * place as u32);
        }
    }

    /// Goes on to the next phase when this one is over, and places calls that are due.
    pub(crate) fn play_on(&mut self, now: Time) {
        let is_late = self.play.due().is_some_and(|due| due <= now);
        match self.play.phase {
            Phase::Registering if is_late || self.all_registered() => self.begin_calling(now),
            Phase::Calling => self.call(now),
            Phase::Finishing if is_late || self.book.live() == 0 => self.agents_leave(now),
            Phase::AgentsLeaving if is_late || self.are_quiet(0..self.agents) => {
                self.callers_leave(now);
            }
            Phase::CallersLeaving
                if is_late || self.are_quiet(self.agents..self.stations.len()) =>
            {
                self.play.enter(now, Phase::Ended);
            }
            Phase::Registering
            | Phase::Finishing
            | Phase::AgentsLeaving
            | Phase::CallersLeaving
            | Phase::Ended => (),
        }
        match self.play.wish {
            Wish::Finish if self.play.phase < Phase::Finishing => {
                self.play.enter(now, Phase::Finishing);
                self.play_on(now);
            }
            Wish::Leave if self.play.phase < Phase::AgentsLeaving => self.agents_leave(now),
            Wish::PlayOn | Wish::Finish | Wish::Leave => (),
        }
    }

    fn all_registered(&self) -> bool {
        self.stations[..self.agents].iter().all(|station| station.registered)
    }

    fn are_quiet(&self, places: Range<usize>) -> bool {
        let mut stations = self.stations[places].iter();
        stations.all(|station| !station.registered && station.phone.lines() == 0)
    }

    fn begin_calling(&mut self, now: Time) {
        self.play.enter(now, Phase::Calling);
        let Some(trunks) = &mut self.play.trunks else { return };
        let after = self.dice.gap(trunks.callers.per_second);
        trunks.next = Some(NextCall { begin: now, after });
    }

    /// Places every call that is due, and ends the phase after the last one.
    fn call(&mut self, now: Time) {
        while let Some(trunks) = &mut self.play.trunks
            && let Some(next) = trunks.next
            && next.due() <= now
        {
            let callers = &trunks.callers;
            let is_full = callers.calls_max.is_some_and(|max| trunks.placed >= max);
            let is_over = callers.duration.is_some_and(|duration| next.after >= duration);
            if is_full || is_over {
                trunks.next = None;
                return self.play.enter(now, Phase::Finishing);
            }
            let after = next.after + self.dice.gap(callers.per_second);
            trunks.next = Some(NextCall { after, ..next });
            if self.book.live() < LIVE_MAX {
                self.place_call(now);
            }
        }
    }

    fn place_call(&mut self, now: Time) {
        let trunks_at = self.agents;
        let trunks_many = self.stations.len() - trunks_at;
        let Some(trunks) = &mut self.play.trunks else { return };
        let call = trunks.placed;
        let Some(number) = trunks.callers.number(&mut self.dice) else { return };
        let place = trunks_at + (call as usize) % trunks_many;
        let dialling = Dialling {
            flow: self.stations[place].flow,
            number: number.to_owned(),
            caller: caller_number(call),
            media: trunks.media[(call as usize) % trunks.media.len()],
            patience: trunks.callers.patience.draw(&mut self.dice),
            talk_max: trunks.callers.talk_max,
        };
        trunks.placed += 1;
        self.dial(place, now, call, dialling);
    }

    fn agents_leave(&mut self, now: Time) {
        self.play.enter(now, Phase::AgentsLeaving);
        self.leave(now, 0..self.agents);
    }

    fn callers_leave(&mut self, now: Time) {
        self.play.enter(now, Phase::CallersLeaving);
        self.leave(now, self.agents..self.stations.len());
    }

    fn leave(&mut self, now: Time, places: Range<usize>) {
        for place in places {
            let mut out = Vec::new();
            self.stations[place].phone.leave(now, &mut out);
            self.apply(place, out);
        }
    }
}

/// What a caller shows: it looks like a number, and ten million calls have each their own.
fn caller_number(call: u64) -> String {
    format!("5{:07}", (call * 7_919 + 1_234_567) % 10_000_000)
}
