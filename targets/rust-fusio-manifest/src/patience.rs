//! The crate's executor, with a clock that does not make a checker wait: a back-off takes no time at all.
//! Any schedule of requests stays possible, since each request waits at the door as long as the scheduler likes; and
//! nothing random is left in a run (the crate adds up to 100 % of jitter). `now` and `system_time` are the machine's.
use fusio::executor::{tokio::TokioExecutor, Executor, Timer};
use fusio::{dynamic::MaybeSendFuture, MaybeSend, MaybeSync};
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

#[derive(Clone, Default)]
pub struct Patience(TokioExecutor);

/// The crate's own waits between retries are shorter; what sleeps longer is a background loop.
const BACK_OFF_MAX: Duration = Duration::from_secs(10);

impl Timer for Patience {
    fn sleep(&self, time: Duration) -> Pin<Box<dyn MaybeSendFuture<Output = ()>>> {
        let time = if time < BACK_OFF_MAX { Duration::ZERO } else { time };
        self.0.sleep(time)
    }

    fn now(&self) -> Instant {
        self.0.now()
    }

    fn system_time(&self) -> SystemTime {
        self.0.system_time()
    }
}

impl Executor for Patience {
    type JoinHandle<R>
        = <TokioExecutor as Executor>::JoinHandle<R>
    where
        R: MaybeSend;
    type Mutex<T>
        = <TokioExecutor as Executor>::Mutex<T>
    where
        T: MaybeSend + MaybeSync;
    type RwLock<T>
        = <TokioExecutor as Executor>::RwLock<T>
    where
        T: MaybeSend + MaybeSync;

    fn spawn<F>(&self, future: F) -> Self::JoinHandle<F::Output>
    where
        F: Future + MaybeSend + 'static,
        F::Output: MaybeSend,
    {
        self.0.spawn(future)
    }

    fn mutex<T>(value: T) -> Self::Mutex<T>
    where
        T: MaybeSend + MaybeSync,
    {
        TokioExecutor::mutex(value)
    }

    fn rw_lock<T>(value: T) -> Self::RwLock<T>
    where
        T: MaybeSend + MaybeSync,
    {
        TokioExecutor::rw_lock(value)
    }
}
