//! Asks the sources for what is new, shows how it goes, reports what came. Stopped cleanly by Ctrl-C.

use clap::{ArgMatches, Command};
use pepites_core::model::Phrase;
use pepites_engine::{Cancel, Engine, contract::RefreshReport};

use super::Entry;
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    progress::Meter,
    session::Session,
    sheet::{Ink, Sheet},
    stop::Signals,
};

pub(super) const ENTRY: Entry = Entry { name: "refresh", arguments, run };

/// Sources in trouble that are listed without `-v`.
const LISTED_TROUBLES: usize = 20;

/// Troubles that mean that nothing was heard at all: no such name, no connection, no reply in time.
const UNREACHED: [&str; 3] = ["trouble.unknown_host", "trouble.unreachable", "trouble.slow"];

fn arguments(command: Command, words: &Words) -> Command {
    command.arg(words.flag("due"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.online()?;
    let report = ask(session, &engine, matches.get_flag("due"))?;
    session.give(&report, |look| page(&report, look, session.verbose > 0))?;
    Ok(ending(&report))
}

/// Asks the sources, with progress and a clean stop.
pub(super) fn ask(session: &Session, engine: &Engine, due: bool) -> Result<RefreshReport, Failure> {
    let runtime = session.runtime()?;
    let meter = Meter::new(session);
    let cancel = Cancel::default();
    let stopping = (!session.quiet && !session.json).then(|| session.look.text("cli.refresh.stopping"));
    let report = runtime.block_on(async {
        let signals = Signals::hear().map_err(Failure::fault)?;
        tokio::spawn(signals.watch(cancel.clone(), stopping));
        Ok::<_, Failure>(engine.refresh(due, None, &|progress| meter.tell(&progress), &cancel).await)
    })?;
    meter.end();
    // What is still under way has nobody to report to, and must not hold the end up.
    runtime.shutdown_background();
    Ok(report?)
}

/// 0 whatever single sources did; but a refresh that heard nothing from anywhere tells a script so.
pub(super) fn ending(report: &RefreshReport) -> Exit {
    if report.cancelled {
        Exit::Stopped
    } else if report.offline || is_unreached(report) {
        Exit::Network
    } else {
        Exit::Done
    }
}

fn is_unreached(report: &RefreshReport) -> bool {
    report.answered == 0
        && !report.failed.is_empty()
        && report.failed.iter().all(|failed| UNREACHED.contains(&failed.trouble.key.as_str()))
}

fn page(report: &RefreshReport, look: &Look, verbose: bool) -> String {
    let mut sheet = Sheet::new(look);
    if report.total == 0 && report.left_alone == 0 {
        sheet.paragraph(0, Ink::Plain, &look.text("cli.refresh.nothing"));
        return sheet.done();
    }
    if report.offline {
        sheet.paragraph(0, Ink::Strong, &look.text("cli.refresh.offline"));
        return sheet.done();
    }
    sheet.paragraph(0, Ink::Strong, &format!("{}.", counts(report, look).join(", ")));
    let listed = if verbose { usize::MAX } else { LISTED_TROUBLES };
    for failed in report.failed.iter().take(listed) {
        sheet.hanging("  ! ", Ink::Red, &format!("{} — {}", failed.title, look.told(&failed.trouble)));
        if verbose {
            sheet.paragraph(4, Ink::Faint, &failed.address);
        }
    }
    if let Some(more) = report.failed.len().checked_sub(listed).filter(|more| *more > 0) {
        let more = u32::try_from(more).unwrap_or(u32::MAX);
        sheet.paragraph(2, Ink::Faint, &look.count("cli.import.more_flaws", more));
    }
    if is_unreached(report) {
        sheet.paragraph(0, Ink::Strong, &look.text("cli.refresh.unreached"));
    }
    if report.cancelled {
        sheet.paragraph(0, Ink::Strong, &look.text("cli.refresh.stopped"));
    }
    if report.new_posts > 0 {
        sheet.line(&[(Ink::Faint, &look.hint("cli.refresh.next", "today"))]);
    }
    sheet.done()
}

fn counts(report: &RefreshReport, look: &Look) -> Vec<String> {
    let failed = u32::try_from(report.failed.len()).unwrap_or(u32::MAX);
    let always = [("cli.refresh.new", report.new_posts), ("cli.refresh.asked", report.answered)];
    let sometimes = [
        ("cli.refresh.edited", report.edited_posts),
        ("cli.refresh.failed", failed),
        ("cli.refresh.alone", report.left_alone),
        ("cli.refresh.dropped", report.dropped_posts),
    ];
    let said = sometimes.into_iter().filter(|(_, count)| *count > 0);
    always.into_iter().chain(said).map(|(key, count)| look.say(&Phrase::new(key).with("count", count))).collect()
}

#[cfg(test)]
mod tests {
    use pepites_core::model::SourceId;
    use pepites_engine::{catalogue::Language, contract::SourceTrouble};

    use super::*;
    use crate::look::tests::look;

    fn report(answered: u32, troubles: &[&str]) -> RefreshReport {
        let failed = troubles.iter().map(|key| SourceTrouble {
            source: SourceId(1),
            title: "Bees".to_owned(),
            address: "https://example.org/feed".to_owned(),
            trouble: Phrase::new(*key),
        });
        RefreshReport {
            total: 155,
            answered,
            unchanged: 0,
            left_alone: 2,
            new_posts: 412,
            edited_posts: 1,
            failed: failed.collect(),
            cancelled: false,
            offline: false,
            dropped_posts: 0,
        }
    }

    #[test]
    fn the_report_counts_and_names_what_is_in_trouble() {
        assert_eq!(
            page(&report(152, &["no.such.trouble"]), &look(Language::English), false),
            "412 new posts, 152 sources answered, 1 changed, 1 in trouble, 2 left alone.\n  ! Bees — no.such.trouble\nTo read: pepites today\n"
        );
        let french = page(&report(152, &[]), &look(Language::French), false);
        assert!(
            french.replace('\n', " ").starts_with(
                "412 nouveaux billets, 152 sources ont répondu, 1 modifié, 2 laissées tranquilles. Pour lire\u{a0}: pepites today"
            ),
            "{french}"
        );
    }

    #[test]
    fn single_sources_never_fail_a_refresh_but_silence_everywhere_does() {
        for (answered, troubles, exit) in [
            (152, vec![], Exit::Done),
            (1, vec!["trouble.unknown_host", "trouble.slow"], Exit::Done),
            (0, vec![], Exit::Done),
            (0, vec!["trouble.unknown_host", "trouble.unreadable"], Exit::Done),
            (0, vec!["trouble.unknown_host", "trouble.unreachable"], Exit::Network),
        ] {
            assert_eq!(ending(&report(answered, &troubles)), exit, "{troubles:?}");
        }
        let stopped = RefreshReport { cancelled: true, ..report(0, &["trouble.slow"]) };
        assert_eq!(ending(&stopped), Exit::Stopped);
    }

    #[test]
    fn without_a_network_the_reader_is_told_so_and_no_source_is_named() {
        let offline = RefreshReport { offline: true, ..report(0, &[]) };
        let english = page(&offline, &look(Language::English), true);
        assert_eq!(english, "No network: nothing could be asked. What is here stays.\n");
        let french = page(&offline, &look(Language::French), true);
        assert_eq!(french, "Pas de réseau\u{a0}: rien n’a pu être demandé. Ce qui est ici reste.\n");
        assert_eq!(ending(&offline), Exit::Network);
    }
}
