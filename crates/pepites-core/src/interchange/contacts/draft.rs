//! Takes what a dialect finds of one person field by field, gives a card: addresses checked, repeated ones once, all
//! bounded. Never drops a cell that meant to be an address without a flaw that names its line.

use super::{Book, Card, MOST_CARDS, Place, Said, mentions};
use crate::{
    interchange::{
        address::{self, Likeness},
        clean,
    },
    model::{Flaw, Phrase},
};

/// Past this many flaws a report is no help; the rest are counted.
const MOST_FLAWS: usize = 2_000;
/// A flaw's subject is shown in a list.
const SUBJECT_CHARS: usize = 120;
/// No person has more addresses, or groups.
const MOST_EACH: usize = 64;
/// Notes are kept to find addresses in, and to be shown: a book in a cell is no note.
const LONGEST_NOTE: usize = 4_000;
/// All text of all cards, in bytes: 100,000 full rows have a tenth of the largest file that is read.
const MOST_TEXT: usize = 24 << 20;

/// The network that a field is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Network {
    Mastodon,
    Bluesky,
    X,
    /// The field is for accounts, of which network it does not say.
    Some,
}

impl Network {
    /// What a label means (`Mastodon`, `bsky`, `twitter`).
    pub(super) fn of(label: &str) -> Option<Self> {
        let label = clean::plain(label);
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        if has(&["mastodon", "fediver", "activitypub"]) {
            Some(Self::Mastodon)
        } else if has(&["bluesky", "bsky"]) {
            Some(Self::Bluesky)
        } else if has(&["twitter"]) || label == "x" {
            Some(Self::X)
        } else {
            None
        }
    }
}

/// A book in the making.
#[derive(Default)]
pub(super) struct Gather {
    book: Book,
    more_flaws: usize,
    text: usize,
    full: bool,
}

impl Gather {
    /// A person who begins on that line.
    pub(super) fn draft(&mut self, row: u32) -> Draft<'_> {
        Draft { gather: self, card: Card { row, ..Card::default() }, others: Vec::new(), tried: false }
    }

    /// Nothing more is taken: the file says more people than anyone knows.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// Skips something, and says why.
    pub(super) fn skip(&mut self, line: u32, subject: &str, why: Phrase) {
        if self.book.flaws.len() >= MOST_FLAWS {
            self.more_flaws += 1;
            return;
        }
        // Only the beginning is cleaned: a subject can be a line of ten megabytes.
        let beginning: String = subject.trim_start().chars().take(SUBJECT_CHARS).collect();
        self.book.flaws.push(Flaw { line: Some(line), subject: clean::name(&beginning).unwrap_or_default(), why });
    }

    /// The file is damaged from that line on.
    pub(super) fn damaged(&mut self, line: u32, why: Phrase) {
        if self.book.partial.is_none() {
            self.book.partial = Some(Flaw { line: Some(line), subject: String::new(), why: why.with("line", line) });
        }
    }

    pub(super) fn finish(mut self) -> Book {
        if self.more_flaws > 0 {
            let why = Phrase::new("flaw.more").with("count", self.more_flaws);
            self.book.flaws.push(Flaw { line: None, subject: String::new(), why });
        }
        self.book
    }

    fn take(&mut self, mut card: Card) {
        // A list that grew has room for four: of 150,000 cards that is a fifth of what they take.
        card.emails.shrink_to_fit();
        card.said.shrink_to_fit();
        card.groups.shrink_to_fit();
        let strings = card.emails.iter().chain(&card.groups).chain(card.said.iter().map(|said| &said.text));
        let strings = strings.chain(&card.name).chain(&card.notes).chain(&card.organisation);
        let text: usize = strings.map(String::len).sum();
        if self.book.cards.len() >= MOST_CARDS || self.text + text > MOST_TEXT {
            self.full = true;
            return self.damaged(card.row, Phrase::new("flaw.people_many").with("count", self.book.cards.len()));
        }
        self.text += text;
        self.book.cards.push(card);
    }
}

/// One person in the making.
pub(super) struct Draft<'a> {
    gather: &'a mut Gather,
    card: Card,
    /// Names that are taken when there is no better one, the best first.
    others: Vec<String>,
    /// A cell was meant to be an address.
    tried: bool,
}

impl Draft<'_> {
    /// The whole name; the first one given stays.
    pub(super) fn name(&mut self, raw: &str) {
        let Some(name) = clean::name(raw) else { return };
        if is_formula(&name) {
            return self.flaw(raw, "flaw.formula");
        }
        self.card.name.get_or_insert(name);
    }

    /// A name for want of a better one.
    pub(super) fn other_name(&mut self, raw: &str) {
        self.others.extend(clean::name(raw).filter(|name| !is_formula(name)));
    }

    /// Parts of a name, in their order.
    pub(super) fn name_of(&mut self, parts: &[&str]) {
        let parts: Vec<String> = parts.iter().filter_map(|part| clean::name(part)).collect();
        if !parts.is_empty() {
            self.name(&parts.join(" "));
        }
    }

    pub(super) fn organisation(&mut self, raw: &str) {
        let name = clean::name(raw).filter(|name| !is_formula(name));
        self.card.organisation = self.card.organisation.take().or(name);
    }

    pub(super) fn group(&mut self, raw: &str) {
        let Some(name) = clean::name(raw.trim().trim_start_matches("* ")) else { return };
        if self.card.groups.len() < MOST_EACH && !self.card.groups.contains(&name) {
            self.card.groups.push(name);
        }
    }

    pub(super) fn email(&mut self, raw: &str) {
        let text: String = raw.chars().filter(|c| !c.is_control()).take(320).collect();
        let text = text.trim().trim_start_matches('<').trim_end_matches('>');
        let text = ["mailto:", "MAILTO:"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
        // `Ada <ada@example.org>`, as mail programs write it.
        let text = text.rsplit_once('<').map_or(text, |(_, rest)| rest).trim();
        if text.is_empty() {
            return;
        }
        self.tried = true;
        if !is_email(text) {
            return self.flaw(raw, if is_formula(text) { "flaw.formula" } else { "flaw.no_mail_address" });
        }
        let known = self.card.emails.iter().any(|email| email.eq_ignore_ascii_case(text));
        if !known && self.card.emails.len() < MOST_EACH {
            self.card.emails.push(text.to_owned());
        }
    }

    /// A site or a profile, of a field for such.
    pub(super) fn url(&mut self, raw: &str, place: Place) {
        // Two sites in one field of Apple's and of hand-made tables.
        if raw.trim().contains(char::is_whitespace) && !is_formula(raw) {
            let found = mentions::in_text(raw);
            if found.is_empty() {
                let why = address::checked(raw).err().unwrap_or_else(|| Phrase::new("flaw.not_an_address"));
                return self.gather.skip(self.card.row, raw, why);
            }
            return found.into_iter().for_each(|found| self.say(found, place));
        }
        if raw.trim().is_empty() {
            return;
        }
        self.tried = true;
        if is_formula(raw) {
            return self.flaw(raw, "flaw.formula");
        }
        match address::checked(&raw.replace("\\:", ":")) {
            Err(why) => self.gather.skip(self.card.row, raw, why),
            Ok(text) if text.starts_with('@') => self.handle(&text, Network::Some),
            Ok(text) => match address::likeness(&text) {
                Likeness::Strong | Likeness::Weak => self.say(text, place),
                Likeness::None => self.flaw(raw, "flaw.not_an_address"),
            },
        }
    }

    /// An account, of a field for such.
    pub(super) fn handle(&mut self, raw: &str, network: Network) {
        let text = raw.trim();
        if text.is_empty() {
            return;
        }
        if is_formula(text) {
            return self.flaw(raw, "flaw.formula");
        }
        if text.contains("://") || text.contains(char::is_whitespace) {
            return self.free(text, Place::Account);
        }
        let bare = text.trim_start_matches("acct:").trim_start_matches('@');
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        match network {
            Network::Mastodon | Network::Some if bare.contains('@') && address::is_account(bare) => {
                self.say(format!("@{bare}"), Place::Account);
            }
            Network::Bluesky | Network::Some if bare.contains('.') && address::likeness(bare) == Likeness::Weak => {
                // What is no account elsewhere: `host/path` is an address.
                let host = bare.chars().all(word);
                let marked = network == Network::Bluesky || text.starts_with('@');
                self.say(if host && marked { format!("@{bare}") } else { bare.to_owned() }, Place::Account);
            }
            Network::X if !bare.is_empty() && bare.chars().all(word) && !bare.contains('.') => {
                self.say(format!("https://x.com/{bare}"), Place::Account);
            }
            Network::Some => {}
            _ if text.contains('.') => self.free(text, Place::Account),
            _ => self.flaw(raw, "flaw.not_an_account"),
        }
    }

    /// Notes: kept, and searched for addresses.
    pub(super) fn note(&mut self, raw: &str) {
        let text: String = raw.chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST_NOTE).collect();
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.free(text, Place::Notes);
        match &mut self.card.notes {
            Some(notes) if notes.len() < LONGEST_NOTE => {
                notes.push('\n');
                notes.push_str(text);
            }
            Some(_) => {}
            None => self.card.notes = Some(text.to_owned()),
        }
    }

    /// Any other text: searched for addresses, not kept.
    pub(super) fn free(&mut self, raw: &str, place: Place) {
        for found in mentions::in_text(raw) {
            self.say(found, place);
        }
    }

    /// The card, unless it says nobody.
    pub(super) fn done(mut self) {
        let someone = |card: &Card| card.name.is_some() || !card.emails.is_empty() || !card.said.is_empty();
        let other = self.others.iter().find(|name| !name.is_empty()).cloned();
        self.card.name = self.card.name.take().or(other).or_else(|| self.card.organisation.clone());
        if someone(&self.card) {
            self.gather.take(self.card);
        } else if !self.tried {
            self.gather.skip(self.card.row, self.card.notes.as_deref().unwrap_or_default(), Phrase::new("flaw.nobody"));
        }
    }

    fn say(&mut self, text: String, place: Place) {
        if let Some(known) = self.card.said.iter_mut().find(|said| said.text.eq_ignore_ascii_case(&text)) {
            known.place = known.place.min(place);
        } else if self.card.said.len() < MOST_EACH {
            self.card.said.push(Said { text, place });
        }
    }

    fn flaw(&mut self, subject: &str, why: &str) {
        self.tried = true;
        self.gather.skip(self.card.row, subject, Phrase::new(why));
    }
}

/// `=HYPERLINK(…)`, `+SUM(…)`: what a spreadsheet would run.
pub(super) fn is_formula(cell: &str) -> bool {
    let cell = cell.trim_start();
    let call = |rest: &str| rest.split_once('(').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '));
    cell.starts_with('=') || cell.strip_prefix(['+', '-', '@']).is_some_and(|rest| call(rest) && !rest.starts_with('('))
}

/// `someone@host.tld`.
pub(super) fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.rsplit_once('@') else { return false };
    let odd =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | '=');
    !user.is_empty()
        && !user.contains(odd)
        && !user.contains('@')
        && host.contains('.')
        && address::likeness(host) == Likeness::Weak
        && !host.contains(['/', ':', '?', '#'])
}
