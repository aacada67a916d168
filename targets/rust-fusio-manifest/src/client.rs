//! One client of fusio-manifest: each operation is one call of the crate, each answer is what that call returned.
use crate::patience::Patience;
use crate::setting;
use fusio::impls::remotes::aws::{fs::AmazonS3, AwsCredential};
use fusio_manifest::context::ManifestContext;
use fusio_manifest::retention::DefaultRetention;
use fusio_manifest::s3::{Builder, S3Compactor, S3Manifest};
use fusio_manifest::session::{ReadSession, WriteSession};
use fusio_manifest::types::{Error, Result};
use fusio_manifest::{CheckpointStoreImpl, HeadStoreImpl, LeaseStoreImpl, SegmentStoreImpl};
use serde_json::{json, Value};
use std::time::Duration;

type Heads = HeadStoreImpl<AmazonS3>;
type Segments = SegmentStoreImpl<AmazonS3>;
type Checkpoints = CheckpointStoreImpl<AmazonS3>;
type Leases = LeaseStoreImpl<AmazonS3, Patience>;
type Reader = ReadSession<String, String, Heads, Segments, Checkpoints, Leases, Patience>;
type Writer = WriteSession<String, String, Heads, Segments, Checkpoints, Leases, Patience>;

pub enum Reply {
    Ok(Value),
    /// It definitely had no effect.
    Fail(&'static str, String),
    /// Nobody knows.
    Info(&'static str, String),
}

enum Session {
    Read(Reader),
    Write(Writer),
}

pub struct Client {
    manifest: S3Manifest<String, String, Patience>,
    session: Option<Session>,
}

impl Client {
    pub fn new(prefix: &str, lease_ttl_ms: u64) -> Self {
        let retention = DefaultRetention::default().with_lease_ttl(Duration::from_millis(lease_ttl_ms));
        let context = ManifestContext::new(Patience::default()).with_retention(retention);
        // The crate's recovery loop wakes by the wall clock, every 3 s. It can't be switched off; once an hour is as
        // good. Recovery at the first write session and after a conflict stays.
        #[cfg(feature = "background-recovery")]
        let context = context.with_orphan_recovery_interval(Duration::from_secs(3600));
        let credential = AwsCredential {
            key_id: setting("AWS_ACCESS_KEY_ID"),
            secret_key: setting("AWS_SECRET_ACCESS_KEY"),
            token: None,
        };
        let config = Builder::new(setting("MANIFEST_BUCKET"))
            .endpoint(setting("MANIFEST_ENDPOINT"))
            .region(setting("AWS_REGION"))
            .prefix(prefix)
            .credential(credential)
            .sign_payload(true)
            .with_context(context)
            .build();
        Client { manifest: config.into(), session: None }
    }

    pub async fn begin(&mut self, write: bool) -> Reply {
        let opened = if write {
            self.manifest.session_write().await.map(Session::Write)
        } else {
            self.manifest.session_read().await.map(Session::Read)
        };
        reply(opened.map(|session| {
            self.session = Some(session);
            json!({})
        }))
    }

    pub async fn get(&mut self, key: String) -> Reply {
        let value = match self.session.as_ref() {
            Some(Session::Read(session)) => session.get(&key).await,
            Some(Session::Write(session)) => session.get(&key).await,
            None => return no_session(),
        };
        reply(value.map(|value| json!({"value": value})))
    }

    pub async fn scan(&mut self) -> Reply {
        let entries = match self.session.as_ref() {
            Some(Session::Read(session)) => session.scan().await,
            Some(Session::Write(session)) => session.scan().await,
            None => return no_session(),
        };
        reply(entries.map(|entries| json!({"entries": entries})))
    }

    pub fn stage(&mut self, key: String, value: Option<String>) -> Reply {
        match (self.session.as_mut(), value) {
            (Some(Session::Write(session)), Some(value)) => session.put(key, value),
            (Some(Session::Write(session)), None) => session.delete(key),
            _ => return no_session(),
        }
        Reply::Ok(json!({}))
    }

    /// `PreconditionFailed` is what the crate's user takes for "it did not happen", so that is what is reported.
    /// After any other error the segment or HEAD may be on the bucket: nobody knows.
    pub async fn commit(&mut self) -> Reply {
        let Some(Session::Write(session)) = self.session.take() else {
            return no_session();
        };
        // 0.6.0 returns nothing; its log says `commit succeeded` with this number, and HEAD then holds it.
        let txn = session.snapshot().txn_id.0 + 1;
        match session.commit().await {
            Ok(_) => Reply::Ok(json!({"txn": txn})),
            Err(Error::PreconditionFailed) => Reply::Fail("conflict", "precondition failed".into()),
            Err(error) => Reply::Info(word(&error), error.to_string()),
        }
    }

    pub async fn end(&mut self) -> Reply {
        reply(match self.session.take() {
            Some(Session::Read(session)) => session.end().await.map(|()| json!({})),
            Some(Session::Write(session)) => session.end().await.map(|()| json!({})),
            None => Ok(json!({})),
        })
    }

    pub async fn compact(&mut self) -> Reply {
        reply(self.compactor().compact_once().await.map(|_| json!({})))
    }

    /// The crate collects in two ways. `run_once` is its "one compaction + GC cycle"; with MANIFEST_GC=plan it is the
    /// three calls around `gc/GARBAGE`.
    pub async fn gc(&mut self) -> Reply {
        let compactor = self.compactor();
        if std::env::var("MANIFEST_GC").is_ok_and(|way| way == "plan") {
            return reply(planned(&compactor).await.map(|()| json!({})));
        }
        reply(compactor.run_once().await.map(|()| json!({})))
    }

    /// The S3 wrapper hides `recover_orphans`; `run_once` is the only public way to it, and it is `gc` here. So a write
    /// session is opened, which recovers first (0.6.1 in the background), and ended.
    pub async fn recover(&mut self) -> Reply {
        reply(match self.manifest.session_write().await {
            Ok(session) => session.end().await.map(|()| json!({})),
            Err(error) => Err(error),
        })
    }

    fn compactor(&self) -> S3Compactor<String, String, Patience> {
        self.manifest.compactor()
    }
}

async fn planned(compactor: &S3Compactor<String, String, Patience>) -> Result<()> {
    compactor.gc_compute().await?;
    compactor.gc_apply().await?;
    compactor.gc_delete_and_reset().await
}

/// Everything but a commit leaves the manifest's state alone, so its errors are definite.
fn reply(outcome: Result<Value>) -> Reply {
    match outcome {
        Ok(body) => Reply::Ok(body),
        Err(error) => Reply::Fail(word(&error), error.to_string()),
    }
}

/// What follows a `begin` that failed.
fn no_session() -> Reply {
    Reply::Fail("no-session", "no session is open: its begin failed".into())
}

fn word(error: &Error) -> &'static str {
    match error {
        Error::PreconditionFailed => "conflict",
        Error::Corrupt(_) => "corrupt",
        Error::Unimplemented(_) => "unimplemented",
        Error::Io(_) | Error::Other(_) => "unavailable",
    }
}
