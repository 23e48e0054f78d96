//! Takes an address, hands it to the first of the system's openers that takes it. Never tells what is opened how this program
//! draws: a browser looks for a graphics card itself.

use std::time::Duration;

/// What opens pages has failed by then, or never tells: a cold machine needs a second or two to see that it cannot.
const HANDED_OVER: Duration = Duration::from_secs(3);

/// Waits for each opener in turn; whether one took it.
#[cfg(target_os = "linux")]
pub(crate) fn hand_over(address: &str) -> bool {
    open::commands(address).into_iter().any(takes)
}

/// The same by what opens there: nothing is told to it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn hand_over(address: &str) -> bool {
    open::that_detached_with_timeout(address, HANDED_OVER).is_ok()
}

#[cfg(target_os = "linux")]
fn takes(mut opener: std::process::Command) -> bool {
    use std::{os::unix::process::CommandExt, process::Stdio, sync::mpsc::channel, thread::Builder};

    for name in crate::told::told() {
        opener.env_remove(name);
    }
    opener.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Who ends this program by Ctrl-C where it was started does not mean what it opened.
    opener.process_group(0);
    let (tell, told) = channel();
    // Somebody waits for its end, however late that is: it would stay in the list of processes.
    let start = move || tell.send(opener.status().is_ok_and(|end| end.success()));
    if Builder::new().name("opener".to_owned()).spawn(start).is_err() {
        return false;
    }
    // One that goes on running has it: it is not to be opened twice.
    told.recv_timeout(HANDED_OVER).unwrap_or(true)
}
