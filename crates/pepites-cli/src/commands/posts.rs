//! Takes posts, gives rows of a list: number, day, title, source. Shared by search, starred and what a digest left out.

use pepites_core::model::{Day, Phrase};
use pepites_engine::contract::{PostLine, Problem};

use crate::{
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
    wrap,
};

/// Columns that the numbers of these posts take.
pub(super) fn number_width<'a>(posts: impl Iterator<Item = &'a PostLine>) -> usize {
    posts.map(|post| post.post.to_string().len()).max().unwrap_or_default()
}

/// One row; `more` follows the source.
pub(super) fn row(sheet: &mut Sheet<'_>, look: &Look, width: usize, post: &PostLine, more: &[(Ink, &str)]) {
    row_titled(sheet, look, width, post, &[(title_ink(post), &post.title)], more);
}

/// How a title is written: what was settled is faint.
pub(super) fn title_ink(post: &PostLine) -> Ink {
    if post.marks.read || post.marks.skipped || post.marks.relay { Ink::Faint } else { Ink::Strong }
}

/// The same, its title in pieces.
pub(super) fn row_titled(
    sheet: &mut Sheet<'_>,
    look: &Look,
    width: usize,
    post: &PostLine,
    title: &[(Ink, &str)],
    more: &[(Ink, &str)],
) {
    let number = format!("{:>width$}  ", post.post.to_string());
    let day = format!("{}  ", Day::of(post.published, look.offset_minutes));
    let star = if post.marks.starred { "★ " } else { "" };
    let source = format!(" — {}", post.source_title);
    let mut pieces = vec![(Ink::Faint, number.as_str()), (Ink::Faint, &day), (Ink::Gold, star)];
    pieces.extend_from_slice(title);
    pieces.push((Ink::Plain, &source));
    pieces.extend_from_slice(more);
    sheet.row(&pieces);
}

/// A page of rows and nothing else.
pub(super) fn rows(look: &Look, posts: &[PostLine]) -> String {
    let mut sheet = Sheet::new(look);
    let width = number_width(posts.iter());
    for post in posts {
        row(&mut sheet, look, width, post, &[]);
    }
    sheet.done()
}

/// Says below a list that there is more of it, and how to see it.
pub(super) fn tell_more(
    session: &Session,
    shown: usize,
    all: impl FnOnce() -> Result<u32, Problem>,
) -> Result<(), Problem> {
    let shown = u32::try_from(shown).unwrap_or(u32::MAX);
    let all = all()?;
    if all > shown {
        // As it is typed: without the blanks or commas of a large number.
        session.note(
            &session.look.say(&Phrase::new("cli.list.more").with("count", all - shown).with("all", all.to_string())),
        );
    }
    Ok(())
}

/// Whether a list ends because it may be no longer.
pub(super) fn is_cut(shown: usize, limit: u32) -> bool {
    u32::try_from(shown).is_ok_and(|shown| shown >= limit)
}

/// What a post has around its title: source, author where it tells more, age, reading time, marks.
pub(super) fn around(look: &Look, post: &PostLine, seconds: u32) -> String {
    let mut pieces = vec![post.source_title.clone()];
    if let Some(author) = post.author.as_ref().filter(|author| **author != post.source_title) {
        pieces.push(author.clone());
    }
    if let Some(by) = post.boosted_by.as_ref() {
        pieces.push(look.say(&Phrase::new("post.boosted_by").with("name", by.as_str())));
    }
    pieces.push(look.language.age(post.published, look.now, look.offset_minutes));
    pieces.push(look.language.reading_time(seconds));
    let marks = &post.marks;
    for (on, key) in [
        (marks.starred, "mark.starred"),
        (marks.skipped, "mark.skipped"),
        (marks.put_off, "mark.put_off"),
        (marks.read, "mark.read"),
        (marks.relay && !marks.read, "mark.relay"),
    ] {
        if on {
            pieces.push(look.text(key));
        }
    }
    pieces.join(" · ")
}

/// `  4512  ` as wide as the widest number of a page.
pub(super) fn gutter(post: &PostLine, width: usize) -> String {
    let number = post.post.to_string();
    let spaces = width.saturating_sub(wrap::columns(&number));
    format!("{}{number}  ", " ".repeat(spaces + 2))
}

#[cfg(test)]
pub(super) mod tests {
    use pepites_core::model::{Moment, PostId, SourceId};
    use pepites_engine::{catalogue::Language, contract::MarksView};

    use super::*;
    use crate::look::tests::look;

    /// A post of three hours ago.
    pub(crate) fn post(id: i64, title: &str, source: &str) -> PostLine {
        PostLine {
            post: PostId(id),
            source: SourceId(1),
            source_title: source.to_owned(),
            title: title.to_owned(),
            untitled: false,
            link: Some(format!("https://example.org/{id}")),
            boosted_by: None,
            author: None,
            lead: String::new(),
            words: 230,
            published: look(Language::English).now.plus(-3 * Moment::HOUR),
            marks: MarksView::default(),
        }
    }

    #[test]
    fn a_row_is_one_line_whatever_its_title_holds() {
        let mut hostile = post(7, "two\nlines \u{1b}[31mred\u{9b}0m\u{202e}", "A\tB");
        hostile.marks.starred = true;
        assert_eq!(rows(&look(Language::English), &[hostile]), "7  2026-11-23  ★ two lines [31mred0m — A B\n");
    }

    #[test]
    fn rows_stand_under_each_other_and_are_cut_on_a_terminal_only() {
        let posts = [post(7, "First", "Source"), post(1234, "Second", "Other")];
        let mut look = look(Language::English);
        assert_eq!(rows(&look, &posts), "   7  2026-11-23  First — Source\n1234  2026-11-23  Second — Other\n");
        look.columns = Some(24);
        assert_eq!(rows(&look, &posts), "   7  2026-11-23  First…\n1234  2026-11-23  Secon…\n");
    }
}
