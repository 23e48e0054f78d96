//! Takes the whole workspace, gives one test binary: architecture, licences, catalogue, fixtures, journeys, quality.

#![expect(missing_docs, reason = "tests are sentences")]

mod architecture;
mod catalogue;
mod licences;
mod tree;
