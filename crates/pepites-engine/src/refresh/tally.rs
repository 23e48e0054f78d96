//! Takes what each visit of a refresh came to, gives how far it is, what is to be kept of it, and the report at its end.
//! Never holds it against a source that the reader has no network.

use std::collections::BTreeSet;

use pepites_core::{
    model::{Moment, Phrase, Source},
    text::secret::masked,
};
use pepites_store::{Kept, Outcome, Pace, Visited};

use super::{
    plan::host_of,
    verdict::{self, Verdict, Why},
};
use crate::{
    contract::{Progress, RefreshReport, SourceTrouble, Work},
    net::NetError,
};

/// Hosts that are silent, when nothing was heard from anywhere, for it to be the reader's network that is down. One or
/// two servers are down at once by chance.
const SILENT_HOSTS: usize = 3;

/// So many of a long list, for it to be said on the way: some servers of any list are gone, and that is heard sooner than what
/// the others have to say. More than are asked at once: of these, those that are there hold their places until they answer.
const SILENT_FIRST: usize = super::BEGUN + 12;

/// How far a refresh is.
pub(super) struct Tally {
    pub(super) report: RefreshReport,
    pub(super) done: u32,
    current: Option<String>,
    /// Something answered, were it only to say no.
    online: bool,
    /// Somebody was met who could not be understood: behind a page that asks for a sign-in, say. That is no silence.
    met: bool,
    /// Visits that heard nothing at all, before anything was heard: failures of their sources only when others were.
    silent: Vec<Silent>,
    /// The hosts of these.
    silent_hosts: BTreeSet<String>,
}

/// A visit that heard nothing.
struct Silent {
    /// The system says that there is no network, or no such name.
    offline: bool,
    trouble: SourceTrouble,
    visited: Visited,
}

impl Tally {
    pub(super) fn new(left_alone: u32, total: usize) -> Self {
        let report = RefreshReport {
            total: u32::try_from(total).unwrap_or(u32::MAX),
            answered: 0,
            unchanged: 0,
            left_alone,
            new_posts: 0,
            edited_posts: 0,
            failed: Vec::new(),
            cancelled: false,
            offline: false,
            dropped_posts: 0,
        };
        Self {
            report,
            done: 0,
            current: None,
            online: false,
            met: false,
            silent: Vec::new(),
            silent_hosts: BTreeSet::new(),
        }
    }

    /// Counts a visit; gives what is to be kept of it.
    pub(super) fn count(&mut self, source: &Source, verdict: Verdict, at: Moment) -> Option<Visited> {
        let (why, pace) = match verdict {
            Verdict::Stopped => return None,
            Verdict::Good(visited) => {
                self.done += 1;
                self.online = true;
                self.report.answered += 1;
                self.report.unchanged += u32::from(matches!(visited.outcome, Outcome::Unchanged(_)));
                return Some(*visited);
            }
            Verdict::Bad(why, pace) => (why, pace),
        };
        self.done += 1;
        // Its host asked another source of this refresh to stay away: that source's hold is kept and stands for both. Where
        // it asked this one, in the middle of a conversation, this one keeps it; nothing is wrong with either.
        if let Why::Net(NetError::Held { .. }) = why {
            self.report.left_alone += 1;
            self.online |= pace.hold_until.is_some();
            let held = Visited { source: source.id, at, outcome: Outcome::Held, pace };
            return held.pace.hold_until.is_some().then_some(held);
        }
        let trouble = SourceTrouble {
            source: source.id,
            title: masked(source.shown()).into_owned(),
            address: masked(&source.address.locator).into_owned(),
            trouble: why.trouble(source),
        };
        let visited = verdict::failed(source.id, trouble.trouble.clone(), &why, pace, at);
        if let Why::Net(NetError::Offline(_) | NetError::Unreachable(_) | NetError::Slow(_)) = why {
            let offline = matches!(why, Why::Net(NetError::Offline(_)));
            let silent = Silent { offline, trouble, visited };
            if self.online {
                return Some(self.blame(silent));
            }
            self.silent_hosts.insert(host_of(source));
            self.silent.push(silent);
            return None;
        }
        self.met = true;
        // Who says no is there: the network works.
        self.online |= matches!(why, Why::Status(_) | Why::Unreadable(_) | Why::Fault | Why::Net(NetError::Refused(_)));
        self.report.failed.push(trouble);
        Some(visited)
    }

    /// What is to be kept of the visits that heard nothing, once it is known whether there is a network at all. Asked
    /// again, there is nothing left to settle. Nothing was heard from anywhere: is that the network, or these few servers?
    pub(super) fn settle(&mut self) -> Vec<Visited> {
        let silent = std::mem::take(&mut self.silent);
        let down = silent.iter().all(|silent| silent.offline) || self.silent_hosts.len() >= SILENT_HOSTS;
        self.report.offline |= !silent.is_empty() && !self.online && down;
        let settle = |silent: Silent| match self.report.offline {
            true => Visited { outcome: Outcome::Unreached, pace: Pace::default(), ..silent.visited },
            false => self.blame(silent),
        };
        silent.into_iter().map(settle).collect()
    }

    /// There is a network: the source itself heard nothing, and where none was found, its name is unknown.
    fn blame(&mut self, silent: Silent) -> Visited {
        let Silent { offline, mut trouble, mut visited } = silent;
        if offline {
            let unknown = |trouble: &mut Phrase| trouble.key = "trouble.unknown_host".to_owned();
            unknown(&mut trouble.trouble);
            if let Outcome::Failed { trouble, .. } = &mut visited.outcome {
                unknown(trouble);
            }
        }
        self.report.failed.push(trouble);
        visited
    }

    pub(super) fn count_kept(&mut self, kept: &[Kept]) {
        self.report.new_posts += kept.iter().map(|kept| kept.new).sum::<u32>();
        self.report.edited_posts += kept.iter().map(|kept| kept.edited).sum::<u32>();
    }

    pub(super) fn progress(&mut self, current: Option<&str>) -> Progress {
        if let Some(current) = current {
            self.current = Some(current.to_owned());
        }
        // Until something is heard, those that were silent are in no trouble of their own.
        let silent = if self.online { self.silent.len() } else { 0 };
        Progress {
            work: Work::Refresh,
            done: self.done,
            total: self.report.total,
            current: self.current.clone(),
            new_posts: self.report.new_posts,
            failed: u32::try_from(self.report.failed.len() + silent).unwrap_or(u32::MAX),
            silent: !self.online && !self.met && self.silent_hosts.len() >= self.enough(),
        }
    }

    /// Hosts that are silent, for it to be said before all were asked.
    fn enough(&self) -> usize {
        usize::try_from(self.report.total / 2).map_or(SILENT_FIRST, |half| half.clamp(SILENT_HOSTS, SILENT_FIRST))
    }
}
