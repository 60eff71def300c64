//! Messages as they are on the wire: nothing is rewritten that we did not write ourselves.
//!
//! `wire` cuts bytes into a start line, header lines and a body, keeping every byte;
//! `uri`, `name_addr`, `via`, `params` read single values; `build` writes new messages, with
//! rsip's words for methods, statuses and headers behind the one module `words`.
//!
//! SIGNATURES AGREED BETWEEN THE TWO WRITERS OF THIS CRATE (replace this stub by the real thing):
//!
//! ```text
//! pub const MESSAGE_MAX: usize = 65_535; HEADERS_MAX = 128; LINE_MAX = 8_192;
//!
//! pub struct Message { pub start: Start, headers: Vec<Header>, pub body: Bytes }   // Clone, Debug
//! pub enum Start { Request { method: Method, uri: String }, Response { status: u16, reason: String } }
//! pub enum Method { Invite, Ack, Bye, Cancel, Options, Register, Update, Info, Prack, Refer, Notify,
//!                   Subscribe, Message, Publish, Other(String) }    as_str(), parse
//! pub enum Name { Via, From, To, CallId, CSeq, Contact, MaxForwards, Route, RecordRoute, Expires,
//!                 MinExpires, Authorization, WwwAuthenticate, ProxyAuthorization, ProxyAuthenticate,
//!                 ContentType, ContentLength, Allow, Supported, Require, Unsupported, UserAgent, Server,
//!                 RetryAfter, PAssertedIdentity, Reason, … , Other }   (compact forms known)
//! pub struct Header { pub name: Name, pub raw_name: String, pub value: Bytes }  // value unfolded, original bytes
//!
//! impl Message {
//!   /// UDP framing: the body is cut to Content-Length; a shorter body is ParseError::ShortBody.
//!   pub fn parse(bytes: Bytes) -> Result<Message, ParseError>;
//!   pub fn to_bytes(&self) -> Bytes;                       // always sets Content-Length
//!   pub fn request(method: Method, uri: &str) -> Message;  pub fn response_to(&Message, status, to_tag: Option<&str>) -> Message;
//!   pub fn push(&mut self, name: Name, value: impl Into<Bytes>);  pub fn set(..); pub fn push_front(..); pub fn remove(..)
//!   pub fn get(&self, name: Name) -> Option<&str>;         // first, lossy-free: None when not UTF-8 … see get_bytes
//!   pub fn all(&self, name: Name) -> impl Iterator<Item=&[u8]>;
//!   pub fn method(&self) -> &Method (of CSeq for responses); pub fn status(&self) -> Option<u16>;
//!   pub fn vias(&self) -> Result<Vec<Via>, ParseError>; pub fn top_via(&self);
//!   pub fn from(&self) -> Result<NameAddr,_>; to(); contacts() -> Result<Vec<NameAddr>,_> (or Star); routes(); record_routes();
//!   pub fn call_id(&self) -> Result<&str,_>; cseq() -> Result<(u32, Method),_>; expires(); max_forwards();
//! }
//! pub struct ParseError { pub what: &'static str, pub status: u16 (400, 413, 505 …), pub recoverable: Option<Box<Message>> }
//!    // recoverable: enough headers (Via, From, To, Call-ID, CSeq) were read to answer with `status`
//! pub struct Uri { pub scheme: String, pub user: Option<String> (raw), pub password, pub host: Host, pub port: Option<u16>,
//!                  pub params: Params, pub headers: String }  Uri::parse(&str), user_unescaped(); other schemes kept opaque
//! pub struct NameAddr { pub display: String, pub uri: String (raw bytes kept), pub params: Params }  // tag(), expires()
//! pub struct Via { pub transport: String, pub host: String, pub port: Option<u16>, pub params: Params } // branch(), received, rport; to_string()
//! pub struct Params(Vec<(String, Option<String>)>)  get(name) case-insensitive, quoted values unescaped on get, kept raw on print
//! ```
