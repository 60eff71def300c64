//! What one INVITE of a phone costs: read, looked at, answered, written.

use std::hint::black_box;

use bytes::Bytes;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sip::message::Message;

/// The size and the headers of a phone's INVITE with credentials, 1.1 KB.
const INVITE: &str = "INVITE sip:6001000@pbx.example.com SIP/2.0\r\n\
    Via: SIP/2.0/UDP 192.0.2.14:5060;rport;branch=z9hG4bK.Jq2kW0u7t\r\n\
    From: \"Mari Maasikas\" <sip:1003@pbx.example.com>;tag=cV0xKqYw1\r\n\
    To: <sip:6001000@pbx.example.com>\r\n\
    CSeq: 21 INVITE\r\n\
    Call-ID: mR3nV0bq7P\r\n\
    Max-Forwards: 70\r\n\
    Supported: replaces, outbound, gruu\r\n\
    Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER, NOTIFY, MESSAGE, SUBSCRIBE, INFO, UPDATE\r\n\
    Contact: <sip:1003@192.0.2.14;transport=udp>;\
    +sip.instance=\"<urn:uuid:5d1f0e1b-2c11-4a22-9333-444455556666>\"\r\n\
    User-Agent: Example Phone 5.1.65\r\n\
    Authorization: Digest username=\"1003\", realm=\"pbx.example.com\", \
    nonce=\"0000018bcfe5680000000001a1b2c3d4e5f60718293a4b5c6d7e8f90\", \
    uri=\"sip:6001000@pbx.example.com\", algorithm=SHA-256, qop=auth, nc=00000001, \
    cnonce=\"c0ffee00c0ffee00\", \
    response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"\r\n\
    Content-Type: application/sdp\r\n\
    Content-Length: 199\r\n\
    \r\n\
    v=0\r\no=1003 2890 1457 IN IP4 192.0.2.14\r\ns=Talk\r\nc=IN IP4 192.0.2.14\r\nt=0 0\r\n\
    m=audio 33000 RTP/AVP 0 8 9 101\r\na=rtpmap:101 telephone-event/8000\r\n\
    a=fmtp:101 0-15\r\na=rtcp:33001\r\na=ptime:20\r\na=sendrecv\r\n";

fn wire(c: &mut Criterion) {
    let bytes = Bytes::from_static(INVITE.as_bytes());
    let invite = Message::parse(bytes.clone()).expect("a good INVITE");
    let mut group = c.benchmark_group("wire");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("parse", |b| b.iter(|| Message::parse(black_box(bytes.clone()))));
    group.bench_function("typed", |b| {
        b.iter(|| {
            let invite = black_box(&invite);
            let ids = (invite.top_via(), invite.from(), invite.to(), invite.cseq());
            (ids, invite.contacts())
        });
    });
    group.bench_function("write", |b| b.iter(|| black_box(&invite).to_bytes()));
    group.bench_function("answer", |b| {
        b.iter(|| Message::response_to(black_box(&invite), 180, Some("a1b2c3d4")).to_bytes());
    });
    group.finish();
}

criterion_group!(benches, wire);
criterion_main!(benches);
