//! Calls to us: from the INVITE to our final answer and its ACK (RFC 3261 §13.3).

use std::time::Duration;

use bytes::Bytes;

use super::door::{Refused, merge_key_of};
use super::receive::Arrival;
use super::wire::{caller_of, contact, sdp_of};
use super::{Endpoint, Event, LegId, Output};
use crate::auth::Verdict;
use crate::dialog::{Dialog, Invited, Leg, OurSide, Reply, State, Unacked, Up};
use crate::message::{Message, Name, NameAddr, Uri};
use crate::transaction::Owner;
use crate::{Flow, Time};

/// Who calls, as far as we know him.
#[derive(Debug, Default)]
struct Known {
    trunk: Option<String>,
    user: Option<String>,
}

impl Endpoint {
    /// An INVITE outside of any dialog.
    pub(super) fn invited(&mut self, now: Time, arrival: Arrival, out: &mut Vec<Output>) {
        if self.is_full() || self.legs.len() >= self.config.legs_max {
            return self.turn_away(&arrival, Refused::full(), out);
        }
        let checked = self.admit_caller(now, &arrival).and_then(|known| {
            let sdp = sdp_of(&arrival.request)
                .map_err(|_| Refused::with(415, Name::Accept, "application/sdp"))?;
            Ok((known, sdp, self.dialog_for(&arrival)?))
        });
        match checked {
            Ok((known, sdp, dialog)) => self.open(now, arrival, (known, sdp, dialog), out),
            Err(refused) => self.turn_away(&arrival, refused, out),
        }
    }

    fn admit_caller(&mut self, now: Time, arrival: &Arrival) -> Result<Known, Refused> {
        if let Some(trunk) = self.trunk_at(arrival.flow) {
            return Ok(Known { trunk: Some(trunk), user: None });
        }
        if self.access.is_phone {
            return Ok(Known::default());
        }
        let user = self.authenticated(now, &arrival.request)?;
        Ok(Known { trunk: None, user: Some(user) })
    }

    fn trunk_at(&self, flow: Flow) -> Option<String> {
        let (ip, port) = (flow.remote.ip(), flow.remote.port());
        let mut trunks = self.access.trunks.iter();
        let trunk = trunks.find(|trunk| {
            trunk.address == ip && trunk.port.is_none_or(|expected| expected == port)
        });
        trunk.map(|trunk| trunk.name.clone())
    }

    /// The user who proved the password. Keeps nothing for those who did not.
    pub(super) fn authenticated(
        &mut self,
        now: Time,
        request: &Message,
    ) -> Result<String, Refused> {
        let Endpoint { guard, access, .. } = self;
        let known = |user: &str| access.users.get(user);
        match guard.check(now, &access.realm, request, Name::Authorization, known) {
            Verdict::Granted { user } => Ok(user),
            Verdict::Challenge { stale } => {
                let [sha256, md5] = guard.challenges(now, &access.realm, stale);
                let offered = if knows_md5_only(request) { vec![md5] } else { vec![sha256, md5] };
                let headers =
                    offered.into_iter().map(|value| (Name::WwwAuthenticate, value)).collect();
                Err(Refused { status: 401, headers })
            }
            Verdict::Refused { why: _ } => Err(Refused::plain(403)),
            Verdict::Malformed { why: _ } => Err(Refused::plain(400)),
        }
    }

    /// The dialog that our answer to this INVITE will make.
    fn dialog_for(&mut self, arrival: &Arrival) -> Result<Dialog, Refused> {
        let ours = OurSide {
            tag: self.chance.tag(),
            contact: contact(&dialled(&arrival.request), arrival.back),
            flow: arrival.back,
            follows_contact: false,
        };
        Dialog::called(&arrival.request, ours).map_err(|fault| Refused::plain(fault.status))
    }

    fn open(
        &mut self,
        now: Time,
        arrival: Arrival,
        (known, sdp, dialog): (Known, Option<Bytes>, Dialog),
        out: &mut Vec<Output>,
    ) {
        let leg = self.legs.number();
        let (caller, caller_display) = caller(&arrival.request, known.trunk.is_some());
        let dialled = dialled(&arrival.request);
        let told = known.trunk.as_ref().and_then(|name| self.told_by(name, &arrival.request));
        let extra = if known.trunk.is_some() { extra(&arrival.request) } else { Vec::new() };
        let reply = Reply::to(&arrival.request, &dialog.local_tag);
        let trying = Message::response_to(&arrival.request, 100, None).to_bytes();
        let merge = merge_key_of(&arrival);
        let keys = (arrival.key, merge);
        let invite = self.transactions.serve_invite((arrival.back, leg), keys, trying, out);
        let invited = Invited {
            invite,
            reply,
            cseq: arrival.cseq,
            late_offer: sdp.is_none(),
            ring_again_at: None,
            expires_at: expires_at(now, &arrival.request),
        };
        self.legs
            .insert(leg, Leg { dialog, login: None, state: State::Invited(Box::new(invited)) });
        out.push(Output::Tell(Event::Invited {
            leg,
            dialled,
            caller,
            caller_display,
            trunk: known.trunk,
            user: known.user,
            sdp,
            told,
            extra,
            flow: arrival.back,
        }));
    }

    fn told_by(&self, trunk: &str, request: &Message) -> Option<String> {
        let trunk = self.access.trunks.iter().find(|it| it.name == trunk)?;
        let value = request.get_named(trunk.told_header.as_deref()?)?;
        Some(String::from_utf8_lossy(value).trim().to_owned())
    }

    pub(super) fn send_ringing(&mut self, now: Time, id: LegId, out: &mut Vec<Output>) {
        let Some(leg) = self.legs.get_mut(id) else { return };
        let State::Invited(invited) = &mut leg.state else { return };
        invited.rang(now);
        let mut ringing = invited.reply.with(180);
        ringing.push(Name::Contact, leg.dialog.contact.clone());
        ringing.push(Name::Server, self.config.product.clone());
        self.transactions.respond(now, invited.invite, 180, ringing.to_bytes(), out);
        self.legs.reschedule(id);
    }

    pub(super) fn accept(&mut self, now: Time, id: LegId, sdp: Bytes, out: &mut Vec<Output>) {
        let allow = self.allow();
        let Some(leg) = self.legs.get_mut(id) else { return };
        let State::Invited(invited) = &leg.state else { return };
        let mut ok = invited.reply.with_sdp(sdp);
        ok.push(Name::Contact, leg.dialog.contact.clone());
        ok.push(Name::Allow, allow);
        ok.push(Name::Supported, "");
        ok.push(Name::Server, self.config.product.clone());
        let ok = ok.to_bytes();
        self.transactions.respond(now, invited.invite, 200, ok.clone(), out);
        let mut unacked = Unacked::new(now, ok, invited.cseq);
        unacked.is_first = true;
        unacked.late_offer = invited.late_offer;
        leg.state = State::Up(Up { unacked: Some(unacked), reoffer: None });
        self.legs.reschedule(id);
    }

    /// Refuses an unanswered incoming leg; others stay as they are.
    pub(super) fn turn_down(
        &mut self,
        now: Time,
        id: LegId,
        status: u16,
        out: &mut Vec<Output>,
    ) -> bool {
        let Some(Leg { state: State::Invited(invited), .. }) = self.legs.get(id) else {
            return false;
        };
        // Anything but a refusal here would leave the caller ringing for ever.
        let status = if (300..700).contains(&status) { status } else { 500 };
        let mut refusal = invited.reply.with(status);
        refusal.push(Name::Server, self.config.product.clone());
        self.transactions.respond(now, invited.invite, status, refusal.to_bytes(), out);
        self.legs.remove(id);
        true
    }

    /// A CANCEL (§9.2). It is answered without keeping anything: as long as its INVITE is known
    /// the answer is always the same.
    pub(super) fn cancelled(&mut self, now: Time, arrival: &Arrival, out: &mut Vec<Output>) {
        let invite = arrival.key.strip_suffix("CANCEL").map(|start| format!("{start}INVITE"));
        let Some(tx) = invite.and_then(|key| self.transactions.find(&key)) else {
            return self.turn_away(arrival, Refused::plain(481), out);
        };
        let Owner::Invite(id) = self.transactions.owner(tx) else { return };
        let tag = self.legs.get(id).map(|leg| leg.dialog.local_tag.clone());
        match tag {
            Some(tag) => {
                let ok = Message::response_to(&arrival.request, 200, Some(&tag));
                out.push(Output::Send { flow: arrival.back, bytes: ok.to_bytes() });
            }
            None => self.turn_away(arrival, Refused::plain(200), out),
        }
        if self.turn_down(now, id, 487, out) {
            out.push(Output::Tell(Event::Cancelled { leg: id }));
        } else {
            self.drop_reoffer(now, id, Some(tx), out);
        }
    }

    /// An ACK that belongs to a 200 of ours.
    pub(super) fn acked(&mut self, now: Time, arrival: &Arrival, out: &mut Vec<Output>) {
        let Some(id) = self.leg_of(arrival) else { return };
        let Some(leg) = self.legs.get_mut(id) else { return };
        let is_its = |unacked: &mut Unacked| unacked.cseq == arrival.cseq;
        match &mut leg.state {
            State::Up(up) => {
                let Some(unacked) = up.unacked.take_if(is_its) else { return };
                self.legs.reschedule(id);
                if unacked.is_first || unacked.late_offer {
                    let sdp = sdp_of(&arrival.request).ok().flatten();
                    let sdp = sdp.filter(|_| unacked.late_offer);
                    out.push(Output::Tell(Event::Confirmed { leg: id, sdp }));
                }
            }
            State::Over(over) => {
                if over.unacked.take_if(is_its).is_some() {
                    self.legs.reschedule(id);
                    self.send_bye(now, id, None, out);
                }
            }
            State::Invited(_) | State::Calling(_) => {}
        }
    }
}

/// User part of the request URI, unescaped.
/// Headers that no standard knows and that somebody has put there to tell us something.
fn extra(request: &Message) -> Vec<(String, String)> {
    let mut extra = Vec::new();
    for header in request.headers() {
        let name = header.raw_name.to_ascii_lowercase();
        if name.starts_with("x-") {
            extra.push((name, String::from_utf8_lossy(&header.value).trim().to_owned()));
        }
    }
    extra
}

fn dialled(request: &Message) -> String {
    let uri = Uri::parse(request.uri().unwrap_or_default());
    uri.ok().and_then(|uri| uri.user_unescaped().map(String::from)).unwrap_or_default()
}

/// Some write zero, or what is no span of ringing, and mean nothing by it.
fn expires_at(now: Time, request: &Message) -> Option<Time> {
    let seconds = request.expires().filter(|seconds| *seconds > 0)?;
    Some(now + Duration::from_secs(seconds.into()))
}

/// Number and name of the caller. A trunk may assert another one than From (RFC 3325).
fn caller(request: &Message, is_trusted: bool) -> (String, String) {
    let asserted = request.addresses(Name::PAssertedIdentity).unwrap_or_default();
    let asserted = asserted.into_iter().next().filter(|_| is_trusted);
    let NameAddr { display, uri, .. } =
        asserted.or_else(|| request.from().ok()).unwrap_or_default();
    caller_of(&uri, display)
}

/// Programs that give up when one of the challenges names an algorithm they do not know, against
/// RFC 7616 §3.7: they would never come to the MD5 one.
const MD5_ONLY: [&str; 3] = ["baresip v0.", "baresip v1.", "sipsak "];

fn knows_md5_only(request: &Message) -> bool {
    let agent = request.get(Name::UserAgent).unwrap_or_default();
    MD5_ONLY.iter().any(|program| agent.starts_with(program))
}
