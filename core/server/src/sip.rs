//! `ladus sip`: what we understand of a message, for whoever wonders about a phone or a trunk.

use std::io::Read as _;
use std::path::PathBuf;

use anyhow::Context;
use bytes::Bytes;
use serde_json::{Map, Value, json};
use sip::message::{
    Contacts, MESSAGE_MAX, Message, Method, Name, NameAddr, ParseError, Place, Start, Via,
};

use crate::process::{say, say_beside};

#[derive(clap::Subcommand, Debug)]
pub enum SipCommand {
    /// Print what was understood of a message, or what is wrong with it and where; exit code 1 when
    /// it must be refused.
    Parse {
        /// One message as it was on the wire, or `-` for standard input. Lines may end with LF.
        file: PathBuf,
        /// Print one JSON object and nothing else.
        #[arg(long)]
        json: bool,
    },
}

/// Headers whose values are addresses: whoever acts on them refuses what cannot be read.
const ADDRESSES: [Name; 5] =
    [Name::Route, Name::RecordRoute, Name::Path, Name::PAssertedIdentity, Name::ReferTo];

/// True when the message need not be refused.
pub fn sip(command: &SipCommand) -> anyhow::Result<bool> {
    let SipCommand::Parse { file, json } = command;
    let bytes = read(file)?;
    match look_at(&bytes) {
        Ok(told) if *json => say(&Value::Object(told).to_string()),
        Ok(told) => say(&words(&told)),
        Err(fault) => {
            let line = line_of(&fault, &bytes);
            if *json {
                say(&json!({ "error": {
                    "line": line,
                    "header": header_of(&fault),
                    "status": fault.status,
                    "text": fault.what,
                    "answerable": fault.recoverable.is_some(),
                } })
                .to_string());
            } else {
                say_beside(&complaint(&fault, line, &bytes));
            }
            return Ok(false);
        }
    }
    Ok(true)
}

fn read(file: &PathBuf) -> anyhow::Result<Bytes> {
    // One byte more than is taken: what is too large is told so and not cut.
    let most = MESSAGE_MAX as u64 + 1;
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        std::io::stdin().take(most).read_to_end(&mut bytes).context("standard input")?;
    } else {
        let opened = std::fs::File::open(file).with_context(|| file.display().to_string())?;
        opened.take(most).read_to_end(&mut bytes).with_context(|| file.display().to_string())?;
    }
    Ok(Bytes::from(bytes))
}

fn look_at(bytes: &Bytes) -> Result<Map<String, Value>, ParseError> {
    let message = Message::parse(bytes.clone())?;
    understood(&message).map_err(|fault| {
        let answerable = message.is_request() && *message.method() != Method::Ack;
        ParseError { recoverable: answerable.then(|| Box::new(message)), ..fault }
    })
}

/// Everything that is looked at when a message is acted on.
fn understood(message: &Message) -> Result<Map<String, Value>, ParseError> {
    let mut told = Map::new();
    let mut tell = |name: &str, value: Value| told.insert(name.to_owned(), value);
    match &message.start {
        Start::Request { method, uri } => {
            tell("kind", json!("request"));
            tell("method", json!(method.as_str()));
            tell("uri", json!(uri));
        }
        Start::Response { status, reason } => {
            tell("kind", json!("response"));
            tell("status", json!(status));
            tell("reason", json!(reason));
        }
    }
    tell("via", message.vias()?.iter().map(via).collect());
    tell("from", address(&message.from()?));
    tell("to", address(&message.to()?));
    tell("call_id", json!(message.call_id()?));
    let (number, method) = message.cseq()?;
    tell("cseq", json!({ "number": number, "method": method.as_str() }));
    tell("max_forwards", json!(message.max_forwards()?));
    let contacts = message.contacts().map_err(|fault| within(fault, Name::Contact))?;
    tell(
        "contact",
        match contacts {
            Contacts::Star => json!("*"),
            Contacts::List(list) => list.iter().map(address).collect(),
        },
    );
    for name in ADDRESSES {
        let list = message.addresses(name).map_err(|fault| within(fault, name))?;
        if !list.is_empty() {
            let key = name.as_str().to_lowercase().replace('-', "_");
            tell(&key, list.iter().map(address).collect());
        }
    }
    tell("expires", json!(message.expires()));
    let others = message.headers().iter().filter(|header| header.name == Name::Other);
    let others = others.map(|header| {
        json!({ "name": header.raw_name, "value": String::from_utf8_lossy(&header.value) })
    });
    tell("unknown_headers", others.collect());
    tell(
        "body",
        json!({
            "bytes": message.body.len(),
            "type": message.get(Name::ContentType),
        }),
    );
    Ok(told)
}

fn within(fault: ParseError, name: Name) -> ParseError {
    ParseError { place: fault.place.or(Some(Place::Header(name))), ..fault }
}

fn via(via: &Via) -> Value {
    json!({
        "transport": via.transport,
        "host": via.host,
        "port": via.port,
        "branch": via.branch(),
    })
}

fn address(address: &NameAddr) -> Value {
    json!({ "display": address.display, "uri": address.uri, "tag": address.tag() })
}

fn header_of(fault: &ParseError) -> Option<&'static str> {
    match fault.place? {
        Place::Header(name) => Some(name.as_str()),
        Place::Line(_) => None,
    }
}

/// The line of the fault; of headers the first of that name. `None` when it is missing.
fn line_of(fault: &ParseError, bytes: &[u8]) -> Option<u32> {
    let name = match fault.place? {
        Place::Line(line) => return Some(line),
        Place::Header(name) => name,
    };
    let head = bytes.split(|b| *b == b'\n').take_while(|line| !matches!(line, [] | [b'\r']));
    let is_it = |line: &[u8]| {
        let named = line.split(|b| *b == b':').next().and_then(|it| std::str::from_utf8(it).ok());
        named.is_some_and(|it| Name::parse(it.trim()) == name)
    };
    (1..).zip(head).find(|(_, line)| is_it(line)).map(|(number, _)| number)
}

/// The line with the fault above what is wrong with it.
fn complaint(fault: &ParseError, line: Option<u32>, bytes: &[u8]) -> String {
    let shown = line.and_then(|line| bytes.split(|b| *b == b'\n').nth(line as usize - 1));
    let place = match (line, header_of(fault)) {
        (Some(line), Some(header)) => format!("line {line}, {header}: "),
        (Some(line), None) => format!("line {line}: "),
        (None, Some(header)) => format!("{header}: "),
        (None, None) => String::new(),
    };
    let fate = match fault.recoverable {
        Some(_) => format!("It is answered with {}.", fault.status),
        None => "It is dropped: nobody can be answered.".to_owned(),
    };
    let shown = shown.map(|line| format!("{}\n", String::from_utf8_lossy(line).trim_end()));
    format!("{}{place}{}. {fate}", shown.unwrap_or_default(), fault.what)
}

/// The same as lines for people: a name and what it is.
fn words(told: &Map<String, Value>) -> String {
    let mut lines = Vec::new();
    for (name, value) in told {
        match value {
            Value::Null => (),
            Value::Array(list) => lines.extend(list.iter().map(|it| line(name, it))),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                lines.push(line(name, value));
            }
        }
    }
    lines.join("\n")
}

fn line(name: &str, value: &Value) -> String {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = value.as_object().map_or_else(
        || plain(value),
        |parts| {
            let parts = parts.iter().filter(|(_, part)| !part.is_null() && *part != "");
            let parts: Vec<String> =
                parts.map(|(part, value)| format!("{part} {}", plain(value))).collect();
            parts.join(", ")
        },
    );
    format!("{:<16} {text}", name.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVITE: &str = "INVITE sip:600@example.ee SIP/2.0\r\n\
        Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n\
        From: \"Mari\" <sip:mari@example.ee>;tag=a\r\n\
        To: <sip:600@example.ee>\r\n\
        Contact: <sip:mari@192.0.2.1>\r\n\
        Call-ID: 1@192.0.2.1\r\n\
        CSeq: 1 INVITE\r\n\
        X-Tier: gold\r\n\
        Content-Length: 0\r\n\r\n";

    /// What is said of the message with one part of it changed.
    fn check(was: &str, is: &str, expected: &str) {
        assert!(INVITE.contains(was), "{was}");
        let bytes = Bytes::from(INVITE.replacen(was, is, 1));
        let fault = look_at(&bytes).expect_err("a fault");
        assert_eq!(complaint(&fault, line_of(&fault, &bytes), &bytes), expected);
    }

    #[test]
    fn a_message_is_told_in_parts() {
        let told = look_at(&Bytes::from(INVITE)).expect("a message");
        let told = Value::Object(told);
        assert_eq!(
            told["from"],
            json!({ "display": "Mari", "uri": "sip:mari@example.ee", "tag": "a" })
        );
        assert_eq!(told["cseq"], json!({ "number": 1, "method": "INVITE" }));
        assert_eq!(told["unknown_headers"], json!([{ "name": "X-Tier", "value": "gold" }]));
        assert!(words(told.as_object().expect("an object")).contains("method           INVITE\n"));
    }

    #[test]
    fn a_fault_is_told_with_its_line() {
        check(
            "CSeq: 1 INVITE",
            "CSeq: 1 BYE",
            "CSeq: 1 BYE\nline 7, CSeq: CSeq names another method. It is answered with 400.",
        );
        check(
            "X-Tier:",
            "X Tier:",
            "X Tier: gold\nline 8: a header line without a name. It is answered with 400.",
        );
        check(
            "Contact: <sip:mari@192.0.2.1>",
            "m: <sip:mari@192.0.2.1",
            "m: <sip:mari@192.0.2.1\nline 5, Contact: an address without its closing bracket. It is \
             answered with 400.",
        );
        check(
            "Call-ID: 1@192.0.2.1\r\n",
            "",
            "Call-ID: From, To, Call-ID or CSeq is missing or twice there. It is dropped: nobody can \
             be answered.",
        );
        check(
            "SIP/2.0\r\n",
            "SIP/7.0\r\n",
            "INVITE sip:600@example.ee SIP/7.0\nline 1: another version of SIP. It is answered with 505.",
        );
    }
}
