//! Takes numbers of posts, prints them as text and marks them read. Prints nothing that a terminal would obey.

use clap::{ArgMatches, Command};
use pepites_core::model::Enclosure;
use pepites_engine::{
    Engine,
    contract::{Code, MarkView, PostLine, PostView, Problem, StoryView, TellingView},
};
use tokio::runtime::Runtime;

use super::{Entry, mark, posts, relays};
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "read", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    mark::arguments(command, words).arg(words.flag("full").conflicts_with("undo"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    if matches.get_flag("undo") {
        return mark::run(session, matches, MarkView::Read);
    }
    let full = matches.get_flag("full");
    let (engine, runtime) = (session.online()?, session.runtime()?);
    let look = Look { words_per_minute: engine.settings()?.words_per_minute, ..session.look.clone() };
    let (mut opened, mut missing, mut trouble) = (Vec::new(), 0_usize, None);
    for id in mark::numbers(matches) {
        match engine.open_post(id) {
            Ok(mut post) => {
                if (full || post.wants_full)
                    && let Err(problem) = in_full(&runtime, &engine, &mut post)
                {
                    // Who asked for it is told by the ending too; else the feed's text is what was asked for.
                    trouble = trouble.or(full.then_some(Exit::InPart));
                    session.tell(&problem);
                }
                // At once: what comes after it may fail, and it is marked read by now.
                if !session.json {
                    let story = engine.story(id)?;
                    session.write(&page(&post, &story, opened.is_empty(), &look))?;
                }
                if let Some(problem) = &post.unmarked {
                    trouble = Some(Exit::of(problem.code));
                    session.tell(problem);
                }
                opened.push(post);
            }
            Err(problem) if problem.code == Code::Missing => {
                missing += 1;
                session.tell(&mark::missing(id));
            }
            Err(problem) => {
                trouble = Some(Exit::of(problem.code));
                session.tell(&problem);
            }
        }
    }
    if session.json {
        session.give(&opened, |_| String::new())?;
    }
    Ok(match (trouble, opened.is_empty(), missing) {
        (Some(exit), ..) => exit,
        (None, true, _) => Exit::Input,
        (None, false, 0) => Exit::Done,
        (None, false, _) => Exit::InPart,
    })
}

/// Puts the full text in the place of the feed's.
fn in_full(runtime: &Runtime, engine: &Engine, post: &mut PostView) -> Result<(), Problem> {
    let text = runtime.block_on(engine.full_text(post.line.post))?;
    post.html = text.html;
    post.line.words = text.words;
    post.is_full = true;
    Ok(())
}

/// One post, below the one before it.
fn page(post: &PostView, told: &StoryView, first: bool, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if !first {
        sheet.blank();
        sheet.line(&[(Ink::Faint, &"─".repeat(look.width))]);
        sheet.blank();
    }
    one(&mut sheet, post, look);
    story(&mut sheet, post, told, look);
    sheet.done()
}

fn one(sheet: &mut Sheet<'_>, post: &PostView, look: &Look) {
    let line = &post.line;
    if !line.untitled {
        sheet.paragraph(0, Ink::Strong, &line.title);
    }
    let seconds = pepites_core::digest::seconds(line.words, look.words_per_minute);
    sheet.paragraph(0, Ink::Faint, &posts::around(look, line, seconds));
    if let Some(link) = &line.link {
        sheet.line(&[(Ink::Faint, link)]);
    }
    sheet.blank();
    let page = crate::page::read(post.html.as_str(), &look.text("page.picture"));
    for block in &page.blocks {
        if !block.close {
            sheet.blank();
        }
        body(sheet, block);
    }
    list(sheet, page.links.iter().enumerate().map(|(place, link)| (format!("[{}] ", place + 1), link.clone())));
    if !post.enclosures.is_empty() {
        sheet.blank();
        sheet.line(&[(Ink::Faint, &look.text("page.attached"))]);
        list(sheet, post.enclosures.iter().map(|file| ("• ".to_owned(), attached(file, look))));
    }
}

/// Who else tells it: the same text is named once, with where it stands; then what it goes on with.
fn story(sheet: &mut Sheet<'_>, post: &PostView, view: &StoryView, look: &Look) {
    let has = |telling: &&TellingView| {
        std::iter::once(&telling.line).chain(&telling.also).any(|line| line.post == post.line.post)
    };
    let own = view.tellings.iter().find(has);
    let others: Vec<&TellingView> = view.tellings.iter().filter(|telling| !has(telling)).collect();
    let copies: Vec<PostLine> = own.map_or_else(Vec::new, |own| {
        let all = std::iter::once(&own.line).chain(&own.also);
        all.filter(|line| line.post != post.line.post).cloned().collect()
    });
    if !copies.is_empty() {
        sheet.blank();
        sheet.paragraph(0, Ink::Faint, &relays::also(look, &copies));
    }
    if !others.is_empty() {
        sheet.blank();
        sheet.line(&[(Ink::Faint, &look.text("page.relays"))]);
        for TellingView { line, also, .. } in others {
            let mut said = format!("{} — {}", line.title, line.source_title);
            if !also.is_empty() {
                said = format!("{said} ({})", relays::also(look, also));
            }
            sheet.hanging(&format!("{}  ", line.post), Ink::Plain, &said);
        }
        sheet.line(&[(Ink::Faint, &look.hint("cli.read.relays", &format!("relays {}", post.line.post)))]);
    }
    relays::course(sheet, look, view);
}

/// A file, with what its source says of it.
fn attached(file: &Enclosure, look: &Look) -> String {
    let facts = [
        file.media_type.clone(),
        file.bytes.map(|bytes| look.language.size(bytes)),
        file.seconds.map(|seconds| look.language.reading_time(seconds)),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    if facts.is_empty() { file.url.clone() } else { format!("{} ({})", file.url, facts.join(", ")) }
}

fn body(sheet: &mut Sheet<'_>, block: &crate::page::Block) {
    let ink = if block.heading { Ink::Strong } else { Ink::Plain };
    let quoted = block.before.contains('│');
    let later = if quoted { block.before.clone() } else { " ".repeat(block.before.chars().count()) };
    for (place, line) in block.text.split('\n').enumerate() {
        let before = if place == 0 { &block.before } else { &later };
        if block.verbatim {
            let line = line.replace('\t', "    ");
            sheet.line(&[(Ink::Faint, before), (Ink::Plain, &line)]);
        } else {
            sheet.hanging(before, ink, line);
        }
    }
}

fn list(sheet: &mut Sheet<'_>, lines: impl Iterator<Item = (String, String)>) {
    for (place, (before, line)) in lines.enumerate() {
        if place == 0 {
            sheet.blank();
        }
        sheet.hanging(&before, Ink::Faint, &line);
    }
}

#[cfg(test)]
mod tests {
    use pepites_core::model::{PostId, SafeHtml};
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    fn post(html: &str) -> PostView {
        PostView {
            line: posts::tests::post(12, "How swarms choose", "The bee paper"),
            portrait: None,
            html: SafeHtml::from_library(html.to_owned()),
            language: None,
            tags: Vec::new(),
            enclosures: Vec::new(),
            relays: Vec::new(),
            unmarked: None,
            wants_full: false,
            is_full: false,
        }
    }

    /// Its story: itself, told by another too.
    fn told() -> StoryView {
        let telling = |line: PostLine| TellingView { line, also: Vec::new(), adds: None, is_new: false };
        let tellings = vec![
            telling(posts::tests::post(12, "How swarms choose", "The bee paper")),
            telling(posts::tests::post(14, "Swarms choose", "Daily")),
        ];
        StoryView { face: PostId(12), tellings, earlier: Vec::new(), later: Vec::new() }
    }

    #[test]
    fn a_post_is_printed_to_be_read() {
        let html = "<p>Scouts <a href=\"https://e.org/d\">dance</a>.</p><ul><li>one</li><li>two</li></ul>\
                    <blockquote><p>said the keeper<br>twice</p></blockquote><pre>a\tb\n  c</pre>";
        assert_eq!(
            page(&post(html), &told(), true, &look(Language::English)),
            "\
How swarms choose
The bee paper · 3 h ago · 1 min
https://example.org/12

Scouts dance\u{a0}[1].

• one
• two

│ said the keeper
│ twice

a    b
  c

[1] https://e.org/d

Also told by
14  Swarms choose — Daily
What each adds: pepites relays 12
"
        );
    }

    #[test]
    fn attached_files_are_listed_with_their_type_size_and_length() {
        let url = "https://example.org/1.mp3".to_owned();
        let file = Enclosure { url, media_type: None, bytes: None, seconds: None };
        let whole = Enclosure {
            media_type: Some("audio/mpeg".to_owned()),
            bytes: Some(24_986_239),
            seconds: Some(3_723),
            ..file.clone()
        };
        for (file, english, french) in [
            (whole, " (audio/mpeg, 25 MB, 63 min)", " (audio/mpeg, 25\u{a0}Mo, 63\u{a0}min)"),
            (Enclosure { seconds: Some(59), ..file.clone() }, " (1 min)", " (1\u{a0}min)"),
            (file, "", ""),
        ] {
            for (language, facts) in [(Language::English, english), (Language::French, french)] {
                let post = PostView { enclosures: vec![file.clone()], ..post("<p>x</p>") };
                let shown = page(&post, &told(), true, &look(language));
                let line = format!("\n\n• https://example.org/1.mp3{facts}\n");
                assert!(shown.contains(&line), "{shown:?} has no {line:?}");
            }
        }
    }

    #[test]
    fn several_posts_stand_apart_and_nothing_in_them_is_obeyed() {
        let html = "<p>x\u{1b}[2J\u{9b}1m\u{202e}</p><pre>\u{1b}c\r</pre>";
        let french = look(Language::French);
        let shown = page(&post(html), &told(), true, &french) + &page(&post(html), &told(), false, &french);
        assert!(!shown.chars().any(|c| c != '\n' && crate::clean::is_hostile(c)), "{shown:?}");
        assert_eq!(shown.matches(&"─".repeat(80)).count(), 1);
        assert!(shown.contains("Aussi raconté par\n"));
    }
}
