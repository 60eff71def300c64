//! A baresip in a folder of its own.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ChildStdin;

use tests::{Peer, free_port};

use crate::control::{Control, free_tcp_port};

/// What the phone shall be.
pub(crate) struct Wanted<'a> {
    pub(crate) program: &'a Path,
    /// Its line in `accounts`.
    pub(crate) account: String,
    /// What it says into the call.
    pub(crate) tone_hz: u32,
    /// Calls at once, and hangs up after so many seconds.
    pub(crate) dials: Option<(String, u32)>,
    /// `None`: any free port.
    pub(crate) port: Option<u16>,
}

impl<'a> Wanted<'a> {
    /// A phone that registers or waits, and calls nobody by itself.
    pub(crate) fn quiet(program: &'a Path, account: String, tone_hz: u32) -> Wanted<'a> {
        Wanted { program, account, tone_hz, dials: None, port: None }
    }
}

/// A running baresip.
pub(crate) struct Phone {
    /// Ended when dropped.
    peer: Peer,
    /// Its keys.
    keys: ChildStdin,
    folder: tempfile::TempDir,
    /// Where it takes orders.
    control_port: u16,
}

/// Eight seconds of tone: longer than any call here, played in a loop.
const TONE_SAMPLES: usize = 8 * 8_000;

impl Phone {
    pub(crate) fn start(wanted: &Wanted<'_>) -> Phone {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let port = wanted.port.unwrap_or_else(|| free_port("127.0.0.1"));
        let control_port = free_tcp_port();
        let tone = media::tone(wanted.tone_hz, 0.3, TONE_SAMPLES);
        fs::write(path.join("tone.wav"), wav(&tone)).expect("a tone");
        fs::create_dir(path.join("heard")).expect("a folder");
        fs::write(path.join("config"), config(path, port, control_port)).expect("a config");
        fs::write(path.join("accounts"), format!("{}\n", wanted.account)).expect("accounts");
        fs::write(path.join("contacts"), "").expect("contacts");
        let folder_name = path.display().to_string();
        let mut arguments = vec!["-f".to_owned(), folder_name];
        if let Some((uri, seconds)) = &wanted.dials {
            let dial = format!("/dial {uri}");
            arguments.extend(["-e".to_owned(), dial, "-t".to_owned(), seconds.to_string()]);
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (peer, keys) = Peer::start_with(wanted.program, &arguments, path, "");
        Phone { peer, keys, folder, control_port }
    }

    /// Its ear and mouth for orders and events.
    pub(crate) fn control(&self) -> Control {
        Control::connect(self.control_port)
    }

    /// Presses a key: in a call that is a digit by RFC 4733.
    pub(crate) fn press(&mut self, key: char) {
        write!(self.keys, "{key}").expect("it listens");
    }

    /// Killed at once, without a word to anybody.
    pub(crate) fn dies(mut self) -> tempfile::TempDir {
        self.peer.dies();
        self.folder
    }

    /// What was heard in the last call, at 8,000 samples a second.
    pub(crate) fn heard(&self) -> Option<Vec<i16>> {
        self.all_heard().pop()
    }

    /// What was heard in each call, the first one first.
    pub(crate) fn all_heard(&self) -> Vec<Vec<i16>> {
        let entries = fs::read_dir(self.folder.path().join("heard")).into_iter().flatten();
        let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        files.retain(|path| path.to_string_lossy().ends_with("-dec.wav"));
        files.sort();
        let samples = |path: &PathBuf| {
            let bytes = fs::read(path).unwrap_or_default();
            // The header is 44 bytes when the file has no other chunks; libsndfile's has none.
            let samples = bytes.get(44..).unwrap_or_default().chunks_exact(2);
            samples.map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect()
        };
        files.iter().map(samples).collect()
    }
}

fn config(folder: &Path, port: u16, control_port: u16) -> String {
    let folder = folder.display();
    let rtp = free_port("127.0.0.1") & !1;
    format!(
        "poll_method epoll\nsip_listen 127.0.0.1:{port}\naudio_source aufile,{folder}/tone.wav\n\
         audio_player aubridge,nil{port}\naudio_alert aubridge,nil{port}\nrtp_ports {rtp}-{}\n\
         module_path /usr/lib/baresip/modules\nmodule g711.so\nmodule aufile.so\n\
         module aubridge.so\nmodule sndfile.so\nmodule_tmp uuid.so\nmodule_tmp account.so\n\
         module stdio.so\nmodule_app menu.so\nmodule_app ctrl_tcp.so\n\
         ctrl_tcp_listen 127.0.0.1:{control_port}\nsnd_path {folder}/heard\nnet_interface 127.0.0.1\n",
        rtp.saturating_add(20)
    )
}

/// 16-bit mono at 8,000 samples a second.
pub(crate) fn wav(samples: &[i16]) -> Vec<u8> {
    let data = u32::try_from(samples.len() * 2).expect("short");
    let mut file = b"RIFF".to_vec();
    file.extend((36 + data).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(8_000_u32.to_le_bytes());
    file.extend(16_000_u32.to_le_bytes());
    file.extend(2_u16.to_le_bytes());
    file.extend(16_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(data.to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}
