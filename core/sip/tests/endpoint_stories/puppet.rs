//! A peer played by hand, for what our own endpoints never say.

use std::fmt::Write;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use sip::message::{Message, Name};
use sip::{Output, Time};

use crate::world::{CENTRE, World, label, tell};

/// Talks to the centre from one address and hears what is sent there.
pub(crate) struct Puppet {
    pub(crate) world: World,
    pub(crate) address: SocketAddr,
    /// The centre's tag, from its last response or request.
    pub(crate) tag: String,
    /// All that the centre sent, the latest last.
    pub(crate) heard: Vec<Message>,
}

/// The parts of a request that tests like to change.
pub(crate) struct Ask<'a> {
    pub(crate) line: &'a str,
    pub(crate) cseq: u32,
    /// Also names the branch: a request with the same one is a repetition.
    pub(crate) branch: &'a str,
    pub(crate) is_within: bool,
    /// Further header lines, each with its end.
    pub(crate) headers: &'a str,
    pub(crate) body: &'a str,
}

impl Default for Ask<'_> {
    fn default() -> Self {
        Ask {
            line: "OPTIONS sip:6001000@10.0.0.1",
            cseq: 1,
            branch: "1",
            is_within: false,
            headers: "",
            body: "",
        }
    }
}

impl Puppet {
    /// At the address of the trunk, so its INVITEs are welcome.
    pub(crate) fn trunk() -> Puppet {
        Puppet::at("10.0.0.2:5070", World::new())
    }

    pub(crate) fn at(address: &str, world: World) -> Puppet {
        let address = address.parse().unwrap();
        Puppet { world, address, tag: String::new(), heard: Vec::new() }
    }

    /// A call that is answered and acknowledged.
    pub(crate) fn in_a_call() -> Puppet {
        let mut puppet = Puppet::trunk();
        puppet.ask(Ask { line: "INVITE sip:6001000@10.0.0.1", body: "offer", ..Ask::default() });
        puppet.centre("answers");
        puppet.ask(Ask {
            line: "ACK sip:x@10.0.0.1",
            branch: "2",
            is_within: true,
            ..Ask::default()
        });
        puppet
    }

    pub(crate) fn ask(&mut self, ask: Ask<'_>) -> String {
        let method = ask.line.split(' ').next().unwrap();
        let (cseq, branch, address) = (ask.cseq, ask.branch, self.address);
        let tag = if ask.is_within { format!(";tag={}", self.tag) } else { String::new() };
        let kind = if ask.body.is_empty() { "" } else { "Content-Type: application/sdp\n" };
        let text = format!(
            "{} SIP/2.0\nVia: SIP/2.0/UDP {address};rport;branch=z9hG4bK-{branch}\n\
             From: Pille <sip:5551234@elsewhere.test>;tag=theirs\n\
             To: <sip:6001000@ladus.test>{tag}\nCall-ID: one\nCSeq: {cseq} {method}\n\
             Max-Forwards: 70\nContact: <sip:pille@{address}>\n{}{kind}Content-Length: {}\n\n{}",
            ask.line,
            ask.headers,
            ask.body.len(),
            ask.body,
        );
        self.say(&text)
    }

    /// Answers the centre's latest request.
    pub(crate) fn answers(&mut self, status: &str) -> String {
        let request = self.heard.last().unwrap().clone();
        let mut text = format!("SIP/2.0 {status}\n");
        for header in request.headers() {
            let kept = [Name::Via, Name::From, Name::To, Name::CallId, Name::CSeq];
            if kept.contains(&header.name) {
                let value = String::from_utf8_lossy(&header.value);
                writeln!(text, "{}: {value}", header.raw_name).unwrap();
            }
        }
        self.say(&(text + "Content-Length: 0\n\n"))
    }

    /// Sends any text, line ends made right.
    pub(crate) fn say(&mut self, text: &str) -> String {
        self.send(Bytes::from(text.replace('\n', "\r\n")))
    }

    pub(crate) fn send(&mut self, bytes: Bytes) -> String {
        let out = self.world.inject(self.address, CENTRE, bytes);
        self.hear(out)
    }

    /// The centre acts, in the words of a script.
    pub(crate) fn centre(&mut self, verb: &str) -> String {
        let out = self.world.act_alone(&format!("centre {verb}"));
        self.hear(out)
    }

    pub(crate) fn wait(&mut self, span: Duration) -> String {
        let end = Time(0) + span + Duration::from_millis(self.world.now.0);
        let mut told = String::new();
        loop {
            let endpoint = &mut self.world.sides[CENTRE].endpoint;
            let Some(next) = endpoint.deadline().filter(|next| *next <= end) else { break };
            self.world.now = self.world.now.max(next);
            let mut out = Vec::new();
            endpoint.expire(self.world.now, &mut out);
            told += &self.hear(out);
        }
        self.world.now = end;
        told
    }

    pub(crate) fn load(&self) -> (usize, usize) {
        self.world.sides[CENTRE].endpoint.load()
    }

    /// The latest message, some headers of it.
    pub(crate) fn last(&self, names: &[Name]) -> String {
        let message = self.heard.last().unwrap();
        let mut text = String::new();
        for header in message.headers().iter().filter(|header| names.contains(&header.name)) {
            let value = String::from_utf8_lossy(&header.value);
            writeln!(text, "{}: {value}", header.raw_name).unwrap();
        }
        text
    }

    /// One line for each message and event.
    pub(crate) fn hear(&mut self, out: Vec<Output>) -> String {
        let mut told = String::new();
        for output in out {
            match output {
                Output::Send { flow, bytes } => {
                    let to = if flow.remote == self.address {
                        String::new()
                    } else {
                        format!(" to {}", flow.remote)
                    };
                    writeln!(told, "> {}{to}", label(&bytes)).unwrap();
                    let Ok(message) = Message::parse(bytes) else { continue };
                    let ours =
                        if message.is_request() { message.from() } else { message.to() }.unwrap();
                    self.tag = ours.tag().unwrap_or(&self.tag).to_owned();
                    self.heard.push(message);
                }
                Output::Tell(event) => {
                    writeln!(told, ": {}", tell(&event)).unwrap();
                    self.world.note(CENTRE, event);
                }
            }
        }
        told
    }
}
