//! Our vocabulary against rsip's: the same methods, header names and statuses.

use rsip::headers::{self, UntypedHeader};
use sip::message::{Method, Name, reason};

#[test]
fn every_method_of_rsip_is_known() {
    for theirs in rsip::Method::all() {
        let word = theirs.to_string();
        let ours = Method::parse(&word);
        assert_eq!(ours.as_str(), word);
        assert!(!matches!(ours, Method::Other(_)), "{word}");
    }
    assert_eq!(Method::parse("invite"), Method::Other("invite".to_owned()), "case counts");
    assert!(matches!(Method::parse("UPDATE"), Method::Update));
}

macro_rules! names {
    ($($header:ident),* $(,)?) => {
        [$((headers::$header::new("x").to_string(), stringify!($header)),)*]
    };
}

#[test]
fn every_header_of_rsip_has_the_same_name() {
    let theirs = names![
        Accept,
        AcceptEncoding,
        AcceptLanguage,
        AlertInfo,
        Allow,
        AuthenticationInfo,
        Authorization,
        CSeq,
        CallId,
        CallInfo,
        Contact,
        ContentDisposition,
        ContentEncoding,
        ContentLanguage,
        ContentLength,
        ContentType,
        Date,
        ErrorInfo,
        Event,
        Expires,
        From,
        InReplyTo,
        MaxForwards,
        MimeVersion,
        MinExpires,
        Organization,
        Priority,
        ProxyAuthenticate,
        ProxyAuthorization,
        ProxyRequire,
        RecordRoute,
        ReplyTo,
        Require,
        RetryAfter,
        Route,
        Server,
        Subject,
        SubscriptionState,
        Supported,
        Timestamp,
        To,
        Unsupported,
        UserAgent,
        Via,
        Warning,
        WwwAuthenticate,
    ];
    for (line, word) in theirs {
        let name = line.trim_end_matches(": x");
        assert_eq!(format!("{:?}", Name::parse(name)), word, "{name}");
        assert!(Name::parse(name).as_str().eq_ignore_ascii_case(name), "{name}");
    }
}

#[test]
fn every_status_that_we_send_has_a_phrase() {
    for status in [
        100, 180, 183, 200, 400, 401, 403, 404, 405, 407, 408, 413, 414, 415, 416, 420, 423, 480,
        481, 482, 483, 486, 487, 488, 491, 500, 501, 503, 505, 513, 600, 603,
    ] {
        let phrase = reason(status);
        assert!(phrase != "Unknown" && !phrase.is_empty(), "{status}");
        assert!(phrase.split(' ').all(|word| word.starts_with(char::is_uppercase)), "{phrase}");
    }
    assert_eq!(reason(414), "Request URI Too Long");
}
