//! `ladus plugin new`: a folder in which everything works already.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Longer names do not fit a card.
const NAME_MAX: usize = 40;

#[derive(Clone, Debug, clap::Args)]
pub struct NewArgs {
    /// The plugin's name: lower-case letters, digits and hyphens. A folder of this name is made.
    name: String,
    /// Where to make it.
    #[arg(long = "in", default_value = ".")]
    folder: PathBuf,
    /// What it is for.
    #[arg(long, value_enum, default_value = "routing")]
    kind: Kind,
    /// What it is written in; all but a routing policy in Rust only.
    #[arg(long, value_enum, default_value = "rust")]
    lang: Language,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Kind {
    /// Chooses whose phone rings.
    Routing,
    /// Chooses which call a freed agent gets.
    Selection,
    /// Works out what people have achieved.
    Indicator,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Language {
    Rust,
    /// TypeScript.
    Ts,
    C,
}

/// A file of the new folder, and what is in it.
type File = (&'static str, &'static str);

/// Whatever language a policy is written in, its first case is the same.
const FIRST_CASE: File = (
    "cases/fewest-calls.timeline",
    include_str!("../../templates/routing/cases/fewest-calls.timeline"),
);

const OWN: [File; 4] = [
    ("Cargo.toml", include_str!("../../templates/routing/Cargo.toml.txt")),
    ("README.md", include_str!("../../templates/routing/README.md.txt")),
    ("src/lib.rs", include_str!("../../templates/routing/src/lib.rs.txt")),
    FIRST_CASE,
];

const OWN_SELECTION: [File; 4] = [
    ("Cargo.toml", include_str!("../../templates/selection/Cargo.toml.txt")),
    ("README.md", include_str!("../../templates/selection/README.md.txt")),
    ("src/lib.rs", include_str!("../../templates/selection/src/lib.rs.txt")),
    (
        "cases/known-caller.timeline",
        include_str!("../../templates/selection/cases/known-caller.timeline"),
    ),
];

const OWN_INDICATOR: [File; 4] = [
    ("Cargo.toml", include_str!("../../templates/indicator/Cargo.toml.txt")),
    ("README.md", include_str!("../../templates/indicator/README.md.txt")),
    ("src/lib.rs", include_str!("../../templates/indicator/src/lib.rs.txt")),
    (
        "cases/talk-length.timeline",
        include_str!("../../templates/indicator/cases/talk-length.timeline"),
    ),
];

/// The author's crate and the worlds travel with the plugin: nothing has to be fetched, and it is
/// built in ten years against what it was written for.
const SDK: [File; 21] = [
    ("plugin/Cargo.toml", include_str!("../../templates/sdk.Cargo.toml.txt")),
    ("plugin/src/bindings.rs", include_str!("../../plugin/src/bindings.rs")),
    ("plugin/src/candidates.rs", include_str!("../../plugin/src/candidates.rs")),
    ("plugin/src/card.rs", include_str!("../../plugin/src/card.rs")),
    ("plugin/src/fold/bindings.rs", include_str!("../../plugin/src/fold/bindings.rs")),
    ("plugin/src/fold/mod.rs", include_str!("../../plugin/src/fold/mod.rs")),
    ("plugin/src/host.rs", include_str!("../../plugin/src/host.rs")),
    ("plugin/src/indicator/bindings.rs", include_str!("../../plugin/src/indicator/bindings.rs")),
    ("plugin/src/indicator/figures.rs", include_str!("../../plugin/src/indicator/figures.rs")),
    ("plugin/src/indicator/mod.rs", include_str!("../../plugin/src/indicator/mod.rs")),
    ("plugin/src/lib.rs", include_str!("../../plugin/src/lib.rs")),
    ("plugin/src/log.rs", include_str!("../../plugin/src/log.rs")),
    ("plugin/src/question.rs", include_str!("../../plugin/src/question.rs")),
    ("plugin/src/selection/bindings.rs", include_str!("../../plugin/src/selection/bindings.rs")),
    ("plugin/src/selection/calls.rs", include_str!("../../plugin/src/selection/calls.rs")),
    ("plugin/src/selection/host.rs", include_str!("../../plugin/src/selection/host.rs")),
    ("plugin/src/selection/mod.rs", include_str!("../../plugin/src/selection/mod.rs")),
    ("plugin/src/settings.rs", include_str!("../../plugin/src/settings.rs")),
    ("wit/base/v1/base.wit", include_str!("../../wit/base/v1/base.wit")),
    ("wit/indicator/v1/indicator.wit", include_str!("../../wit/indicator/v1/indicator.wit")),
    ("wit/routing/v1/routing.wit", include_str!("../../wit/routing/v1/routing.wit")),
];

const OWN_TS: [File; 7] = [
    ("package.json", include_str!("../../templates/routing-ts/package.json.txt")),
    ("package-lock.json", include_str!("../../templates/routing-ts/package-lock.json.txt")),
    ("tsconfig.json", include_str!("../../templates/routing-ts/tsconfig.json.txt")),
    ("README.md", include_str!("../../templates/routing-ts/README.md.txt")),
    ("src/policy.ts", include_str!("../../templates/routing-ts/src/policy.ts.txt")),
    ("src/policy.test.ts", include_str!("../../templates/routing-ts/src/policy.test.ts.txt")),
    FIRST_CASE,
];

const SDK_TS: [File; 10] = [
    ("js/build.mjs", include_str!("../../js/build.mjs")),
    ("js/src/agents.ts", include_str!("../../js/src/agents.ts")),
    ("js/src/host.ts", include_str!("../../js/src/host.ts")),
    ("js/src/index.ts", include_str!("../../js/src/index.ts")),
    ("js/src/question.ts", include_str!("../../js/src/question.ts")),
    ("js/src/settings.ts", include_str!("../../js/src/settings.ts")),
    ("js/src/testing.ts", include_str!("../../js/src/testing.ts")),
    ("js/src/worlds.d.ts", include_str!("../../js/src/worlds.d.ts")),
    // A package and, in `deps`, what it needs: the shape that componentize-qjs reads.
    ("wit/routing/routing.wit", include_str!("../../wit/routing/v1/routing.wit")),
    ("wit/routing/deps/base/base.wit", include_str!("../../wit/base/v1/base.wit")),
];

/// In C there is no author's crate: the policy of `examples/c-policy` is the beginning, and its
/// header all that it needs.
const OWN_C: [File; 4] = [
    ("policy.c", include_str!("../../../examples/c-policy/policy.c")),
    ("ladus.h", include_str!("../../../examples/c-policy/ladus.h")),
    ("README.md", include_str!("../../templates/routing-c/README.md.txt")),
    (
        "cases/few-misses.timeline",
        include_str!("../../../examples/c-policy/cases/few-misses.timeline"),
    ),
];

/// The name on the card of that policy.
const C_NAME: &str = "\"few-misses\"";

pub(crate) fn new(args: &NewArgs) -> Result<String> {
    let name = &args.name;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let begins = name.starts_with(|first: char| first.is_ascii_lowercase());
    if !begins || name.len() > NAME_MAX || !name.bytes().all(plain) {
        bail!(
            "`{name}` cannot be a plugin's name: it begins with a lower-case letter, goes on with \
             such letters, digits and hyphens, and has at most {NAME_MAX} of them"
        );
    }
    let folder = args.folder.join(name);
    if folder.exists() {
        bail!("{} is there already; choose another name or --in", folder.display());
    }
    let fill = |text: &str| {
        text.replace("{name}", name)
            .replace("{version}", env!("CARGO_PKG_VERSION"))
            .replace(C_NAME, &format!("\"{name}\""))
    };
    let (own, sdk): (&[File], &[File]) = match (args.kind, args.lang) {
        (Kind::Routing, Language::Rust) => (&OWN, &SDK),
        (Kind::Routing, Language::Ts) => (&OWN_TS, &SDK_TS),
        (Kind::Routing, Language::C) => (&OWN_C, &[]),
        (Kind::Selection, Language::Rust) => (&OWN_SELECTION, &SDK),
        (Kind::Indicator, Language::Rust) => (&OWN_INDICATOR, &SDK),
        (Kind::Selection | Kind::Indicator, Language::Ts | Language::C) => bail!(
            "only a routing policy can be begun in another language; this kind is written in Rust: \
             leave out --lang"
        ),
    };
    for (path, text) in own {
        write(&folder.join(path), &fill(text))?;
    }
    for (path, text) in sdk {
        // Sources have braces of their own.
        let text = if path.ends_with(".toml") { fill(text) } else { (*text).to_owned() };
        write(&folder.join("ladus").join(path), &text)?;
    }
    Ok(format!(
        "{0} is ready. Next:\n  cd {0}\n  ladus plugin test    builds it and plays cases/*.timeline",
        folder.display()
    ))
}

fn write(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::write(path, text).with_context(|| path.display().to_string())
}
