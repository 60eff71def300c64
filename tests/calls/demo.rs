//! The demonstration, as a new user starts it.

use std::process::Command;

use serde_json::Value;

#[test]
fn the_demonstration_loses_nothing() {
    let data = tempfile::tempdir().expect("a folder");
    let output = Command::new(tests::ladus())
        .args(["demo", "--for", "15s", "--calls", "30", "--json", "--http", "127.0.0.1:0"])
        .args(["--sip", "127.0.0.1:0", "--data"])
        .arg(data.path().join("demo"))
        .output()
        .expect("the demonstration runs");
    let words = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let summary: Value = serde_json::from_str(words.trim())
        .unwrap_or_else(|error| panic!("{error}: {words}\n{errors}"));
    assert!(output.status.success(), "{summary}\n{errors}");
    assert_eq!(summary["lost"], 0, "{summary}");
    assert_eq!(summary["rung_twice"], 0, "{summary}");
    assert_eq!(summary["fallbacks"], 0, "{summary}");
    assert_eq!(summary["recordings"], summary["answered"], "{summary}");
    assert!(summary["answered"].as_u64() > Some(20), "{summary}");
}
