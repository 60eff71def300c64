//! REGISTER in both directions (RFC 3261 §10): users' phones to us, and ours to others.

use std::collections::BTreeMap;
use std::time::Duration;

use super::door::Refused;
use super::receive::Arrival;
use super::wire::{contact, escaped, via};
use super::{Endpoint, Event, Output, Register};
use crate::auth;
use crate::message::{Contacts, Message, Method, Name, NameAddr};
use crate::registrar::{EXPIRES_MIN, Refusal, Registrar, Wishes};
use crate::transaction::Owner;
use crate::{Flow, Time};

/// A challenge is answered once; one that only says that the nonce was stale, so many times more.
const STALE_MAX: u8 = 2;

/// Our own registrations. One for each user and flow, so there are as many as phones.
#[derive(Debug, Default)]
pub(super) struct Registrations {
    numbers: BTreeMap<(String, Flow), u64>,
    live: BTreeMap<u64, Registration>,
    last: u64,
}

/// One phone at one registrar.
#[derive(Debug)]
struct Registration {
    /// The last wish; its expiry is what is being asked for.
    register: Register,
    /// The same for all REGISTERs of one phone (§10.2).
    call_id: String,
    tag: String,
    cseq: u32,
    /// Challenges answered since the wish.
    answered: u8,
}

impl Endpoint {
    /// A REGISTER of a user's phone.
    pub(super) fn registers(&mut self, now: Time, arrival: &Arrival, out: &mut Vec<Output>) {
        if self.is_full() {
            return self.turn_away(arrival, Refused::full(), out);
        }
        let user = match self.authenticated(now, &arrival.request) {
            Ok(user) => user,
            Err(refused) => return self.turn_away(arrival, refused, out),
        };
        let mut told = Vec::new();
        let done = bind(&mut self.registrar, now, (&user, arrival), &mut told);
        let answer = match done {
            Ok(()) => self.bound(now, &user),
            Err(refused) => refused,
        };
        // The credentials are used up: a repetition must find this answer, not a challenge.
        let mut response = self.stateless(&arrival.request, answer.status);
        for (name, value) in answer.headers {
            response.push(name, value);
        }
        let tx = self.transactions.serve(now, arrival.back, arrival.key.clone());
        self.transactions.respond(now, tx, answer.status, response.to_bytes(), out);
        out.extend(told.into_iter().map(Output::Tell));
    }

    /// 200 with all bindings and what is left of them.
    fn bound(&self, now: Time, user: &str) -> Refused {
        let mut answer = Refused::plain(200);
        for binding in self.registrar.bindings(user) {
            let left = binding.expires_at.since(now).as_secs();
            let value = format!("<{}>;expires={left}", binding.contact);
            answer.headers.push((Name::Contact, value));
        }
        answer
    }

    pub(super) fn ask_registrar(&mut self, now: Time, register: Register, out: &mut Vec<Output>) {
        let key = (register.login.user.clone(), register.flow);
        let number = match self.registrations.numbers.get(&key) {
            Some(number) => *number,
            None => {
                self.registrations.last += 1;
                self.registrations.numbers.insert(key, self.registrations.last);
                self.registrations.last
            }
        };
        match self.registrations.live.get_mut(&number) {
            Some(registration) => {
                registration.register = register;
                registration.answered = 0;
            }
            None => {
                let call_id = self.chance.call_id();
                let tag = self.chance.tag();
                let registration = Registration { register, call_id, tag, cseq: 0, answered: 0 };
                self.registrations.live.insert(number, registration);
            }
        }
        self.send_register(now, number, None, out);
    }

    fn send_register(
        &mut self,
        now: Time,
        number: u64,
        proof: Option<(Name, String)>,
        out: &mut Vec<Output>,
    ) {
        let allow = self.allow();
        let Some(registration) = self.registrations.live.get_mut(&number) else { return };
        registration.cseq += 1;
        let branch = self.chance.branch();
        let flow = registration.register.flow;
        let user = &registration.register.login.user;
        let aor = NameAddr::new("", &format!("sip:{}@{}", escaped(user), flow.remote)).to_string();
        let mut request = Message::request(Method::Register, &registration.uri());
        request.push(Name::Via, via(flow, &branch));
        request.push(Name::MaxForwards, super::wire::MAX_FORWARDS);
        request.push(Name::From, format!("{aor};tag={}", registration.tag));
        request.push(Name::To, aor);
        request.push(Name::CallId, registration.call_id.clone());
        request.push(Name::CSeq, format!("{} REGISTER", registration.cseq));
        request.push(Name::Contact, contact(user, flow));
        request.push(Name::Expires, registration.register.expires.as_secs().to_string());
        request.push(Name::Allow, allow);
        request.push(Name::UserAgent, self.config.product.clone());
        if let Some((name, value)) = proof {
            request.push(name, value);
        }
        let owner = Owner::Register(number);
        self.transactions.send(now, (flow, owner), (&branch, request), out);
    }

    /// The final answer to a REGISTER of ours; `None` is silence.
    pub(super) fn registrar_answered(
        &mut self,
        now: Time,
        number: u64,
        response: Option<&Message>,
        out: &mut Vec<Output>,
    ) {
        let Some(registration) = self.registrations.live.get_mut(&number) else { return };
        let status = response.and_then(Message::status).unwrap_or(408);
        if let Some(response) = response.filter(|_| matches!(status, 401 | 407)) {
            let cnonce = self.chance.cnonce();
            let proof = registration.proof(response, &cnonce);
            if proof.is_some() {
                return self.send_register(now, number, proof, out);
            }
        }
        let register = &registration.register;
        let user = register.login.user.clone();
        let granted = response.filter(|_| status < 300).map(|ok| granted(ok, register));
        let expires = granted.unwrap_or_default();
        if expires.is_zero() {
            // Nothing is bound: the next registration is a new one.
            self.registrations.numbers.remove(&(user.clone(), register.flow));
            self.registrations.live.remove(&number);
        }
        out.push(Output::Tell(Event::RegisterDone { user, status, expires }));
    }
}

impl Registration {
    /// The registrar itself is addressed, without a user (§10.2).
    fn uri(&self) -> String {
        format!("sip:{}", self.register.flow.remote)
    }

    fn proof(&mut self, challenge: &Message, cnonce: &str) -> Option<(Name, String)> {
        let is_stale = challenge.all(Name::WwwAuthenticate).any(says_stale);
        let may_answer = self.answered == 0 || (is_stale && self.answered <= STALE_MAX);
        self.answered += 1;
        let login = &self.register.login;
        let uri = self.uri();
        may_answer.then(|| auth::answer(challenge, login, &Method::Register, &uri, cnonce, 1))?
    }
}

fn says_stale(challenge: &[u8]) -> bool {
    let text = String::from_utf8_lossy(challenge).to_ascii_lowercase();
    text.contains("stale=true") || text.contains("stale=\"true\"")
}

/// How long the registrar keeps us: our Contact in its answer says so, else its Expires.
fn granted(ok: &Message, register: &Register) -> Duration {
    let ours = contact(&register.login.user, register.flow);
    let contacts = match ok.contacts() {
        Ok(Contacts::List(list)) => list,
        Ok(Contacts::Star) | Err(_) => Vec::new(),
    };
    let mine = contacts.iter().find(|contact| ours == format!("<{}>", contact.uri));
    let seconds = mine.and_then(NameAddr::expires).or_else(|| ok.expires());
    let granted = seconds.map_or(register.expires, |seconds| Duration::from_secs(seconds.into()));
    granted.min(register.expires)
}

/// Does what an authenticated REGISTER asks for.
fn bind(
    registrar: &mut Registrar,
    now: Time,
    (user, arrival): (&str, &Arrival),
    told: &mut Vec<Event>,
) -> Result<(), Refused> {
    let to = arrival.request.to().map_err(|_| Refused::plain(400))?;
    let to = to.parsed_uri().map_err(|_| Refused::plain(400))?;
    // Nobody may register for somebody else (§10.3 step 5).
    if to.user_unescaped().as_deref() != Some(user) {
        return Err(Refused::plain(403));
    }
    let wishes = Wishes::of(&arrival.request)?;
    registrar.apply(now, (user, arrival.back), wishes, told)?;
    Ok(())
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Refused {
        match refusal {
            Refusal::Malformed => Refused::plain(400),
            Refusal::TooBrief => {
                Refused::with(423, Name::MinExpires, EXPIRES_MIN.as_secs().to_string())
            }
            Refusal::OutOfOrder => Refused::with(500, Name::RetryAfter, "1"),
        }
    }
}
