//! `ladus pay verify` on a period that two people closed through the API of a running Ladus.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tests::{Client, Ladus, ladus};

const PASSWORD: &str = "kõrge mägi";

/// A company whose February two people have closed; it pays its one person a hundred.
fn closed() -> Ladus {
    let running = Ladus::start();
    let mut tiina = running.client();
    let reply = tiina.post(
        "/setup",
        json!({
            "company": { "name": "Kask ja Pojad", "language": "et" },
            "administrator": { "name": "Tiina", "email": "tiina@firma.ee", "password": PASSWORD },
            "group": { "name": "Müük", "number": "6001000" },
            "person": { "name": "Mari" },
        }),
    );
    assert_eq!(reply.status, 201, "{}", reply.body);
    let second = json!({ "name": "Toomas", "email": "toomas@firma.ee", "password": PASSWORD });
    assert_eq!(tiina.post("/accounts", second).status, 201);
    let mut toomas = Client::new(&running.page);
    let login = json!({ "email": "toomas@firma.ee", "password": PASSWORD });
    assert_eq!(toomas.post("/session", login).status, 200);
    let rule = json!({ "currency": "EUR", "scope": "everybody", "base": { "fixed": "100" } });
    let rule = json!({ "name": "Usual", "valid_from": "2026-01-01", "rule": rule });
    assert_eq!(tiina.post("/pay/rules", rule).status, 201);
    let period = json!({ "from": "2026-02-01", "to": "2026-02-28" });
    let id = tiina.post("/pay/periods", period).body["id"].clone();
    assert_eq!(tiina.post(&format!("/pay/periods/{id}/review"), json!({})).status, 200);
    assert_eq!(tiina.post(&format!("/pay/periods/{id}/close"), json!({})).status, 409);
    assert_eq!(toomas.post(&format!("/pay/periods/{id}/close"), json!({})).status, 200);
    running
}

/// What `ladus pay verify` answers: whether all is well, and what it prints.
fn verify(db: &Path, flags: &[&str]) -> (bool, String) {
    let mut command = Command::new(ladus());
    let output = command.args(["pay", "verify", "--db"]).arg(db).args(flags).output();
    let output = output.expect("the binary runs");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The database of a running Ladus in a folder of its own.
fn copied(running: &Ladus) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["ladus.db", "ladus.db-wal"] {
        let copied = std::fs::copy(running.data.path().join(name), folder.path().join(name));
        copied.expect("the database is copied");
    }
    folder
}

#[test]
fn a_closed_period_is_verified_and_one_changed_byte_is_found_and_named() {
    let running = closed();
    let folder = copied(&running);
    let db = folder.path().join("ladus.db");
    let (well, said) = verify(&db, &[]);
    assert!(well, "{said}");
    assert!(said.contains("2026-02-01 – 2026-02-28 (entry 1, people: 1): ok"), "{said}");
    assert!(said.contains("The chain is whole"), "{said}");
    let json: Value = serde_json::from_str(&verify(&db, &["--json"]).1).expect("JSON");
    assert_eq!(json["companies"][0]["periods"][0]["people"], 1);

    // The command has written the log back into the file: every byte of the period is in it.
    let mut bytes = std::fs::read(&db).expect("the database");
    let what = b"\"total\":\"100.00\"";
    let place = bytes.windows(what.len()).position(|it| it == what).expect("the statement");
    bytes[place + what.len() - 7] = b'9';
    std::fs::write(&db, bytes).expect("the database is written");
    let (well, said) = verify(&db, &[]);
    assert!(!well, "{said}");
    let differs = "Mari (1), total: signed 900.00, the journal gives 100.00";
    assert!(said.contains(differs), "{said}");
    let broken = "The chain is broken: entry 1 of the chain, period 2026-02-01 – 2026-02-28";
    assert!(said.contains(broken), "{said}");
    let (well, said) = verify(&db, &["--json"]);
    let json: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!((well, &json["ok"]), (false, &json!(false)));
    assert_eq!(json["companies"][0]["broken"]["period"], "2026-02-01 – 2026-02-28");
}

#[test]
fn without_a_closed_period_there_is_nothing_wrong() {
    let running = Ladus::start();
    let (well, said) = verify(&copied(&running).path().join("ladus.db"), &[]);
    assert!(well);
    assert_eq!(said, "company 1: no period is closed yet\n");
    let (well, _) = verify(Path::new("/there/is/none.db"), &[]);
    assert!(!well);
}
