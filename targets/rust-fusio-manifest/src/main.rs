//! The real crate fusio-manifest as a target: JSON lines on stdin and stdout, one client of the manifest a process.
//! It reports what the crate says and nothing kinder.
mod client;
mod patience;

use client::{Client, Reply};
use serde_json::{json, Value};
use std::io::{BufRead, Write};
use tokio::sync::mpsc::{unbounded_channel, UnboundedReceiver};

const OPS: [&str; 11] =
    ["open", "begin", "get", "scan", "put", "delete", "commit", "end", "compact", "gc", "recover"];

fn main() {
    // The crate builds a TLS client even for http://; without this it reads 150 certificates first (250 ms).
    std::env::set_var("SSL_CERT_FILE", "/dev/null");
    let mut lines = stdin_lines();
    say(json!({"ready": {"protocol": 1, "name": env!("CARGO_BIN_NAME"), "ops": ops()}}));
    let mut prefix = setting("MANIFEST_PREFIX");
    let mut lease_ttl_ms = setting("MANIFEST_LEASE_TTL_MS").parse().expect("MANIFEST_LEASE_TTL_MS is a number");
    // A client is a runtime: dropping it ends the crate's background tasks and its connections too.
    while let Some(open) = serve(&mut lines, &prefix, lease_ttl_ms) {
        prefix = text(&open, "prefix");
        lease_ttl_ms = open["lease_ttl_ms"].as_u64().expect("open needs lease_ttl_ms");
        say(json!({"id": open["id"], "ok": {}}));
    }
}

/// MANIFEST_OPS=open,begin,... offers those alone: a way to look past what is known about the others.
fn ops() -> Vec<&'static str> {
    let wanted = std::env::var("MANIFEST_OPS").unwrap_or(OPS.join(","));
    OPS.into_iter().filter(|op| wanted.split(',').any(|name| name == *op)).collect()
}

/// Serves one client until the input ends (`None`) or the next `open` comes.
fn serve(lines: &mut UnboundedReceiver<String>, prefix: &str, lease_ttl_ms: u64) -> Option<Value> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let next = runtime.block_on(async {
        let mut client = Client::new(prefix, lease_ttl_ms);
        while let Some(line) = lines.recv().await {
            let request: Value = serde_json::from_str(&line).expect("a request is one line of JSON");
            if request["op"] == "open" {
                return Some(request);
            }
            let (kind, body) = answer(&mut client, &request).await;
            say(json!({"id": request["id"], kind: body}));
        }
        None
    });
    runtime.shutdown_background();
    next
}

async fn answer(client: &mut Client, request: &Value) -> (&'static str, Value) {
    let reply = match request["op"].as_str().unwrap_or("") {
        "begin" => client.begin(request["mode"] == "write").await,
        "get" => client.get(text(request, "key")).await,
        "scan" => client.scan().await,
        "put" => client.stage(text(request, "key"), Some(text(request, "value"))),
        "delete" => client.stage(text(request, "key"), None),
        "commit" => client.commit().await,
        "end" => client.end().await,
        "compact" => client.compact().await,
        "gc" => client.gc().await,
        "recover" => client.recover().await,
        other => panic!("unknown op {other}"),
    };
    match reply {
        Reply::Ok(body) => ("ok", body),
        Reply::Fail(error, message) => ("fail", json!({"error": error, "message": message})),
        Reply::Info(error, message) => ("info", json!({"error": error, "message": message})),
    }
}

/// stdin is read on a thread of its own, so that the crate's background tasks run while nobody asks.
fn stdin_lines() -> UnboundedReceiver<String> {
    let (sender, lines) = unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

fn say(line: Value) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("stdout is open");
}

fn text(request: &Value, field: &str) -> String {
    request[field].as_str().unwrap_or_else(|| panic!("{field} is missing in {request}")).to_string()
}

pub fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set; check --target-cmd sets it"))
}
