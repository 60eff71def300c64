//! Stock plugins are committed as built components: they must be built from these sources.

use crate::root;

#[test]
fn stock_plugins_are_built_from_their_sources() {
    for entry in std::fs::read_dir(root().join("plugins")).expect("plugins").flatten() {
        let folder = entry.path();
        if !folder.join("Cargo.toml").is_file() {
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let kept = crate::read(&ladus_cli::hash_file(&folder, &name));
        let now = ladus_cli::sources_hash(&folder).expect("the sources can be read");
        assert_eq!(
            kept.trim(),
            now,
            "{name} is built from other sources: run `ladus plugin build {}`",
            folder.display()
        );
        let component = std::fs::read(folder.join(format!("{name}.wasm"))).expect("it is built");
        let here = root().canonicalize().expect("a folder").display().to_string();
        let names_us = component.windows(here.len()).any(|bytes| bytes == here.as_bytes());
        assert!(!names_us, "{name} has folders of this machine in it");
    }
}
