//! Takes what the system does to a process that goes beyond a limit, gives an error in its place. Changes no limit.

/// From now on a write that would make a file larger than the system allows (`ulimit -f`) fails with an error, which
/// has a sentence, where by default it ends the process without one. The first thing that a program does.
pub fn outlive_file_limit() {
    #[cfg(unix)]
    if let Err(error) = hear_of_file_limit() {
        tracing::debug!(%error, "a file that grows too large will end this process");
    }
}

/// A signal that is heard does not end a process: tokio's handler stays, though nobody listens.
#[cfg(unix)]
fn hear_of_file_limit() -> std::io::Result<()> {
    use nix::sys::signal::Signal;
    use tokio::signal::unix::{SignalKind, signal};

    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let _inside = runtime.enter();
    signal(SignalKind::from_raw(Signal::SIGXFSZ as i32)).map(drop)
}
