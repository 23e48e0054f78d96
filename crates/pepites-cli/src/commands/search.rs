//! Takes words and filters, gives one line for every post that they fit. Nothing else ever stands on the standard output.

use clap::{ArgAction, ArgMatches, Command, value_parser};
use pepites_core::{model::Phrase, search::Sort};
use pepites_engine::contract::{HitView, KeepSearchAsk};

use super::{Entry, posts};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "search", arguments, run };

/// Lines, unless `--limit` says otherwise. `help.search.limit` names it.
const DEFAULT_LIMIT: u32 = 50;

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("words", "words").required(true).action(ArgAction::Append).num_args(1..))
        .arg(words.option("limit", "number").value_parser(value_parser!(u32).range(1..)))
        .arg(words.option("sort", "order").value_parser(Sort::ALL.map(Sort::name)).hide_possible_values(true))
        .arg(words.option("keep", "name"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let words: Vec<&str> = matches.get_many::<String>("words").unwrap_or_default().map(String::as_str).collect();
    let words = words.join(" ");
    let limit = matches.get_one::<u32>("limit").copied().unwrap_or(DEFAULT_LIMIT);
    let engine = session.library()?;
    let typed = matches.get_one::<String>("sort").map(String::as_str);
    let sort = Sort::ALL.into_iter().find(|sort| Some(sort.name()) == typed).unwrap_or_default();
    let hits = engine.search_by(&words, sort, limit, 0)?;
    session.give(&hits, |look| page(&hits, look))?;
    if posts::is_cut(hits.len(), limit) {
        posts::tell_more(session, hits.len(), || engine.hits(&words))?;
    }
    for doubt in engine.doubts(&words)? {
        session.note(&session.look.say(&doubt));
    }
    if let Some(name) = matches.get_one::<String>("keep") {
        let ask = KeepSearchAsk { id: None, name: name.clone(), words: words.clone(), section: false };
        let kept = engine.keep_search(&ask)?;
        session.note(&session.look.say(&Phrase::new("cli.search.kept").with("name", kept.name)));
    }
    if hits.is_empty() {
        session.note(&session.look.say(&Phrase::new("cli.search.none").with("words", words)));
    }
    Ok(Exit::Done)
}

fn page(hits: &[HitView], look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let width = posts::number_width(hits.iter().map(|hit| &hit.line));
    for hit in hits {
        let mut more = Vec::new();
        let snippet = hit.snippet.trim();
        if !snippet.is_empty() {
            more.push((Ink::Plain, " — "));
            more.extend(matched(snippet, Ink::Plain));
        }
        let title = matched(&hit.title, posts::title_ink(&hit.line));
        posts::row_titled(&mut sheet, look, width, &hit.line, &title, &more);
    }
    sheet.done()
}

/// The text in pieces: what stands between U+E000 and U+E001 matched, the rest is in that ink.
fn matched(snippet: &str, ink: Ink) -> Vec<(Ink, &str)> {
    let mut pieces = Vec::new();
    let mut rest = snippet;
    while let Some((before, after)) = rest.split_once('\u{e000}') {
        let (hit, following) = after.split_once('\u{e001}').unwrap_or((after, ""));
        pieces.push((ink, before));
        pieces.push((Ink::Gold, hit));
        rest = following;
    }
    pieces.push((ink, rest));
    pieces
}

#[cfg(test)]
mod tests {
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    fn hit(id: i64, title: &str, snippet: &str) -> HitView {
        let line = posts::tests::post(id, &title.replace(['\u{e000}', '\u{e001}'], ""), "Source");
        HitView { line, title: title.to_owned(), snippet: snippet.to_owned() }
    }

    #[test]
    fn a_hit_is_one_line_and_there_is_no_header() {
        let hits = [hit(12, "Swarms", "the \u{e000}queen\u{e001}\nbee"), hit(3, "Plain", " ")];
        for language in Language::ALL {
            assert_eq!(
                page(&hits, &look(language)),
                "12  2026-11-23  Swarms — Source — the queen bee\n 3  2026-11-23  Plain — Source\n"
            );
        }
        assert_eq!(page(&[], &look(Language::English)), "");
    }

    #[test]
    fn matches_shine_and_hostile_text_does_not() {
        let mut look = look(Language::English);
        look.colour = true;
        let shown = page(&[hit(1, "a\u{1b}[2J", "b \u{e000}c\u{1b}c\u{e001} d\u{e000}open")], &look);
        assert_eq!(
            shown,
            "\u{1b}[2m1  \u{1b}[0m\u{1b}[2m2026-11-23  \u{1b}[0m\u{1b}[1ma[2J\u{1b}[0m — Source — b \u{1b}[33mcc\u{1b}[0m d\u{1b}[33mopen\u{1b}[0m\n"
        );
        let shown = page(&[hit(1, "The \u{e000}queen\u{e001} bee", "")], &look);
        assert!(shown.contains("\u{1b}[1mThe \u{1b}[0m\u{1b}[33mqueen\u{1b}[0m\u{1b}[1m bee\u{1b}[0m"), "{shown:?}");
    }
}
