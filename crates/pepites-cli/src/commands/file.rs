//! Takes what the reader wants in a folder when it comes, keeps it as a rule.

use clap::Command;
use pepites_core::score::rules::Wish;

use super::{Entry, wish};
use crate::arguments::Words;

pub(super) const ENTRY: Entry =
    Entry { name: "file", arguments, run: |session, matches| wish::run(session, matches, Wish::File) };

fn arguments(command: Command, words: &Words) -> Command {
    wish::arguments(command, words).arg(words.option("into", "folder").required(true))
}
