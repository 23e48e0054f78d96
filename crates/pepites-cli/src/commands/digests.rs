//! Takes the digests that were made, gives their list and what one of them left out: the rarer sides of `today`.

use pepites_core::{digest::Budget, model::Phrase};
use pepites_engine::{
    Engine,
    contract::{DigestLineView, LeftOutSum, LeftOutView, MarkReport, MarkView, PostLine},
};

use super::posts;
use crate::{
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
    wrap,
};

/// Lists the digests, newest first.
pub(super) fn list(session: &Session, engine: &Engine, limit: u32) -> Result<Exit, Failure> {
    let digests = engine.digests(limit)?;
    if digests.is_empty() {
        session.note(&session.look.hint("cli.today.no_digests", "today"));
    }
    session.give(&digests, |look| list_page(&digests, look))?;
    Ok(Exit::Done)
}

/// Lists what a digest left out, best first.
pub(super) fn left_out(session: &Session, engine: &Engine, line: &DigestLineView, limit: u32) -> Result<Exit, Failure> {
    let left_out = match line.id {
        Some(id) => engine.left_out(id, limit, 0)?,
        None => Vec::new(),
    };
    let sum = line.id.map(|id| engine.left_out_why(id)).transpose()?;
    session.give(&left_out, |look| left_out_page(&left_out, sum.as_ref(), look))?;
    let posts: Vec<PostLine> = left_out.into_iter().map(|out| out.line).collect();
    if !posts.is_empty() {
        let command = |flag: &str| session.look.command(&format!("today --left-out {flag}"));
        let settle =
            Phrase::new("cli.today.settle").with("tomorrow", command("--tomorrow")).with("go", command("--let-go"));
        session.note(&session.look.say(&settle));
    }
    match super::today::nothing_fits(line, &session.look) {
        Some((nothing_fits, hint)) => session.note(&format!("{nothing_fits} {hint}")),
        None => session.note(&rest(&session.look, &posts, line.left_out)),
    }
    Ok(Exit::Done)
}

/// Settles all that a digest left out, or takes the last settling back.
pub(super) fn settle(
    session: &Session,
    engine: &Engine,
    line: &DigestLineView,
    mark: MarkView,
    on: bool,
) -> Result<Exit, Failure> {
    let nothing = MarkReport { changed: Vec::new(), relays: Vec::new(), missing: Vec::new() };
    let report = line.id.map_or(Ok(nothing), |id| engine.settle_left_out(id, mark, on))?;
    super::mark::tell(session, &report, mark, on)?;
    Ok(Exit::Done)
}

/// What the limits left out in all, and what lifts them; then a row for each, and below it why it was left out.
fn left_out_page(left_out: &[LeftOutView], sum: Option<&LeftOutSum>, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if let Some(LeftOutSum { line, limits }) = sum.filter(|sum| !sum.limits.is_empty()) {
        let head = match line.budget {
            Budget::Posts(most) => Phrase::new("left_out.sum.posts").with("count", line.stories).with("most", most),
            Budget::Minutes(most) => Phrase::new("left_out.sum.minutes").with("count", line.minutes).with("most", most),
        };
        let limits: Vec<String> = limits.iter().map(|limit| look.say(limit)).collect();
        let said = Phrase::new("left_out.sum").with("head", look.say(&head)).with("limits", limits.join(", "));
        sheet.paragraph(0, Ink::Plain, &look.say(&said));
        let name = if matches!(line.budget, Budget::Posts(_)) { "budget-posts" } else { "budget-minutes" };
        let lift = Phrase::new("cli.today.lift")
            .with("share", look.command(&format!("unlimited {}", look.text("help.value.source"))))
            .with("budget", look.command(&format!("settings {name} {}", look.text("help.value.number"))));
        sheet.paragraph(0, Ink::Faint, &look.say(&lift));
        sheet.blank();
    }
    let width = posts::number_width(left_out.iter().map(|out| &out.line));
    for out in left_out {
        let tomorrow = format!(" · {}", look.text("mark.put_off"));
        let more = [(Ink::Faint, tomorrow.as_str())];
        posts::row(&mut sheet, look, width, &out.line, if out.line.marks.put_off { &more } else { &[] });
        if let Some(why) = &out.why {
            sheet.paragraph(width + 2, Ink::Faint, &look.say(why));
        }
    }
    sheet.done()
}

/// What is said below the rows: nothing was left out, or more was than is shown.
fn rest(look: &Look, posts: &[PostLine], left_out: u32) -> String {
    let shown = u32::try_from(posts.len()).unwrap_or(u32::MAX);
    match left_out.saturating_sub(shown) {
        0 if shown == 0 => look.text("cli.today.nothing_left_out"),
        0 => look.count("digest.left_out", left_out),
        more => look.count("cli.today.more_left_out", more),
    }
}

fn list_page(digests: &[DigestLineView], look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    let date = |line: &DigestLineView| look.language.long_date(&line.day);
    let width = digests.iter().map(|line| wrap::columns(&date(line))).max().unwrap_or_default();
    for line in digests {
        let day = format!("{}  ", line.day);
        let date = date(line);
        let gap = " ".repeat(width.saturating_sub(wrap::columns(&date)) + 2);
        let mut what = vec![
            look.count("digest.stories", line.stories),
            look.count("digest.minutes", line.minutes),
            look.count("digest.nuggets", line.nuggets),
        ];
        if line.edition > 1 {
            what.push(look.say(&Phrase::new("digest.edition").with("number", line.edition)));
        }
        sheet.row(&[(Ink::Faint, &day), (Ink::Strong, &date), (Ink::Plain, &gap), (Ink::Plain, &what.join(", "))]);
    }
    sheet.done()
}

#[cfg(test)]
mod tests {
    use pepites_core::model::{Day, DigestId, Moment};
    use pepites_engine::catalogue::Language;

    use super::*;
    use crate::look::tests::look;

    fn line(day: &str, edition: u32, stories: u32) -> DigestLineView {
        DigestLineView {
            id: Some(DigestId(1)),
            day: Day(day.to_owned()),
            edition,
            made: Moment(0),
            since: Moment(0),
            budget: Budget::Posts(100),
            stories,
            nuggets: 1,
            minutes: 31,
            left_out: 0,
            away: 0,
            posts: 0,
            muted: 0,
        }
    }

    #[test]
    fn past_digests_are_listed_by_day() {
        let digests = [line("2026-11-23", 2, 38), line("2026-11-01", 1, 1)];
        assert_eq!(
            list_page(&digests, &look(Language::English)),
            "2026-11-23  Monday 23 November 2026  38 stories, 31 minutes, 1 nugget, edition 2\n\
             2026-11-01  Sunday 1 November 2026   1 story, 31 minutes, 1 nugget\n"
        );
        assert_eq!(
            list_page(&digests, &look(Language::French)),
            "2026-11-23  lundi 23 novembre 2026     38 histoires, 31 minutes, 1 pépite, édition 2\n\
             2026-11-01  dimanche 1er novembre 2026  1 histoire, 31 minutes, 1 pépite\n"
                .replace("2026     38", "2026      38")
        );
    }

    #[test]
    fn the_limits_that_left_out_most_are_told_first_with_what_lifts_them() {
        let limit = |key: &str, count: u32| Phrase::new(key).with("count", count).with("share", 3_u32);
        let limits = vec![limit("left_out.sum.source", 231), limit("left_out.sum.room", 22)];
        let sum = LeftOutSum { line: line("2026-11-23", 1, 81), limits };
        let shown = left_out_page(&[], Some(&sum), &look(Language::English));
        let said = "81 of at most 100 stories are in. Left out: 231 because a source brings 3 a day at most, \
                    22 because the budget was full. ";
        assert!(shown.replace('\n', " ").starts_with(said), "{shown}");
        assert!(shown.contains("unlimited") && shown.contains("settings"), "{shown}");
    }

    #[test]
    fn what_stays_unshown_is_counted() {
        let shown = [posts::tests::post(1, "a", "b")];
        let look = look(Language::English);
        assert_eq!(rest(&look, &[], 0), "Nothing was left out of this digest.");
        assert_eq!(rest(&look, &shown, 1), "1 left out.");
        assert_eq!(rest(&look, &shown, 13), "and 12 more: --limit N");
    }
}
