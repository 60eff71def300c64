//! The vocabulary: methods, header names and reason phrases. The only place that knows rsip.
//!
//! rsip supplies the reason phrases, and a test holds our tables against its words. It never
//! sees bytes from a socket: its parser refuses or changes what real phones send.

use std::fmt;

/// A request method (RFC 3261 §7.1 and the extensions' own). Unknown ones are no error: they are
/// answered with 405 (RFC 3261 §8.2.1).
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Method {
    Invite,
    Ack,
    Bye,
    Cancel,
    Options,
    Register,
    Update,
    Info,
    Prack,
    Refer,
    Notify,
    Subscribe,
    Message,
    Publish,
    Other(String),
}

const METHODS: [(Method, &str); 14] = [
    (Method::Invite, "INVITE"),
    (Method::Ack, "ACK"),
    (Method::Bye, "BYE"),
    (Method::Cancel, "CANCEL"),
    (Method::Options, "OPTIONS"),
    (Method::Register, "REGISTER"),
    (Method::Update, "UPDATE"),
    (Method::Info, "INFO"),
    (Method::Prack, "PRACK"),
    (Method::Refer, "REFER"),
    (Method::Notify, "NOTIFY"),
    (Method::Subscribe, "SUBSCRIBE"),
    (Method::Message, "MESSAGE"),
    (Method::Publish, "PUBLISH"),
];

impl Method {
    /// Methods are case-sensitive: `invite` is an unknown one.
    pub fn parse(word: &str) -> Method {
        let known = METHODS.iter().find(|(_, known)| *known == word);
        known.map_or_else(|| Method::Other(word.to_owned()), |(method, _)| method.clone())
    }

    pub fn as_str(&self) -> &str {
        match self {
            Method::Other(word) => word,
            Method::Invite => "INVITE",
            Method::Ack => "ACK",
            Method::Bye => "BYE",
            Method::Cancel => "CANCEL",
            Method::Options => "OPTIONS",
            Method::Register => "REGISTER",
            Method::Update => "UPDATE",
            Method::Info => "INFO",
            Method::Prack => "PRACK",
            Method::Refer => "REFER",
            Method::Notify => "NOTIFY",
            Method::Subscribe => "SUBSCRIBE",
            Method::Message => "MESSAGE",
            Method::Publish => "PUBLISH",
        }
    }

    /// Whether a 2xx to it makes a dialog, so that the response carries Record-Route back
    /// (RFC 3261 §12.1.1, RFC 6665 §4, RFC 3515).
    pub fn makes_dialog(&self) -> bool {
        match self {
            Method::Invite | Method::Subscribe | Method::Refer | Method::Notify => true,
            Method::Ack
            | Method::Bye
            | Method::Cancel
            | Method::Options
            | Method::Register
            | Method::Update
            | Method::Info
            | Method::Prack
            | Method::Message
            | Method::Publish
            | Method::Other(_) => false,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Writes the enum of header names with its table of spellings: usual name and compact form
/// (RFC 3261 §7.3.3 and the IANA registry); `-` where there is no compact form.
macro_rules! header_names {
    ($($name:ident $usual:literal $compact:literal),* $(,)?) => {
        /// A header field name that we know; [`Name::Other`] for all the rest.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum Name {
            $($name,)*
            Other,
        }

        const NAMES: &[(Name, &str, u8)] = &[$((Name::$name, $usual, $compact),)*];

        impl Name {
            /// The usual long spelling; empty for [`Name::Other`].
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Name::$name => $usual,)*
                    Name::Other => "",
                }
            }
        }
    };
}

header_names! {
    Via "Via" b'v',
    From "From" b'f',
    To "To" b't',
    CallId "Call-ID" b'i',
    CSeq "CSeq" b'-',
    Contact "Contact" b'm',
    MaxForwards "Max-Forwards" b'-',
    Route "Route" b'-',
    RecordRoute "Record-Route" b'-',
    ContentType "Content-Type" b'c',
    ContentLength "Content-Length" b'l',
    Expires "Expires" b'-',
    MinExpires "Min-Expires" b'-',
    Authorization "Authorization" b'-',
    WwwAuthenticate "WWW-Authenticate" b'-',
    ProxyAuthorization "Proxy-Authorization" b'-',
    ProxyAuthenticate "Proxy-Authenticate" b'-',
    AuthenticationInfo "Authentication-Info" b'-',
    Allow "Allow" b'-',
    AllowEvents "Allow-Events" b'u',
    Supported "Supported" b'k',
    Require "Require" b'-',
    ProxyRequire "Proxy-Require" b'-',
    Unsupported "Unsupported" b'-',
    UserAgent "User-Agent" b'-',
    Server "Server" b'-',
    RetryAfter "Retry-After" b'-',
    Warning "Warning" b'-',
    Timestamp "Timestamp" b'-',
    Date "Date" b'-',
    Subject "Subject" b's',
    Priority "Priority" b'-',
    Organization "Organization" b'-',
    ReplyTo "Reply-To" b'-',
    InReplyTo "In-Reply-To" b'-',
    CallInfo "Call-Info" b'-',
    AlertInfo "Alert-Info" b'-',
    ErrorInfo "Error-Info" b'-',
    Accept "Accept" b'-',
    AcceptEncoding "Accept-Encoding" b'-',
    AcceptLanguage "Accept-Language" b'-',
    ContentDisposition "Content-Disposition" b'-',
    ContentEncoding "Content-Encoding" b'e',
    ContentLanguage "Content-Language" b'-',
    MimeVersion "MIME-Version" b'-',
    Event "Event" b'o',
    SubscriptionState "Subscription-State" b'-',
    ReferTo "Refer-To" b'r',
    ReferredBy "Referred-By" b'b',
    Replaces "Replaces" b'-',
    SessionExpires "Session-Expires" b'x',
    MinSe "Min-SE" b'-',
    RAck "RAck" b'-',
    RSeq "RSeq" b'-',
    Path "Path" b'-',
    ServiceRoute "Service-Route" b'-',
    PAssertedIdentity "P-Asserted-Identity" b'-',
    PPreferredIdentity "P-Preferred-Identity" b'-',
    Privacy "Privacy" b'-',
    Diversion "Diversion" b'-',
    HistoryInfo "History-Info" b'-',
    Reason "Reason" b'-',
}

impl Name {
    /// Names are not case-sensitive, and `v` is Via.
    pub fn parse(word: &str) -> Name {
        let known = match word.as_bytes() {
            [b'-'] => None,
            [letter] => {
                NAMES.iter().find(|(_, _, compact)| *compact == letter.to_ascii_lowercase())
            }
            _ => NAMES.iter().find(|(_, usual, _)| usual.eq_ignore_ascii_case(word)),
        };
        known.map_or(Name::Other, |(name, _, _)| *name)
    }
}

/// The usual reason phrase of a status (RFC 3261 §21), `Unknown` when there is none.
pub fn reason(status: u16) -> String {
    let status = rsip::StatusCode::from(status);
    if matches!(status, rsip::StatusCode::Other(..)) {
        return "Unknown".to_owned();
    }
    let line = status.to_string();
    let word = line.split_once(' ').map_or(line.as_str(), |(_, word)| word);
    // rsip knows the phrase as one word, `RequestUriTooLong`.
    let word = word.replace("Uri", "URI");
    let mut phrase = String::with_capacity(word.len() + 4);
    let mut rest = word.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        let ends_word = before.is_some_and(|b: char| b.is_ascii_lowercase());
        let starts_word = rest.peek().is_some_and(char::is_ascii_lowercase) && before.is_some();
        if c.is_ascii_uppercase() && (ends_word || starts_word) {
            phrase.push(' ');
        }
        before = Some(c);
        phrase.push(c);
    }
    phrase
}
