//! What is written is read back the same, whatever the names and values are.

use bytes::Bytes;
use proptest::prelude::*;
use sip::auth::{Guard, Verdict, answer, ha1};
use sip::message::{Message, Method, Name, NameAddr, Params, Uri, Via};
use sip::{Login, Time, User};

/// Any text without control characters: those are written as spaces.
const PLAIN: &str = "\\PC{0,20}";
const TOKEN: &str = "[a-zA-Z0-9.!%*_+`'~-]{1,12}";
const USER: &str = "([a-zA-Z0-9_.!~*'()&=+$,;?/#-]|%[0-9a-fA-F]{2}){1,12}";
const HOST: &str = "[a-z0-9-]{1,8}(\\.[a-z0-9]{1,8}){0,2}|\\[2001:db8::[1-9a-f]\\]";

const VALUE: &str = "[!-~]([ -~ä\u{ff}]{0,40}[!-~])?";

fn params() -> impl Strategy<Value = Params> {
    let value = prop_oneof![TOKEN, "\"([ !#-\\[\\]-~]|\\\\[ -~]){0,8}\""];
    let list = prop::collection::btree_map("[a-z]{1,6}", prop::option::of(value), 0..5);
    list.prop_map(|list| {
        let mut params = Params::default();
        for (name, value) in list {
            params.set(&name, value.as_deref());
        }
        params
    })
}

fn sip_uri() -> impl Strategy<Value = String> {
    let port = prop::option::of(1_u16..);
    (prop::option::of(USER), HOST, port, prop::option::of("[a-z]{1,6}(=[a-z0-9%:]{1,6})?"))
        .prop_map(|(user, host, port, param)| {
            let user = user.map(|user| format!("{user}@")).unwrap_or_default();
            let port = port.map(|port| format!(":{port}")).unwrap_or_default();
            let param = param.map(|param| format!(";{param}")).unwrap_or_default();
            format!("sip:{user}{host}{port}{param}")
        })
}

proptest! {
    #[test]
    fn addresses_come_back(display in PLAIN, uri in sip_uri(), params in params()) {
        let mut address = NameAddr::new(&display, &uri);
        address.params = params;
        let text = address.to_string();
        prop_assert_eq!(NameAddr::parse(text.as_bytes()).unwrap(), address.clone());
        let twice = format!("{text} , {text}");
        prop_assert_eq!(
            NameAddr::parse_list(twice.as_bytes()).unwrap(),
            [address.clone(), address]
        );
    }

    #[test]
    fn uris_come_back(raw in sip_uri()) {
        let uri = Uri::parse(&raw).unwrap();
        prop_assert_eq!(uri.to_string(), raw);
        prop_assert!(uri.is_sip());
    }

    #[test]
    fn vias_come_back(transport in TOKEN, host in HOST, port in prop::option::of(1_u16..),
                      params in params()) {
        let protocol = "SIP/2.0".into();
        let via = Via { protocol, transport, host, port, params };
        prop_assert_eq!(Via::parse_list(via.to_string().as_bytes()).unwrap(), [via]);
    }

    #[test]
    fn messages_come_back(
        headers in prop::collection::vec(("X-[a-zA-Z0-9-]{1,12}", VALUE), 0..20),
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let mut message = Message::request(Method::Info, "sip:a@b.c");
        message.push(Name::Via, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa");
        message.push(Name::From, "<sip:x@y>;tag=1");
        message.push(Name::To, "<sip:a@b.c>;tag=2");
        message.push(Name::CallId, "one");
        message.push(Name::CSeq, "1 INFO");
        for (name, value) in headers {
            message.push_named(&name, value);
        }
        message.body = Bytes::from(body);
        message.push(Name::ContentLength, "wrong");
        let bytes = message.to_bytes();
        let again = Message::parse(bytes.clone()).unwrap();
        prop_assert_eq!(&again.body, &message.body);
        prop_assert_eq!(again.to_bytes(), bytes);
    }

    #[test]
    fn whatever_the_name_the_right_password_is_granted(
        user in PLAIN, password in ".{0,20}", realm in PLAIN, sha256 in any::<bool>(),
    ) {
        let (ha1_md5, ha1_sha256) = ha1(&user, &realm, &password);
        let known = User { ha1_md5, ha1_sha256 };
        let mut guard = Guard::new([5; 32]);
        let text = "REGISTER sip:h SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bKa\r\nf: <sip:x@h>\r\n\
                    t: <sip:x@h>\r\ni: r\r\nCSeq: 1 REGISTER\r\n\r\n";
        let mut register = Message::parse(Bytes::from(text)).unwrap();
        let mut unauthorized = Message::response_to(&register, 407, None);
        let [best, usual] = guard.challenges(Time(1), &realm, false);
        unauthorized.push(Name::ProxyAuthenticate, if sha256 { best } else { usual });
        let login = Login { user: user.clone(), password };
        let method = Method::Register;
        let (name, value) = answer(&unauthorized, &login, &method, "sip:h", "c", 1).unwrap();
        prop_assert_eq!(name, Name::ProxyAuthorization);
        register.push(name, value);
        let register = Message::parse(register.to_bytes()).unwrap();
        let verdict = guard.check(Time(2), &realm, &register, name, |asked| {
            (asked == user).then_some(&known)
        });
        prop_assert_eq!(verdict, Verdict::Granted { user });
    }
}
