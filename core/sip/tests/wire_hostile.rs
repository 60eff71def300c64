//! Messages that somebody broke on purpose: nothing panics, and what is read stays what it is.

mod torture;

use bytes::Bytes;
use sip::auth::{Guard, answer};
use sip::message::{Message, Method, Name, NameAddr, Uri, Via, is_keepalive};
use sip::{Login, Time, User};

/// Per test; there are two, side by side.
const MESSAGES: u64 = 100_000;

/// Put in wherever it hurts.
const STUFFING: [&[u8]; 20] = [
    b"\r\n",
    b"\r\n ",
    b"\r",
    b"\n\n",
    b"\0",
    b"\"",
    b"\\",
    b"<",
    b">",
    b";",
    b",",
    b"@",
    b":",
    b"%",
    b"[::1]",
    b"\xff\xfe",
    b"4294967296",
    b"-1",
    b"99999999999999999999999999",
    b";tag=\"",
];

/// Whole lines that make two of what must be one.
const LINES: [&str; 9] = [
    "l: 18446744073709551615\r\n",
    "Content-Length: 0\r\n",
    "Via: SIP/2.0/UDP [2001:db8::1]:5060;rport;branch=z9hG4bKx, SIP/2.0/TCP b\r\n",
    "t: \"<sip:x@y>\" <sip:a@b>;tag=z\r\n",
    "CSeq: 4294967295 INVITE\r\n",
    "Contact: *\r\n",
    "Record-Route: <sip:p;lr>, <sip:q;lr>\r\n",
    "Authorization: Digest username=\"alice\", realm=\"r\", nonce=\"00\", uri=\"sip:x\", \
     response=\"0\", qop=auth, nc=00000001, cnonce=\"c\", algorithm=SHA-256\r\n",
    "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth,auth-int\", algorithm=MD5\r\n",
];

/// A small generator of our own, so that a failure comes again (Vigna's SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).expect("below a usize")
    }
}

fn flip_or_cut(dice: &mut Dice, bytes: &mut Vec<u8>, _: &[(&str, Vec<u8>)]) {
    if bytes.is_empty() {
        return;
    }
    let at = dice.below(bytes.len());
    match dice.below(20) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(..at.min(40))),
        2..=4 => drop(bytes.drain(at..(at + dice.below(30)).min(bytes.len()))),
        5..=8 => bytes[at] = u8::try_from(dice.below(256)).expect("a byte"),
        _ => bytes[at] ^= 1 << dice.below(8),
    }
}

fn splice_or_stuff(dice: &mut Dice, bytes: &mut Vec<u8>, others: &[(&str, Vec<u8>)]) {
    let at = dice.below(bytes.len() + 1);
    match dice.below(6) {
        0 => {
            let other = &others[dice.below(others.len())].1;
            let from = dice.below(other.len());
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
        1 => {
            let line = LINES[dice.below(LINES.len())];
            let line_end = bytes.iter().skip(at).position(|b| *b == b'\n');
            let at = line_end.map_or(0, |length| at + length + 1);
            drop(bytes.splice(at..at, line.bytes()));
        }
        2 => {
            let line = at..(at + dice.below(200)).min(bytes.len());
            let copy = bytes[line].to_vec();
            drop(bytes.splice(at..at, copy));
        }
        3 => {
            let digit = bytes.iter().skip(at).position(u8::is_ascii_digit);
            let at = digit.map_or(at, |length| at + length);
            drop(bytes.splice(at..at, *b"99999999999"));
        }
        _ => {
            let stuffing = STUFFING[dice.below(STUFFING.len())];
            drop(bytes.splice(at..at, stuffing.iter().copied()));
        }
    }
}

type Mutation = fn(&mut Dice, &mut Vec<u8>, &[(&str, Vec<u8>)]);

fn break_messages(seed: u64, mutate: Mutation) {
    let originals = torture::all();
    let mut dice = Dice(seed);
    let mut judge = Judge::new();
    for _ in 0..MESSAGES {
        let mut bytes = originals[dice.below(originals.len())].1.clone();
        for _ in 0..=dice.below(3) {
            mutate(&mut dice, &mut bytes, &originals);
        }
        judge.judge(Bytes::from(bytes));
    }
    // Otherwise the mutations would only test the first check.
    assert!(judge.read > MESSAGES / 8, "{} were read", judge.read);
    assert!(judge.answered > MESSAGES / 4, "{} were answered", judge.answered);
}

#[test]
fn flipped_and_cut_messages_never_panic() {
    break_messages(1, flip_or_cut);
}

#[test]
fn spliced_and_stuffed_messages_never_panic() {
    break_messages(2, splice_or_stuff);
}

/// Does to a message everything that can be done.
struct Judge {
    guard: Guard,
    user: User,
    login: Login,
    read: u64,
    answered: u64,
}

impl Judge {
    fn new() -> Judge {
        let login = Login { user: "alice".to_owned(), password: "x".to_owned() };
        Judge { guard: Guard::new([1; 32]), user: User::default(), login, read: 0, answered: 0 }
    }

    fn judge(&mut self, bytes: Bytes) {
        let _ = is_keepalive(&bytes);
        match Message::parse(bytes) {
            Ok(message) => {
                self.read += 1;
                must_be_there(&message);
                must_come_back(&message);
                self.use_all(&message);
            }
            Err(fault) => {
                let Some(request) = fault.recoverable else { return };
                self.answered += 1;
                self.use_all(&request);
                let refusal = Message::response_to(&request, fault.status, Some("t"));
                assert!(refusal.vias().is_ok());
                refusal.to_bytes();
            }
        }
    }

    fn use_all(&mut self, message: &Message) {
        if let Some(uri) = message.uri() {
            look_at(uri);
        }
        for list in [Name::Contact, Name::Route, Name::RecordRoute, Name::PAssertedIdentity] {
            for address in message.addresses(list).unwrap_or_default() {
                look_at(&address.uri);
                let (_, _) = (address.expires(), address.tag());
                address_comes_back(&address);
            }
        }
        let _ = (message.contacts(), message.routes(), message.record_routes());
        let _ = (message.expires(), message.max_forwards(), message.method());
        let _ = message.words(Name::Require).chain(message.words(Name::Supported)).count();
        for via in message.vias().unwrap_or_default() {
            let _ = (via.branch(), via.has_unique_branch(), via.received(), via.rport());
            assert_eq!(Via::parse_list(via.to_string().as_bytes()).expect("a Via"), [via]);
        }
        self.guard.check(Time(0), "r", message, Name::Authorization, |_| Some(&self.user));
        let _ = answer(message, &self.login, &Method::Invite, "sip:x", "c", 1);
        let mut response = Message::response_to(message, 183, Some("ours"));
        if let Ok(mut via) = message.top_via() {
            via.params.set("received", Some("192.0.2.1"));
            response.set_top_via(&via).expect("there is one");
        }
        response.to_bytes();
    }
}

/// Once a message exists, it can be answered.
fn must_be_there(message: &Message) {
    assert!(message.from().is_ok() && message.to().is_ok());
    assert!(message.call_id().is_ok() && message.cseq().is_ok() && message.top_via().is_ok());
    let response = Message::response_to(message, 200, Some("ours"));
    let response = Message::parse(response.to_bytes()).expect("our own response");
    assert_eq!(response.vias().expect("copied"), message.vias().expect("checked"));
    assert!(response.to().expect("copied").tag().is_some());
}

fn must_come_back(message: &Message) {
    let again = Message::parse(message.to_bytes()).expect("what was read can be read again");
    assert_eq!(again.start, message.start);
    assert_eq!(again.body, message.body);
    assert_eq!(again.cseq().expect("checked"), message.cseq().expect("checked"));
    let others = |m: &Message| m.headers().iter().filter(|h| h.name != Name::ContentLength).count();
    assert_eq!(others(&again), others(message));
}

fn look_at(raw: &str) {
    let Ok(uri) = Uri::parse(raw) else { return };
    let _ = (uri.user_unescaped(), uri.ip(), uri.is_sip());
    assert_eq!(Uri::parse(&uri.to_string()).expect("a URI"), uri);
}

fn address_comes_back(address: &NameAddr) {
    let again = NameAddr::parse(address.to_string().as_bytes()).expect("an address");
    assert_eq!((&again.uri, &again.params), (&address.uri, &address.params));
}
