//! Takes a command, runs it to the end as the only child of this process, gives what it cost.

use std::{process::Command, time::Instant};

use anyhow::{Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use serde::{Deserialize, Serialize};

/// What one run cost.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Cost {
    /// User and system seconds of the process and its descendants.
    pub cpu: f64,
    /// Seconds from start to end.
    pub wall: f64,
    /// Largest resident set of one process, in bytes.
    pub peak: u64,
}

/// Runs `check measure -- COMMAND` as a child, which runs the command as its own only child and prints its cost: the
/// system's accounting of children then holds this run alone.
///
/// # Errors
/// When the command cannot be run, or fails.
pub fn measured(command: &[String]) -> Result<Cost> {
    let output = Command::new(std::env::current_exe()?).arg("measure").arg("--").args(command).output()?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let last = String::from_utf8_lossy(&output.stdout).lines().last().unwrap_or_default().to_owned();
    Ok(serde_json::from_str(&last)?)
}

/// The other half of [`measured`]: runs the command and gives its cost.
///
/// # Errors
/// When the command cannot be run, or fails.
pub fn run(command: &[String]) -> Result<Cost> {
    let Some((program, arguments)) = command.split_first() else { anyhow::bail!("no command to measure") };
    let start = Instant::now();
    let output = Command::new(program).args(arguments).output()?;
    let wall = start.elapsed().as_secs_f64();
    ensure!(output.status.success(), "{}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    // Linux counts the resident set in units of 1,024 bytes.
    let peak = u64::try_from(usage.max_rss())?.saturating_mul(1024);
    Ok(Cost { cpu: seconds(usage.user_time()) + seconds(usage.system_time()), wall, peak })
}

/// User and system seconds of this process so far; 0 where the system does not tell.
#[must_use]
pub fn own_cpu() -> f64 {
    getrusage(UsageWho::RUSAGE_SELF).map_or(0.0, |usage| seconds(usage.user_time()) + seconds(usage.system_time()))
}

#[expect(clippy::cast_precision_loss, reason = "microseconds of a run stay far below 2^52")]
fn seconds(time: nix::sys::time::TimeVal) -> f64 {
    time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6
}

/// The middle of several runs, by CPU.
#[must_use]
pub fn median(mut costs: Vec<Cost>) -> Option<Cost> {
    costs.sort_by(|a, b| a.cpu.total_cmp(&b.cpu));
    costs.get(costs.len() / 2).copied()
}
