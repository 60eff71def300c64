//! Digest: the numbers of the RFCs, and the two sides of ours against each other.

use std::time::Duration;

use bytes::Bytes;
use sip::auth::{Algorithm, Guard, NONCE_LIFE, Proof, Verdict, answer, ha1};
use sip::message::{Message, Method, Name};
use sip::{Login, Time, User};

const REALM: &str = "ladus.example";
const URI: &str = "sip:ladus.example;transport=udp";
const START: Time = Time(1_700_000_000_000);

#[test]
fn numbers_of_rfc_7616_come_out() {
    let (md5, sha256) = ha1("Mufasa", "http-auth@example.org", "Circle of Life");
    let proof = |algorithm| Proof {
        algorithm,
        nonce: "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
        nc: "00000001",
        cnonce: "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
        method: "GET",
        uri: "/dir/index.html",
    };
    assert_eq!(proof(Algorithm::Md5).response(&md5), "8ca523f5e9506fed4657c9700eebdbec");
    assert_eq!(
        proof(Algorithm::Sha256).response(&sha256),
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    );
}

#[test]
fn number_of_rfc_2617_comes_out() {
    let (md5, _) = ha1("Mufasa", "testrealm@host.com", "Circle Of Life");
    assert_eq!(md5, "939e7578ed9e3c518a452acee763bce9");
    let proof = Proof {
        algorithm: Algorithm::Md5,
        nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093",
        nc: "00000001",
        cnonce: "0a4f113b",
        method: "GET",
        uri: "/dir/index.html",
    };
    assert_eq!(proof.response(&md5), "6629fae49393a05397450978507c4ef1");
}

/// A guard that knows alice, and a phone that may know her password.
struct Pair {
    guard: Guard,
    user: User,
    login: Login,
}

impl Pair {
    fn new(user: &str, password: &str) -> Pair {
        let (ha1_md5, ha1_sha256) = ha1("alice", REALM, "secret \"quoted\"");
        let login = Login { user: user.to_owned(), password: password.to_owned() };
        Pair { guard: Guard::new([7; 32]), user: User { ha1_md5, ha1_sha256 }, login }
    }

    fn alice() -> Pair {
        Pair::new("alice", "secret \"quoted\"")
    }

    /// The 401 as the phone receives it; `algorithms` is how many challenges, from the last.
    fn challenged(&mut self, now: Time, algorithms: usize) -> Message {
        let mut unauthorized = Message::response_to(&register(), 401, Some("t"));
        let challenges = self.guard.challenges(now, REALM, false);
        for challenge in challenges.into_iter().rev().take(algorithms) {
            unauthorized.push(Name::WwwAuthenticate, challenge);
        }
        Message::parse(unauthorized.to_bytes()).expect("our own 401")
    }

    fn answered(&self, unauthorized: &Message, nc: u32) -> Message {
        let method = Method::Register;
        let answer = answer(unauthorized, &self.login, &method, URI, "c0ffee", nc);
        let (name, value) = answer.expect("a challenge for us");
        let mut request = register();
        request.push(name, value);
        Message::parse(request.to_bytes()).expect("our own REGISTER")
    }

    fn check(&mut self, now: Time, request: &Message) -> Verdict {
        let known = |name: &str| (name == "alice").then_some(&self.user);
        self.guard.check(now, REALM, request, Name::Authorization, known)
    }
}

fn register() -> Message {
    let text = format!(
        "REGISTER {URI} SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n\
         From: <sip:alice@ladus.example>;tag=1\r\nTo: <sip:alice@ladus.example>\r\n\
         Call-ID: r\r\nCSeq: 1 REGISTER\r\n\r\n"
    );
    Message::parse(Bytes::from(text)).expect("a good REGISTER")
}

fn granted() -> Verdict {
    Verdict::Granted { user: "alice".to_owned() }
}

#[test]
fn sha_256_is_offered_first_and_md5_second() {
    let challenges = Guard::new([7; 32]).challenges(START, REALM, true);
    assert!(challenges[0].contains("algorithm=SHA-256") && challenges[1].contains("algorithm=MD5"));
    assert!(challenges.iter().all(|c| c.contains("qop=\"auth\"") && c.contains("stale=true")));
}

#[test]
fn right_password_is_granted_with_either_algorithm() {
    for (algorithms, used) in [(1, "algorithm=MD5"), (2, "algorithm=SHA-256")] {
        let mut pair = Pair::alice();
        let unauthorized = pair.challenged(START, algorithms);
        let request = pair.answered(&unauthorized, 1);
        assert!(request.get(Name::Authorization).unwrap().contains(used));
        assert_eq!(pair.check(START, &request), granted());
    }
}

#[test]
fn request_without_credentials_is_challenged() {
    let mut pair = Pair::alice();
    let mut request = register();
    assert_eq!(pair.check(START, &request), Verdict::Challenge { stale: false });
    request.push(Name::Authorization, "NoOneKnowsThisScheme opaque-data=here");
    request.push(Name::Authorization, "Digest username=\"alice\", realm=\"elsewhere\"");
    assert_eq!(pair.check(START, &request), Verdict::Challenge { stale: false });
}

#[test]
fn wrong_password_and_unknown_user_are_refused_alike() {
    let verdicts = [("alice", "guess"), ("bob", "guess")].map(|(user, password)| {
        let mut pair = Pair::new(user, password);
        let unauthorized = pair.challenged(START, 2);
        let request = pair.answered(&unauthorized, 1);
        pair.check(START, &request)
    });
    assert!(matches!(verdicts[0], Verdict::Refused { .. }));
    assert_eq!(verdicts[0], verdicts[1]);
}

#[test]
fn answer_heard_on_the_wire_cannot_be_used_again() {
    let mut pair = Pair::alice();
    let unauthorized = pair.challenged(START, 2);
    let request = pair.answered(&unauthorized, 1);
    assert_eq!(pair.check(START, &request), granted());
    assert_eq!(pair.check(START, &request), Verdict::Challenge { stale: true });
}

#[test]
fn counts_may_arrive_out_of_order_but_once() {
    let mut pair = Pair::alice();
    let unauthorized = pair.challenged(START, 2);
    let mut verdict = |nc| {
        let request = pair.answered(&unauthorized, nc);
        pair.check(START, &request) == granted()
    };
    let order = [2, 1, 70, 7, 6, 7, 70, 200, 136, 137, 137, 4_000_000_000, 3];
    let expected =
        [true, true, true, true, false, false, false, true, false, true, false, true, false];
    assert_eq!(order.map(&mut verdict), expected);
}

#[test]
fn old_nonce_is_stale() {
    let mut pair = Pair::alice();
    let unauthorized = pair.challenged(START, 2);
    let late = START + NONCE_LIFE;
    let too_late = late + Duration::from_millis(1);
    for (now, expected) in [(late, granted()), (too_late, Verdict::Challenge { stale: true })] {
        let request = pair.answered(&unauthorized, u32::try_from(now.0 % 1_000).unwrap() + 1);
        assert_eq!(pair.check(now, &request), expected);
    }
}

#[test]
fn nonce_of_another_server_or_realm_is_stale_and_never_granted() {
    let mut pair = Pair::alice();
    let mut other = Guard::new([8; 32]);
    let mut unauthorized = Message::response_to(&register(), 401, None);
    let [sha256, _] = other.challenges(START, REALM, false);
    unauthorized.push(Name::WwwAuthenticate, sha256);
    let request = pair.answered(&unauthorized, 1);
    assert_eq!(pair.check(START, &request), Verdict::Challenge { stale: true });

    let [elsewhere, _] = pair.guard.challenges(START, "elsewhere", false);
    unauthorized.set(Name::WwwAuthenticate, elsewhere.replace("elsewhere", REALM));
    let request = pair.answered(&unauthorized, 1);
    assert_eq!(pair.check(START, &request), Verdict::Challenge { stale: true });
}

#[test]
fn answer_for_another_request_is_malformed_or_refused() {
    let mut pair = Pair::alice();
    let unauthorized = pair.challenged(START, 2);
    let good = pair.answered(&unauthorized, 1).get(Name::Authorization).unwrap().to_owned();
    let mut verdict = |from: &str, to: &str| {
        assert!(good.contains(from), "{from} is in {good}");
        let mut request = register();
        request.push(Name::Authorization, good.replace(from, to));
        pair.check(START, &request)
    };
    let malformed = |verdict| matches!(verdict, Verdict::Malformed { .. });
    let refused = |verdict| matches!(verdict, Verdict::Refused { .. });
    assert!(malformed(verdict(";transport=udp", ";transport=UDP")));
    assert!(malformed(verdict("nc=00000001", "nc=1")));
    assert!(malformed(verdict("nc=00000001", "nc=00000000")));
    assert!(malformed(verdict("nc=00000001", "nc=+0000001")));
    assert!(malformed(verdict("algorithm=SHA-256", "algorithm=MD5-sess")));
    assert!(malformed(verdict("username=\"alice\"", "username=\"alice\", username=\"bob\"")));
    assert!(malformed(verdict("username=\"alice\", ", "")));
    assert!(refused(verdict("algorithm=SHA-256", "algorithm=MD5")));
    assert!(refused(verdict("qop=auth", "qop=auth-int")));
    assert!(refused(verdict("qop=auth, ", "")), "an answer as of RFC 2069");
    assert!(refused(verdict("nc=00000001", "nc=00000002")));
    assert_eq!(verdict("nc=", "nc="), granted(), "the tries before did not use the count up");
}

#[test]
fn user_without_a_hash_for_the_algorithm_has_no_empty_password() {
    let mut pair = Pair::alice();
    pair.user.ha1_sha256 = String::new();
    let unauthorized = pair.challenged(START, 2);
    let good = pair.answered(&unauthorized, 1);
    let nonce = good.get(Name::Authorization).unwrap().split('"').nth(5).unwrap().to_owned();
    let proof = Proof {
        algorithm: Algorithm::Sha256,
        nonce: &nonce,
        nc: "00000001",
        cnonce: "c",
        method: "REGISTER",
        uri: URI,
    };
    let mut forged = register();
    let value = format!(
        "Digest username=\"alice\",realm=\"{REALM}\",nonce=\"{nonce}\",uri=\"{URI}\",qop=auth,\
         nc=00000001,cnonce=\"c\",algorithm=SHA-256,response=\"{}\"",
        proof.response("")
    );
    forged.push(Name::Authorization, value);
    assert!(matches!(pair.check(START, &forged), Verdict::Refused { .. }));
}

#[test]
fn table_of_nonces_stays_bounded_and_forgotten_ones_stay_unusable() {
    let mut pair = Pair::alice();
    let first = pair.challenged(START, 1);
    let request = pair.answered(&first, 1);
    assert_eq!(pair.check(START, &request), granted());
    // More nonces in use than the table holds, all young.
    for _ in 0..16_384 {
        let unauthorized = pair.challenged(START, 1);
        let request = pair.answered(&unauthorized, 1);
        assert_eq!(pair.check(START, &request), granted());
    }
    assert_eq!(pair.check(START, &request), Verdict::Challenge { stale: true });
    assert!(format!("{:?}", pair.guard).contains("16384"));
}

#[test]
fn challenge_that_nobody_can_answer_is_passed_over() {
    let pair = Pair::alice();
    let mut unauthorized = Message::response_to(&register(), 401, None);
    for value in [
        "Basic realm=\"x\"",
        "Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-512-256",
        "Digest realm=\"x\", nonce=\"n\"",
        "Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"",
        "Digest realm=\"x",
    ] {
        unauthorized.push(Name::WwwAuthenticate, value);
    }
    let ask = |response: &Message| {
        answer(response, &pair.login, &Method::Register, URI, "c", 1).map(|(_, value)| value)
    };
    assert_eq!(ask(&unauthorized), None);
    let good = "Digest realm=\"x\", nonce=\"n\", qop=\"auth-int, auth\", opaque=\"o\"";
    unauthorized.push(Name::WwwAuthenticate, good);
    assert!(ask(&unauthorized).unwrap().ends_with("nc=00000001, opaque=\"o\""));
}
