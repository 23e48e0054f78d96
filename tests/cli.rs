//! Journeys of the real program, `pepites`, as a reader or a script runs it. A test of pepites-cli, so that cargo
//! builds the program first.

#![expect(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod journeys {
    pub(crate) mod accounts;
    pub(crate) mod contacts;
    pub(crate) mod digest;
    pub(crate) mod finding;
    pub(crate) mod full_text;
    pub(crate) mod keeping;
    pub(crate) mod kill;
    pub(crate) mod library;
    pub(crate) mod main_job;
    pub(crate) mod microblogs;
    pub(crate) mod networks;
    pub(crate) mod shapes;
    pub(crate) mod stopped;
    pub(crate) mod two;
    pub(crate) mod via;
    pub(crate) mod world;
}
