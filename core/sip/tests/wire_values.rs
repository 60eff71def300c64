//! Single values, most of them seen on real phones: what is read from them, and that nothing
//! changes on the way through.

use std::net::{IpAddr, Ipv6Addr};

use sip::message::{Host, NameAddr, Params, Uri, Via};

fn address(value: &str) -> NameAddr {
    NameAddr::parse(value.as_bytes()).unwrap_or_else(|fault| panic!("{value}: {fault}"))
}

fn uri(raw: &str) -> Uri {
    Uri::parse(raw).unwrap_or_else(|fault| panic!("{raw}: {fault}"))
}

fn via(value: &str) -> Via {
    let list = Via::parse_list(value.as_bytes());
    list.unwrap_or_else(|fault| panic!("{value}: {fault}")).swap_remove(0)
}

#[test]
fn display_name_never_passes_for_the_uri() {
    for (value, display) in [
        (r#""<sip:fake@x>" <sip:a@b.c>;tag=1"#, "<sip:fake@x>"),
        (r#""a\" <sip:fake@x>" <sip:a@b.c>;tag=1"#, "a\" <sip:fake@x>"),
        (r#""sip:fake@x;tag=2, b" <sip:a@b.c>;tag=1"#, "sip:fake@x;tag=2, b"),
        (r#""\\" <sip:a@b.c>;tag=1"#, "\\"),
        ("Fake.Name+x <sip:a@b.c>;tag=1", "Fake.Name+x"),
        ("sip:fake@x <sip:a@b.c>;tag=1", "sip:fake@x"),
        ("<sip:a@b.c>;tag=1", ""),
    ] {
        let address = address(value);
        assert_eq!((&*address.uri, address.tag()), ("sip:a@b.c", Some("1")), "{value}");
        assert_eq!(address.display, display, "{value}");
    }
}

#[test]
fn broken_addresses_are_refused() {
    for value in [
        "",
        "a@b.c",
        "\"Joe\" sip:a@b.c",
        "\"Joe <sip:a@b.c>",
        "<sip:a@b.c",
        "<sip:a@b.c> x",
        "<sip:a@b.c>;",
        "<sip:a@b.c>;;tag=1",
        "<sip:a@b.c>;=1",
        "<sip:a@b.c> , ",
        "<sip:a@b.c><sip:d@e.f>",
        "<sip:a@b.c>;tag=\"1",
        "<>",
        "<sip:>",
        "<sip:a b@c>",
        "sip:a@b.c?Subject=x",
        "\"a\"\"b\" <sip:a@b.c>",
    ] {
        assert!(NameAddr::parse(value.as_bytes()).is_err(), "{value}");
        assert!(NameAddr::parse_list(value.as_bytes()).is_err(), "{value}");
    }
    assert!(NameAddr::parse(b"<sip:a@b.c>, <sip:d@e.f>").is_err(), "two where one must be");
}

#[test]
fn contacts_of_real_phones_are_read() {
    let linphone = address(
        "<sip:1003@127.0.0.1:5130;transport=udp>;+org.linphone.specs=\"lime\";\
         +sip.instance=\"<urn:uuid:0f0e1b2c-1111-2222-3333-444455556666>\";expires=300",
    );
    assert_eq!(linphone.uri, "sip:1003@127.0.0.1:5130;transport=udp");
    assert_eq!(linphone.expires(), Some(300));
    let instance = linphone.params.get("+SIP.instance");
    assert_eq!(instance.as_deref(), Some("<urn:uuid:0f0e1b2c-1111-2222-3333-444455556666>"));

    let gruu = "sip:1003@127.0.0.1;gr=urn:uuid:0f0e1b2c-1111-2222-3333-444455556666";
    let value = format!("<{gruu}>");
    assert_eq!(address(&value).uri, gruu);
    assert_eq!(address(&value).to_string(), value);
    let gr = uri(gruu).params.raw("gr").map(str::to_owned);
    assert_eq!(gr.as_deref(), Some("urn:uuid:0f0e1b2c-1111-2222-3333-444455556666"));

    let jssip = address("<sip:k3v0@q8a1.invalid;transport=ws;ob>;reg-id=1;q=0.5");
    assert!(jssip.parsed_uri().unwrap().params.has("ob"));
}

#[test]
fn list_of_contacts_is_split_at_the_right_commas() {
    let list = NameAddr::parse_list(
        br#""a, b" <sip:x,y@h>;p="1,2" , <sip:c@d>,sip:e@f;expires=9999999999;q=1"#,
    );
    let list = list.unwrap();
    let uris: Vec<&str> = list.iter().map(|address| &*address.uri).collect();
    assert_eq!(uris, ["sip:x,y@h", "sip:c@d", "sip:e@f"]);
    assert_eq!(list[0].params.get("p").as_deref(), Some("1,2"));
    assert_eq!(list[2].expires(), Some(u32::MAX), "too large is the largest");
    assert_eq!(address("<sip:a@b>;expires=soon").expires(), None);
}

#[test]
fn latin_1_display_name_is_read() {
    let address = NameAddr::parse(b"\"P\xe4rn\" <sip:a@b.c>").unwrap();
    assert_eq!(address.display, "Pärn");
    let unquoted = NameAddr::parse(b"P\xe4rn <sip:a@b.c>").unwrap();
    assert_eq!(unquoted.display, "Pärn");
    assert!(NameAddr::parse(b"<sip:p\xe4rn@b.c>").is_err(), "a URI is ASCII or UTF-8");
}

#[test]
fn uris_keep_their_text() {
    for raw in [
        "sip:user;par=u%40example.net@example.com",
        "sip:alice%20smith@example.com",
        "sip:%23@example.com",
        "sip:*72#@example.com",
        "sip:a@b.c;transport=udp",
        "sip:a@b.c;transport=UDP;lr;Foo=",
        "sips:a:secret@[2001:db8::1]:5061;x?Subject=a&Priority=b",
        "sip:[::1]",
        "sip:192.0.2.1:65535",
        "SIP:a@Example.COM",
        "tel:+15551234567",
        "tel:1234;phone-context=+372",
        "urn:service:sos",
        "nobodyKnows:what@this;means",
        "soap.beep://192.0.2.103:3002",
    ] {
        assert_eq!(uri(raw).to_string(), raw);
    }
}

#[test]
fn parts_of_a_uri_are_found() {
    let v6 = uri("sip:a@[2001:db8::1]:5070");
    assert_eq!(v6.host, Host::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)));
    assert_eq!((v6.port, v6.ip()), (Some(5070), Some("2001:db8::1".parse::<IpAddr>().unwrap())));
    let tel = uri("tel:+1-555;ext=7");
    assert_eq!((tel.user.as_deref(), tel.params.raw("ext")), (Some("+1-555"), Some("7")));
    assert!(!tel.is_sip() && uri("SIPS:x").is_sip());
    assert_eq!(uri("urn:service:sos").host, Host::Opaque("service:sos".to_owned()));
    assert_eq!(uri("sip:%D5%B5@h").user_unescaped().as_deref(), Some("\u{575}"));
    assert_eq!(uri("sip:%E4@h").user_unescaped().as_deref(), Some("ä"), "Latin-1");
}

#[test]
fn broken_uris_are_refused() {
    for raw in [
        "",
        "sip",
        "sip:",
        ":a@b",
        "1sip:a@b",
        "sip:@b",
        "sip:a@",
        "sip:a@b@c",
        "sip:a@b:0",
        "sip:a@b:65536",
        "sip:a@b:-1",
        "sip:a@b:5060x",
        "sip:a@[::1",
        "sip:a@[::g]",
        "sip:a@[::1]x",
        "sip:a@b;",
        "sip:a@b;;x",
        "sip:a@b;=x",
        "sip:%4@b",
        "sip:%zz@b",
        "sip:a b@c",
        "sip:a@b c",
        "sip:a@b<c",
        "sip:a@b\n",
        "tel:",
        "sip:a@::1",
        "sip:a@b/c",
    ] {
        assert!(Uri::parse(raw).is_err(), "{raw}");
    }
}

#[test]
fn vias_are_read() {
    let v6 = via("SIP/2.0/UDP [2001:db8::9]:6050;received=2001:db8::8;rport=99;branch=z9hG4bKas3");
    assert_eq!((&*v6.host, v6.port), ("[2001:db8::9]", Some(6050)));
    assert_eq!(v6.received(), Some("2001:db8::8".parse().unwrap()));
    assert_eq!((v6.rport(), v6.has_unique_branch()), (Some(99), true));
    let asking = via("SIP/2.0/WSS k8f2.invalid ; rport ; branch=Z9HG4BKx, SIP/2.0/UDP b");
    assert_eq!((asking.wants_rport(), asking.rport()), (true, None));
    assert!(asking.has_unique_branch(), "the cookie is not case-sensitive");
    assert!(!via("SIP/2.0/UDP a;branch=z9hG4bK").has_unique_branch());
    let spaced = via("SIP / 2.0 / UDP first.example.com : 4000;ttl=16;maddr=224.2.0.1");
    assert_eq!((&*spaced.host, spaced.port), ("first.example.com", Some(4000)));
    let quoted = via("SIP/2.0/UDP a;received=\"[::1]\";x=\"a;b,c\"");
    assert_eq!(quoted.params.get("x").as_deref(), Some("a;b,c"));
}

#[test]
fn broken_vias_are_refused() {
    for value in [
        "",
        "SIP/2.0",
        "SIP/2.0/UDP",
        "SIP/2.0/UDP ;branch=x",
        "SIP/2.0/UDP a:0",
        "SIP/2.0/UDP a b",
        "SIP/2.0/UDP a:x",
        "SIP/2.0/UDP 2001:db8::1",
        "SIP/2.0/UDP [::1",
        "SIP/2.0/UDP a;",
        "SIP/2.0/UDP a,",
        "SIP/2.0/UDP a:5060:5060",
        "SIP/2.0/UDP \"a\"",
        "SIP/2.0/UDP a;x=\"",
    ] {
        assert!(Via::parse_list(value.as_bytes()).is_err(), "{value}");
    }
}

#[test]
fn parameters_are_found_set_and_removed() {
    let address = address(r#"<sip:a@b>; tag = 1 ;Quoted="a \"b\" c";flag;tag=2"#);
    let mut params: Params = address.params;
    assert_eq!(params.get("TAG").as_deref(), Some("1"), "the first one counts");
    assert_eq!(params.get("quoted").as_deref(), Some("a \"b\" c"));
    assert!(params.has("flag") && params.get("flag").is_none() && !params.has("flags"));
    params.set("flag", Some("on"));
    params.set("new", None);
    params.remove("tag");
    assert_eq!(params.to_string(), r#";Quoted="a \"b\" c";flag=on;new"#);
    assert_eq!(params.iter().count(), 3);
}
