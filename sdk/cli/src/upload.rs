//! `ladus plugin upload`: what dropping the file on the page does, from the command line.

use std::fs::File;
use std::io::{BufRead as _, BufReader, IsTerminal as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use ureq::http::Response;
use ureq::{Agent, Body};

use crate::Said;
use crate::sandbox::component;

/// The server may compile for half a minute before it answers.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);

/// Where the password may stand. On the command line everybody on the machine could read it.
const PASSWORD: &str = "LADUS_PASSWORD";

#[derive(Clone, Debug, clap::Args)]
pub struct UploadArgs {
    /// The component, or a folder with a plugin's sources.
    #[arg(default_value = ".")]
    plugin: PathBuf,
    /// Where the page is, for example http://127.0.0.1:8080; or the link that Ladus printed when it
    /// started, which lets in once.
    #[arg(long)]
    to: String,
    /// The e-mail to log in with. The password is read from LADUS_PASSWORD, or asked for.
    #[arg(long)]
    name: Option<String>,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
}

pub(crate) fn upload(args: &UploadArgs, say: &mut dyn FnMut(&str)) -> Result<Said> {
    let (page, token) = match args.to.split_once("/start#token=") {
        Some((page, token)) => (page, Some(token)),
        None => (args.to.trim_end_matches('/'), None),
    };
    check_address(page)?;
    let (file, bytes) = component(&args.plugin)?;
    let server = Server::new(page);
    let cookie = match (token, &args.name) {
        (Some(token), _) => server.log_in("/session/token", &json!({ "token": token }))?,
        (None, Some(name)) => {
            let password = password(name, say)?;
            server.log_in("/session", &json!({ "email": name, "password": password }))?
        }
        (None, None) => bail!(
            "who uploads? --name and the e-mail you log in with, or the link that Ladus printed \
             when it started as --to"
        ),
    };
    let (status, answer) = server.send(&cookie, &bytes)?;
    let well = matches!(status, 200 | 201);
    let words = match (well, args.json) {
        (true, true) => json!({ "new": status == 201, "version": answer }).to_string(),
        (true, false) => sheet(&answer, status == 201),
        (false, true) => json!({ "refused": answer }).to_string(),
        (false, false) => format!("{} was not taken: {}.", file.display(), sentence(&answer)),
    };
    Ok(Said { words, well })
}

fn check_address(page: &str) -> Result<()> {
    if page.starts_with("https://") {
        bail!(
            "this program speaks plain http only; from another machine go through a tunnel: \
             `ssh -L 8080:127.0.0.1:8080 the-server`, then --to http://127.0.0.1:8080"
        );
    }
    if !page.starts_with("http://") {
        bail!("{page} is no address of a page, such as http://127.0.0.1:8080");
    }
    Ok(())
}

/// One server's API.
struct Server {
    agent: Agent,
    page: String,
}

impl Server {
    fn new(page: &str) -> Server {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(ANSWER_WITHIN))
            .build();
        Server { agent: config.into(), page: page.to_owned() }
    }

    /// Opens a session and gives its cookie.
    fn log_in(&self, path: &str, body: &Value) -> Result<String> {
        let sent = self.agent.post(self.address(path)).send_json(body);
        let response = sent.map_err(|error| self.silent(&error))?;
        let cookie = response.headers().get("set-cookie").and_then(|line| line.to_str().ok());
        let cookie = cookie.and_then(|line| line.split(';').next()).map(str::to_owned);
        let (status, answer) = self.read(response)?;
        if answer["setup"] == true {
            bail!("{} is not set up yet: open the link in a browser first", self.page);
        }
        if status != 200 {
            bail!("{}: {}", self.page, sentence(&answer));
        }
        cookie.with_context(|| format!("{} let us in without a session", self.page))
    }

    /// Sends the file; status 201 when it was not there yet, 200 when it was.
    fn send(&self, cookie: &str, bytes: &[u8]) -> Result<(u16, Value)> {
        let request = self.agent.post(self.address("/plugins")).header("cookie", cookie);
        let sent = request.header("content-type", "application/wasm").send(bytes);
        self.read(sent.map_err(|error| self.silent(&error))?)
    }

    fn read(&self, mut response: Response<Body>) -> Result<(u16, Value)> {
        let text = response.body_mut().read_to_string().unwrap_or_default();
        let answer = serde_json::from_str(&text)
            .map_err(|_| anyhow!("{} is no Ladus: it answered {}", self.page, response.status()))?;
        Ok((response.status().as_u16(), answer))
    }

    fn address(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.page)
    }

    fn silent(&self, error: &ureq::Error) -> anyhow::Error {
        anyhow!("no server answers at {}: {error}", self.page)
    }
}

/// From the environment or, without an echo, from the terminal.
fn password(name: &str, say: &mut dyn FnMut(&str)) -> Result<String> {
    if let Ok(password) = std::env::var(PASSWORD) {
        return Ok(password);
    }
    let nobody = format!("the password is missing: set {PASSWORD}, or run this in a terminal");
    if !std::io::stdin().is_terminal() {
        bail!(nobody);
    }
    let terminal = File::open("/dev/tty").context(nobody)?;
    say(&format!("Password of {name}:"));
    let _quiet = Quiet::begin();
    let mut line = String::new();
    BufReader::new(terminal).read_line(&mut line).context("the password could not be read")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// While it lives the terminal does not show what is typed.
struct Quiet;

impl Quiet {
    fn begin() -> Quiet {
        stty("-echo");
        Quiet
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        stty("echo");
    }
}

fn stty(setting: &str) {
    let terminal = File::open("/dev/tty").map_or_else(|_| Stdio::null(), Stdio::from);
    // Without it the password is seen by whoever looks, and taken all the same.
    let _ = Command::new("stty").arg(setting).stdin(terminal).status();
}

/// The version as the page shows it.
fn sheet(version: &Value, is_new: bool) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let known = if is_new { "is new" } else { "was there already" };
    let (label, summary) = (text(&version["label"]), text(&version["card"]["summary"]));
    let reads = version["reads"].as_array().map(Vec::as_slice).unwrap_or_default();
    let reads: Vec<String> = reads.iter().map(text).collect();
    let facts = crate::check::facts(&reads);
    let facts = if facts.is_empty() { "nothing".to_owned() } else { facts.join(", ") };
    let mut words = format!("{label} {known}\n  {summary}\n  reads: {facts}\n");
    let fields = version["card"]["fields"].as_array().map(Vec::as_slice).unwrap_or_default();
    for field in fields {
        words.push_str(&format!("  setting {}: {}\n", text(&field["id"]), text(&field["kind"])));
    }
    words.push_str(&format!("  version: {}\n", text(&version["policy"])));
    words.push_str("No group has it yet: give it to groups on the page, under Plugins.");
    words
}

/// What a problem says, in its own words when it has some.
fn sentence(problem: &Value) -> String {
    let params = &problem["params"];
    match problem["code"].as_str().unwrap_or_default() {
        "plugin_refused" => params["words"].as_str().unwrap_or("it is refused").to_owned(),
        "file_too_large" => format!("the file is larger than {} MB", params["max_mb"]),
        "wrong_credentials" => "this e-mail with this password opens nothing".to_owned(),
        "wrong_token" => "the link has been used, or is too old".to_owned(),
        "too_many_requests" => {
            format!("too many attempts; the next one in {} s", params["retry_after_s"])
        }
        code => {
            let detail = problem["detail"].as_str().or(problem["title"].as_str());
            format!("{} ({code})", detail.unwrap_or("the server said no"))
        }
    }
}
