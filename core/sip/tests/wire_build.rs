//! Requests and responses that we write ourselves.

use bytes::Bytes;
use sip::message::{Message, Method, Name};

const INVITE: &str = "INVITE sip:6001000@example.com SIP/2.0\r\n\
    Via: SIP/2.0/UDP 192.0.2.1;rport;branch=z9hG4bKa , SIP/2.0/TCP [::1]\r\n\
    v:SIP/2.0/UDP old.example.com;branch=z9hG4bK0\r\n\
    Max-Forwards: 70\r\n\
    Record-Route: <sip:p1.example.com;lr>\r\n\
    From: \"<sip:fake@x>\" <sip:a@b.c>;tag=1\r\n\
    To: <sip:6001000@example.com>\r\n\
    Call-ID: one\r\n\
    CSeq: 7 INVITE\r\n\
    Content-Length: 4\r\n\
    \r\n\
    v=0\nsurplus";

fn invite() -> Message {
    Message::parse(Bytes::from(INVITE)).expect("a good INVITE")
}

#[test]
fn response_copies_the_way_back_byte_by_byte() {
    let invite = invite();
    let mut ringing = Message::response_to(&invite, 180, Some("ours"));
    let mut via = invite.top_via().unwrap();
    via.params.set("received", Some("192.0.2.9"));
    via.params.set("rport", Some("4000"));
    ringing.set_top_via(&via).unwrap();
    expect_test::expect![[r#"
        SIP/2.0 180 Ringing
        Via: SIP/2.0/UDP 192.0.2.1;rport=4000;branch=z9hG4bKa;received=192.0.2.9, SIP/2.0/TCP [::1]
        v: SIP/2.0/UDP old.example.com;branch=z9hG4bK0
        From: "<sip:fake@x>" <sip:a@b.c>;tag=1
        To: <sip:6001000@example.com>;tag=ours
        Call-ID: one
        CSeq: 7 INVITE
        Record-Route: <sip:p1.example.com;lr>
        Content-Length: 0

    "#]]
    .assert_eq(&String::from_utf8(ringing.to_bytes().to_vec()).unwrap().replace('\r', ""));
    assert_eq!(ringing.method(), &Method::Invite);
    assert_eq!(ringing.vias().unwrap().len(), 3);
}

#[test]
fn trying_gets_no_tag() {
    let trying = Message::response_to(&invite(), 100, Some("ours"));
    assert_eq!(trying.to().unwrap().tag(), None);
    assert!(trying.get(Name::RecordRoute).is_none());
}

#[test]
fn tag_of_the_request_is_kept() {
    let mut request = invite();
    request.set(Name::To, "sip:x@example.com;tag=theirs");
    let done = Message::response_to(&request, 200, Some("ours"));
    assert_eq!(done.get(Name::To), Some("sip:x@example.com;tag=theirs"));
}

#[test]
fn request_is_written_and_read_back() {
    let mut bye = Message::request(Method::Bye, "sip:a@b.c;transport=udp");
    bye.push(Name::From, "<sip:x@y>;tag=1");
    bye.push(Name::To, "<sip:a@b.c>;tag=2");
    bye.push(Name::CallId, "one");
    bye.push(Name::CSeq, "8 BYE");
    bye.push_front(Name::Via, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb");
    bye.push_named("X-Ladus-Group", "sales");
    let read = Message::parse(bye.to_bytes()).unwrap();
    assert_eq!(read.uri(), Some("sip:a@b.c;transport=udp"));
    assert_eq!(read.cseq().unwrap(), (8, Method::Bye));
    assert_eq!(read.get_named("x-ladus-group"), Some(&b"sales"[..]));
    assert_eq!(read.to_bytes(), bye.to_bytes().slice(..));
}

#[test]
fn line_ends_in_values_cannot_start_a_header() {
    let mut request = invite();
    request.push_named("X-Note", "one\r\nX-Evil: two");
    let read = Message::parse(request.to_bytes()).unwrap();
    assert_eq!(read.get_named("X-Note"), Some(&b"one  X-Evil: two"[..]));
    assert_eq!(read.get_named("X-Evil"), None);
}
