//! What a reader sees of a digest, word for word.
use pepites_core::{
    model::{DigestId, Moment, StoryId},
    score::Part,
};
use pepites_engine::catalogue::Language;

use super::{posts::tests::post, *};
use crate::look::tests::look;

fn entry(id: i64, section: Section, title: &str, source: &str) -> EntryView {
    EntryView {
        story: StoryId(id),
        section,
        search: None,
        face: post(id, title, source),
        relays: Vec::new(),
        rank: 0.0,
        parts: Vec::new(),
        nugget: section == Section::Nuggets,
        reasons: Vec::new(),
        seconds: 200,
        news: None,
        listening: 0,
        unmeasured: false,
    }
}

fn digest(entries: Vec<EntryView>) -> DigestView {
    let line = DigestLineView {
        id: Some(DigestId(3)),
        day: Day("2026-11-23".to_owned()),
        edition: 1,
        made: Moment(0),
        since: Moment(0),
        budget: Budget::Posts(100),
        stories: u32::try_from(entries.len()).unwrap(),
        nuggets: 1,
        minutes: 31,
        left_out: 212,
        away: 0,
        posts: 0,
        muted: 0,
    };
    DigestView { line, entries, left_out: 212, arrived_since: 5, older_unread: 0, next: None }
}

/// A nugget, a story that three others relay, and a person's words that were read.
fn morning() -> DigestView {
    let mut nugget = entry(4512, Section::Nuggets, "How swarms choose a home", "The bee paper");
    nugget.face.lead = "Scouts dance for what they found, and the longest dance wins, said the keeper who counted them for eleven summers.".to_owned();
    nugget.reasons = vec![Phrase::new("only here"), Phrase::new("this author writes twice a month")];
    let mut covered = entry(98, Section::Covered, "Version 3 is out", "Daily");
    covered.relays = vec![post(1, "v3", "A"), post(2, "V3!", "B"), post(3, "V3", "A"), post(4, "three", "C")];
    covered.face.author = Some("Ada".to_owned());
    let mut person = entry(7, Section::People, "Rain again, and", "Zoé");
    person.face.untitled = true;
    person.face.lead = "Rain again, and the gutters sing.".to_owned();
    person.face.marks.read = true;
    digest(vec![nugget, covered, person])
}

#[test]
fn the_digest_reads_like_a_page_in_english() {
    assert_eq!(
        page(&morning(), &look(Language::English), Asked::default()),
        "\
Pépites · Monday 23 November 2026
3 stories, 31 minutes. 212 left out.

◆ NUGGETS

  4512  How swarms choose a home
        The bee paper · 3 h ago · 4 min
        ◆ Only here; this author writes twice a month.
        Scouts dance for what they found, and the longest dance wins, said the
        keeper who counted them for eleven summers.

IN THE NEWS

    98  Version 3 is out
        Daily · Ada · 3 h ago · 4 min
        Relayed by 3: A, B, C

YOUR PEOPLE

     7  Rain again, and the gutters sing.
        Zoé · 3 h ago · 4 min · read

That’s all for today.
212 stories were left out: pepites today --left-out
5 posts arrived since: pepites today --again
To open a story: pepites read 4512
"
    );
}

#[test]
fn the_digest_reads_like_a_page_in_french() {
    let shown = page(&morning(), &look(Language::French), Asked::default());
    for expected in [
        "Pépites · lundi 23 novembre 2026\n3 histoires, 31 minutes. 212 laissées de côté.\n\n◆ PÉPITES\n",
        "        The bee paper · il y a 3\u{a0}h · 4\u{a0}min\n",
        "        ◆ Only here\u{a0}; this author writes twice a month.\n",
        "\nDANS L’ACTUALITÉ\n",
        "        Relayée par 3\u{a0}: A, B, C\n",
        "C’est tout pour aujourd’hui.\n212 histoires ont été laissées de côté\u{a0}: pepites today --left-out\n",
        "5 billets sont arrivés depuis\u{a0}: pepites today --again\n",
    ] {
        assert!(shown.contains(expected), "{expected:?} is not in\n{shown}");
    }
}

#[test]
fn a_past_digest_ends_that_day_and_offers_nothing_new() {
    let mut view = morning();
    view.line.day = Day("2026-11-20".to_owned());
    view.line.edition = 2;
    let shown = page(&view, &look(Language::English), Asked::default());
    assert!(shown.starts_with("Pépites · Friday 20 November 2026 · edition 2\n"), "{shown}");
    assert!(
        shown.contains(
            "That’s all for that day.\n212 stories were left out: pepites today --date 2026-11-20 --left-out\n"
        )
    );
    assert!(!shown.contains("--again"), "{shown}");
}

#[test]
fn what_was_left_out_and_is_settled_by_now_is_no_figure_any_more() {
    let mut view = morning();
    view.left_out = 0;
    let shown = page(&view, &look(Language::English), Asked::default());
    assert!(shown.contains("31 minutes. What was left out is read or settled by now.\n"), "{shown}");
    assert!(!shown.contains("--left-out"), "{shown}");
}

#[test]
fn an_empty_digest_says_what_to_do() {
    let mut view = digest(Vec::new());
    (view.line.id, view.line.left_out) = (None, 0);
    let look = look(Language::English);
    assert_eq!(
        page(&view, &look, Asked { follows_nothing: true, ..Asked::default() }),
        "Pépites · Monday 23 November 2026\n\nNothing new to read.\nThe library follows nothing yet: pepites import FILE\n"
    );
    assert!(page(&view, &look, Asked::default()).ends_with("To ask the sources: pepites refresh\n"));
}

#[test]
fn a_budget_that_nothing_fits_says_where_the_stories_are() {
    let mut view = digest(Vec::new());
    (view.line.id, view.line.left_out, view.line.budget) = (None, 2, Budget::Minutes(5));
    let check = |language, expected: &str| {
        let shown = page(&view, &look(language), Asked::default());
        assert!(shown.ends_with(expected), "{shown}");
    };
    check(
        Language::English,
        "\n\nNothing fits the budget: 2 stories are longer.\nWith a budget in posts: pepites today --posts 2\n",
    );
    check(
        Language::French,
        "\n\nRien ne tient dans le budget\u{a0}: 2 histoires sont plus longues.\nAvec un budget en billets\u{a0}: pepites today --posts 2\n",
    );
}

#[test]
fn why_shows_the_parts_that_sum_to_the_rank_strongest_first() {
    let mut story = entry(1, Section::Others, "T", "S");
    let part = |signal: &str, value: f64, weight: f64| Part {
        signal: signal.to_owned().into(),
        value,
        weight,
        points: value * weight,
        reason: None,
    };
    story.parts = vec![part("x_one", 0.5, 1.0), part("x_none", 0.0, 1.0), part("x_two", 0.75, 2.0)];
    story.rank = 2.0;
    story.reasons = vec![Phrase::new("fresh")];
    let shown = page(&digest(vec![story]), &look(Language::English), Asked { why: true, ..Asked::default() });
    assert!(
        shown.contains("     Fresh.\n     Rank 2: signal.x_two 1.5 (0.75 × 2), signal.x_one 0.5 (0.5 × 1)\n"),
        "{shown}"
    );
}

#[test]
fn a_hostile_title_cannot_leave_its_line() {
    let mut story = entry(1, Section::Others, "\u{1b}]0;owned\u{7}\n\u{9b}2J\u{202e}evil", "S\u{1b}[1A");
    story.face.lead = "\u{1b}[8mhidden\r".to_owned();
    story.relays = vec![post(2, "x", "R\u{1b}c")];
    let mut look = look(Language::English);
    let plain = page(&digest(vec![story.clone()]), &look, Asked { why: true, ..Asked::default() });
    assert!(!plain.chars().any(|c| c != '\n' && crate::clean::is_hostile(c)), "{plain:?}");
    assert!(plain.contains("  1  ]0;owned 2Jevil\n     S[1A · "), "{plain}");
    look.colour = true;
    let coloured = page(&digest(vec![story]), &look, Asked { why: true, ..Asked::default() });
    let own: String = ["1m", "2m", "33m", "31m", "0m"]
        .iter()
        .fold(coloured, |text, code| text.replace(&format!("\u{1b}[{code}"), ""));
    assert_eq!(own, plain, "colour changes no word, and only our own sequences remain");
}

#[test]
fn a_long_list_of_relays_is_counted() {
    let mut story = entry(1, Section::Covered, "T", "S");
    story.relays = (2..10).map(|id| post(id, "t", &format!("S{id}"))).collect();
    assert_eq!(relays(&look(Language::English), &story), "Relayed by 8: S2, S3, S4, S5, S6 and 3 more");
    assert_eq!(relays(&look(Language::French), &story), "Relayée par 8\u{a0}: S2, S3, S4, S5, S6 et 3 de plus");
}

#[test]
fn lines_stay_within_the_width_of_a_narrow_terminal() {
    let mut look = look(Language::French);
    look.width = 40;
    let shown = page(&morning(), &look, Asked::default());
    // A command is there to be copied: the terminal breaks it, not we.
    let fits = |line: &str| crate::wrap::columns(line) <= 40 || line.contains("\u{a0}: pepites ");
    assert!(shown.lines().all(fits), "{shown}");
}

#[test]
fn only_days_that_exist_are_dates() {
    for (text, taken) in [("2026-11-20", true), ("2026-02-30", false), ("yesterday", false), ("20/11/2026", false)] {
        assert_eq!(day(text).is_ok(), taken, "{text}");
    }
}

#[test]
fn older_posts_that_wait_are_counted_with_the_way_to_them() {
    let mut view = morning();
    view.older_unread = 2_340;
    for (language, said) in [
        (Language::English, "2,340 older unread posts wait (pepites unread): pepites today --more\n"),
        (
            Language::French,
            "2\u{202f}340 billets plus anciens attendent d’être lus (pepites unread)\u{a0}: pepites today\n--more\n",
        ),
    ] {
        let shown = page(&view, &look(language), Asked::default());
        assert!(shown.contains(said), "{shown}");
    }
    view.entries.clear();
    assert!(page(&view, &look(Language::English), Asked::default()).contains("2,340 older unread posts wait"));
    view.line.day = Day("2026-11-01".to_owned());
    view.entries = morning().entries;
    assert!(!page(&view, &look(Language::English), Asked::default()).contains("older"), "a past day is over");
}

#[test]
fn a_named_edition_names_itself_in_the_way_to_what_it_left_out() {
    let view = morning();
    let asked = Asked { edition: true, ..Asked::default() };
    let shown = page(&view, &look(Language::English), asked);
    assert!(shown.contains("212 stories were left out: pepites today --edition 1 --left-out\n"), "{shown}");
}

#[test]
fn a_catch_up_says_for_what_it_is_and_a_cut_of_how_much() {
    let mut away = morning();
    (away.line.away, away.line.posts, away.line.minutes) = (12, 4_300, 40);
    let said = page(&away, &look(Language::English), Asked::default());
    assert!(said.contains("\n12 days, 4,300 posts, the best 40 minutes.\n3 stories, 40 minutes."), "{said}");
    let said = page(&away, &look(Language::French), Asked::default());
    assert!(said.contains("\n12 jours, 4\u{202f}300 billets, le meilleur en 40 minutes.\n"), "{said}");
    let whole = morning();
    let stories = vec![whole.entries[0].story, whole.entries[2].story];
    let short = Some(Short { minutes: 10, whole: 3 });
    let shorter = cut(whole, &CutView { stories, minutes: 7 });
    let said = page(&shorter, &look(Language::English), Asked { short, ..Asked::default() });
    assert!(said.contains("2 stories of 3 for 10 minutes. The whole: pepites today\n"), "{said}");
    assert!(said.contains("NUGGETS") && !said.contains("Version 3 is out"), "{said}");
    let nothing = cut(shorter, &CutView { stories: Vec::new(), minutes: 0 });
    let said = page(&nothing, &look(Language::English), Asked { short, ..Asked::default() });
    assert!(said.contains("Nothing of this digest fits into 10 minutes."), "{said}");
}

#[test]
fn what_is_heard_is_told_apart_from_what_is_read() {
    let mut view = morning();
    (view.entries[0].listening, view.entries[1].unmeasured) = (1_860, true);
    let said = page(&view, &look(Language::English), Asked::default());
    assert!(said.contains(" · 31 min of it to listen to\n"), "{said}");
    assert!(said.contains(" · a recording of unknown length\n"), "{said}");
}

#[test]
fn before_its_hour_yesterdays_digest_says_when_the_next_is_due() {
    let mut view = morning();
    view.line.day = Day("2026-11-22".to_owned());
    view.next = Some(Moment(1_795_424_400_000));
    let said = page(&view, &look(Language::English), Asked::default());
    assert!(said.contains("That’s all for today."), "{said}");
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("10:00. One now: pepites today --again"), "{said}");
}
