//! Takes Ctrl-C and SIGTERM, gives a clean end: once asks for it, twice ends at once.

use std::io;

use pepites_engine::Cancel;

use crate::{exit::Exit, session::say_aside};

/// The signals that ask for the end, heard from the moment that this is made.
pub(crate) struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    /// Begins to hear. Must be called inside a runtime.
    #[cfg(unix)]
    pub(crate) fn hear() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Begins to hear. Must be called inside a runtime.
    #[cfg(not(unix))]
    pub(crate) fn hear() -> io::Result<Self> {
        Ok(Self {})
    }

    /// The next one.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    /// The next one.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Throws `cancel` at the first, ends the program at the second. `stopping` is said at the first.
    pub(crate) async fn watch(mut self, cancel: Cancel, stopping: Option<String>) {
        self.next().await;
        cancel.cancel();
        if let Some(stopping) = stopping {
            say_aside(&format!("\n{stopping}\n"));
        }
        self.next().await;
        std::process::exit(i32::from(Exit::Stopped.code()));
    }
}
