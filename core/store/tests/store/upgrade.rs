//! Databases of other versions of this program: older ones are brought up to date with all that is
//! in them, newer ones are left alone.

use std::path::{Path, PathBuf};

use acd::{AgentId, CallId, GroupId};
use centre::What;
use sqlx::ConnectOptions as _;
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnectOptions;
use stats::{Limits, Summary};
use store::{
    CallFilter, CallOutcome, Error, GroupPatch, Journal, RoutingPolicy, Store, Tenant, TenantId,
};
use tempfile::TempDir;

use crate::BY;

const SCHEMA: &str = include_str!("../../migrations/sqlite/0001_start.sql");
const ROWS: &str = include_str!("first_release.sql");
const STEP_2: &str = include_str!("../../migrations/sqlite/0002_groups_and_agents.sql");
const ROWS_2: &str = include_str!("second_shape.sql");
const STEP_3: &str = include_str!("../../migrations/sqlite/0003_what_outlives_a_restart.sql");
const STEP_4: &str = include_str!("../../migrations/sqlite/0004_office_calls.sql");
const ROWS_4: &str = include_str!("fourth_shape.sql");
/// The first call of that morning.
const MORNING_MS: u64 = 1_767_600_000_000;

/// Says something to a database without opening it as a store.
async fn say(file: &Path, sql: &'static str) {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

async fn number(file: &Path, sql: &'static str) -> i64 {
    let mut connection = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
    let number = sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    number
}

/// A database as the first release left it.
async fn first_release() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ladus.db");
    say(&file, SCHEMA).await;
    say(&file, ROWS).await;
    (folder, file)
}

async fn opened(file: &Path) -> (Store, Tenant) {
    let store = Store::open(file).await.unwrap();
    let tenant = store.tenant(TenantId::FIRST);
    (store, tenant)
}

#[tokio::test]
async fn a_database_of_the_first_release_has_everything_it_had() {
    let (_folder, file) = first_release().await;
    let (_store, tenant) = opened(&file).await;
    let company = tenant.company().await.unwrap();
    assert_eq!((company.name.as_str(), company.plan_version), ("Kask ja Pojad", 9));
    let people: Vec<String> =
        tenant.people().await.unwrap().into_iter().map(|person| person.name).collect();
    assert_eq!(people, ["Jaan Tamm", "Mari Maasikas", "Õie Kask"]);
    let users: Vec<String> =
        tenant.credentials().await.unwrap().into_iter().map(|row| row.sip_user).collect();
    assert_eq!(users, ["mari", "jaan"]);
    let places = tenant.memberships().await.unwrap();
    let places: Vec<_> =
        places.iter().map(|it| (it.person.0, it.group.0, it.order, it.delay_ms)).collect();
    assert_eq!(places, [(1, 1, 1, 0), (2, 2, 1, 0), (2, 1, 2, 20_000)]);
    let trunks = tenant.trunks().await.unwrap();
    assert_eq!((trunks[0].name.as_str(), trunks[0].port), ("Labor", None));
    assert!(trunks.iter().all(|trunk| trunk.priority_header.is_none()));
    let account = tenant.log_in("mall@example.com", "pikk-ja-hea-parool").await.unwrap();
    assert_eq!(account.unwrap().name, "Mall");
    let session = tenant.session("a-session-of-the-first-release", MORNING_MS).await.unwrap();
    assert_eq!(session.unwrap().account.unwrap().name, "Mall", "nobody is logged out");
    assert!(!tenant.redeem_start_token("a-link-that-was-used", MORNING_MS).await.unwrap());
    assert_eq!(tenant.changes(None).await.unwrap().len(), 3);
    let recording = tenant.recording(CallId(1)).await.unwrap().unwrap();
    assert_eq!((recording.path.as_str(), recording.duration_ms), ("2026/01/05/1.wav", 60_000));
}

#[tokio::test]
async fn its_plan_is_the_switchs_plan_and_the_first_version_one_can_go_back_to() {
    let (_folder, file) = first_release().await;
    let (_store, tenant) = opened(&file).await;
    let plan = tenant.plan().await.unwrap();
    let centre = plan.centre(MORNING_MS);
    assert_eq!(centre.numbers["6001001"], GroupId(1));
    assert_eq!(centre.devices["jaan"], AgentId(2));
    let sales = &centre.acd.groups[&GroupId(1)];
    // What that release did not know is as it was then: always open, everybody waits.
    assert_eq!((sales.hours, sales.nobody), (None, acd::Nobody::Join));
    assert!(sales.keys.is_empty() && sales.steps.is_empty());
    assert!(plan.calendars.is_empty() && plan.modes.is_empty() && plan.pressed.is_none());
    let groups = tenant.groups().await.unwrap();
    tenant.remove_group(GroupId(2), BY).await.unwrap();
    assert_eq!(tenant.diff_to(9).await.unwrap().len(), 2);
    tenant.restore(9, BY).await.unwrap();
    assert_eq!(tenant.groups().await.unwrap(), groups);
    // Ids of people and groups that are gone are never used again.
    let new = store::NewPerson { name: "Uus", extension: None };
    assert_eq!(tenant.add_person(new, BY).await.unwrap().id, AgentId(5));
}

#[tokio::test]
async fn its_calls_are_listed_from_its_journal_and_the_one_that_was_alive_is_closed() {
    let (_folder, file) = first_release().await;
    let (_store, tenant) = opened(&file).await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    let left = journal.close_open().await.unwrap();
    assert_eq!((left.closed, left.kept.len()), (1, 0));
    let all = CallFilter { limit: 10, ..CallFilter::default() };
    let calls = tenant.calls(&all).await.unwrap();
    let told: Vec<_> = calls
        .iter()
        .map(|call| (call.id.0, call.outcome, call.waited_ms, call.talked_ms, call.recording))
        .collect();
    assert_eq!(
        told,
        [
            (4, CallOutcome::Abandoned, 60, 0, false),
            (3, CallOutcome::Refused, 0, 0, false),
            (2, CallOutcome::Abandoned, 7_500, 0, false),
            (1, CallOutcome::Answered, 24_000, 60_000, true),
        ]
    );
    let kinds: Vec<String> =
        tenant.facts_of(CallId(4)).await.unwrap().into_iter().map(|kept| kept.kind).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["offer_ended", "queue_left"]);
    assert_eq!(tenant.last_call().await.unwrap(), CallId(4));
    assert_eq!(tenant.last_wishes().await.unwrap()[&AgentId(1)], acd::Wish::On);
    let served = tenant.served_last(MORNING_MS + 200_000).await.unwrap();
    assert_eq!(served, [("5551234".to_owned(), AgentId(2))]);
}

#[tokio::test]
async fn its_day_is_counted_as_it_was() {
    let (_folder, file) = first_release().await;
    let (_store, tenant) = opened(&file).await;
    let mut journal = Journal::open(&tenant).await.unwrap();
    journal.close_open().await.unwrap();
    let mut figures = Summary::new(Limits::default());
    let page = tenant.facts_after(0).await.unwrap();
    for kept in &page {
        let fact = kept.fact().unwrap();
        // Everything that is read is written again as it was, or says the same.
        assert_eq!(store::JournalLine::of(&fact).kind, kept.kind);
        if let What::Acd(what) = &fact.what {
            figures.fold(fact.at, what);
        }
    }
    let total = figures.total();
    assert_eq!((total.offered, total.answered, total.abandoned, total.refused), (3, 1, 2, 1));
    assert_eq!((total.asa_ms(), total.waiting), (Some(24_000), 0));
    let jaan = figures.agent(AgentId(2));
    assert_eq!((jaan.handled, jaan.talked_ms, jaan.wrap_up_ms), (1, 60_000, 10_000));
    assert_eq!(figures.agent(AgentId(1)).missed, 1);
}

#[tokio::test]
async fn versions_of_the_shape_before_can_be_gone_back_to() {
    let (_folder, file) = first_release().await;
    say(&file, STEP_2).await;
    say(&file, ROWS_2).await;
    let (_store, tenant) = opened(&file).await;
    let versions = tenant.versions(None).await.unwrap();
    let kept: Vec<_> = versions.iter().map(|it| (it.version, it.kept, it.changes.len())).collect();
    assert_eq!(kept, [(8, true, 1), (7, false, 0)]);
    tenant.restore(8, BY).await.unwrap();
    let groups = tenant.groups().await.unwrap();
    assert_eq!((groups.len(), groups[0].ring_ms), (1, 9_000));
    assert!(tenant.restore(7, BY).await.is_err());
}

#[tokio::test]
async fn a_stock_policy_of_the_fourth_shape_is_the_groups_and_its_versions() {
    let (_folder, file) = first_release().await;
    for sql in [STEP_2, ROWS_2, STEP_3, STEP_4, ROWS_4] {
        say(&file, sql).await;
    }
    let (_store, tenant) = opened(&file).await;
    let stock = RoutingPolicy::Stock("longest-idle".to_owned());
    let groups = tenant.groups().await.unwrap();
    assert_eq!([&groups[0].policy, &groups[1].policy], [&stock, &RoutingPolicy::BuiltIn]);
    assert!(groups.iter().all(|group| group.settings.is_empty()));
    let patch = GroupPatch { policy: Some(RoutingPolicy::BuiltIn), ..GroupPatch::default() };
    tenant.change_group(GroupId(1), patch, BY).await.unwrap();
    assert_eq!(tenant.groups().await.unwrap()[0].policy, RoutingPolicy::BuiltIn);
    tenant.restore(9, BY).await.unwrap();
    assert_eq!(tenant.groups().await.unwrap()[0].policy, stock);
    assert!(tenant.plugin_versions().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_database_that_is_newer_than_the_program_is_left_alone_and_said_so() {
    let (_folder, file) = first_release().await;
    drop(opened(&file).await);
    let newer = "INSERT INTO _sqlx_migrations \
                 (version, description, success, checksum, execution_time) \
                 VALUES (99, 'of the future', TRUE, x'00', 1)";
    say(&file, newer).await;
    let refused = Store::open(&file).await.unwrap_err();
    let steps = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite"));
    let number = |name: std::ffi::OsString| name.to_str()?.split('_').next()?.parse::<i64>().ok();
    let newest = steps.unwrap().flatten().filter_map(|step| number(step.file_name())).max();
    let Error::Newer { version: 99, known } = refused else { panic!("{refused:?}") };
    assert_eq!(Some(known), newest);
    let words = refused.to_string();
    assert!(words.contains("newer Ladus") && words.contains("backup"), "{words}");
}

#[tokio::test]
async fn an_upgrade_that_fails_leaves_the_file_as_the_old_program_wrote_it() {
    let (_folder, file) = first_release().await;
    // Something stands in the way of the last step; the steps before it would succeed.
    say(&file, "CREATE TABLE plan_document (mine TEXT)").await;
    let failed = Store::open(&file).await.unwrap_err();
    assert!(matches!(failed, Error::Migrate(_)), "{failed:?}");
    let steps = "SELECT MAX(version) FROM _sqlx_migrations";
    assert_eq!(number(&file, steps).await, 1, "not even the steps that succeeded are kept");
    let tables = "SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('calendar', 'plan_version')";
    assert_eq!(number(&file, tables).await, 0);
    assert_eq!(number(&file, "SELECT COUNT(*) FROM call").await, 4);
    say(&file, "DROP TABLE plan_document").await;
    let (_store, tenant) = opened(&file).await;
    assert_eq!(tenant.people().await.unwrap().len(), 3, "the next try succeeds");
}
