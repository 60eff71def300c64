//! Calls: the list, the page of one, its sound and its picture.

use acd::{AgentId, CallId, EndCause, Fact as Acd, GroupId, Leave, Side, Time};
use centre::{Fact, What};
use media::Codec;
use serde_json::json;
use store::{Journal, JournalLine, Recording};

use crate::world::World;

/// Two seconds of sound: quiet, with one loud sample of the caller near the end.
const SOUND_BYTES: usize = 2 * 16_000;
const LOUD_AT: usize = 30_000;

fn told(at_ms: u64, fact: Acd) -> Fact {
    Fact { at: Time(at_ms), what: What::Acd(fact) }
}

async fn write_calls(world: &World, ids: std::ops::RangeInclusive<u64>) {
    let mut journal = Journal::open(&world.tenant).await.unwrap();
    for id in ids {
        let (call, group, agent) = (CallId(id), GroupId(1 + id % 2), AgentId(7));
        let (number, caller) = ("6001000".to_owned(), format!("+37255{id:05}"));
        let (by, cause) = (Side::Caller, EndCause::HungUp);
        let mut facts = vec![
            told(id, Acd::CallArrived { call, group, number, caller, priority: 0 }),
            told(
                id,
                Acd::QueueEntered {
                    call,
                    group,
                    priority: 0,
                    place: 1,
                    why: acd::Entry::Arrival,
                    since: Time(id * 1_000),
                    by: None,
                },
            ),
        ];
        if id % 3 == 0 {
            let leave = Leave::Abandoned;
            facts.push(told(id + 5, Acd::QueueLeft { call, group, leave, waited_ms: 5 }));
        } else {
            let leave = Leave::Answered;
            facts.push(told(id + 5, Acd::QueueLeft { call, group, leave, waited_ms: 5 }));
            facts.push(told(id + 5, Acd::TalkStarted { call, group, agent }));
            let talked_ms = 2_000;
            let end = Acd::TalkEnded { call, group, agent, by, cause, talked_ms };
            facts.push(told(id + 2_005, end));
        }
        let lines: Vec<JournalLine> = facts.iter().map(JournalLine::of).collect();
        journal.append(&lines).await.unwrap();
    }
}

/// Writes the file of call 1 and its index row; returns the file's bytes.
async fn record(world: &World) -> Vec<u8> {
    let mut sound = vec![media::SILENCE_PCMA; SOUND_BYTES];
    sound[LOUD_AT] = media::encode(Codec::Pcma, 32_000);
    let mut file = media::wav_header(Codec::Pcma, SOUND_BYTES as u32).to_vec();
    file.extend(sound);
    let folder = world.recordings().join("000000");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("1.wav"), &file).unwrap();
    let recording = Recording {
        call: CallId(1),
        path: "000000/1.wav".to_owned(),
        sha256: "ab".repeat(32),
        bytes: file.len() as u64,
        duration_ms: 2_000,
        started_ms: 6,
        codec: "pcma".to_owned(),
    };
    world.tenant.add_recording(&recording).await.unwrap();
    file
}

#[tokio::test]
async fn the_list_is_paged_and_narrowed() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    write_calls(&world, 1..=7).await;
    let ids = async |query: &str| {
        let answer = administrator.get(&format!("/api/v1/calls{query}")).await.json();
        let calls = answer["calls"].as_array().unwrap().iter();
        let ids: Vec<u64> = calls.map(|call| call["id"].as_u64().unwrap()).collect();
        (ids, answer["next"].as_u64())
    };
    assert_eq!(ids("").await, (vec![7, 6, 5, 4, 3, 2, 1], None));
    assert_eq!(ids("?limit=3").await, (vec![7, 6, 5], Some(5)));
    assert_eq!(ids("?limit=3&before=5").await, (vec![4, 3, 2], Some(2)));
    assert_eq!(ids("?limit=3&before=4").await, (vec![3, 2, 1], None));
    assert_eq!(ids("?outcome=abandoned").await, (vec![6, 3], None));
    assert_eq!(ids("?group=2&agent=7").await, (vec![7, 5, 1], None));
    assert_eq!(ids("?q=5500004").await, (vec![4], None));
    assert_eq!(ids("?outcome=&q=").await.0.len(), 7, "empty fields of a form narrow nothing");
    let strange = administrator.get("/api/v1/calls?outcome=happy").await;
    assert_eq!(strange.field(), ("/outcome".to_owned(), "unknown".to_owned()));
    let strange = administrator.get("/api/v1/calls?before=yesterday").await;
    assert_eq!(strange.problem(), (400, "malformed".to_owned()));
}

#[tokio::test]
async fn a_call_has_its_facts_and_its_recording() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    write_calls(&world, 1..=1).await;
    let before = administrator.get("/api/v1/calls/1").await.json();
    assert_eq!(before["recording"], json!(null));
    let file = record(&world).await;
    let call = administrator.get("/api/v1/calls/1").await.json();
    assert_eq!((&call["outcome"], &call["agent"]), (&json!("answered"), &json!(7)));
    assert_eq!((&call["waited_ms"], &call["talked_ms"]), (&json!(5), &json!(2_000)));
    assert_eq!(call["ended_ms"], 2_006);
    let first = &call["facts"][0];
    assert_eq!((&first["at_ms"], &first["kind"]), (&json!(1), &json!("call_arrived")));
    let body = json!({ "group": 2, "number": "6001000", "caller": "+3725500001" });
    assert_eq!(first["body"], body);
    let recording = &call["recording"];
    assert_eq!((&recording["duration_ms"], &recording["codec"]), (&json!(2_000), &json!("pcma")));
    assert_eq!(recording["bytes"], file.len());
    let row = administrator.get("/api/v1/calls").await.json()["calls"][0].clone();
    assert_eq!(row["recording"], true);
    for path in ["/api/v1/calls/2", "/api/v1/calls/2/recording", "/api/v1/calls/2/peaks"] {
        assert_eq!(administrator.get(path).await.problem(), (404, "not_found".to_owned()));
    }
}

#[tokio::test]
async fn any_part_of_a_recording_is_the_same_part_of_the_whole() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    let file = record(&world).await;
    let path = "/api/v1/calls/1/recording";
    let whole = administrator.get(path).await;
    assert_eq!((whole.status.as_u16(), whole.header("content-type")), (200, "audio/wav"));
    assert_eq!(whole.header("accept-ranges"), "bytes");
    assert_eq!(whole.body.len(), 44 + 2 * SOUND_BYTES);
    assert_eq!(whole.header("content-length"), whole.body.len().to_string());
    let loud = 44 + 2 * LOUD_AT;
    let sample = i16::from_le_bytes([whole.body[loud], whole.body[loud + 1]]);
    assert!(sample > 30_000, "{sample}");

    let last = whole.body.len() - 1;
    let ends = [(0, 43), (0, 0), (10, 100), (43, 45), (44, 44), (45, 46), (1_001, 50_000)];
    for (first, end) in ends.into_iter().chain([(loud, loud + 1), (last, last), (0, last)]) {
        let range = format!("bytes={first}-{end}");
        let part = administrator.get_with(path, &[("range", &range)]).await;
        assert_eq!(part.status, 206, "{range}");
        assert!(part.body == whole.body[first..=end], "{range}");
        let said = format!("bytes {first}-{end}/{}", whole.body.len());
        assert_eq!(part.header("content-range"), said);
    }
    let outside = administrator.get_with(path, &[("range", "bytes=900000-")]).await;
    assert_eq!(outside.status, 416);
    assert_eq!(outside.header("content-range"), format!("bytes */{}", whole.body.len()));
    let etag = whole.header("etag").to_owned();
    let headers = [("range", "bytes=0-9"), ("if-range", etag.as_str())];
    assert_eq!(administrator.get_with(path, &headers).await.status, 206);
    let headers = [("range", "bytes=0-9"), ("if-range", "\"other\"")];
    assert_eq!(administrator.get_with(path, &headers).await.status, 200);
    assert_eq!(administrator.get(&format!("{path}?as=stored")).await.body, file);
}

#[tokio::test]
async fn the_picture_shows_where_somebody_was_loud() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    record(&world).await;
    let peaks = administrator.get("/api/v1/calls/1/peaks").await.json();
    let left = peaks["left"].as_array().unwrap();
    assert_eq!((left.len(), peaks["right"].as_array().unwrap().len()), (1_000, 1_000));
    let loud: Vec<usize> =
        (0..1_000).filter(|column| left[*column].as_u64().unwrap() > 200).collect();
    assert_eq!(loud, [LOUD_AT / 32]);
}

#[tokio::test]
async fn a_file_that_is_gone_or_elsewhere_is_not_found() {
    let world = World::new().await;
    let administrator = world.administrator().await;
    record(&world).await;
    std::fs::remove_file(world.recordings().join("000000/1.wav")).unwrap();
    let answer = administrator.get("/api/v1/calls/1/recording").await;
    assert_eq!(answer.problem(), (404, "not_found".to_owned()));
    let mut elsewhere = world.tenant.recording(CallId(1)).await.unwrap().unwrap();
    elsewhere.path = "../ladus.db".to_owned();
    world.tenant.add_recording(&elsewhere).await.unwrap();
    let answer = administrator.get("/api/v1/calls/1/recording").await;
    assert_eq!(answer.problem(), (500, "internal".to_owned()));
}
