//! Takes a search that was understood, gives what the library is asked: an expression for the full-text index, and
//! conditions on the posts themselves. What was typed is a parameter or folded words, never SQL.

use std::collections::BTreeSet;

use pepites_core::{
    model::{RuleId, Source, SourceId},
    search::{Medium, Named, Search, State, Term, Want, named},
};
use rusqlite::types::Value;

/// Sets of posts that the index of words is crossed with first: they are small beside a word that is everywhere.
const OF_SOURCES: &str = "SELECT id FROM posts WHERE source IN (SELECT value FROM json_each(?))";
const FILED: &str = "SELECT post FROM filed WHERE rule IN (SELECT value FROM json_each(?))";
const STARRED: &str = "SELECT post FROM marks WHERE starred IS NOT NULL";
const NUGGETS: &str = "SELECT face FROM digest_entries WHERE nugget = 1";
const SINCE: &str = "SELECT id FROM posts WHERE published >= ?";

/// What the library is asked. In its conditions `{POST}` stands for the number of the post.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    /// What the full-text index must find; None: it is not asked.
    pub(super) words: Option<String>,
    /// By words that are ranked: more than a name or a tag is asked for.
    pub(super) ranked: bool,
    /// Conditions on `posts` and `marks`, one after the other with their values.
    pub(super) conditions: Vec<(String, Vec<Value>)>,
}

impl Sieve {
    /// None: there is nothing to look for. `filing`: the rules that put posts into folders, each with its folder.
    pub(super) fn of(search: &Search, sources: &[Source], filing: &[(RuleId, Vec<String>)]) -> Option<Self> {
        if search.is_empty() {
            return None;
        }
        let mut sieve = Self { ranked: search.terms().next().is_some(), ..Self::default() };
        sieve.ask_words(search);
        sieve.ask_sources(search, sources, filing);
        sieve.ask_languages(search);
        for piece in &search.pieces {
            sieve.ask_one(&piece.want, piece.not);
        }
        Some(sieve)
    }

    fn ask_words(&mut self, search: &Search) {
        let (mut all, mut people, mut none) = (Vec::new(), Vec::new(), Vec::new());
        for piece in &search.pieces {
            let (column, term) = match &piece.want {
                Want::Words(term) => ("", term),
                Want::Person(term) => ("author : ", term),
                Want::Tag(term) => ("tags : ", term),
                _ => continue,
            };
            let said = format!("{column}{}", expression(term));
            match (piece.not, &piece.want) {
                (true, _) => none.push(said),
                (false, Want::Person(_)) => people.push(said),
                (false, _) => all.push(said),
            }
        }
        if !people.is_empty() {
            // Nobody is two people: either of them.
            all.push(format!("({})", people.join(" OR ")));
        }
        let (with, without) = (all.join(" AND "), none.join(" OR "));
        match (all.is_empty(), none.is_empty()) {
            (true, true) => {}
            (true, false) => {
                let not = "posts.id NOT IN (SELECT rowid FROM post_words WHERE post_words MATCH ?)";
                self.ask(not, vec![Value::Text(without)]);
            }
            (false, true) => self.words = Some(with),
            (false, false) => self.words = Some(format!("({with}) NOT ({without})")),
        }
    }

    /// Two sources, or two folders: either; a source and a folder: both.
    fn ask_sources(&mut self, search: &Search, sources: &[Source], filing: &[(RuleId, Vec<String>)]) {
        let folders: Vec<Vec<String>> = filing.iter().map(|(_, path)| path.clone()).collect();
        let mut of: [Option<Among>; 2] = [None, None];
        let mut none = Among::default();
        for piece in &search.pieces {
            let Some(found) = named(&piece.want, sources, &folders) else { continue };
            let [source, folder] = &mut of;
            let asked = if matches!(piece.want, Want::Source(_)) { source } else { folder };
            if piece.not { &mut none } else { asked.get_or_insert_default() }.add(found, filing);
        }
        for wanted in of.into_iter().flatten() {
            if wanted.rules.is_empty() {
                self.ask(&among(OF_SOURCES), vec![wanted.sources()]);
            } else {
                self.ask(&among(&format!("{OF_SOURCES} UNION {FILED}")), vec![wanted.sources(), wanted.rules()]);
            }
        }
        if !none.sources.is_empty() {
            self.ask("posts.source NOT IN (SELECT value FROM json_each(?))", vec![none.sources()]);
        }
        if !none.rules.is_empty() {
            self.ask(&format!("posts.id NOT IN ({FILED})"), vec![none.rules()]);
        }
    }

    /// Nothing is in two languages: either of them.
    fn ask_languages(&mut self, search: &Search) {
        let code = |not| {
            let of = search.pieces.iter().filter(move |piece| piece.not == not);
            of.filter_map(|piece| if let Want::Language(code) = &piece.want { Some(code) } else { None })
        };
        let list = |not| Value::Text(serde_json::json!(code(not).collect::<Vec<_>>()).to_string());
        if code(false).next().is_some() {
            self.ask("posts.language IN (SELECT value FROM json_each(?))", vec![list(false)]);
        }
        if code(true).next().is_some() {
            let not = "(posts.language IS NULL OR posts.language NOT IN (SELECT value FROM json_each(?)))";
            self.ask(not, vec![list(true)]);
        }
    }

    fn ask_one(&mut self, want: &Want, not: bool) {
        let (condition, values) = match want {
            Want::Before(moment) => ("posts.published < ?".to_owned(), vec![Value::Integer(moment.0)]),
            // Of what is recent there is little: it is looked up, and not in what a common word finds.
            Want::After(moment) => (among(SINCE), vec![Value::Integer(moment.0)]),
            Want::Is(state) => (is(*state), Vec::new()),
            Want::Has(medium) => (has(*medium), Vec::new()),
            Want::Words(_) | Want::Person(_) | Want::Tag(_) | Want::Source(_) | Want::Folder(_) | Want::Language(_) => {
                return;
            }
        };
        let condition = if not { format!("NOT ({condition})") } else { condition };
        self.ask(&condition, values);
    }

    fn ask(&mut self, condition: &str, values: Vec<Value>) {
        self.conditions.push((condition.to_owned(), values));
    }
}

fn among(set: &str) -> String {
    format!("{{POST}} IN ({set})")
}

/// Posts of these sources, and those that these rules put into a folder.
#[derive(Default)]
struct Among {
    sources: BTreeSet<SourceId>,
    rules: BTreeSet<RuleId>,
}

impl Among {
    fn add(&mut self, found: Named, filing: &[(RuleId, Vec<String>)]) {
        self.sources.extend(found.sources);
        self.rules.extend(found.filed.into_iter().filter_map(|at| filing.get(at)).map(|(rule, _)| *rule));
    }

    fn sources(&self) -> Value {
        ids(self.sources.iter().map(|id| id.0))
    }

    fn rules(&self) -> Value {
        ids(self.rules.iter().map(|id| id.0))
    }
}

fn ids(all: impl Iterator<Item = i64>) -> Value {
    Value::Text(serde_json::json!(all.collect::<Vec<_>>()).to_string())
}

fn is(state: State) -> String {
    match state {
        State::Starred => among(STARRED),
        State::Nugget => among(NUGGETS),
        State::Unread => "marks.read IS NULL AND marks.skipped IS NULL AND marks.relay IS NULL".to_owned(),
        State::Read => "marks.read IS NOT NULL".to_owned(),
        State::Shared => "marks.shared IS NOT NULL".to_owned(),
        State::Skipped => "marks.skipped IS NOT NULL".to_owned(),
        State::Later => "marks.put_off IS NOT NULL".to_owned(),
    }
}

fn has(medium: Medium) -> String {
    let of = |kind: &str| {
        format!("(posts.enclosures <> '[]' AND instr(lower(posts.enclosures), '\"media_type\":\"{kind}/') > 0)")
    };
    match medium {
        Medium::Audio => of("audio"),
        Medium::Video => of("video"),
        // In its text, or attached.
        Medium::Picture => format!("posts.illustrated AND (posts.enclosures = '[]' OR {})", of("image")),
    }
}

/// Words hold letters and digits only: nothing in them can be taken for an operator.
pub(super) fn expression(term: &Term) -> String {
    format!("\"{}\"{}", term.words.join(" "), if term.prefix { " *" } else { "" })
}
