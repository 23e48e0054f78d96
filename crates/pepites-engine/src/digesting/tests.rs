//! Holds what a reader sees of digests, over editions and days, as sentences.

use pepites_core::digest::Section;

use super::*;
use crate::{
    contract::{EntryView, MarkView, MarksView},
    fixture::Library,
};

const DEFAULT: DigestAsk = DigestAsk { budget: None, again: false, more: false };

fn posts(count: u32) -> DigestAsk {
    DigestAsk { budget: Some(Budget::Posts(count)), ..DEFAULT }
}

fn titles(digest: &DigestView) -> Vec<&str> {
    digest.entries.iter().map(|entry| entry.face.title.as_str()).collect()
}

fn stories(digest: &DigestView) -> Vec<StoryId> {
    digest.entries.iter().map(|entry| entry.story).collect()
}

fn code<T: std::fmt::Debug>(result: Result<T, Problem>) -> Code {
    result.unwrap_err().code
}

#[test]
fn a_digest_fits_its_budget_and_says_what_it_left_out() {
    let library = Library::new();
    for name in ["ana", "ben", "cleo"] {
        library.bring_many(library.follow(name), name, 8);
    }
    let digest = library.engine.today(&posts(10)).unwrap();
    assert_eq!((digest.entries.len(), digest.line.stories, digest.line.left_out), (10, 10, 14));
    assert_eq!(digest.line.minutes, 6, "ten posts of 120 words");
    let id = digest.line.id.unwrap();
    let all = library.engine.left_out(id, 100, 0).unwrap();
    assert_eq!(all.len(), 14);
    let page: Vec<PostId> = library.engine.left_out(id, 5, 5).unwrap().iter().map(|out| out.line.post).collect();
    assert_eq!(page, all[5..10].iter().map(|out| out.line.post).collect::<Vec<_>>());
    assert!(all.iter().all(|out| digest.entries.iter().all(|entry| entry.face.post != out.line.post)));
    assert_eq!(code(library.engine.left_out(DigestId(999), 5, 0)), Code::Missing);
}

#[test]
fn what_was_left_out_and_is_read_or_skipped_by_now_is_not_counted_any_more() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 8);
    let digest = library.engine.today(&posts(5)).unwrap();
    assert_eq!((digest.left_out, digest.line.left_out), (3, 3));
    let left_out = library.engine.left_out(digest.line.id.unwrap(), 9, 0).unwrap();
    library.engine.open_post(left_out[0].line.post).unwrap();
    library.engine.mark(&[left_out[1].line.post], MarkView::Skipped, true).unwrap();
    library.engine.mark(&[digest.entries[0].face.post], MarkView::Read, true).unwrap();
    let digest = library.engine.today(&posts(5)).unwrap();
    assert_eq!((digest.left_out, digest.line.left_out), (1, 3), "what it left out when it was made does not change");
    library.engine.mark(&[left_out[1].line.post], MarkView::Skipped, false).unwrap();
    assert_eq!(library.engine.today(&posts(5)).unwrap().left_out, 2, "undone");
}

#[test]
fn each_entry_explains_itself() {
    let library = Library::new();
    let page = Some(format!("<p>{}</p>", "boat ".repeat(300)));
    let item = library.item("ana", "Boat leaves harbour at last", 1);
    library.bring(library.follow("ana"), vec![pepites_core::model::Item { html: page, ..item }]);
    let digest = library.engine.today(&DEFAULT).unwrap();
    assert_eq!(digest.entries.len(), 1);
    for entry in &digest.entries {
        assert_eq!(entry.parts.iter().fold(0.0, |sum, part| sum + part.points), entry.rank);
        assert!(entry.nugget && entry.section == Section::Nuggets && !entry.reasons.is_empty(), "{entry:?}");
        assert_eq!(entry.face.source_title, "ana");
    }
}

#[test]
fn one_story_is_one_entry_with_its_relays_inside() {
    let library = Library::new();
    let (ana, ben) = (library.follow("ana"), library.follow("ben"));
    library.bring(ana, vec![library.item("ana", "Harbour reopens after winter storm", 5)]);
    library.bring(ben, vec![library.item("ben", "Harbour reopens after winter storm", 3)]);
    let digest = library.engine.today(&DEFAULT).unwrap();
    let [entry] = digest.entries.as_slice() else { panic!("{:?}", titles(&digest)) };
    assert_eq!((entry.face.source, entry.section), (ana, Section::Covered));
    assert_eq!(entry.relays.iter().map(|line| line.source).collect::<Vec<_>>(), [ben]);
    let relay = library.engine.post(entry.relays[0].post).unwrap();
    assert_eq!(relay.relays.iter().map(|line| line.post).collect::<Vec<_>>(), [entry.face.post]);
}

#[test]
fn the_day_has_one_digest_until_another_is_asked_for() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 6);
    let first = library.engine.today(&posts(2)).unwrap();
    for ask in [DEFAULT, posts(2)] {
        assert_eq!(library.engine.today(&ask).unwrap(), first, "{ask:?}");
    }
    let larger = library.engine.today(&posts(4)).unwrap();
    assert_eq!((first.line.edition, larger.line.edition, larger.entries.len()), (1, 2, 4));
    let again = library.engine.today(&DigestAsk { again: true, ..posts(4) }).unwrap();
    assert_eq!((again.line.edition, stories(&again)), (3, stories(&larger)));
    let ids: Vec<_> = library.engine.digests(10).unwrap().into_iter().map(|line| line.id).collect();
    assert_eq!(ids, [again.line.id, larger.line.id, first.line.id]);
}

#[test]
fn another_edition_brings_nothing_that_was_read_or_skipped() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 6);
    let first = library.engine.today(&posts(3)).unwrap();
    let faces: Vec<PostId> = first.entries.iter().map(|entry| entry.face.post).collect();
    library.engine.open_post(faces[0]).unwrap();
    library.engine.mark(&faces[1..2], MarkView::Skipped, true).unwrap();
    let again = library.engine.today(&DigestAsk { again: true, ..posts(10) }).unwrap();
    let shown: Vec<PostId> = again.entries.iter().map(|entry| entry.face.post).collect();
    assert_eq!(shown.len(), 4);
    assert!(shown.contains(&faces[2]) && !shown.contains(&faces[0]) && !shown.contains(&faces[1]));
}

#[test]
fn more_is_what_todays_editions_left_out() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 6);
    let more = DigestAsk { more: true, ..posts(2) };
    let mut shown = stories(&library.engine.today(&posts(2)).unwrap());
    for _ in 0..2 {
        let next = stories(&library.engine.today(&more).unwrap());
        assert_eq!(next.len(), 2);
        assert!(next.iter().all(|story| !shown.contains(story)), "{next:?} {shown:?}");
        shown.extend(next);
    }
    let end = library.engine.today(&more).unwrap();
    assert_eq!((end.line.id, end.entries.len(), end.line.edition), (None, 0, 4));
}

#[test]
fn a_digest_reads_the_same_tomorrow_but_for_its_marks() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 3);
    let made = library.engine.today(&DEFAULT).unwrap();
    // The world goes on: the source renames itself, edits a post, writes more, and the reader reads.
    library.wait(Moment::DAY);
    library.engine.rename(ana, Some("Ana of the harbour")).unwrap();
    let edited = pepites_core::model::Item {
        title: Some("Corrected".to_owned()),
        ..library.item("ana", "Boat number 1 leaves harbour ana", 25)
    };
    library.bring(ana, vec![edited, library.item("ana", "Whale seen near lighthouse", 1)]);
    library.engine.open_post(made.entries[0].face.post).unwrap();
    library.engine.mark(&[made.entries[1].face.post], MarkView::Starred, true).unwrap();
    assert_eq!(titles(&library.engine.today(&DEFAULT).unwrap()), ["Whale seen near lighthouse"]);

    let read = library.engine.digest_of(&made.line.day).unwrap();
    assert_eq!(read.line, made.line);
    let marks: Vec<MarksView> = read.entries.iter().map(|entry| entry.face.marks).collect();
    let unmarked = MarksView::default();
    assert_eq!(marks, [MarksView { read: true, ..unmarked }, MarksView { starred: true, ..unmarked }, unmarked]);
    let bare = |entry: &EntryView| {
        let mut entry = entry.clone();
        entry.face.marks = unmarked;
        serde_json::to_string(&entry).unwrap()
    };
    assert_eq!(read.entries.iter().map(bare).collect::<Vec<_>>(), made.entries.iter().map(bare).collect::<Vec<_>>());
}

#[test]
fn the_next_digest_begins_where_the_last_one_ended() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 3);
    let first = library.engine.today(&posts(2)).unwrap();
    library.wait(Moment::HOUR);
    library.bring(ana, vec![library.item("ana", "Old letter found in lighthouse", 300)]);
    assert_eq!(library.engine.today(&DEFAULT).unwrap().arrived_since, 1);
    library.wait(Moment::DAY);
    let second = library.engine.today(&DEFAULT).unwrap();
    assert_eq!(second.line.since, first.line.made);
    // Neither what was shown nor what was left out: what arrived, however old it is.
    assert_eq!(titles(&second), ["Old letter found in lighthouse"]);
}

#[test]
fn what_was_fetched_before_a_digest_and_kept_after_it_is_in_the_next() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 1);
    // Its visit ends before the digest is made, and waits for the writer until after.
    let slow = library.visit(ana, vec![library.item("ana", "Old letter found in lighthouse", 2)]);
    library.wait(Moment::MINUTE);
    library.engine.today(&DEFAULT).unwrap();
    library.engine.store.keep_visits(vec![slow]).unwrap();
    assert_eq!(library.engine.today(&DEFAULT).unwrap().arrived_since, 1);
    library.wait(Moment::DAY);
    assert_eq!(titles(&library.engine.today(&DEFAULT).unwrap()), ["Old letter found in lighthouse"]);
}

#[test]
fn an_archive_without_dates_is_read_only_when_there_is_nothing_else() {
    let check = |budget: u32, expected: usize| {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 6);
        library.engine.set_unlimited(ana, true).unwrap();
        let undated = (1..=9).map(|n| pepites_core::model::Item {
            published: None,
            ..library.item("ben", &format!("Undated letter number {n} of the archive"), 0)
        });
        library.bring(library.follow("ben"), undated.collect());
        assert_eq!(library.engine.today(&posts(budget)).unwrap().entries.len(), expected, "{budget} posts");
        // A source that comes later brings no archive into the next digest.
        library.wait(Moment::DAY);
        let more =
            pepites_core::model::Item { published: None, ..library.item("cleo", "Undated letter of a newcomer", 0) };
        library.bring(library.follow("cleo"), vec![more]);
        assert_eq!(library.engine.today(&posts(budget)).unwrap().entries.len(), 0);
    };
    check(6, 6);
    check(20, 15);
}

#[test]
fn a_clock_that_was_set_back_closes_no_window() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 3);
    let first = library.engine.today(&DEFAULT).unwrap();
    library.wait(400 * Moment::DAY);
    library.bring(ana, vec![library.item("ana", "Boat of the future sinks", 1)]);
    library.engine.today(&DEFAULT).unwrap();
    // Corrected, the day after the first digest: what was published since that one is news.
    library.wait(-399 * Moment::DAY);
    library.bring(ana, vec![library.item("ana", "Whale seen near lighthouse", 1)]);
    let second = library.engine.today(&DEFAULT).unwrap();
    assert_eq!((titles(&second), second.line.since), (vec!["Whale seen near lighthouse"], first.line.made));
}

#[test]
fn a_first_digest_reaches_back_until_it_is_full() {
    let check = |budget: u32, days: i64, entries: usize| {
        let library = Library::new();
        library.bring_many(library.follow("ana"), "ana", 40);
        let digest = library.engine.today(&posts(budget)).unwrap();
        let since = if days == 0 { Moment(0) } else { library.now().plus(-days * Moment::DAY) };
        assert_eq!((digest.line.since, digest.entries.len()), (since, entries), "{budget} posts");
    };
    check(20, 1, 20);
    check(30, 3, 30);
    check(60, 0, 40);
}

#[test]
fn a_smaller_edition_of_a_first_day_reaches_as_far_as_the_larger_one_did() {
    let check = |first: &DigestAsk, then: u32, hours: i64| {
        let library = Library::new();
        library.bring_many(library.follow("ana"), "ana", 200);
        library.engine.today(first).unwrap();
        library.wait(Moment::HOUR);
        let again = library.engine.today(&posts(then)).unwrap();
        let reach = library.now().since(again.line.since) / Moment::HOUR;
        assert_eq!((reach, again.entries.len()), (hours, then as usize), "{first:?}, then {then}");
    };
    check(&posts(20), 5, 24);
    check(&posts(60), 5, 72);
    check(&posts(90), 5, 7 * 24);
    // Who once asked for the whole archive wants a day's paper again.
    check(&posts(5_000), 5, 7 * 24);
    check(&posts(5_000), 150, 7 * 24);
}

#[test]
fn older_posts_are_counted_and_more_reaches_back_to_the_last_of_them() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 100);
    let first = library.engine.today(&posts(5)).unwrap();
    assert_eq!((first.entries.len(), first.line.left_out, first.older_unread), (5, 19, 76), "a window of one day");
    library.engine.mark(&[library.posts(ana)[99]], MarkView::Read, true).unwrap();
    assert_eq!(library.engine.today(&DEFAULT).unwrap().older_unread, 75, "what was read does not wait");

    let more = DigestAsk { more: true, ..posts(30) };
    let mut shown = stories(&first);
    let mut older = Vec::new();
    loop {
        let next = library.engine.today(&more).unwrap();
        if next.line.id.is_none() {
            break;
        }
        assert!(next.entries.iter().all(|entry| !shown.contains(&entry.story)));
        shown.extend(stories(&next));
        older.push(next.older_unread);
    }
    assert_eq!((shown.len(), older), (99, vec![27, 27, 0, 0]), "all but the one that was read");
}

#[test]
fn what_a_day_left_out_waits_for_the_next_one_that_asks_for_more() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 10);
    library.engine.today(&posts(4)).unwrap();
    library.wait(Moment::DAY);
    library.bring(ana, vec![library.item("ana", "News of this morning", 1)]);
    let next = library.engine.today(&posts(4)).unwrap();
    assert_eq!((titles(&next), next.older_unread), (vec!["News of this morning"], 6));
    let more = library.engine.today(&DigestAsk { more: true, ..posts(4) }).unwrap();
    assert_eq!((more.entries.len(), more.line.left_out, more.older_unread), (4, 2, 0));
}

#[test]
fn on_a_morning_without_news_more_reaches_back_at_once() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 10);
    library.engine.today(&posts(4)).unwrap();
    library.wait(Moment::DAY);
    let nothing = library.engine.today(&posts(4)).unwrap();
    assert_eq!((nothing.line.id, nothing.older_unread), (None, 6));
    assert_eq!(library.engine.today(&DigestAsk { more: true, ..posts(4) }).unwrap().entries.len(), 4);
}

#[test]
fn an_archive_without_dates_waits_as_older_posts_do() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 4);
    library.engine.set_unlimited(ana, true).unwrap();
    let undated =
        |n: i64| pepites_core::model::Item { published: None, ..library.item("ben", &format!("Page {n}"), n) };
    library.bring(library.follow("ben"), (1..=3).map(undated).collect());
    let first = library.engine.today(&posts(4)).unwrap();
    assert_eq!((first.entries.len(), first.older_unread), (4, 3));
}

#[test]
fn every_edition_of_a_day_can_be_opened() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 6);
    let first = library.engine.today(&posts(2)).unwrap();
    let second = library.engine.today(&posts(3)).unwrap();
    let day = &first.line.day;
    for (edition, made) in [(1, &first), (2, &second)] {
        let read = library.engine.edition_of(day, edition).unwrap();
        assert_eq!((read.line.edition, stories(&read)), (edition, stories(made)));
    }
    assert_eq!(code(library.engine.edition_of(day, 3)), Code::Missing);
}

#[test]
fn nothing_to_read_makes_no_digest() {
    let library = Library::new();
    let digest = library.engine.today(&DEFAULT).unwrap();
    assert_eq!((digest.line.id, digest.line.edition, digest.entries.len()), (None, 1, 0));
    assert_eq!(library.engine.digests(10).unwrap(), []);
    assert_eq!(code(library.engine.digest_of(&digest.line.day)), Code::Missing);
    assert_eq!(code(library.engine.digest(DigestId(1))), Code::Missing);
    // It does not stand for the day.
    library.bring_many(library.follow("ana"), "ana", 1);
    assert_eq!(library.engine.today(&DEFAULT).unwrap().line.edition, 1);
}

#[test]
fn where_nothing_fits_the_budget_nothing_is_shown_and_all_is_counted() {
    let library = Library::new();
    let ana = library.follow("ana");
    let long = |title: &str, hours| {
        let html = Some(format!("<p>{}</p>", "boat ".repeat(2_300)));
        pepites_core::model::Item { html, ..library.item("ana", title, hours) }
    };
    library
        .bring(ana, vec![long("The whole history of the harbour", 1), long("All boats since the mole was built", 2)]);
    let minutes = |minutes| DigestAsk { budget: Some(Budget::Minutes(minutes)), ..DEFAULT };
    let digest = library.engine.today(&minutes(5)).unwrap();
    assert_eq!((digest.line.id, digest.entries.len(), digest.line.left_out), (None, 0, 2));
    // A shorter one that is a week old is better than nothing.
    library.bring(ana, vec![library.item("ana", "Short note on the tide tables", 150)]);
    let digest = library.engine.today(&minutes(5)).unwrap();
    assert_eq!((titles(&digest), digest.line.left_out), (vec!["Short note on the tide tables"], 2));
}

#[test]
fn a_budget_of_nothing_is_refused() {
    let library = Library::new();
    for budget in [Budget::Posts(0), Budget::Minutes(0)] {
        let ask = DigestAsk { budget: Some(budget), ..DEFAULT };
        assert_eq!(code(library.engine.today(&ask)), Code::BadInput);
    }
}

#[test]
fn the_budget_of_the_settings_is_that_of_the_day() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 8);
    let mut settings = library.engine.settings().unwrap();
    assert_eq!(settings.budget, Budget::Posts(100));
    settings.budget = Budget::Minutes(2);
    library.engine.change_settings(&settings).unwrap();
    let digest = library.engine.today(&DEFAULT).unwrap();
    assert_eq!((digest.line.budget, digest.entries.len(), digest.line.minutes), (Budget::Minutes(2), 3, 2));
}

#[test]
fn what_a_left_source_told_stays_in_the_digests_that_showed_it() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 4);
    let digest = library.engine.today(&posts(2)).unwrap();
    library.engine.unfollow(ana).unwrap();
    let id = digest.line.id.unwrap();
    assert_eq!(library.engine.digest(id).unwrap().entries, digest.entries);
    assert_eq!(library.engine.left_out(id, 10, 0).unwrap().len(), 2);
    assert_eq!(library.engine.today(&DigestAsk { again: true, ..DEFAULT }).unwrap().line.id, None);
}

#[test]
fn grouping_goes_batch_by_batch_and_goes_on_where_it_was() {
    let library = Library::new();
    let (ana, ben) = (library.follow("ana"), library.follow("ben"));
    library.bring_many(ana, "ana", 1_500);
    let wave = |name: &str| library.item(name, "Great wave hits north pier", 700);
    library.bring(ana, vec![wave("ana")]);
    assert_eq!(library.engine.group().unwrap(), 1_501);
    assert_eq!(library.engine.group().unwrap(), 0);
    library.bring(ben, vec![wave("ben")]);
    assert_eq!(library.engine.group().unwrap(), 1);
    let post = library.engine.post(library.posts(ben)[0]).unwrap();
    assert_eq!(post.relays.iter().map(|line| line.source).collect::<Vec<_>>(), [ana]);
}
