//! Where a message ends, what is too much, and who can be told.

use bytes::Bytes;
use sip::message::{
    Contacts, HEADERS_MAX, Header, LINE_MAX, MESSAGE_MAX, Message, Method, Name, ParseError,
    is_keepalive, reason,
};

const HEAD: &str = "OPTIONS sip:a@b.c SIP/2.0\r\n\
    Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n\
    From: <sip:x@y>;tag=1\r\nTo: <sip:a@b.c>\r\nCall-ID: one\r\nCSeq: 1 OPTIONS\r\n";

fn parse(text: impl AsRef<[u8]>) -> Result<Message, ParseError> {
    Message::parse(Bytes::copy_from_slice(text.as_ref()))
}

/// The head with these lines added, an empty line and this body.
fn with(lines: &str, body: &str) -> Result<Message, ParseError> {
    parse(format!("{HEAD}{lines}\r\n{body}"))
}

fn fault(message: Result<Message, ParseError>) -> (u16, bool) {
    let fault = message.map(|message| panic!("{message:?}")).unwrap_err();
    (fault.status, fault.recoverable.is_some())
}

#[test]
fn body_is_cut_to_its_length() {
    let body = |lines, body| with(lines, body).map(|message| message.body);
    assert_eq!(body("Content-Length: 4\r\n", "body and more").unwrap(), "body");
    assert_eq!(body("l:0\r\n", "body").unwrap(), "");
    assert_eq!(body("", "body").unwrap(), "body", "no length: to the end of the datagram");
    assert_eq!(body("l: 4\r\nContent-Length: 04\r\n", "body").unwrap(), "body");
}

#[test]
fn wrong_lengths_are_answered_with_400() {
    for lines in [
        "l: 5\r\n",
        "l: -1\r\n",
        "l: +4\r\n",
        "l: 0x4\r\n",
        "l:\r\n",
        "l: 4, 4\r\n",
        "l: 4\r\nl: 3\r\n",
        "l: 18446744073709551615\r\n",
        "l: 18446744073709551620\r\n",
        "l: 99999999999999999999999999999999999999999\r\n",
    ] {
        assert_eq!(fault(with(lines, "body")), (400, true), "{lines}");
    }
}

#[test]
fn keepalives_and_leading_line_ends_are_passed_over() {
    assert!(is_keepalive(b"\r\n\r\n") && is_keepalive(b"") && is_keepalive(b"\0\0\0\0"));
    assert_eq!(fault(parse("\r\n\r\n")), (400, false));
    let message = parse(format!("\r\n\r\n\n{HEAD}\r\n")).unwrap();
    assert_eq!(message.method(), &Method::Options);
}

#[test]
fn line_feeds_alone_are_line_ends() {
    let message = parse(format!("{HEAD}Subject: a\n b\n\nbody\r\nmore").replace("\r\n", "\n"));
    let message = message.unwrap();
    assert_eq!(message.get(Name::Subject), Some("a b"));
    assert_eq!(message.body, "body\nmore");
}

#[test]
fn carriage_return_in_a_line_is_refused() {
    assert_eq!(fault(with("Subject: a\rX-Evil: b\r\n", "")), (400, true));
    assert_eq!(fault(with("Subject: a\r\n b\rc\r\n", "")), (400, true));
}

#[test]
fn head_without_its_end_is_refused() {
    assert_eq!(fault(parse(HEAD)), (400, true));
    assert_eq!(fault(parse(format!("{HEAD}Subject: x"))), (400, true));
    assert_eq!(fault(parse(format!("{HEAD}Subject: x\r\n y"))), (400, true));
    assert_eq!(fault(parse("OPTIONS")), (400, false));
}

#[test]
fn limits_hold() {
    let line = |length: usize| format!("Subject: {}\r\n", "x".repeat(length - 9));
    assert!(with(&line(LINE_MAX), "").is_ok());
    assert_eq!(fault(with(&line(LINE_MAX + 1), "")), (400, true));
    let folded = format!("Subject:{}\r\n", "\r\n x".repeat(LINE_MAX / 2));
    assert_eq!(fault(with(&folded, "")), (400, true), "unfolded it is too long");

    let own = 5;
    assert!(with(&"X: y\r\n".repeat(HEADERS_MAX - own), "").is_ok());
    assert_eq!(fault(with(&"X: y\r\n".repeat(HEADERS_MAX - own + 1), "")), (400, true));

    let room = MESSAGE_MAX - HEAD.len() - 2;
    assert!(with("", &"x".repeat(room)).is_ok());
    assert_eq!(fault(with("", &"x".repeat(room + 1))), (413, false));

    let long_uri = HEAD.replace("sip:a@b.c SIP", &format!("sip:{} SIP", "a".repeat(LINE_MAX)));
    assert_eq!(fault(parse(format!("{long_uri}\r\n"))), (414, true));
}

#[test]
fn broken_header_lines_are_refused() {
    for lines in ["no colon\r\n", ": no name\r\n", "two words: x\r\n", "N\u{e4}me: x\r\n"] {
        assert_eq!(fault(with(lines, "")), (400, true), "{lines}");
    }
    let folded_start = HEAD.replacen("\r\n", "\r\n folded\r\n", 1);
    assert_eq!(fault(parse(format!("{folded_start}\r\n"))), (400, true));
}

#[test]
fn latin_1_values_are_kept() {
    let mut bytes = HEAD.as_bytes().to_vec();
    bytes.extend(b"Subject: caf\xe9\r\n\r\n");
    let message = parse(&bytes).unwrap();
    assert_eq!(message.get(Name::Subject), None);
    assert_eq!(message.get_bytes(Name::Subject), Some(&b"caf\xe9"[..]));
    assert!(message.to_bytes().windows(4).any(|window| window == b"caf\xe9"));
}

#[test]
fn acks_and_responses_are_never_answered() {
    let broken_ack = HEAD.replace("OPTIONS", "ACK").replace("one", "one two");
    assert_eq!(fault(parse(format!("{broken_ack}\r\n"))), (400, false));
    let response = HEAD.replace("OPTIONS sip:a@b.c SIP/2.0", "SIP/2.0 099 Low");
    assert_eq!(fault(parse(format!("{response}\r\n"))), (400, false));
}

#[test]
fn start_lines_are_strict() {
    let start = |line: &str| {
        let head = HEAD.replace("OPTIONS sip:a@b.c SIP/2.0", line);
        parse(format!("{head}\r\n")).map_err(|fault| fault.status)
    };
    assert_eq!(start("OPTIONS sip:a@b.c sip/2.0").unwrap().method(), &Method::Options);
    assert_eq!(start("SIP/2.0 200").unwrap().status(), Some(200));
    assert_eq!(start("sip/2.0 699 A  b ").unwrap().status(), Some(699));
    for (line, status) in [
        ("OPTIONS sip:a@b.c SIP/3.0", 505),
        ("OPTIONS sip:a@b.c HTTP/1.1", 400),
        ("OPTIONS sip:a@b.c", 400),
        ("OPTIONS\tsip:a@b.c SIP/2.0", 400),
        ("OPT(IONS sip:a@b.c SIP/2.0", 400),
        ("OPTIONS /index.html SIP/2.0", 400),
        ("SIP/2.0 200OK", 400),
        ("SIP/2.0 700 No", 400),
        ("SIP/2.0 +20 OK", 400),
        ("SIP/3.0 200 OK", 400),
    ] {
        assert_eq!(start(line).map(|message| message.start), Err(status), "{line}");
    }
}

#[test]
fn cseq_has_its_bounds() {
    let cseq = |value: &str| {
        let head = HEAD.replace("CSeq: 1 OPTIONS", &format!("CSeq: {value}"));
        parse(format!("{head}\r\n")).map(|message| message.cseq().unwrap().0).ok()
    };
    assert_eq!(cseq("2147483647 OPTIONS"), Some(2_147_483_647));
    assert_eq!(cseq("0\t  OPTIONS"), Some(0));
    for value in ["2147483648 OPTIONS", "-1 OPTIONS", "1OPTIONS", "1", "1 options", "1 OPTIONS x"] {
        assert_eq!(cseq(value), None, "{value}");
    }
}

#[test]
fn values_of_lists_and_numbers_are_read() {
    let message =
        with("Require: a, b\r\nSupported:\r\nRequire:c,,\r\nExpires: 1e3\r\nm: *\r\n", "");
    let message = message.unwrap();
    assert_eq!(message.words(Name::Require).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(message.words(Name::Supported).count(), 0);
    assert_eq!(message.expires(), None);
    assert_eq!(message.contacts().unwrap(), Contacts::Star);
    assert!(with("m: *\r\nm: <sip:a@b>\r\n", "").unwrap().contacts().is_err());
    assert_eq!(with("Expires: 99999999999\r\n", "").unwrap().expires(), Some(u32::MAX));
    assert_eq!(with("", "").unwrap().contacts().unwrap(), Contacts::List(Vec::new()));
    assert_eq!(fault(with("Max-Forwards: 256\r\n", "")), (400, true));
}

#[test]
fn words_and_phrases_are_the_usual_ones() {
    let phrases = [100, 180, 200, 401, 481, 487, 503, 505, 999].map(reason);
    assert_eq!(
        phrases.join("; "),
        "Trying; Ringing; OK; Unauthorized; Call Transaction Does Not Exist; \
         Request Terminated; Service Unavailable; Version Not Supported; Unknown"
    );
    assert_eq!(
        [Name::parse("v"), Name::parse("I"), Name::parse("x")],
        [Name::Via, Name::CallId, Name::SessionExpires]
    );
    assert_eq!(
        [Name::parse("CSEQ"), Name::parse("-"), Name::parse("X-Y")],
        [Name::CSeq, Name::Other, Name::Other]
    );
    assert!(Header::is_writable("X-Ladus-Group", "sales"));
    assert!(!Header::is_writable("X Y", "sales") && !Header::is_writable("X", "a\r\nb"));
}
