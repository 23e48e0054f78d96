//! Takes a file, follows what it says to follow, reports what was added, known and skipped.

use std::{fs::File, io::Read, path::Path};

use clap::{ArgMatches, Command, value_parser};
use pepites_core::model::{ImportId, Phrase};
use pepites_engine::contract::{Code, FlawView, ImportReport, ImportedSource, Problem};

use super::{Entry, follow};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::{self, Failure},
    look::{Look, quoted},
    session::Session,
    sheet::{Ink, Sheet},
    taking::taking,
};

mod undoing;

pub(super) const ENTRY: Entry = Entry { name: "import", arguments, run };

/// More than this is never a list of sources and would not fit into the memory of a small machine. What is smaller and
/// still too large is for the import itself to say.
const READ_AT_MOST: u64 = 256 << 20;

/// Skipped lines that are listed without `-v`.
const LISTED_FLAWS: usize = 20;

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(
            words
                .operand("file", "file")
                .required(true)
                // What conflicts with it does without it.
                .conflicts_with("undo")
                .value_parser(value_parser!(std::path::PathBuf)),
        )
        .arg(words.flag("even-damaged"))
        .arg(
            words
                .option("undo", "number")
                .num_args(0..=1)
                .default_missing_value(undoing::LAST)
                .value_parser(value_parser!(i64).range(0..)),
        )
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.contains_id("undo") {
        return undoing::run(session, matches);
    }
    let Some(path) = matches.get_one::<std::path::PathBuf>("file") else { return Ok(Exit::Usage) };
    let (name, typed) = if path == Path::new("-") {
        let stdin = session.look.text("cli.import.stdin");
        (stdin.clone(), stdin)
    } else {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        (name, path.display().to_string())
    };
    let bytes = bytes_of(path, &typed, &session.look)?;
    let even_damaged = matches.get_flag("even-damaged");
    let report = taking(session, &session.library()?, move |engine, watch| {
        let report = engine.import_watched(&name, &bytes, even_damaged, watch);
        // Of three files of one name, the path says which one it is.
        report.map_err(|problem| if names_file(&problem) { problem.with("file", typed) } else { problem })
    })?;
    if let Some(people) = &report.contacts {
        session.give(&report, |look| super::contacts::imported(people, look, session.verbose > 0))?;
        return Ok(Exit::Done);
    }
    session.give(&report, |look| page(&report, look, session.verbose > 0, path))?;
    // Nothing was done, and whoever called must not believe that it was.
    Ok(if report.offered { Exit::Input } else { Exit::Done })
}

fn names_file(problem: &Problem) -> bool {
    problem.detail.values.contains_key("file")
}

pub(super) fn bytes_of(path: &Path, name: &str, look: &Look) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(READ_AT_MOST + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(READ_AT_MOST + 1).read_to_end(&mut bytes))
    };
    let detail = |key: &str| Phrase::new(key).with("file", name);
    match read {
        Ok(length) if length as u64 > READ_AT_MOST => {
            let size = detail("problem.file_too_large.huge").with("size", (READ_AT_MOST >> 20) as f64);
            Err(Failure::new(Code::FileTooLarge, size))
        }
        Ok(_) => Ok(bytes),
        Err(error) => Err(Failure::new(
            Code::FileUnreadable,
            detail("problem.file_unreadable").with("detail", failure::system(&error, look.language)),
        )),
    }
}

fn page(report: &ImportReport, look: &Look, verbose: bool, path: &Path) -> String {
    let mut sheet = Sheet::new(look);
    sheet.paragraph(0, Ink::Strong, &read_as(report, look));
    if let Some(partial) = &report.partial {
        sheet.paragraph(0, Ink::Red, &look.say(partial));
    }
    let count = |key: &str, length: usize| look.count(key, u32::try_from(length).unwrap_or(u32::MAX));
    let mut counts =
        vec![count(if report.offered { "cli.import.offered" } else { "cli.import.added" }, report.added.len())];
    if !report.already.is_empty() {
        counts.push(count("cli.import.already", report.already.len()));
    }
    if report.repeated > 0 {
        counts.push(look.count("cli.import.repeated", report.repeated));
    }
    if !report.skipped.is_empty() {
        counts.push(count("cli.import.skipped", report.lines_skipped()));
    }
    sheet.paragraph(0, Ink::Plain, &format!("{}.", counts.join(", ")));
    if report.passwords_lost > 0 {
        sheet.paragraph(0, Ink::Red, &look.count("cli.import.passwords", report.passwords_lost));
    }
    if verbose {
        report.added.iter().for_each(|source| added(&mut sheet, source));
    }
    let listed = if verbose { usize::MAX } else { LISTED_FLAWS };
    report.skipped.iter().take(listed).for_each(|skipped| flaw(&mut sheet, look, skipped));
    if report.skipped.len() > listed {
        sheet.paragraph(2, Ink::Faint, &count("cli.import.more_flaws", report.lines_skipped() - listed));
    }
    if report.offered {
        let command = format!("import --even-damaged {}", quoted(&path.display().to_string()));
        sheet.line(&[(Ink::Strong, &look.hint("cli.import.offer", &command))]);
    } else if !report.added.is_empty() {
        sheet.line(&[(Ink::Faint, &look.hint("cli.import.next", "refresh"))]);
    }
    way_back(&mut sheet, report.import, look);
    sheet.done()
}

/// How what came is taken back.
pub(super) fn way_back(sheet: &mut Sheet<'_>, import: Option<ImportId>, look: &Look) {
    if let Some(import) = import {
        sheet.line(&[(Ink::Faint, &look.hint("cli.import.undo", &format!("import --undo {import}")))]);
    }
}

fn read_as(report: &ImportReport, look: &Look) -> String {
    let label = Phrase::new(format!("dialect.{}", report.dialect));
    let dialect = if look.language.knows(&label) { look.say(&label) } else { report.dialect.clone() };
    let key = if report.origin.is_some() { "cli.import.read_as_from" } else { "cli.import.read_as" };
    let phrase = Phrase::new(key)
        .with("file", report.file.as_str())
        .with("dialect", dialect)
        .with("origin", report.origin.as_deref().unwrap_or_default());
    look.say(&phrase)
}

fn added(sheet: &mut Sheet<'_>, source: &ImportedSource) {
    let folders: Vec<String> = source.folders.iter().map(|folder| follow::path(folder)).collect();
    let folders = if folders.is_empty() { String::new() } else { format!(" ({})", folders.join(", ")) };
    sheet.hanging("  + ", Ink::Plain, &format!("{} — {}{folders}", source.title, source.address));
}

pub(crate) fn flaw(sheet: &mut Sheet<'_>, look: &Look, flaw: &FlawView) {
    let why = look.told(&flaw.why);
    let key = match (flaw.line, flaw.subject.is_empty()) {
        (Some(_), false) => "cli.import.flaw",
        (Some(_), true) => "cli.import.flaw_bare",
        (None, false) => "cli.import.flaw_anywhere",
        (None, true) => return sheet.hanging("  - ", Ink::Plain, &why),
    };
    let phrase = Phrase::new(key)
        .with("line", flaw.line.map(|line| line.to_string()).unwrap_or_default())
        .with("subject", flaw.subject.as_str())
        .with("why", why);
    sheet.hanging("  - ", Ink::Plain, &look.say(&phrase));
}

#[cfg(test)]
mod tests {
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    fn report(skipped: usize) -> ImportReport {
        let source = |title: &str| ImportedSource {
            line: 3,
            title: title.to_owned(),
            address: "https://example.org/feed".to_owned(),
            folders: vec![vec!["News".to_owned(), "Tech".to_owned()]],
        };
        let flaw = |line: usize| FlawView {
            line: u32::try_from(line).ok(),
            subject: "javascript:alert(1)\u{1b}[2J".to_owned(),
            why: Phrase::new("only http is followed"),
        };
        ImportReport {
            file: "list.opml".to_owned(),
            dialect: "no_such_dialect".to_owned(),
            origin: Some("Feedly".to_owned()),
            added: vec![source("Bees"), source("Wasps")],
            already: vec![source("Ants")],
            repeated: 0,
            skipped: (1..=skipped).map(flaw).collect(),
            passwords_lost: 0,
            partial: None,
            offered: false,
            import: Some(ImportId(7)),
            contacts: None,
        }
    }

    #[test]
    fn the_report_counts_and_names_what_was_skipped() {
        let mut twice = report(1);
        twice.repeated = 207;
        assert_eq!(
            page(&twice, &look(Language::English), false, Path::new("x/list.opml")),
            "\
list.opml: no_such_dialect, from Feedly
2 sources added, 1 already followed, 207 listed twice, 1 skipped.
  - line 1: javascript:alert(1)[2J — only http is followed
To ask the sources: pepites refresh
To take it back: pepites import --undo 7
"
        );
        let verbose = page(&report(0), &look(Language::French), true, Path::new("x"));
        assert!(
            verbose.contains("2 sources ajoutées, 1 déjà suivie.\n  + Bees — https://example.org/feed (News / Tech)\n")
        );
    }

    #[test]
    fn a_long_list_of_skipped_lines_is_counted() {
        let shown = page(&report(LISTED_FLAWS + 3), &look(Language::English), false, Path::new("x"));
        assert_eq!(shown.matches("  - line").count(), LISTED_FLAWS);
        assert!(shown.contains("  and 3 more: -v lists them all\n"), "{shown}");
    }

    #[test]
    fn a_line_without_a_subject_is_named_by_its_number_alone() {
        let mut report = report(0);
        let flaw = |line, why: Phrase| FlawView { line, subject: String::new(), why };
        let more = Phrase::new("flaw.more").with("count", 25_u32);
        report.skipped = vec![flaw(Some(2), Phrase::new("flaw.no_address")), flaw(None, more)];
        let shown = page(&report, &look(Language::English), false, Path::new("x"));
        assert!(
            shown.contains("26 skipped.\n  - line 2: It has no feed address.\n  - 25 more lines were skipped.\n"),
            "{shown}"
        );
    }

    #[test]
    fn a_damaged_file_is_offered_not_taken() {
        let mut report = report(0);
        report.offered = true;
        report.import = None;
        report.partial = Some(Phrase::new("the file ends early"));
        let shown = page(&report, &look(Language::English), false, Path::new("x/list.opml"));
        assert!(shown.contains("the file ends early\n2 sources could be read, 1 already followed.\n"), "{shown}");
        assert!(shown.ends_with("To take what could be read: pepites import --even-damaged x/list.opml\n"), "{shown}");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let Err(Failure::Problem { problem, exit }) =
            bytes_of(Path::new("no/such/file"), "file", &look(Language::French))
        else {
            panic!("it was read")
        };
        assert_eq!((problem.code, exit), (Code::FileUnreadable, Exit::Input));
        assert_eq!(failure::sentence(&problem, Language::French), "Impossible de lire file\u{a0}: il n’existe pas.");
    }
}
