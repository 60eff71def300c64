//! A plain HTTP client of the API: one cookie, JSON in, JSON out.

use std::time::Duration;

use serde_json::Value;

/// Talks to one server as one session.
pub struct Client {
    agent: ureq::Agent,
    base: String,
    cookie: Option<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub body: Value,
}

impl Client {
    pub fn new(page: &str) -> Client {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build();
        Client { agent: config.into(), base: format!("{page}/api/v1"), cookie: None }
    }

    pub fn get(&self, path: &str) -> Reply {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        read(request.call().expect("the server answers"))
    }

    /// The bytes of a file, for example of a recording.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let mut request = self.agent.get(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let mut response = request.call().expect("the server answers");
        assert_eq!(response.status().as_u16(), 200, "{path}");
        response.body_mut().read_to_vec().expect("a body")
    }

    pub fn post(&mut self, path: &str, body: Value) -> Reply {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let response = request.send_json(body).expect("the server answers");
        if let Some(cookie) = response.headers().get("set-cookie") {
            let cookie = cookie.to_str().unwrap_or_default();
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        read(response)
    }

    /// Posts and hears the events of the answer until it ends: their names and data.
    pub fn events(&self, path: &str, body: Value) -> Vec<(String, Value)> {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        let mut response = request.send_json(body).expect("the server answers");
        let text = response.body_mut().read_to_string().expect("a body");
        let event = |frame: &str| {
            let (name, data) = frame.split_once('\n')?;
            let data = serde_json::from_str(data.strip_prefix("data: ")?).ok()?;
            Some((name.strip_prefix("event: ")?.to_owned(), data))
        };
        text.split("\n\n").filter_map(event).collect()
    }

    /// Sends a file as it is.
    pub fn upload(&self, path: &str, file: &[u8]) -> Reply {
        let mut request = self.agent.post(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        request = request.header("content-type", "application/wasm");
        read(request.send(file).expect("the server answers"))
    }

    pub fn put(&self, path: &str, body: Value) -> Reply {
        let mut request = self.agent.put(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        read(request.send_json(body).expect("the server answers"))
    }

    pub fn patch(&self, path: &str, body: Value) -> Reply {
        let mut request = self.agent.patch(format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        read(request.send_json(body).expect("the server answers"))
    }
}

fn read(mut response: ureq::http::Response<ureq::Body>) -> Reply {
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string().unwrap_or_default();
    Reply { status, body: serde_json::from_str(&text).unwrap_or(Value::Null) }
}
