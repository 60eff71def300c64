//! Which phones a user has, and the way back to each (RFC 3261 §10.3).

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::message::{Contacts, Message, Name, NameAddr, ParseError, Uri};
use crate::{Event, Flow, Time};

/// More devices than anybody has; the oldest binding makes room. A phone that comes back on a new
/// port after each restart leaves its old bindings behind until they run out.
const BINDINGS_MAX: usize = 10;
/// Shorter ones would be a flood of REGISTERs: 423.
pub(crate) const EXPIRES_MIN: Duration = Duration::from_secs(60);
/// Longer ones are cut: a phone that vanished must not be rung for hours.
const EXPIRES_MAX: Duration = Duration::from_secs(3600);

#[derive(Debug, Default)]
pub(crate) struct Registrar {
    users: BTreeMap<String, Bindings>,
    /// Exactly one entry for each user with bindings, at the first expiry.
    timers: BTreeSet<(Time, String)>,
}

#[derive(Debug, Default)]
struct Bindings {
    /// The newest last.
    list: Vec<Binding>,
    /// Where this user stands in `timers`.
    due: Option<Time>,
}

/// One phone of a user.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The Contact's URI as the phone wrote it: the request URI of calls to it.
    pub(crate) contact: String,
    /// The way back to the phone; Contact is never resolved.
    pub(crate) flow: Flow,
    pub(crate) expires_at: Time,
    /// `+sip.instance` (RFC 5626): the same device, whatever its address.
    instance: Option<String>,
    call_id: String,
    cseq: u32,
}

/// What one REGISTER asks for, checked.
#[derive(Debug)]
pub(crate) struct Wishes {
    call_id: String,
    cseq: u32,
    agent: String,
    wish: Wish,
}

#[derive(Debug)]
enum Wish {
    /// No Contact: only to see the bindings.
    See,
    RemoveAll,
    Change(Vec<(NameAddr, Duration)>),
}

/// Why a REGISTER changes nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    Malformed,
    /// 423 with Min-Expires.
    TooBrief,
    /// An old REGISTER overtaken by a newer one (§10.3 step 7).
    OutOfOrder,
}

impl Wishes {
    pub(crate) fn of(request: &Message) -> Result<Wishes, Refusal> {
        let malformed = |_: ParseError| Refusal::Malformed;
        let usual = request.expires();
        let wish = match request.contacts().map_err(malformed)? {
            Contacts::Star if usual == Some(0) => Wish::RemoveAll,
            Contacts::Star => return Err(Refusal::Malformed),
            Contacts::List(list) if list.is_empty() => Wish::See,
            Contacts::List(list) => Wish::Change(
                list.into_iter().map(|one| bounded(one, usual)).collect::<Result<_, _>>()?,
            ),
        };
        Ok(Wishes {
            call_id: request.call_id().map_err(malformed)?.to_owned(),
            cseq: request.cseq().map_err(malformed)?.0,
            agent: request.get(Name::UserAgent).unwrap_or_default().to_owned(),
            wish,
        })
    }
}

/// The Contact with the span it is granted.
fn bounded(contact: NameAddr, usual: Option<u32>) -> Result<(NameAddr, Duration), Refusal> {
    let is_sip = Uri::parse(&contact.uri).is_ok_and(|uri| uri.is_sip());
    if !is_sip {
        return Err(Refusal::Malformed);
    }
    let asked = contact.expires().or(usual).map(|seconds| Duration::from_secs(seconds.into()));
    let span = asked.unwrap_or(EXPIRES_MAX).min(EXPIRES_MAX);
    if !span.is_zero() && span < EXPIRES_MIN {
        return Err(Refusal::TooBrief);
    }
    Ok((contact, span))
}

impl Registrar {
    pub(crate) fn deadline(&self) -> Option<Time> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// Does all that a REGISTER asks for, or nothing of it.
    pub(crate) fn apply(
        &mut self,
        now: Time,
        (user, flow): (&str, Flow),
        wishes: Wishes,
        told: &mut Vec<Event>,
    ) -> Result<(), Refusal> {
        let empty = Vec::new();
        let old = self.users.get(user).map_or(&empty, |bindings| &bindings.list);
        let is_old =
            |binding: &Binding| binding.call_id == wishes.call_id && binding.cseq >= wishes.cseq;
        let overtaken = match &wishes.wish {
            Wish::See => false,
            Wish::RemoveAll => old.iter().any(is_old),
            Wish::Change(contacts) => contacts.iter().any(|(contact, _)| {
                old.iter().any(|binding| binding.is_at(contact) && is_old(binding))
            }),
        };
        if overtaken {
            return Err(Refusal::OutOfOrder);
        }
        match &wishes.wish {
            Wish::See => {}
            Wish::RemoveAll => self.retain(user, |_| false, told),
            Wish::Change(contacts) => {
                for (contact, span) in contacts {
                    self.change((now, flow), user, (contact, *span), &wishes, told);
                }
            }
        }
        Ok(())
    }

    /// A user's bindings, the newest first.
    pub(crate) fn bindings(&self, user: &str) -> impl Iterator<Item = &Binding> {
        self.users.get(user).into_iter().flat_map(|bindings| bindings.list.iter().rev())
    }

    /// Where a call to this user goes.
    pub(crate) fn newest(&self, user: &str) -> Option<&Binding> {
        self.bindings(user).next()
    }

    /// Removes what has run out.
    pub(crate) fn expire(&mut self, now: Time, told: &mut Vec<Event>) {
        while let Some((at, user)) = self.timers.first().cloned() {
            if at > now {
                return;
            }
            self.retain(&user, |binding| binding.expires_at > now, told);
        }
    }

    /// Removes the bindings of a flow that is no more.
    pub(crate) fn forget_flow(&mut self, flow: Flow, told: &mut Vec<Event>) {
        let has_it = |bindings: &Bindings| bindings.list.iter().any(|one| one.flow == flow);
        let users = self.users.iter().filter(|(_, bindings)| has_it(bindings));
        let users: Vec<String> = users.map(|(user, _)| user.clone()).collect();
        for user in users {
            self.retain(&user, |binding| binding.flow != flow, told);
        }
    }

    /// Removes the bindings of everybody who is no user any more.
    pub(crate) fn retain_users(&mut self, stays: impl Fn(&str) -> bool, told: &mut Vec<Event>) {
        let gone: Vec<String> = self.users.keys().filter(|user| !stays(user)).cloned().collect();
        for user in gone {
            self.retain(&user, |_| false, told);
        }
    }

    fn change(
        &mut self,
        (now, flow): (Time, Flow),
        user: &str,
        (contact, span): (&NameAddr, Duration),
        wishes: &Wishes,
        told: &mut Vec<Event>,
    ) {
        if span.is_zero() {
            return self.retain(user, |binding| !binding.is_at(contact), told);
        }
        let bindings = self.users.entry(user.to_owned()).or_default();
        let first = bindings.list.is_empty();
        let expires_at = now + span;
        bindings.put(Binding {
            contact: contact.uri.clone(),
            flow,
            expires_at,
            instance: instance_of(contact),
            call_id: wishes.call_id.clone(),
            cseq: wishes.cseq,
        });
        self.reschedule(user);
        told.push(Event::Registered {
            user: user.to_owned(),
            contact: contact.uri.clone(),
            agent: wishes.agent.clone(),
            flow,
            expires_at,
            first,
        });
    }

    fn retain(&mut self, user: &str, stays: impl Fn(&Binding) -> bool, told: &mut Vec<Event>) {
        let Some(bindings) = self.users.get_mut(user) else { return };
        bindings.list.retain(stays);
        let is_last = bindings.list.is_empty();
        self.reschedule(user);
        if is_last {
            self.users.remove(user);
            told.push(Event::Unregistered { user: user.to_owned() });
        }
    }

    fn reschedule(&mut self, user: &str) {
        let Some(bindings) = self.users.get_mut(user) else { return };
        let due = bindings.list.iter().map(|binding| binding.expires_at).min();
        if due == bindings.due {
            return;
        }
        if let Some(old) = bindings.due {
            self.timers.remove(&(old, user.to_owned()));
        }
        bindings.due = due;
        if let Some(new) = due {
            self.timers.insert((new, user.to_owned()));
        }
    }
}

impl Bindings {
    /// A refresh keeps its place: calls do not wander between a user's phones with each of them.
    /// A phone that has started anew (another Call-ID) is the newest.
    fn put(&mut self, new: Binding) {
        let is_same = |old: &Binding| old.is_same_phone(&new.contact, new.instance.as_deref());
        let refreshed = |old: &Binding| is_same(old) && old.call_id == new.call_id;
        if let Some(at) = self.list.iter().position(refreshed) {
            self.list[at] = new;
            return;
        }
        self.list.retain(|old| !is_same(old));
        if self.list.len() >= BINDINGS_MAX {
            self.list.remove(0);
        }
        self.list.push(new);
    }
}

impl Binding {
    fn is_at(&self, contact: &NameAddr) -> bool {
        self.is_same_phone(&contact.uri, instance_of(contact).as_deref())
    }

    fn is_same_phone(&self, contact: &str, instance: Option<&str>) -> bool {
        let is_same_device = instance.is_some() && instance == self.instance.as_deref();
        is_same_device || is_same_address(&self.contact, contact)
    }
}

fn instance_of(contact: &NameAddr) -> Option<String> {
    contact.params.get("+sip.instance").map(|id| id.into_owned())
}

/// RFC 3261 §19.1.4, as far as phones need it: user, host, port and transport.
fn is_same_address(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (Ok(one), Ok(other)) = (Uri::parse(one), Uri::parse(other)) else { return false };
    let host = |uri: &Uri| uri.host.to_string().to_ascii_lowercase();
    let transport = |uri: &Uri| uri.params.get("transport").map(|name| name.to_ascii_lowercase());
    one.has_scheme(&other.scheme)
        && one.user_unescaped() == other.user_unescaped()
        && host(&one) == host(&other)
        && one.port == other.port
        && transport(&one) == transport(&other)
}
