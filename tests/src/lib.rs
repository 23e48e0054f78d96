//! Gives what tests, benchmarks and outside checks share: a loopback server that obeys a script, and the checks.

pub mod check;
pub mod serve;
