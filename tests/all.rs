//! Takes the whole workspace, gives one test binary: architecture, licences, catalogue, fixtures, journeys, quality.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a failed step is a failed test"
)]

mod architecture;
mod catalogue;
mod extraction;
mod golden;
mod licences;
mod quality;
mod stories;
mod tree;
