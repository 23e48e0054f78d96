//! Takes a process that was started with a group of its own, ends it and what it started when the journey ends.

use std::process::Child;

use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};

/// A process and all that it started; none of them outlives the test.
pub(crate) struct Troupe(pub(crate) Child);

impl Drop for Troupe {
    fn drop(&mut self) {
        if let Ok(id) = i32::try_from(self.0.id()) {
            let _gone = killpg(Pid::from_raw(id), Signal::SIGKILL);
        }
        let _gone = self.0.wait();
    }
}
