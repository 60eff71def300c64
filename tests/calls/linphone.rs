//! Linphone as the agent's phone: another stack, another reading of the RFCs, SHA-256 digests.

use std::fs;
use std::path::Path;
use std::process::ChildStdin;

use media::is_tone;
use serde_json::{Value, json};
use tests::{Ladus, Peer, free_port, need, until};

use crate::baresip::{middle, registered, set_up};
use crate::phone::{Phone, Wanted, wav};

const CALLER_HZ: u32 = 440;
const AGENT_HZ: u32 = 700;

/// A linphonec that registers, plays a tone and picks up by itself.
struct Linphone {
    /// Ended when dropped; it reads commands for as long as the pipe is open.
    _peer: (Peer, ChildStdin),
    home: tempfile::TempDir,
}

impl Linphone {
    fn start(program: &Path, credential: &Value, ladus: &Ladus) -> Linphone {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path();
        // It does not make them, and does not register without them.
        fs::create_dir_all(path.join(".local/share/linphone")).expect("a folder");
        fs::create_dir_all(path.join(".config/linphone")).expect("a folder");
        fs::write(path.join("tone.wav"), wav(&media::tone(AGENT_HZ, 0.3, 240_000)))
            .expect("a tone");
        let rc = path.join("linphonerc");
        fs::write(&rc, settings(credential, ladus)).expect("settings");
        let folder = path.display();
        let lines =
            format!("soundcard use files\nplay {folder}/tone.wav\nrecord {folder}/heard.wav\n");
        let rc = rc.display().to_string();
        let peer = Peer::start_with(program, &["-c", &rc, "-a"], path, &lines);
        Linphone { _peer: peer, home }
    }

    fn heard(&self) -> Vec<i16> {
        let bytes = fs::read(self.home.path().join("heard.wav")).expect("it wrote what it heard");
        let samples = bytes[44..].chunks_exact(2);
        samples.map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
    }
}

fn settings(credential: &Value, ladus: &Ladus) -> String {
    let (sip, rtp) = (free_port("127.0.0.1"), free_port("127.0.0.1") & !1);
    let user = credential["sip_user"].as_str().expect("a user");
    let password = credential["password"].as_str().expect("a password");
    let server = &ladus.sip;
    format!(
        "[sip]\nsip_port={sip}\nsip_tcp_port=-1\nsip_tls_port=-1\nguess_hostname=0\n\
         contact=sip:{user}@127.0.0.1:{sip}\n[rtp]\naudio_rtp_port={rtp}\n[proxy_0]\n\
         reg_proxy=sip:{server}\nreg_identity=sip:{user}@{server}\nreg_expires=300\n\
         reg_sendregister=1\n[auth_info_0]\nusername={user}\npasswd={password}\n\
         [sound]\nechocancellation=0\n"
    )
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

    let agent = Linphone::start(&linphonec, &credential, &ladus);
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
