//! A baresip under orders: it is told what to do and tells what happens, over its control socket.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tests::until;

/// A netstring of baresip is not longer than this.
const EVENT_MAX: usize = 65_536;

/// The connection to one phone.
pub(crate) struct Control {
    stream: TcpStream,
    events: Arc<Mutex<Vec<Value>>>,
}

impl Control {
    pub(crate) fn connect(port: u16) -> Control {
        let stream =
            until(10, "the phone takes orders", || TcpStream::connect(("127.0.0.1", port)).ok());
        let events = Arc::new(Mutex::new(Vec::new()));
        let (ear, heard) = (stream.try_clone().expect("a second handle"), Arc::clone(&events));
        std::thread::spawn(move || listen(ear, &heard));
        Control { stream, events }
    }

    /// `("dial", "sip:…")`, `("hangup", "")` …: its menu in long words.
    pub(crate) fn order(&mut self, command: &str, with: &str) {
        let text = json!({ "command": command, "params": with }).to_string();
        let order = format!("{}:{text},", text.len());
        self.stream.write_all(order.as_bytes()).expect("the phone listens");
    }

    /// How often this has happened: `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED` …
    pub(crate) fn count(&self, kind: &str) -> usize {
        let events = self.events.lock().expect("no panic");
        events.iter().filter(|event| event["type"] == kind).count()
    }

    /// Waits until it has happened so often.
    #[track_caller]
    pub(crate) fn until(&self, kind: &str, times: usize) {
        let so_often = || (self.count(kind) >= times).then_some(());
        until(25, &format!("{kind} happens {times} times"), so_often);
    }
}

/// Reads netstrings, `length:text,`, until the phone is gone.
fn listen(mut ear: TcpStream, heard: &Mutex<Vec<Value>>) {
    let (mut unread, mut some) = (Vec::new(), [0; 4_096]);
    while let Ok(read @ 1..) = ear.read(&mut some) {
        unread.extend_from_slice(&some[..read]);
        while let Some(colon) = unread.iter().position(|byte| *byte == b':') {
            let length =
                std::str::from_utf8(&unread[..colon]).ok().and_then(|it| it.parse::<usize>().ok());
            let Some(length) = length.filter(|length| *length <= EVENT_MAX) else { return };
            let end = colon + 1 + length;
            if unread.len() <= end {
                break;
            }
            if let Ok(event) = serde_json::from_slice(&unread[colon + 1..end]) {
                heard.lock().expect("no panic").push(event);
            }
            unread.drain(..=end);
        }
    }
}

/// A TCP port of loopback that was free a moment ago.
pub(crate) fn free_tcp_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address").port()
}
