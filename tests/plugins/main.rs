//! Stock plugins, as they are shipped, play their own cases against the engine.
//!
//! So does the example in C, built anew each time.
//!
//! A case is `plugins/<plugin>/cases/<name>.timeline`; what must come of it stands beside it in
//! `<name>.told`, and settings that it needs in `<name>.settings`. The story is written anew by
//! `UPDATE_EXPECT=1 cargo test -p tests --test plugins`.

mod author;
mod day;
mod guide;
mod in_c;
mod question;
mod upload;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use acd::GroupId;
use expect_test::expect_file;
use ladus_cli::{
    Clang, Toolchain, as_the_case_wants, component, indicator_as_the_case_wants, table,
};
use plugin_host::{Compiler, Host, HostConfig, RoutingPolicy, World};
use tempfile::TempDir;
use tests::lacks;

/// Where everything is built for the sandbox: its standard library once for all plugins.
fn shared_target() -> &'static Path {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    folder.parent().unwrap_or(folder)
}

/// Groups a case may have.
const GROUPS_MAX: u64 = 10;

#[test]
fn stock_plugins_do_what_their_cases_tell() {
    let played = play_all("plugins", |folder| {
        let name = folder.file_name().and_then(|name| name.to_str()).expect("a plugin's name");
        fs::read(folder.join(format!("{name}.wasm"))).expect("a built component")
    });
    assert!(played > 0, "there are no cases");
}

#[test]
fn stock_plugins_built_anew_do_the_same() {
    if let Err(missing) = Toolchain::find() {
        return lacks(&missing.to_string());
    }
    let played = play_all("plugins", |folder| component(folder).expect("the plugin builds"));
    assert!(played > 0, "there are no cases");
}

#[test]
fn the_example_in_c_does_what_its_cases_tell() {
    if let Err(missing) = Clang::find() {
        return lacks(&missing.to_string());
    }
    let played = play_all("examples", |folder| component(folder).expect("the example builds"));
    assert!(played > 0, "there are no cases");
}

/// Plays every case of every plugin that lies here with the component that is made of its folder.
fn play_all(place: &str, made: impl Fn(&Path) -> Vec<u8>) -> usize {
    let folder = TempDir::new().expect("a folder");
    let config =
        HostConfig { compiler: Compiler::InProcess, cache_dir: folder.path().join("plugins") };
    let host = Host::new(config).expect("a host");
    let mut played = 0;
    for plugin in list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(place)) {
        let cases = list(&plugin.join("cases"));
        let cases = cases.iter().filter(|case| case.extension().is_some_and(|it| it == "timeline"));
        let cases: Vec<&PathBuf> = cases.collect();
        if cases.is_empty() {
            continue;
        }
        let file = made(&plugin);
        let world = host.world(&file).expect("an acceptable plugin");
        for case in cases {
            let told = match world {
                World::Routing | World::CallSelection => play(&host, &file, case),
                World::Indicator => count(&host, &file, case),
            };
            expect_file![case.with_extension("told")].assert_eq(&told);
            played += 1;
        }
    }
    played
}

/// What a policy makes of a day.
fn play(host: &Host, file: &[u8], case: &Path) -> String {
    let plugin = host.routing(file).expect("an acceptable plugin");
    let plugin = as_the_case_wants(&plugin, case).expect("settings that fit");
    let mut policy = RoutingPolicy::new();
    if plugin.world() == World::CallSelection {
        policy.set_picker(Some(plugin));
    } else {
        for group in 0..=GROUPS_MAX {
            policy.set(GroupId(group), Some(plugin.clone()));
        }
    }
    let script = fs::read_to_string(case).expect("a case");
    let told = match sim::timeline::play(&script, &mut policy) {
        Ok(told) => told,
        Err(mistake) => panic!("{}: {mistake}", case.display()),
    };
    let groups = (0..=GROUPS_MAX).filter_map(|group| policy.health(GroupId(group)));
    for health in groups.chain(policy.picker().map(|(_, health)| health)) {
        assert_eq!(health.last_failure, None, "{}", case.display());
    }
    told
}

/// The figures that an indicator gives of a day, twice the same.
fn count(host: &Host, file: &[u8], case: &Path) -> String {
    let indicator = host.indicator(file).expect("an acceptable indicator");
    let indicator = indicator_as_the_case_wants(&indicator, case).expect("settings that fit");
    let script = fs::read_to_string(case).expect("a case");
    let [told, again] = [(); 2].map(|()| match table(&indicator, &script) {
        Ok(told) => told.expect("outcomes"),
        Err(mistake) => panic!("{}: {mistake}", case.display()),
    });
    assert_eq!(told, again, "{}", case.display());
    told
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}
