//! Core modules that do not carry the type of their world: their exports say which one it is.
//!
//! What `wit-bindgen` makes has the type inside, in a section that no C compiler writes. Nothing is
//! lost without it: the name of a function says its package, version and interface, and each of
//! these versions is frozen and known here.

use wit_component::{StringEncoding, embed_component_metadata};
use wit_parser::{Resolve, WorldId};

/// What every world uses.
const BASE: &str = include_str!("../../../sdk/wit/released/base-1.0.0.wit");

/// Every released version that a module may be built for.
const RELEASED: [(&str, &str); 5] = [
    ("indicator@1.0.0", include_str!("../../../sdk/wit/released/indicator-1.0.0.wit")),
    ("routing@1.0.0", include_str!("../../../sdk/wit/released/routing-1.0.0.wit")),
    ("routing@1.1.0", include_str!("../../../sdk/wit/released/routing-1.1.0.wit")),
    ("routing@1.2.0", include_str!("../../../sdk/wit/released/routing-1.2.0.wit")),
    ("routing@1.3.0", include_str!("../../../sdk/wit/released/routing-1.3.0.wit")),
];

/// Worlds by what a plugin exports in them: package and interface.
const WORLDS: [(&str, &str, &str); 4] = [
    ("routing", "policy", "routing"),
    ("routing", "selection", "call-selection"),
    ("indicator", "indicator", "indicators"),
    ("indicator", "fold", "folds"),
];

/// The module with the type of the world that this export belongs to. `None`: the export is of no
/// world of ours, so there is nothing to add.
///
/// # Errors
///
/// In plain words, when nobody here knows that version of the world.
pub(crate) fn typed(module: &[u8], export: &str) -> Option<Result<Vec<u8>, String>> {
    let (package, interface, version) = parts(export)?;
    let world = WORLDS.into_iter().find(|it| (it.0, it.1) == (package, interface))?.2;
    let name = format!("{package}@{version}");
    let Some((_, text)) = RELEASED.into_iter().find(|(released, _)| *released == name) else {
        let known = RELEASED.iter().map(|(released, _)| *released);
        let known: Vec<&str> = known.filter(|it| it.starts_with(package)).collect();
        let known = known.join(", ladus:");
        return Some(Err(format!("it is built for ladus:{name}; known here: ladus:{known}")));
    };
    let (resolve, world) = read(text, world);
    let mut typed = module.to_owned();
    let embedded = embed_component_metadata(&mut typed, &resolve, world, StringEncoding::UTF8);
    Some(embedded.map(|()| typed).map_err(|error| format!("{error:#}")))
}

/// Package, interface and version of `ladus:routing/policy@1.3.0#decide`.
fn parts(export: &str) -> Option<(&str, &str, &str)> {
    let (interface, _) = export.strip_prefix("ladus:")?.split_once('#')?;
    let (path, version) = interface.split_once('@')?;
    let (package, interface) = path.split_once('/')?;
    Some((package, interface, version))
}

/// These texts are our own: one that cannot be read would fail the first test of its version.
fn read(text: &str, world: &str) -> (Resolve, WorldId) {
    let mut resolve = Resolve::default();
    resolve.push_str("base.wit", BASE).expect("the released base");
    let package = resolve.push_str("world.wit", text).expect("a released package");
    let world = resolve.select_world(&[package], Some(world)).expect("a world of the package");
    (resolve, world)
}
