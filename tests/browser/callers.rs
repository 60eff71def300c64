//! Real callers for a journey: it asks for one over HTTP, and a simulated phone calls over SIP.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use phones::{Callers, Running, Scenario, Span};

/// Where the demonstration's callers come from: the address of its trunk.
const TRUNK: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));

/// A caller hangs up after this: time for an agent of the demonstration to pick up.
const CALL_TIME: Duration = Duration::from_secs(9);

/// Takes wishes for callers until the test's process ends.
pub(crate) struct Desk {
    pub(crate) url: String,
}

impl Desk {
    /// Calls go to this SIP address.
    pub(crate) fn open(server: SocketAddr) -> Desk {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("its address"));
        std::thread::spawn(move || {
            // A play that is dropped hangs up.
            let mut plays = Vec::new();
            for stream in listener.incoming().flatten() {
                // The same seed would make the same Call-ID: a repetition, not another call.
                let seed = plays.len() as u64 + 1;
                plays.extend(answer(stream, server, seed));
            }
        });
        Desk { url }
    }
}

/// `POST /6001000`: somebody dials 6001000.
fn answer(mut stream: TcpStream, server: SocketAddr, seed: u64) -> Option<Running> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines().map_while(Result::ok);
    let first = lines.next()?;
    // The rest of the request says nothing, but is to be read before the answer.
    let _headers = lines.take_while(|line| !line.is_empty()).count();
    let number = first.strip_prefix("POST /")?.split(' ').next()?.to_owned();
    let play = call(number, server, seed);
    stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").ok()?;
    Some(play)
}

fn call(number: String, server: SocketAddr, seed: u64) -> Running {
    let callers = Callers {
        from: TRUNK,
        numbers: vec![(number, 1)],
        per_second: 20.0,
        patience: Span::Exactly(CALL_TIME),
        talk_max: CALL_TIME,
        calls_max: Some(1),
        duration: None,
    };
    let scenario = Scenario {
        server,
        seed,
        agents_from: IpAddr::V4(Ipv4Addr::LOCALHOST),
        agents: Vec::new(),
        callers: Some(callers),
        media: true,
        finish_max: CALL_TIME,
    };
    phones::start(scenario).expect("a caller's phone starts")
}
