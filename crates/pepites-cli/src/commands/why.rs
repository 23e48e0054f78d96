//! Takes two numbers of posts, says why they are one story, or are not.

use clap::ArgMatches;

use super::{Entry, verdict};
use crate::{exit::Exit, failure::Failure, session::Session};

pub(super) const ENTRY: Entry = Entry { name: "why", arguments: verdict::pair, run };

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let (one, other) = verdict::numbers(matches);
    let view = session.library()?.why(one, other)?;
    session.give(&view, |look| {
        let head = look.text(if view.together { "cli.why.together" } else { "cli.why.apart" });
        let reasons: Vec<String> = view.reasons.iter().map(|reason| look.say(reason)).collect();
        format!("{head} {}\n", reasons.join(", "))
    })?;
    Ok(Exit::Done)
}
