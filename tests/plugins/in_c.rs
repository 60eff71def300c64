//! Policies in C, with the program as their authors have it.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use ladus_cli::Clang;
use tempfile::TempDir;
use tests::lacks;

use crate::author::{plugin, plugin_with};

/// A folder with a policy that was just begun, if this machine has a compiler.
fn begun() -> Option<(TempDir, PathBuf)> {
    if let Err(missing) = Clang::find() {
        lacks(&missing.to_string());
        return None;
    }
    let folder = TempDir::new().expect("a folder");
    let new = plugin(folder.path(), &["new", "fair", "--lang", "c"]);
    assert!(new.well, "{}", new.errors);
    let own = folder.path().join("fair");
    Some((folder, own))
}

#[test]
fn what_is_no_routing_policy_is_not_begun_in_c() {
    let folder = TempDir::new().expect("a folder");
    for kind in ["selection", "indicator"] {
        let other = plugin(folder.path(), &["new", "fair", "--lang", "c", "--kind", kind]);
        assert!(!other.well && other.errors.contains("leave out --lang"), "{}", other.errors);
    }
    assert!(!folder.path().join("fair").exists());
}

#[test]
fn without_a_compiler_it_is_told_what_to_install() {
    let folder = TempDir::new().expect("a folder");
    assert!(plugin(folder.path(), &["new", "fair", "--lang", "c"]).well);
    let none = plugin_with(folder.path(), OsStr::new(""), &["build", "fair"]);
    assert!(!none.well && none.errors.contains("apt-get install clang lld"), "{}", none.errors);
}

#[test]
fn a_new_policy_in_c_works_as_it_is_and_a_mistake_has_its_place() {
    let Some((_folder, own)) = begun() else { return };
    let card = plugin(&own, &["check", "--json"]).json();
    assert_eq!((&card["name"], &card["fields"][0]["id"]), (&"fair".into(), &"slack".into()));
    let built = fs::read(own.join("fair.wasm")).expect("the component");

    // What was built before stays, whether the compiler or the linker finds the mistake.
    let policy = own.join("policy.c");
    let text = fs::read_to_string(&policy).expect("the policy");
    fs::write(&policy, text.replace("ladus_idle_ms(", "ladus_idle_sm(")).expect("a mistake");
    let wrong = plugin(&own, &["build"]);
    assert!(!wrong.well && wrong.errors.contains("policy.c:"), "{}", wrong.errors);
    let nobody_has = text.replace("ladus_idle_ms(", "extern void more(ladus_u32s *);\n    more(");
    fs::write(&policy, nobody_has).expect("a mistake");
    let wrong = plugin(&own, &["build"]);
    assert!(!wrong.well && wrong.errors.contains("undefined symbol: more"), "{}", wrong.errors);
    assert_eq!(fs::read(own.join("fair.wasm")).expect("the component"), built);
}

#[test]
fn a_fault_in_c_is_told_with_its_function() {
    let Some((_folder, own)) = begun() else { return };
    let policy = own.join("policy.c");
    let text = fs::read_to_string(&policy).expect("the policy");
    let nowhere = text.replace("missed.at[chosen]", "missed.at[1 << 29]");
    fs::write(&policy, nowhere).expect("a pointer that leads nowhere");
    let story =
        "timeline 1\ngroup sales\nagent mari sales=1\n0s mari logs on\n1s c1 arrives at sales";
    fs::write(own.join("cases/few-misses.timeline"), story).expect("a case");
    let test = plugin(&own, &["test"]);
    assert!(!test.well && test.words.contains("in ladus_decide"), "{} {}", test.words, test.errors);
}

/// Asks for everything that there is, and tells as the reason what the call brought along.
const CURIOUS: &str = r#"
#include "ladus.h"

static const ladus_card card = { LADUS_TEXT("curious"), LADUS_TEXT("1.0.0"), LADUS_TEXT("."), { 0, 0 } };

const ladus_card *ladus_describe(void) { return &card; }

/* What is not so is told as the error. */
#define MUST(so) \
    if (!(so)) return answer.is = 1, answer.error = (ladus_string)LADUS_TEXT(#so), &answer

const ladus_answer *ladus_decide(const ladus_setting *settings, uint32_t count)
{
    static ladus_answer answer = { .decision = LADUS_RING };
    static ladus_caller caller;
    static ladus_queue queue;
    static ladus_language language;
    static ladus_attributes attributes;
    static ladus_familiar familiar;
    static ladus_u32s columns[7];
    static ladus_f32s occupancy;
    static ladus_u8s levels;
    static ladus_figures figures;
    ladus_caller_is(&caller);
    ladus_queue_is(&queue);
    ladus_language_is(&language);
    ladus_attributes_are(&attributes);
    ladus_familiar_ms_ago(&familiar);
    ladus_order(&columns[0]);
    ladus_idle_ms(&columns[1]);
    ladus_handled_today(&columns[2]);
    ladus_missed_today(&columns[3]);
    ladus_delay_ms(&columns[4]);
    ladus_talk_ms_today(&columns[5]);
    ladus_served_ms_ago(&columns[6]);
    ladus_occupancy(&occupancy);
    ladus_skill_level("billing", 7, &levels);
    ladus_last_day("per_hour", 8, &figures);
    ladus_log(LADUS_INFO, "asked", 5);
    (void)settings;
    MUST(count == 0 && ladus_now_ms() != ladus_seed() && !familiar.known);
    MUST(caller.priority == -5 && caller.offers == 0 && queue.waiting == 1);
    MUST(language.known && language.text.bytes == 2 && language.text.at[1] == 't');
    MUST(columns[6].at[0] == UINT32_MAX && occupancy.count == 2 && attributes.count == 1);
    MUST(!figures.at[0].known && figures.at[1].known && figures.at[1].figure == 7.5);
    for (int i = 0; i < 7; i++)
        MUST(columns[i].count == ladus_count());
    answer.number = levels.at[1] == 7 ? 1 : 0;
    answer.has_reason = 1;
    answer.reason = attributes.at[0].value;
    return &answer;
}
"#;

#[test]
fn everything_that_a_policy_may_ask_can_be_asked_in_c() {
    let Some((_folder, own)) = begun() else { return };
    fs::write(own.join("policy.c"), CURIOUS).expect("a policy");
    let story = "timeline 1\ntell decisions\ngroup sales\nagent mari sales=1\n\
        agent jaan sales=1 skill=billing:7\n0s jaan achieved per_hour=7.5\n\
        0s mari logs on\n0s jaan logs on\n\
        1s c1 arrives at sales with priority -5 with tier=gold speaking et\n\
        2s jaan answers\n3s c1 hangs up";
    fs::write(own.join("cases/few-misses.timeline"), story).expect("a case");
    let test = plugin(&own, &["test"]);
    assert!(test.well, "{} {}", test.words, test.errors);
    let told = fs::read_to_string(own.join("cases/few-misses.told")).expect("a story");
    assert!(told.contains("c1: jaan of mari jaan by curious@1.0.0 (gold)"), "{told}");

    let card = plugin(&own, &["check", "--json"]).json();
    let read = card["reads"].as_array().expect("what it reads").iter();
    let read: BTreeSet<&str> = read.filter_map(|it| it.as_str()).collect();
    let world = include_str!("../../sdk/wit/routing/v1/routing.wit");
    let (facts, _) = world.split_once("\ninterface policy {").expect("the interface of a policy");
    let there = facts.lines().filter_map(|line| line.trim().split_once(": func("));
    assert_eq!(read, there.map(|(name, _)| name).collect());
}
