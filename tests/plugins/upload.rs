//! A plugin is uploaded from the command line to a server that runs.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tests::{Client, End, Ladus, ladus};

const EMAIL: &str = "tiina@firma.ee";
const PASSWORD: &str = "kõrge mägi";

/// What the program said, to standard output and to standard error, and whether it ended well.
struct Said {
    words: String,
    well: bool,
}

fn upload(arguments: &[&str], password: Option<&str>) -> Said {
    let mut command = Command::new(ladus());
    command.args(["plugin", "upload"]).args(arguments).env_remove("LADUS_PASSWORD");
    command.envs(password.map(|it| ("LADUS_PASSWORD", it))).stdin(Stdio::null());
    let output = command.output().expect("the program starts");
    let words = [output.stdout, output.stderr].concat();
    Said { words: String::from_utf8_lossy(&words).into_owned(), well: output.status.success() }
}

fn house_rule() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser/house-rule.wasm");
    path.display().to_string()
}

/// A server that is set up, and somebody who is logged in.
fn founded() -> (Ladus, Client) {
    let ladus = Ladus::start();
    let mut client = ladus.client();
    let setup = json!({
        "company": { "name": "Firma", "language": "et" },
        "administrator": { "name": "Tiina", "email": EMAIL, "password": PASSWORD },
        "group": { "name": "Sales", "number": "6001000" },
        "person": { "name": "Mari" },
    });
    let made = client.post("/setup", setup);
    assert_eq!(made.status, 201, "{}", made.body);
    (ladus, client)
}

#[test]
fn a_plugin_is_uploaded_once_and_known_the_second_time() {
    let (mut ladus, client) = founded();
    let file = house_rule();
    let to_it = [file.as_str(), "--to", &ladus.page, "--name", EMAIL];
    let first = upload(&to_it, Some(PASSWORD));
    assert!(first.well && first.words.contains("house-rule@1.0.0 is new"), "{}", first.words);
    for line in ["reads: ", "setting last: toggle", "version: plugin-version:1"] {
        assert!(first.words.contains(line), "{line} is not in:\n{}", first.words);
    }
    let versions = client.get("/plugins").body["versions"].clone();
    let (label, who) = (&versions[0]["label"], &versions[0]["who"]);
    assert_eq!((label, who), (&json!("house-rule@1.0.0"), &json!("Tiina")));
    let again = upload(&[&to_it[..], &["--json"]].concat(), Some(PASSWORD));
    let again: Value = serde_json::from_str(&again.words).expect("one object");
    assert_eq!((&again["new"], &again["version"]), (&json!(false), &versions[0]));

    let text = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml").display().to_string();
    let refused = upload(&[&text, "--to", &ladus.page, "--name", EMAIL], Some(PASSWORD));
    let words = refused.words;
    assert!(!refused.well && words.contains("Cargo.toml was not taken: "), "{words}");
    assert!(words.contains("not a WebAssembly file"), "in the server's own words: {words}");

    ladus.restart(End::Ask);
    let by_link = upload(&[&file, "--to", &ladus.link], None);
    assert!(by_link.well && by_link.words.contains("was there already"), "{}", by_link.words);
}

#[test]
fn who_may_not_upload_is_told_why() {
    let (ladus, _) = founded();
    let file = house_rule();
    let said = |to: &[&str], password| {
        let said = upload(&[&[file.as_str(), "--to"], to].concat(), password);
        assert!(!said.well, "{}", said.words);
        said.words
    };
    let page = ladus.page.as_str();
    let cases = [
        (said(&[page, "--name", EMAIL], Some("wrong")), "this password opens nothing"),
        (said(&[page, "--name", EMAIL], None), "set LADUS_PASSWORD"),
        (said(&[page], Some(PASSWORD)), "who uploads?"),
        (said(&[&ladus.link], None), "the link has been used"),
        (said(&["http://127.0.0.1:1", "--name", EMAIL], Some("x")), "no server answers at"),
        (said(&["https://firma.ee", "--name", EMAIL], Some("x")), "through a tunnel"),
        (said(&["firma.ee", "--name", EMAIL], Some("x")), "is no address of a page"),
    ];
    for (words, expected) in cases {
        assert!(words.contains(expected), "{expected} is not in:\n{words}");
        assert!(!words.contains(PASSWORD), "{words}");
    }
}
