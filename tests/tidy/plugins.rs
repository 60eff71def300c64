//! Stock plugins are committed as built components: they must be built from these sources.

use crate::root;

#[test]
fn stock_plugins_are_built_from_their_sources() {
    for entry in std::fs::read_dir(root().join("plugins")).expect("plugins").flatten() {
        let folder = entry.path();
        if !folder.join("Cargo.toml").is_file() {
            continue;
        }
        if let Err(stale) = ladus_cli::check_sources(&folder) {
            panic!("{stale}");
        }
    }
}
