//! Gives what the reader can set of the network, and what is said of it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How sources are asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NetRules {
    /// Nothing is asked for at all, whatever is asked of the program.
    pub offline: bool,
    /// By way of whom.
    pub proxy: Proxy,
    /// Sources on this computer and in its own network may be asked.
    pub neighbours: bool,
    /// Seconds that one request may take, redirects included.
    pub patience_seconds: u32,
    /// Megabytes (of 2^20 bytes) of one reply that are read, unpacked.
    pub largest_mb: u32,
}

/// By way of whom the web is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Proxy {
    /// As the system's environment says.
    System,
    /// Nobody, whatever it says.
    Direct,
    /// The proxy at this http or https address.
    At(String),
}

impl NetRules {
    /// What is not set: as the system does it, 30 s, 16 MB.
    pub const USUAL: Self =
        Self { offline: false, proxy: Proxy::System, neighbours: true, patience_seconds: 30, largest_mb: 16 };
}

impl Default for NetRules {
    fn default() -> Self {
        Self::USUAL
    }
}
