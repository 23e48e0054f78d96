//! Takes a process that was started with a group of its own, ends it and what it started when the journey ends; says what is
//! below it.

use std::{collections::BTreeMap, process::Child};

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

/// A number that the kernel tells of a process, by its place in `/proc/…/stat`, from 1 on.
pub(crate) fn field(process: u32, place: usize) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name in brackets may hold blanks.
    stat.rsplit(')').next()?.split_whitespace().nth(place - 3)?.parse().ok()
}

/// The processes below the driver, in the order of their numbers: the program, then those of its web view.
pub(crate) fn below(driver: u32) -> Vec<u32> {
    const PARENT: usize = 4;
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let all = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a process's number")]
    let parents: BTreeMap<u32, u32> = all.filter_map(|id| Some((id, field(id, PARENT)? as u32))).collect();
    let is_below = |mut id: u32| {
        while let Some(parent) = parents.get(&id) {
            if *parent == driver {
                return true;
            }
            id = *parent;
        }
        false
    };
    parents.keys().copied().filter(|id| is_below(*id)).collect()
}
