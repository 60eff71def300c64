//! RFC 4475: what becomes of each of its messages, and what is read from the valid ones.

mod torture;

use std::fmt::Write;

use bytes::Bytes;
use sip::message::{Contacts, Message, Method, Name, Place, Uri};

fn message(name: &str) -> Message {
    let (_, bytes) = torture::all().into_iter().find(|(known, _)| *known == name).expect(name);
    Message::parse(Bytes::from(bytes)).expect(name)
}

/// `answered`: the endpoint can send the status; `dropped`: it must stay silent.
#[test]
fn every_message_of_rfc_4475_has_its_verdict() {
    assert_eq!(torture::all().len(), 49);
    let mut table = String::new();
    for (name, bytes) in torture::all() {
        let verdict = match Message::parse(Bytes::from(bytes)) {
            Ok(message) => match message.status() {
                Some(status) => format!("read, {status}"),
                None => format!("read, {} bytes of body", message.body.len()),
            },
            Err(fault) => {
                let way = if fault.recoverable.is_some() { "answered" } else { "dropped" };
                format!("{way}, {fault}")
            }
        };
        writeln!(table, "{name:10} {verdict}").unwrap();
    }
    expect_test::expect![[r#"
        wsinv      read, 150 bytes of body
        intmeth    read, 0 bytes of body
        esc01      read, 150 bytes of body
        escnull    read, 0 bytes of body
        esc02      read, 0 bytes of body
        lwsdisp    read, 0 bytes of body
        dblreq     read, 0 bytes of body
        semiuri    read, 0 bytes of body
        transports read, 0 bytes of body
        unreason   read, 200
        noreason   read, 100
        badbranch  read, 0 bytes of body
        unkscm     read, 0 bytes of body
        novelsc    read, 0 bytes of body
        unksm2     read, 0 bytes of body
        bext01     read, 0 bytes of body
        regaut01   read, 0 bytes of body
        bcast      read, 200
        zeromf     read, 0 bytes of body
        cparam01   read, 0 bytes of body
        cparam02   read, 0 bytes of body
        regescrt   read, 0 bytes of body
        invut      read, 40 bytes of body
        sdp01      read, 150 bytes of body
        inv2543    read, 105 bytes of body
        badinv01   dropped, a parameter has no name (400)
        clerr      answered, the body is too short (400)
        ncl        answered, Content-Length (400)
        scalar02   answered, CSeq (400)
        scalarlg   dropped, CSeq (400)
        quotbal    answered, a quoted string does not end (400)
        ltgtruri   answered, a URI has no scheme (400)
        lwsruri    answered, the request line (400)
        lwsstart   answered, the request line (400)
        trws       answered, the request line (400)
        escruri    answered, the request URI has headers (400)
        baddate    read, 150 bytes of body
        regbadct   read, 0 bytes of body
        badaspec   answered, a URI has no scheme (400)
        baddn      answered, a URI has no scheme (400)
        badvers    answered, another version of SIP (505)
        mismatch01 answered, CSeq names another method (400)
        mismatch02 answered, CSeq names another method (400)
        bigcode    dropped, the status line (400)
        insuf      dropped, From, To, Call-ID or CSeq is missing or twice there (400)
        multi01    answered, From, To, Call-ID or CSeq is missing or twice there (400)
        mcl01      answered, two different lengths (400)
        longreq    read, 150 bytes of body
        mpart01    read, 300 bytes of body
    "#]]
    .assert_eq(&table);
}

#[test]
fn what_was_read_is_written_back_the_same() {
    for (name, bytes) in torture::all() {
        let Ok(first) = Message::parse(Bytes::from(bytes)) else { continue };
        let second = Message::parse(first.to_bytes()).expect(name);
        assert_eq!(second.start, first.start, "{name}");
        assert_eq!(second.body, first.body, "{name}");
        let but_length = |message: &Message| {
            let headers = message.headers().iter().filter(|h| h.name != Name::ContentLength);
            headers.cloned().collect::<Vec<_>>()
        };
        assert_eq!(but_length(&second), but_length(&first), "{name}");
    }
}

#[test]
fn refusals_can_be_built_and_read() {
    for (name, bytes) in torture::all() {
        let Err(fault) = Message::parse(Bytes::from(bytes)) else { continue };
        let Some(request) = fault.recoverable else { continue };
        let refusal = Message::response_to(&request, fault.status, Some("ours"));
        let copied = [Name::Via, Name::From, Name::To, Name::CallId, Name::CSeq];
        assert!(copied.iter().all(|known| refusal.get_bytes(*known).is_some()), "{name}");
        assert!(refusal.to_bytes().starts_with(b"SIP/2.0 "), "{name}");
    }
}

#[test]
fn wsinv_folded_and_spaced_out_is_read() {
    let invite = message("wsinv");
    assert_eq!(invite.uri(), Some("sip:vivekg@chair-dnrc.example.com;unknownparam"));
    let to = invite.to().unwrap();
    assert_eq!((&*to.uri, to.tag()), ("sip:vivekg@chair-dnrc.example.com", Some("1918181833n")));
    let from = invite.from().unwrap();
    assert_eq!((&*from.display, from.tag()), ("J Rosenberg \\\"", Some("98asjd8")));
    assert_eq!(invite.max_forwards().unwrap(), Some(68));
    assert_eq!(invite.cseq().unwrap(), (9, Method::Invite));
    let vias: Vec<String> = invite.vias().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(
        vias,
        [
            "SIP/2.0/UDP 192.0.2.2;branch=390skdjuw",
            "SIP/2.0/TCP spindle.example.com;branch=z9hG4bK9ikj8",
            "SIP/2.0/UDP 192.168.255.111;branch=z9hG4bK30239",
        ]
    );
    assert!(!invite.top_via().unwrap().has_unique_branch());
    assert_eq!(invite.get(Name::Subject), Some(""));
    let value = invite.get_named("newfangledheader").unwrap();
    assert_eq!(value, b"newfangled value continued newfangled value");
    let Contacts::List(contacts) = invite.contacts().unwrap() else { panic!("no star") };
    assert_eq!(contacts[0].display, "Quoted string \"\"");
    assert_eq!(contacts[0].params.get("newparam").as_deref(), Some("newvalue"));
    assert!(contacts[0].params.has("secondparam"));
    assert_eq!(contacts[0].params.raw("q"), Some("0.33"));
    let route = &invite.routes().unwrap()[0];
    assert!(route.parsed_uri().unwrap().params.has("lr"));
}

#[test]
fn intmeth_unusual_characters_are_read() {
    let request = message("intmeth");
    assert!(matches!(request.method(), Method::Other(word) if word.starts_with("!interesting")));
    let uri = Uri::parse(request.uri().unwrap()).unwrap();
    assert_eq!(uri.user.as_deref(), Some("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"));
    assert_eq!(uri.password.as_deref(), Some("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"));
    assert_eq!(uri.to_string(), request.uri().unwrap());
    assert_eq!(request.to().unwrap().display, "BEL:\u{7} NUL:\0 DEL:\u{7f}");
    let from = request.from().unwrap();
    assert_eq!(from.display, "token1~` token2'+_ token3*%!.-");
    assert_eq!(from.params.get("fromParam''~+*_!.-%").as_deref(), Some("работающий"));
    assert_eq!(from.tag(), Some("_token~1'+`*%!-."));
}

#[test]
fn esc01_escapes_are_undone_only_on_demand() {
    let invite = message("esc01");
    let uri = Uri::parse(invite.uri().unwrap()).unwrap();
    assert_eq!(uri.user.as_deref(), Some("sips%3Auser%40example.com"));
    assert_eq!(uri.user_unescaped().as_deref(), Some("sips:user@example.com"));
    assert_eq!(uri.host.to_string(), "example.net");
    let spaces = invite.from().unwrap().parsed_uri().unwrap();
    assert_eq!(spaces.user_unescaped().as_deref(), Some("I have spaces"));
    let Contacts::List(contacts) = invite.contacts().unwrap() else { panic!("no star") };
    let raw = "sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31";
    assert_eq!(contacts[0].uri, raw);
}

#[test]
fn esc02_escapes_outside_of_uris_are_none() {
    let request = message("esc02");
    assert_eq!(request.method(), &Method::Other("RE%47IST%45R".to_owned()));
    assert_eq!(request.to().unwrap().display, "%Z%45");
    let Contacts::List(contacts) = request.contacts().unwrap() else { panic!("no star") };
    assert_eq!(contacts.len(), 2);
}

#[test]
fn dblreq_second_message_in_a_datagram_is_cut_off() {
    let register = message("dblreq");
    assert!(register.body.is_empty());
    assert_eq!(register.call_id().unwrap(), "dblreq.0ha0isndaksdj99sdfafnl3lk233412");
}

#[test]
fn semiuri_semicolon_belongs_to_the_user() {
    let request = message("semiuri");
    let uri = Uri::parse(request.uri().unwrap()).unwrap();
    assert_eq!(uri.user_unescaped().as_deref(), Some("user;par=u@example.net"));
    assert!(uri.params.is_empty());
}

#[test]
fn longreq_long_names_survive() {
    let invite = message("longreq");
    assert_eq!(invite.vias().unwrap().len(), 34);
    assert!(invite.to().unwrap().parsed_uri().unwrap().params.has(
        "verylonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglonglong\
         longlonglonglonglongParameterNameWithNoValue"
    ));
}

#[test]
fn unreason_and_noreason_keep_their_phrases() {
    let phrase = |name| match message(name).start {
        sip::message::Start::Response { reason, .. } => reason,
        sip::message::Start::Request { .. } => panic!("a response"),
    };
    assert_eq!(phrase("unreason"), "= 2**3 * 5**2 но сто девяносто девять - простое");
    assert_eq!(phrase("noreason"), "");
}

#[test]
fn regbadct_contact_is_refused_where_it_matters() {
    assert!(message("regbadct").contacts().is_err());
    let Contacts::List(contacts) = message("regescrt").contacts().unwrap() else { panic!("star") };
    let headers = contacts[0].parsed_uri().unwrap().headers;
    assert_eq!(headers, "Route=%3Csip:sip.example.com%3E");
    let Contacts::List(contacts) = message("cparam01").contacts().unwrap() else { panic!("star") };
    assert!(contacts[0].params.has("unknownparam"));
    let Contacts::List(contacts) = message("cparam02").contacts().unwrap() else { panic!("star") };
    let uri = contacts[0].parsed_uri().unwrap();
    assert!(uri.params.has("unknownparam") && contacts[0].params.is_empty());
}

#[test]
fn a_fault_has_its_place() {
    let place = |name: &str| {
        let (_, bytes) = torture::all().into_iter().find(|(known, _)| *known == name).expect(name);
        Message::parse(Bytes::from(bytes)).expect_err(name).place
    };
    assert_eq!(place("lwsruri"), Some(Place::Line(1)));
    assert_eq!(place("badvers"), Some(Place::Line(1)));
    assert_eq!(place("clerr"), Some(Place::Header(Name::ContentLength)));
    assert_eq!(place("mismatch01"), Some(Place::Header(Name::CSeq)));
    assert_eq!(place("quotbal"), Some(Place::Header(Name::To)));
    assert_eq!(place("badinv01"), Some(Place::Header(Name::Via)));
    assert_eq!(place("insuf"), Some(Place::Header(Name::From)));
}
