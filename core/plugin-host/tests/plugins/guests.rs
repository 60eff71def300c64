//! Small plugins written by hand, good and bad, and a host to try them in.

use std::path::{Path, PathBuf};

use acd::{
    Achieved, AgentId, CallId, Candidate, Candidates, Freed, GroupId, Pick, Policy, Question,
    Reply, Sent, Service, Services, Skills, Time, WaitingCall,
};
use plugin_host::{Compiler, Host, HostConfig, Plugin, Refusal, RoutingPolicy};
use tempfile::TempDir;
use wit_component::{StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// What every guest has: a card called `guest@1.0.0`, an allocator, and room for an answer.
const FRAME: &str = r#"
  (memory (export "memory") 1)
  (global $next (mut i32) (i32.const 4096))
  (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
    (global.get $next)
    (global.set $next (i32.and (i32.const -8)
      (i32.add (i32.add (global.get $next) (local.get 3)) (i32.const 7)))))
  (data (i32.const 0) "\20\00\00\00\05\00\00\00\28\00\00\00\05\00\00\00")
  (data (i32.const 32) "guest\00\00\001.0.0")
  (func (export "ladus:routing/policy@1.3.0#describe") (result i32) (i32.const 0))
  (func $ring (param i32) (result i32)
    (i32.store (i32.const 72) (local.get 0)) (i32.const 64))
  (func $wait (param i32) (result i32)
    (i32.store8 (i32.const 68) (i32.const 1))
    (i32.store (i32.const 72) (local.get 0)) (i32.const 64))
"#;

/// A world that guests are made for, and the folder of its package.
fn world(folder: &str, name: &str) -> (Resolve, wit_parser::WorldId) {
    let wit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk/wit");
    let mut resolve = Resolve::default();
    resolve.push_path(wit.join("base/v1")).expect("the base WIT");
    let (package, _) = resolve.push_path(wit.join(folder)).expect("the WIT");
    let world = resolve.select_world(&[package], Some(name)).expect("its world");
    (resolve, world)
}

/// A core module for the routing world, as a compiler makes it: these imports and definitions
/// first, and `decide` with this body.
pub(crate) fn guest(first: &str, decide: &str) -> Vec<u8> {
    module(&format!(
        r#"(module {first} {FRAME}
             (func (export "ladus:routing/policy@1.3.0#decide") (param i32 i32) (result i32)
               {decide}))"#
    ))
}

/// Any core module, with the type of the routing world in it.
pub(crate) fn module(text: &str) -> Vec<u8> {
    module_for(("routing/v1", "routing"), text)
}

/// A core module for the other world: `pick` has this body, and `$ring` takes a call.
pub(crate) fn selecting_guest(first: &str, pick: &str) -> Vec<u8> {
    let frame = FRAME.replace("/policy@", "/selection@");
    let text = format!(
        r#"(module {first} {frame}
             (func (export "ladus:routing/selection@1.3.0#pick") (param i32 i32) (result i32)
               {pick}))"#
    );
    module_for(("routing/v1", "call-selection"), &text)
}

/// Any core module, with the type of this world in it: its folder and its name.
pub(crate) fn module_for((folder, name): (&str, &str), text: &str) -> Vec<u8> {
    let mut module = wat::parse_str(text).expect("WebAssembly text");
    let (resolve, world) = world(folder, name);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)
        .expect("room for its world");
    module
}

/// A guest for a later version of the world, which has a fact that we do not know.
pub(crate) fn guest_of_tomorrow() -> Vec<u8> {
    let wit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sdk/wit");
    let today = std::fs::read_to_string(wit.join("routing/v1/routing.wit")).expect("the WIT");
    let count = "count: func() -> u32;";
    let tomorrow = today
        .replace("package ladus:routing@1.3.0;", "package ladus:routing@1.9.0;")
        .replace(count, &format!("{count} shoe-size: func() -> list<u32>;"));
    let mut resolve = Resolve::default();
    resolve.push_path(wit.join("base/v1")).expect("the base WIT");
    let routing = resolve.push_str("routing.wit", &tomorrow).expect("the WIT of tomorrow");
    let world = resolve.select_world(&[routing], Some("routing")).expect("its world");
    let text = format!(
        r#"(module
             (import "ladus:routing/candidates@1.9.0" "shoe-size" (func $size (param i32)))
             {FRAME}
             (func (export "ladus:routing/policy@1.3.0#decide") (param i32 i32) (result i32)
               (call $size (i32.const 256)) (call $ring (i32.const 0))))"#
    );
    let mut module = wat::parse_str(text.replace("@1.3.0", "@1.9.0")).expect("WebAssembly text");
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)
        .expect("room for its world");
    module
}

/// A stock policy as it is shipped.
pub(crate) fn stock(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../plugins").join(name);
    std::fs::read(folder.join(format!("{name}.wasm"))).expect("a stock policy")
}

pub(crate) fn longest_idle() -> Vec<u8> {
    stock("longest-idle")
}

/// A host with its own folder, which compiles in a real child process.
pub(crate) struct Bench {
    pub(crate) host: Host,
    pub(crate) folder: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let host = Host::new(config(&folder)).expect("a host");
        Self { host, folder }
    }

    /// Takes a file in; anything but a refusal is a mistake of the test.
    pub(crate) fn refused(&self, file: &[u8]) -> Refusal {
        match self.host.routing(file) {
            Ok(plugin) => panic!("{plugin:?} was accepted"),
            Err(refusal) => refusal,
        }
    }

    /// A policy with this plugin in group 1.
    pub(crate) fn policy(&self, file: &[u8]) -> RoutingPolicy {
        let mut policy = RoutingPolicy::new();
        policy.set(GROUP, Some(self.plugin(file)));
        policy
    }

    pub(crate) fn plugin(&self, file: &[u8]) -> Plugin {
        self.host.routing(file).expect("a plugin")
    }
}

pub(crate) fn config(folder: &TempDir) -> HostConfig {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_plugin-compile"));
    let cache_dir = folder.path().join("plugins");
    HostConfig { compiler: Compiler::Child { program, args: Vec::new() }, cache_dir }
}

pub(crate) const GROUP: GroupId = GroupId(1);

/// Puts a question with these candidates. The second of them masters billing and has served the
/// caller, whom a colleague who is not among them has served later.
pub(crate) fn ask(policy: &mut RoutingPolicy, candidates: &[Candidate]) -> Reply {
    ask_for(7, policy, candidates)
}

/// The same for this call.
pub(crate) fn ask_for(call: u64, policy: &mut RoutingPolicy, candidates: &[Candidate]) -> Reply {
    let mut sent = Sent::in_language(Some("et".to_owned()));
    sent.add("tier", "gold");
    let service = |agent, ms_ago, there| Service { agent: AgentId(agent), ms_ago, there };
    let services = [service(8, 1_000, false), service(9, 5_000, true), service(2, 90_000, true)];
    let billing = Skills::new([("billing".to_owned(), 7)].into()).expect("skills");
    let skills = [Skills::default(), billing];
    let per_hour = Achieved::new([("per_hour".to_owned(), 7.5)].into()).expect("figures");
    let achieved = [Achieved::default(), per_hour];
    policy.choose(&Question {
        now: Time(1_700_000_000_123),
        group: GROUP,
        call: CallId(call),
        waited_ms: 12_000,
        priority: -3,
        offers: 2,
        waiting: 4,
        longest_wait_ms: 45_000,
        seed: 99,
        sent: &sent,
        services: Services::listed(&services),
        candidates: Candidates::known(candidates, &skills, &achieved),
    })
}

/// Agents from pairs of order and idle time.
pub(crate) fn agents(facts: &[(u16, u64)]) -> Vec<Candidate> {
    let agent = |(at, &(order, idle_ms)): (usize, &(u16, u64))| Candidate {
        agent: AgentId(at as u64 + 1),
        order,
        delay_ms: 3_000,
        idle_ms,
        handled_today: 5 + u32::try_from(at).expect("few agents"),
        missed_today: 2,
        talk_ms_today: 40_000,
        occupancy_permille: 750,
    };
    facts.iter().enumerate().map(agent).collect()
}

/// Puts the question which of two calls an agent gets who masters billing and has served the caller
/// of the second.
pub(crate) fn ask_freed(policy: &mut RoutingPolicy) -> Option<Pick> {
    let mut sent = Sent::in_language(Some("et".to_owned()));
    sent.add("tier", "gold");
    let service = |agent, ms_ago| Service { agent: AgentId(agent), ms_ago, there: true };
    let services = [service(8, 1_000), service(2, 90_000)];
    let first = WaitingCall {
        call: CallId(5),
        group: GROUP,
        order: 1,
        delay_ms: 0,
        waited_ms: 12_000,
        priority: 0,
        offers: 0,
        waiting: 1,
        callback: false,
        overtaken_ms: None,
        sent: Sent::NOTHING,
        services: Services::listed(&[]),
    };
    let second = WaitingCall {
        call: CallId(6),
        group: GroupId(4),
        order: 2,
        delay_ms: 3_000,
        waited_ms: 45_000,
        priority: -3,
        offers: 2,
        waiting: 7,
        callback: true,
        overtaken_ms: Some(60_000),
        sent: &sent,
        services: Services::listed(&services),
    };
    policy.freed(&Freed {
        now: Time(1_700_000_000_123),
        agent: AgentId(2),
        seed: 99,
        idle_ms: 8_000,
        handled_today: 5,
        missed_today: 2,
        talk_ms_today: 40_000,
        occupancy_permille: 750,
        skills: &Skills::new([("billing".to_owned(), 7)].into()).expect("skills"),
        achieved: &Achieved::new([("billing".to_owned(), 2.5)].into()).expect("figures"),
        calls: &[first, second],
    })
}
