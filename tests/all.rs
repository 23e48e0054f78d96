//! Takes the whole workspace, gives one test binary: architecture, licences, catalogue, fixtures, journeys, quality.

#![expect(missing_docs, reason = "tests are sentences")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed step is a failed test")]

mod architecture;
mod catalogue;
mod licences;
mod tree;
