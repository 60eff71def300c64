//! Linphone as the agent's phone: another stack, another reading of the RFCs, SHA-256 digests.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ChildStdin;

use media::is_tone;
use serde_json::{Value, json};
use tests::{Ladus, Peer, free_port, need, until};

use crate::baresip::{middle, registered, set_up};
use crate::phone::{Phone, Wanted, wav};

const CALLER_HZ: u32 = 440;
const AGENT_HZ: u32 = 700;

/// A linphonec that plays a tone and picks up by itself.
pub(crate) struct Linphone {
    /// Ended when dropped.
    _peer: Peer,
    /// It reads commands for as long as the pipe is open.
    orders: ChildStdin,
    home: tempfile::TempDir,
    /// Where it speaks SIP.
    pub(crate) port: u16,
    /// What it says.
    pub(crate) hz: u32,
}

impl Linphone {
    /// An agent's phone: it registers.
    pub(crate) fn agent(program: &Path, credential: &Value, ladus: &Ladus) -> Linphone {
        let user = credential["sip_user"].as_str().expect("a user");
        let password = credential["password"].as_str().expect("a password");
        let server = &ladus.sip;
        let account = format!(
            "[proxy_0]\nreg_proxy=sip:{server}\nreg_identity=sip:{user}@{server}\n\
             reg_expires=300\nreg_sendregister=1\n\
             [auth_info_0]\nusername={user}\npasswd={password}\n"
        );
        Linphone::start(program, user, &account)
    }

    /// A phone of somebody outside, whose keys are sent by INFO.
    pub(crate) fn caller(program: &Path, number: &str) -> Linphone {
        Linphone::start(program, number, "")
    }

    fn start(program: &Path, user: &str, account: &str) -> Linphone {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path();
        // It does not make them, and does not register without them.
        fs::create_dir_all(path.join(".local/share/linphone")).expect("a folder");
        fs::create_dir_all(path.join(".config/linphone")).expect("a folder");
        fs::write(path.join("tone.wav"), wav(&media::tone(AGENT_HZ, 0.3, 240_000)))
            .expect("a tone");
        let (port, rtp) = (free_port("127.0.0.1"), free_port("127.0.0.1") & !1);
        // Without an address to bind to it offers its first one of IPv6.
        let settings = format!(
            "[sip]\nsip_port={port}\nsip_tcp_port=-1\nsip_tls_port=-1\nguess_hostname=0\n\
             contact=sip:{user}@127.0.0.1:{port}\nuse_info=1\nuse_rfc2833=0\n\
             [rtp]\naudio_rtp_port={rtp}\nbind_address=127.0.0.1\n\
             {account}[sound]\nechocancellation=0\n"
        );
        let rc = path.join("linphonerc");
        fs::write(&rc, settings).expect("settings");
        let folder = path.display();
        let lines =
            format!("soundcard use files\nplay {folder}/tone.wav\nrecord {folder}/heard.wav\n");
        let rc = rc.display().to_string();
        let (peer, orders) = Peer::start_with(program, &["-c", &rc, "-a"], path, &lines);
        Linphone { _peer: peer, orders, home, port, hz: AGENT_HZ }
    }

    /// A line of its own command language; a single digit is a key.
    pub(crate) fn says(&mut self, line: &str) {
        writeln!(self.orders, "{line}").expect("it listens");
    }

    /// What it has heard by now, at 8,000 samples a second.
    pub(crate) fn heard(&self) -> Vec<i16> {
        let bytes = fs::read(self.home.path().join("heard.wav")).unwrap_or_default();
        let samples = bytes.get(44..).unwrap_or_default().chunks_exact(2);
        samples.map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
    }
}

#[test]
fn linphone_serves_a_caller_and_both_hear_each_other() {
    let Some(linphonec) = need("linphonec", "linphone-cli") else { return };
    let Some(baresip) = need("baresip", "baresip-core") else { return };
    let ladus = Ladus::start();
    let (mut client, credential) = set_up(&ladus);
    let port = free_port("127.0.0.1");
    let trunk = json!({ "name": "Caller", "address": "127.0.0.1", "port": port });
    assert_eq!(client.post("/trunks", trunk).status, 201);

    let agent = Linphone::agent(&linphonec, &credential, &ladus);
    until(20, "linphone registers", || registered(&client));
    let caller = Phone::start(&Wanted {
        program: &baresip,
        account: format!("<sip:5551234@127.0.0.1:{port}>;regint=0;audio_codecs=PCMA/8000/1"),
        tone_hz: CALLER_HZ,
        dials: Some((format!("sip:6001000@{}", ladus.sip), 8)),
        port: Some(port),
    });
    let call = until(40, "the call ends with a recording", || {
        let calls = client.get("/calls").body;
        let call = calls["calls"][0].clone();
        (call["ended_ms"].is_number() && call["recording"] == true).then_some(call)
    });
    assert_eq!(call["outcome"], "answered", "{call}");
    assert!(is_tone(middle(&agent.heard()), CALLER_HZ), "linphone hears the caller");
    let heard = caller.heard().expect("the caller's phone wrote what it heard");
    assert!(is_tone(middle(&heard), AGENT_HZ), "the caller hears linphone");
}
