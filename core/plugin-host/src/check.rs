//! The door: what an uploaded file must be before anything is compiled.

use std::{fmt, panic};

use wasmparser::{ComponentExternalKind, FunctionBody, Imports, Parser, Payload};

use crate::limits::{
    COMPILE_CPU_MAX_S, COMPILE_MEMORY_MAX, FILE_MAX, FUNCTION_BYTES_MAX, FUNCTION_LOCALS_MAX,
    FUNCTIONS_MAX, NAMES_MAX, PARTS_MAX,
};
use crate::{Failure, untyped};

/// What a plugin is for: the world that it is built for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum World {
    /// It chooses whose phone rings.
    Routing,
    /// It chooses which call a freed agent gets.
    CallSelection,
    /// It works out what people have achieved.
    Indicator,
}

/// Why a file is not accepted as a plugin, for whoever uploaded it.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the file has {bytes} bytes; at most {FILE_MAX} are allowed")]
    TooLarge { bytes: usize },
    #[error("this is not a WebAssembly file")]
    NotWasm,
    #[error("the file is damaged or cut off: {0}")]
    Damaged(String),
    #[error("one function has {bytes} bytes; at most {FUNCTION_BYTES_MAX} are allowed")]
    FunctionTooLarge { bytes: usize },
    #[error("one function has {locals} local variables; at most {FUNCTION_LOCALS_MAX} are allowed")]
    TooManyLocals { locals: u64 },
    #[error("it has {functions} functions; at most {FUNCTIONS_MAX} are allowed")]
    TooManyFunctions { functions: u64 },
    #[error("one of its modules imports or exports {names} names; at most {NAMES_MAX} are allowed")]
    TooManyNames { names: u64 },
    #[error("it consists of more than {PARTS_MAX} modules")]
    TooManyParts,
    #[error(
        "it needs \u{201c}{0}\u{201d}; a plugin gets only what begins with \u{201c}ladus:\u{201d}"
    )]
    ForeignImport(String),
    #[error("it cannot be made a component: {0}")]
    NotEncodable(String),
    #[error(
        "it exports neither \u{201c}ladus:routing/policy@1\u{201d} nor \
         \u{201c}ladus:routing/selection@1\u{201d} nor \
         \u{201c}ladus:indicator/indicator@1\u{201d} nor \u{201c}ladus:indicator/fold@1\u{201d}, \
         so it is no plugin"
    )]
    NoPolicy,
    #[error("it is {is}, and here {wanted} is wanted")]
    OtherWorld { is: World, wanted: World },
    #[error("it does not fit the world \u{201c}{}\u{201d}: {words}", world.version())]
    WrongShape { world: World, words: String },
    #[error(
        "it is too hard to compile within {COMPILE_CPU_MAX_S} s and {} MiB: {words}",
        COMPILE_MEMORY_MAX >> 20
    )]
    TooHardToCompile { words: String },
    #[error("it does not compile: {0}")]
    NotCompilable(String),
    #[error("it cannot tell about itself: {failure}{}", within(backtrace))]
    NotDescribed { failure: Failure, backtrace: Vec<String> },
    #[error("it tells wrongly about itself: {0}")]
    WrongCard(String),
    /// Not the file's fault: our own disk, memory or child process.
    #[error("the plugin could not be prepared: {0}")]
    Host(String),
}

impl Refusal {
    /// The kind of the refusal in one word, for whoever has sentences of his own.
    pub fn word(&self) -> &'static str {
        match self {
            Refusal::TooLarge { .. } => "too_large",
            Refusal::NotWasm => "not_wasm",
            Refusal::Damaged(_) => "damaged",
            Refusal::FunctionTooLarge { .. }
            | Refusal::TooManyLocals { .. }
            | Refusal::TooManyFunctions { .. }
            | Refusal::TooManyNames { .. }
            | Refusal::TooManyParts => "too_complex",
            Refusal::ForeignImport(_) => "foreign_import",
            Refusal::NotEncodable(_) => "not_encodable",
            Refusal::NoPolicy => "no_policy",
            Refusal::OtherWorld { .. } => "other_world",
            Refusal::WrongShape { .. } => "wrong_shape",
            Refusal::TooHardToCompile { .. } => "too_hard_to_compile",
            Refusal::NotCompilable(_) => "not_compilable",
            Refusal::NotDescribed { .. } => "not_described",
            Refusal::WrongCard(_) => "wrong_card",
            Refusal::Host(_) => "host",
        }
    }
}

impl World {
    const ALL: [World; 3] = [World::Routing, World::CallSelection, World::Indicator];

    /// The world of something that a component exports, if that is what makes it a plugin. The
    /// minor version may be higher than ours.
    pub(crate) fn of(export: &str) -> Option<World> {
        World::ALL.into_iter().find(|world| {
            export.starts_with(match world {
                World::Routing => "ladus:routing/policy@1.",
                World::CallSelection => "ladus:routing/selection@1.",
                World::Indicator => "ladus:indicator/indicator@1.",
            }) || (*world == World::Indicator && World::folds(export))
        })
    }

    /// Whether what a component exports makes it an indicator that reads facts in order.
    pub(crate) fn folds(export: &str) -> bool {
        export.starts_with("ladus:indicator/fold@1.")
    }

    /// What we serve of it.
    fn version(self) -> &'static str {
        match self {
            World::Routing | World::CallSelection => "ladus:routing@1.3",
            World::Indicator => "ladus:indicator@1.0",
        }
    }
}

impl fmt::Display for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            World::Routing => "a routing policy",
            World::CallSelection => "a selection of calls for freed agents",
            World::Indicator => "a success indicator",
        })
    }
}

/// Where it was, as the end of a sentence: the innermost function and whoever called it.
fn within(backtrace: &[String]) -> String {
    backtrace.iter().map(|name| format!(", in {name}")).collect()
}

/// Checks a file without compiling it, and gives the component that it is or can be made into.
/// Whatever world it is for, it passes: [`crate::Host`] says no to one that is not wanted.
///
/// # Errors
///
/// In plain words, why the file is refused.
pub fn check(file: &[u8]) -> Result<Vec<u8>, Refusal> {
    if file.len() > FILE_MAX {
        return Err(Refusal::TooLarge { bytes: file.len() });
    }
    if Parser::is_component(file) {
        walk(file)?;
        return Ok(file.to_owned());
    }
    if !Parser::is_core_wasm(file) {
        return Err(Refusal::NotWasm);
    }
    let seen = walk(file)?;
    if let Some(module) = seen.core_imports.into_iter().find(|it| !it.contains("ladus:")) {
        return Err(Refusal::ForeignImport(module));
    }
    // Nothing is added to one that says itself what it is.
    let exports: &[String] = if seen.typed { &[] } else { &seen.core_exports };
    let component = encode(file, exports)?;
    walk(&component)?;
    Ok(component)
}

/// What a walk over the file found.
#[derive(Default)]
struct Seen {
    functions: u64,
    parts: usize,
    /// How many modules deep the walk is.
    depth: usize,
    core_imports: Vec<String>,
    core_exports: Vec<String>,
    /// Whether a core module carries the type of its world.
    typed: bool,
    world: Option<World>,
}

fn walk(file: &[u8]) -> Result<Seen, Refusal> {
    let mut seen = Seen::default();
    let component = Parser::is_component(file);
    for payload in Parser::new(0).parse_all(file) {
        seen.payload(payload.map_err(damaged)?)?;
    }
    if component && seen.world.is_none() { Err(Refusal::NoPolicy) } else { Ok(seen) }
}

impl Seen {
    #[expect(clippy::wildcard_enum_match_arm, reason = "wasmparser's enum; the rest has no limits")]
    fn payload(&mut self, payload: Payload<'_>) -> Result<(), Refusal> {
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => {
                self.parts += 1;
                self.depth += 1;
                if self.parts > PARTS_MAX {
                    return Err(Refusal::TooManyParts);
                }
            }
            Payload::End(_) => self.depth = self.depth.saturating_sub(1),
            Payload::ImportSection(imports) => {
                names(imports.count())?;
                for import in imports {
                    let (Imports::Single(_, wasmparser::Import { module, .. })
                    | Imports::Compact1 { module, .. }
                    | Imports::Compact2 { module, .. }) = import.map_err(damaged)?;
                    self.core_imports.push(module.to_owned());
                }
            }
            Payload::ExportSection(exports) => {
                names(exports.count())?;
                for export in exports {
                    self.core_exports.push(export.map_err(damaged)?.name.to_owned());
                }
            }
            Payload::CustomSection(section) => {
                self.typed |= section.name().starts_with("component-type");
            }
            Payload::FunctionSection(functions) => {
                self.functions += u64::from(functions.count());
                if self.functions > FUNCTIONS_MAX {
                    return Err(Refusal::TooManyFunctions { functions: self.functions });
                }
            }
            Payload::CodeSectionEntry(body) => function(&body)?,
            Payload::ComponentImportSection(imports) => {
                names(imports.count())?;
                for import in imports {
                    let name = import.map_err(damaged)?.name.name;
                    if self.depth == 0 && !name.starts_with("ladus:") {
                        return Err(Refusal::ForeignImport(name.to_owned()));
                    }
                }
            }
            Payload::ComponentExportSection(exports) => {
                names(exports.count())?;
                for export in exports {
                    let export = export.map_err(damaged)?;
                    if self.depth == 0 && export.kind == ComponentExternalKind::Instance {
                        self.world = self.world.or(World::of(export.name.name));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }
}

fn names(count: u32) -> Result<(), Refusal> {
    let names = u64::from(count);
    if names > NAMES_MAX { Err(Refusal::TooManyNames { names }) } else { Ok(()) }
}

fn function(body: &FunctionBody<'_>) -> Result<(), Refusal> {
    let bytes = body.range().len();
    if bytes > FUNCTION_BYTES_MAX {
        return Err(Refusal::FunctionTooLarge { bytes });
    }
    let mut locals = 0;
    for run in body.get_locals_reader().map_err(damaged)? {
        let (count, _) = run.map_err(damaged)?;
        locals += u64::from(count);
    }
    if locals > FUNCTION_LOCALS_MAX {
        return Err(Refusal::TooManyLocals { locals });
    }
    Ok(())
}

/// Makes a component of a core module. When one of these exports is of a world of ours, the module
/// does not carry its type and is given it.
///
/// The encoder is not made for enemies: a panic in it is an answer about the file.
fn encode(module: &[u8], exports: &[String]) -> Result<Vec<u8>, Refusal> {
    let encoded = panic::catch_unwind(|| {
        let typed = exports.iter().find_map(|export| untyped::typed(module, export)).transpose()?;
        let module = typed.as_deref().unwrap_or(module);
        let encoder = wit_component::ComponentEncoder::default().validate(true);
        let component = encoder.module(module).and_then(|mut encoder| encoder.encode());
        component.map_err(|error| format!("{error:#}"))
    });
    match encoded {
        Ok(Ok(component)) => Ok(component),
        Ok(Err(words)) => Err(Refusal::NotEncodable(words)),
        Err(_) => Err(Refusal::NotEncodable("the encoder gave up".to_owned())),
    }
}

fn damaged(error: wasmparser::Error) -> Refusal {
    Refusal::Damaged(error.to_string())
}
