//! §3.1.1, the valid messages, and §3.2 to §3.4, which only the layers above can judge.

use super::sdp;

/// §3.1.1; `longreq` and `mpart01` are built below.
pub(crate) const VALID: &[(&str, &str)] = &[
    (
        "wsinv",
        r#"INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
TO :
 sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
from   : "J Rosenberg \\\""       <sip:jdrosen@example.com>
  ;
  tag = 98asjd8
MaX-fOrWaRdS: 0068
Call-ID: wsinv.ndaksdj@192.0.2.1
Content-Length   : 150
cseq: 0009
  INVITE
Via  : SIP  /   2.0
 /UDP
    192.0.2.2;branch=390skdjuw
s :
NewFangledHeader:   newfangled value
 continued newfangled value
UnknownHeaderWithUnusualValue: ;;,,;;,;
Content-Type: application/sdp
Route:
 <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
v:  SIP  / 2.0  / TCP     spindle.example.com   ;
  branch  =   z9hG4bK9ikj8  ,
 SIP  /    2.0   / UDP  192.168.255.111   ; branch=
 z9hG4bK30239
m:"Quoted string \"\"" <sip:jdrosen@example.com> ; newparam =
      newvalue ;
  secondparam ; q = 0.33

v=0
o=mhandley 29739 7272939 IN IP4 192.0.2.3
s=-
c=IN IP4 192.0.2.4
t=0 0
m=audio 49217 RTP/AVP 0 12
m=video 3227 RTP/AVP 31
a=rtpmap:31 LPC
"#,
    ),
    (
        "intmeth",
        concat!(
            "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$",
            "/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0\n",
            "Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~\n",
            "To: \"BEL:\\\u{7} NUL:\\\0 DEL:\\\u{7f}\" ",
            "<sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>\n",
            "From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>",
            ";fromParam''~+*_!.-%=\"работающий\";tag=_token~1'+`*%!-.\n",
            "Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{\n",
            "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~\n",
            "Max-Forwards: 255\n",
            "extensionHeader-!.%*+_`'~: \u{feff}大停電\n",
            "Content-Length: 0\n\n"
        ),
    ),
    (
        "esc01",
        concat!(
            r#"INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
To: sip:%75se%72@example.com
From: <sip:I%20have%20spaces@example.net>;tag=938
Max-Forwards: 87
i: esc01.239409asdfakjkn23onasd0-3234
CSeq: 234234 INVITE
Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw
C: application/sdp
Contact:
  <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
Content-Length: 150

"#,
            sdp!("192.0.2.1")
        ),
    ),
    (
        "escnull",
        r#"REGISTER sip:example.com SIP/2.0
To: sip:null-%00-null@example.com
From: sip:null-%00-null@example.com;tag=839923423
Max-Forwards: 70
Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd
CSeq: 14398234 REGISTER
Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw
Contact: <sip:%00@host5.example.com>
Contact: <sip:%00%00@host5.example.com>
L:0

"#,
    ),
    (
        "esc02",
        r#"RE%47IST%45R sip:registrar.example.com SIP/2.0
To: "%Z%45" <sip:resource@example.com>
From: "%Z%45" <sip:resource@example.com>;tag=f232jadfj23
Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234
CSeq: 29344 RE%47IST%45R
Max-Forwards: 70
Contact: <sip:alias1@host1.example.com>
C%6Fntact: <sip:alias2@host2.example.com>
Contact: <sip:alias3@host3.example.com>
l: 0

"#,
    ),
    (
        "lwsdisp",
        r#"OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: caller<sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID: lwsdisp.1234abcd@funky.example.com
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP funky.example.com;branch=z9hG4bKkdjuw
l: 0

"#,
    ),
    (
        "dblreq",
        concat!(
            r#"REGISTER sip:example.com SIP/2.0
To: sip:j.user@example.com
From: sip:j.user@example.com;tag=43251j3j324
Max-Forwards: 8
I: dblreq.0ha0isndaksdj99sdfafnl3lk233412
Contact: sip:j.user@host.example.com
CSeq: 8 REGISTER
Via: SIP/2.0/UDP 192.0.2.125;branch=z9hG4bKkdjuw23492
Content-Length: 0


INVITE sip:joe@example.com SIP/2.0
t: sip:joe@example.com
From: sip:caller@example.net;tag=141334
Max-Forwards: 8
Call-ID: dblreq.0ha0isnda977644900765@192.0.2.15
CSeq: 8 INVITE
Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw380234
Content-Type: application/sdp
Content-Length: 150

"#,
            sdp!("192.0.2.15")
        ),
    ),
    (
        "semiuri",
        r#"OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0
To: sip:j_user@example.com
From: sip:caller@example.org;tag=33242
Max-Forwards: 3
Call-ID: semiuri.0ha0isndaksdj
CSeq: 8 OPTIONS
Accept: application/sdp, application/pkcs7-mime,
        multipart/mixed, multipart/signed,
        message/sip, message/sipfrag
Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw
l: 0

"#,
    ),
    (
        "transports",
        r#"OPTIONS sip:user@example.com SIP/2.0
To: sip:user@example.com
From: <sip:caller@example.com>;tag=323
Max-Forwards: 70
Call-ID:  transports.kijh4akdnaqjkwendsasfdj
Accept: application/sdp
CSeq: 60 OPTIONS
Via: SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw
Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee
l: 0

"#,
    ),
    (
        "unreason",
        concat!(
            r#"SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое
Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923
Call-ID: unreason.1234ksdfak3j2erwedfsASdf
CSeq: 35 INVITE
From: sip:user@example.com;tag=11141343
To: sip:user@example.edu;tag=2229
Content-Length: 154
Content-Type: application/sdp
Contact: <sip:user@host198.example.com>

"#,
            sdp!("192.0.2.198")
        ),
    ),
    (
        "noreason",
        concat!(
            "SIP/2.0 100 \n",
            r#"Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe
Call-ID: noreason.asndj203insdf99223ndf
CSeq: 35 INVITE
From: <sip:user@example.com>;tag=39ansfi3
To: <sip:user@example.edu>;tag=902jndnke3
Content-Length: 0
Contact: <sip:user@host105.example.com>

"#
        ),
    ),
];

/// §3.1.1.7: everything long.
pub(crate) fn longreq() -> Vec<u8> {
    let extremes = "extreme".repeat(10);
    let name = "amazinglylongcallername".repeat(5);
    let mut text = format!(
        "INVITE sip:user@example.com SIP/2.0\n\
         To: \"I have a user name of {extremes} proportion\"<sip:user@example.com:6000;\
         unknownparam1=very{}value;longparam{}=shortvalue;very{}ParameterNameWithNoValue>\n\
         F: sip:{name}@example.net;tag=12{}424;unknownheaderparam{}=unknowheaderparam{}\
         ;unknownValueless{}\n\
         Call-ID: longreq.one{}longcallid\n\
         CSeq: 3882340 INVITE\n\
         Unknown-{}-Name: unknown-{}-value; unknown-{}-parameter-name = \
         unknown-{}-parameter-value\n",
        "long".repeat(20),
        "name".repeat(25),
        "long".repeat(25),
        "982".repeat(50),
        "name".repeat(20),
        "value".repeat(15),
        "paramname".repeat(10),
        "really".repeat(20),
        "Long".repeat(20),
        "long".repeat(20),
        "long".repeat(20),
        "long".repeat(20),
    );
    let spellings =
        ["Via", "v", "V", "ViA", "VIa", "VIA", "via", "viA", "vIa", "vIA", "V ", "Via  "];
    for number in (1..=33).rev() {
        let spelling = spellings[number % spellings.len()];
        text += &format!("{spelling}: SIP/2.0/TCP sip{number}.example.com\n");
    }
    text += &format!(
        "Via: SIP/2.0/TCP host.example.com;received=192.0.2.5;branch=very{}branchvalue\n\
         Max-Forwards: 70\nContact: <sip:{name}@host5.example.net>\n\
         Content-Type: application/sdp\nl: 150\n\n{}",
        "long".repeat(50),
        sdp!("192.0.2.1"),
    );
    text.replace('\n', "\r\n").into_bytes()
}

/// §3.1.1.11, with a shorter binary part of our own: every byte value once.
pub(crate) fn mpart01() -> Vec<u8> {
    let head = "MESSAGE sip:kumiko@example.org SIP/2.0\n\
        Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport\n\
        Max-Forwards: 70\n\
        Route: <sip:127.0.0.1:5080>\n\
        Contact: <sip:fluffy@127.0.0.1:5070>\n\
        To: <sip:kumiko@example.org>\n\
        From: <sip:fluffy@example.com>;tag=2fb0dcc9\n\
        Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..\n\
        CSeq: 1 MESSAGE\n\
        Content-Transfer-Encoding: binary\n\
        Content-Type: multipart/mixed;boundary=7a9cbec02ceef655\n\
        Date: Sat, 15 Oct 2005 04:44:56 GMT\n\
        User-Agent: SIPimp.org/0.2.5 (curses)\n\
        Content-Length: 300\n\n";
    let mut bytes = head.replace('\n', "\r\n").into_bytes();
    bytes.extend(b"--7a9cbec02ceef655\r\n\r\n");
    bytes.extend(0..=255);
    bytes.extend(b"\r\n--7a9cbec02ceef655--");
    bytes
}
