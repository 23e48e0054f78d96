//! Takes an address, follows what is there; with several things there, lists them to choose from.

use clap::{ArgAction, ArgMatches, Command, value_parser};
use pepites_core::{model::Phrase, text::secret::masked_typed};
use pepites_engine::contract::{AddReport, FoundSource};

use super::{Entry, follow, login};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::{Look, quoted},
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "add", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("address", "address").required(true))
        .arg(words.option("choose", "number").value_parser(value_parser!(u32).range(1..)))
        .arg(words.option("folder", "folder").action(ArgAction::Append))
        .arg(words.option("login", "name").conflicts_with("look"))
        .arg(words.flag("look").conflicts_with_all(["choose", "folder"]))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let address = matches.get_one::<String>("address").map(String::as_str).unwrap_or_default();
    // The reader counts from 1, as the list does.
    let choice = matches.get_one::<u32>("choose").and_then(|place| usize::try_from(place.saturating_sub(1)).ok());
    let folders = follow::folders(matches, "folder");
    let engine = session.online()?;
    if matches.get_flag("look") {
        let report = session.runtime()?.block_on(engine.look_at(address))?;
        session.give(&report, |look| seen(&report, look))?;
        return Ok(Exit::Done);
    }
    let user = matches.get_one::<String>("login").cloned();
    let secret = user.map(|user| login::password(session, user)).transpose()?;
    let report = session.runtime()?.block_on(engine.add_with(address, choice, &folders, secret))?;
    // The day's digest stays as it was made: what came since is in another edition.
    let made = engine.left_today()?.is_some();
    session.give(&report, |look| page(&report, address, made, look))?;
    // With several things there nothing was followed, and whoever called must not believe that it was.
    Ok(if report.added.is_some() || report.already { Exit::Done } else { Exit::Input })
}

/// What is there, with its newest posts.
fn seen(report: &AddReport, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    for found in &report.found {
        sheet.paragraph(0, Ink::Strong, &found.title);
        sheet.paragraph(2, Ink::Plain, &found.address);
        sheet.paragraph(2, Ink::Faint, &facts(found, look));
        for title in &found.sample {
            sheet.hanging("  · ", Ink::Plain, title);
        }
    }
    sheet.done()
}

/// `made`: the day's digest was made before.
fn page(report: &AddReport, address: &str, made: bool, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let address = &*masked_typed(address);
    if let Some(added) = &report.added {
        let key = if report.already { "cli.add.already" } else { "cli.add.added" };
        let phrase = Phrase::new(key)
            .with("title", added.title.as_str())
            .with("address", added.address.as_str())
            .with("id", report.source.map(|id| id.to_string()).unwrap_or_default());
        sheet.paragraph(0, Ink::Plain, &look.say(&phrase));
        let mut next = |key: &str, command: &str| sheet.line(&[(Ink::Faint, &look.hint(key, command))]);
        match report.source {
            // What was found there was kept at once: there is something to read.
            Some(id) if added.posts > 0 => {
                next("cli.add.posts_of", &format!("posts {id}"));
                next("cli.refresh.next", if made { "today --again" } else { "today" });
            }
            _ => next("cli.import.next", "refresh"),
        }
        return sheet.done();
    }
    for (place, found) in report.found.iter().enumerate() {
        let first = format!("  {}  ", place + 1);
        sheet.hanging(&first, Ink::Strong, &found.title);
        sheet.paragraph(first.len(), Ink::Plain, &found.address);
        sheet.paragraph(first.len(), Ink::Faint, &facts(found, look));
    }
    sheet.paragraph(0, Ink::Plain, &look.say(&Phrase::new("cli.add.several").with("address", address)));
    sheet.line(&[(Ink::Plain, &look.hint("cli.add.choose", &format!("add {} --choose 1", quoted(address))))]);
    sheet.done()
}

fn facts(found: &FoundSource, look: &Look) -> String {
    let kind = found.format.clone().unwrap_or_else(|| look.text(&format!("kind.{}", found.kind)));
    let mut facts = vec![kind, look.count("cli.add.posts", found.posts)];
    if let Some(weekly) = found.posts_a_week {
        // A tenth is enough to choose by, and a whole number reads better above ten.
        let rounded = if weekly < 10.0 { (weekly * 10.0).round() / 10.0 } else { weekly.round() };
        facts.push(look.say(&Phrase::new("cli.add.weekly").with("count", rounded)));
    }
    if let Some(newest) = found.last_post {
        let age = look.language.age(newest, look.now, look.offset_minutes);
        facts.push(look.say(&Phrase::new("cli.add.newest").with("age", age)));
    }
    if found.followed {
        facts.push(look.text("cli.add.followed"));
    }
    facts.join(" · ")
}

#[cfg(test)]
mod tests {
    use pepites_core::model::{Moment, SourceId};
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    fn found(title: &str) -> FoundSource {
        FoundSource {
            portrait: None,
            kind: "feed".to_owned(),
            format: None,
            address: format!("https://example.org/{title}"),
            title: title.to_owned(),
            posts: 20,
            last_post: Some(look(Language::English).now.plus(-2 * Moment::DAY)),
            posts_a_week: Some(2.46),
            sample: Vec::new(),
            followed: false,
        }
    }

    #[test]
    fn several_things_are_listed_with_what_helps_to_choose() {
        let mut comments = found("comments");
        comments.followed = true;
        comments.format = Some("Atom".to_owned());
        let report = AddReport { added: None, source: None, already: false, found: vec![found("posts"), comments] };
        assert_eq!(
            page(&report, "example.org", false, &look(Language::English)),
            "  1  posts
     https://example.org/posts
     Feed · 20 posts · 2.5 posts a week · newest 2 days ago
  2  comments
     https://example.org/comments
     Atom · 20 posts · 2.5 posts a week · newest 2 days ago · followed already
There are several things to follow at example.org; nothing was added.
To choose one: pepites add example.org --choose 1
"
        );
    }

    #[test]
    fn a_password_that_was_typed_is_not_repeated() {
        let found = vec![found("posts"), found("comments")];
        let report = AddReport { added: None, source: None, already: false, found };
        let shown = page(&report, "https://ada:secret@example.org/", false, &look(Language::English));
        assert!(!shown.contains("secret") && shown.contains("https://ada:•••@example.org/"), "{shown}");
    }

    #[test]
    fn what_was_added_is_named_with_its_number() {
        let report = AddReport {
            added: Some(found("a\u{1b}[2J")),
            source: Some(SourceId(12)),
            already: false,
            found: Vec::new(),
        };
        let shown = page(&report, "example.org", false, &look(Language::French));
        assert!(shown.contains("a[2J"), "{shown}");
        assert!(!shown.contains('\u{1b}'), "{shown:?}");
        assert!(shown.contains("numéro 12."), "{shown}");
        assert!(shown.contains("pepites today") && !shown.contains("refresh"), "its posts came with it: {shown}");
        assert!(shown.contains("pepites posts 12") && !shown.contains("--again"), "{shown}");
        let later = page(&report, "example.org", true, &look(Language::English));
        assert!(later.contains("pepites today --again"), "the day's digest is made and stays: {later}");
        let known = FoundSource { posts: 0, ..found("a") };
        let report = AddReport { added: Some(known), source: Some(SourceId(12)), already: true, found: Vec::new() };
        assert!(page(&report, "example.org", false, &look(Language::French)).contains("pepites refresh"));
    }
}
