//! Takes the driver of a window, gives what its processes cost: when the program began, the memory that all of them share.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::{
    stage::Window,
    troupe::{below, field},
};

/// Ticks of the kernel's clock in a second, as `/proc` counts them on every Linux of today.
const TICKS: f64 = 100.0;
/// What is freed after some work is freed by then: a web view collects what nobody holds once it rests.
const REST: Duration = Duration::from_secs(5);
/// Memory goes up and down by some MiB by itself: the least of several looks is what is really held.
const LOOKS: usize = 4;

/// When the window's program began, in milliseconds since 1970.
pub(super) fn began(window: &Window) -> f64 {
    const START: usize = 22;
    let program = below(window.driver())[0];
    let uptime = std::fs::read_to_string("/proc/uptime").unwrap();
    let uptime: f64 = uptime.split(' ').next().unwrap().parse().unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    (now - uptime + field(program, START).unwrap() / TICKS) * 1_000.0
}

/// Proportional memory of the program and of the web view's processes, in MiB, once they rest.
pub(super) async fn memory(window: &Window) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..LOOKS {
        tokio::time::sleep(REST).await;
        least = least.min(memory_now(window));
    }
    least
}

/// The same at once.
pub(super) fn memory_now(window: &Window) -> f64 {
    let of = |process: &u32| -> Option<f64> {
        let rollup = std::fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    below(window.driver()).iter().filter_map(of).sum::<f64>() / 1_024.0
}
