//! Takes a note, gives its HTML: words, pictures with what they show, a poll; and, apart, what it quotes and the card of
//! its link. Never cleans: `normalise` does. Writes no word of any language.

use super::{Card, Media, Note, Sort};

/// Above pictures whose author hides them without saying why.
const HIDDEN: &str = "⚠";

/// Below a picture that stands for a film.
const PLAYS: &str = "▶";

/// What its author says, folded under their warning.
pub(super) fn body(note: &Note) -> String {
    let mut html = note.html.clone();
    let mute = html.trim().is_empty();
    let media: String = note.media.iter().map(|media| figure(media, mute)).collect();
    let media =
        if note.sensitive && note.warning.is_none() && !media.is_empty() { folded(HIDDEN, &media) } else { media };
    html.push_str(&media);
    html.push_str(&poll(note));
    match &note.warning {
        Some(warning) => folded(warning, &html),
        None => html,
    }
}

/// What is not folded of what its author says; None where nothing is.
pub(super) fn unfolded(note: &Note) -> Option<String> {
    if let Some(warning) = &note.warning {
        return Some(format!("<p>{}</p>", escaped(warning)));
    }
    let folds = note.sensitive && !note.media.is_empty();
    folds
        .then(|| if note.html.trim().is_empty() { format!("<p>{HIDDEN}</p>") } else { note.html.clone() + &poll(note) })
}

/// What is not its author's: what it quotes, what it links to.
pub(super) fn below(note: &Note) -> String {
    let quote = note.quote.as_deref().map(quoted).unwrap_or_default();
    let card = note.card.as_ref().map(card).unwrap_or_default();
    if note.warning.is_some() && !(quote.is_empty() && card.is_empty()) {
        return folded(note.warning.as_deref().unwrap_or(HIDDEN), &format!("{quote}{card}"));
    }
    quote + &card
}

/// Plain text as HTML.
pub(in crate::sources) fn escaped(text: &str) -> String {
    html_escape::encode_text(text).into_owned()
}

/// Escaped text, its blank lines and line breaks kept.
pub(in crate::sources) fn paragraphs(escaped: &str) -> String {
    let text = escaped.replace("\r\n", "\n");
    let whole = text.trim().split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    whole.map(|part| format!("<p>{}</p>", part.replace('\n', "<br>"))).collect()
}

fn attribute(value: &str) -> String {
    html_escape::encode_double_quoted_attribute(value).into_owned()
}

fn link(to: &str, html: &str) -> String {
    format!("<a href=\"{}\">{html}</a>", attribute(to))
}

fn folded(summary: &str, html: &str) -> String {
    format!("<details><summary>{}</summary>{html}</details>", escaped(summary))
}

fn picture(url: &str, alt: Option<&str>) -> String {
    format!("<img src=\"{}\" alt=\"{}\">", attribute(url), attribute(alt.unwrap_or_default()))
}

/// What a film shows is said below it; what a picture shows, where nothing else is said.
fn figure(media: &Media, mute: bool) -> String {
    let url = attribute(&media.url);
    let alt = media.alt.as_deref();
    let shown = match media.sort {
        Sort::Picture => match &media.plays_at {
            Some(page) => link(page, &picture(&media.url, alt)),
            None => picture(&media.url, alt),
        },
        Sort::Film => match &media.poster {
            Some(poster) => format!("<video src=\"{url}\" poster=\"{}\"></video>", attribute(poster)),
            None => format!("<video src=\"{url}\"></video>"),
        },
        Sort::Sound => format!("<audio src=\"{url}\"></audio>"),
    };
    let said = alt.filter(|_| mute || media.sort != Sort::Picture);
    // A still picture of a film is no picture: it says so, and leads to where the film is.
    let plays = media.plays_at.as_ref().map(|page| link(page, PLAYS));
    let said: Vec<String> = plays.into_iter().chain(said.map(escaped)).collect();
    let caption = if said.is_empty() { String::new() } else { format!("<figcaption>{}</figcaption>", said.join(" ")) };
    format!("<figure>{shown}{caption}</figure>")
}

/// Each option with its part of the votes, once the poll is over: while it is open each visit would find others, and
/// call the post edited.
fn poll(note: &Note) -> String {
    if note.poll.is_empty() {
        return String::new();
    }
    let all: u64 = note.poll.iter().filter_map(|(_, votes)| *votes).fold(0, u64::saturating_add);
    let option = |(label, votes): &(String, Option<u64>)| {
        let share = votes.filter(|_| note.poll_over).and_then(|votes| votes.saturating_mul(100).checked_div(all));
        let share = share.map(|share| format!(" — {share} %")).unwrap_or_default();
        format!("<li>{}{share}</li>", escaped(label))
    };
    format!("<ul>{}</ul>", note.poll.iter().map(option).collect::<String>())
}

fn quoted(note: &Note) -> String {
    let who = if note.author.handle.is_empty() { note.link.clone() } else { note.author.shown() };
    format!("<blockquote><p>{}</p>{}</blockquote>", link(&note.link, &escaped(&who)), body(note))
}

fn card(card: &Card) -> String {
    let title = if card.title.is_empty() { &card.url } else { &card.title };
    let picture = card.picture.as_deref().map(|url| picture(url, None)).unwrap_or_default();
    let text = if card.text.is_empty() { String::new() } else { format!("<p>{}</p>", escaped(&card.text)) };
    format!("<aside>{picture}<p>{}</p>{text}</aside>", link(&card.url, &escaped(title)))
}
