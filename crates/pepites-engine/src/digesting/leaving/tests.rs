//! Holds what becomes of what a digest left out, and the shorter cut of what it holds.

use pepites_core::{digest::Budget, model::Value};

use super::*;
use crate::{
    contract::{Code, DigestAsk, DigestView, MarksView},
    fixture::Library,
};

fn posts(count: u32) -> DigestAsk {
    DigestAsk { budget: Some(Budget::Posts(count)), ..DigestAsk::default() }
}

fn faces(view: &DigestView) -> Vec<PostId> {
    view.entries.iter().map(|entry| entry.face.post).collect()
}

fn left_out(library: &Library, view: &DigestView) -> Vec<LeftOutView> {
    library.engine.left_out(view.line.id.unwrap(), 100, 0).unwrap()
}

fn marks(library: &Library, post: PostId) -> MarksView {
    library.engine.post(post).unwrap().line.marks
}

#[test]
fn each_left_out_story_says_why() {
    let library = Library::new();
    let ana = library.follow("ana");
    for name in ["ben", "cleo", "dan", "eve"] {
        library.follow(name);
    }
    library.bring_many(ana, "ana", 5);
    let view = library.engine.today(&posts(10)).unwrap();
    let why: Vec<String> = left_out(&library, &view).into_iter().filter_map(|out| Some(out.why?.key)).collect();
    assert_eq!(
        (view.entries.len(), why),
        (3, vec!["left_out.source".to_owned(); 2]),
        "five sources could bring fifteen"
    );
    let sum = |view: &DigestView| library.engine.left_out_why(view.line.id.unwrap()).unwrap();
    let why = sum(&view);
    let said = Phrase::new("left_out.sum.source").with("count", 2_u32).with("share", 3_u32);
    assert_eq!((why.limits, why.line.stories, why.line.budget), (vec![said], 3, Budget::Posts(10)));
    library.engine.set_unlimited(ana, true).unwrap();
    assert!(library.engine.sources().unwrap()[0].unlimited);
    let lifted = library.engine.today(&DigestAsk { again: true, ..posts(10) }).unwrap();
    assert_eq!(lifted.entries.len(), 5);
    let full = library.engine.today(&DigestAsk { again: true, ..posts(2) }).unwrap();
    let why: Vec<String> = left_out(&library, &full).into_iter().filter_map(|out| Some(out.why?.key)).collect();
    assert_eq!(why.len(), 3);
    assert!(why.iter().all(|why| why == "left_out.room" || why == "left_out.alike"), "{why:?}");
    let counted: f64 = sum(&full)
        .limits
        .iter()
        .map(|limit| match limit.values.get("count") {
            Some(Value::Number(count)) => *count,
            other => panic!("{other:?}"),
        })
        .sum();
    assert_eq!(counted, 3.0, "each is in one sum");
    assert_eq!(library.engine.left_out_why(DigestId(99)).unwrap_err().code, Code::Missing);
}

#[test]
fn what_is_put_off_has_a_place_in_the_next_digest_once() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 8);
    let first = library.engine.today(&posts(2)).unwrap();
    let put_off = left_out(&library, &first).last().unwrap().line.post;
    library.engine.mark(&[put_off], MarkView::PutOff, true).unwrap();
    assert!(marks(&library, put_off).put_off && !marks(&library, put_off).read && !marks(&library, put_off).skipped);
    assert_eq!(library.engine.digest(first.line.id.unwrap()).unwrap().left_out, 5, "one less to settle");
    // Not today, whatever is asked.
    let again = library.engine.today(&DigestAsk { again: true, ..posts(2) }).unwrap();
    assert!(!faces(&again).contains(&put_off));
    library.wait(Moment::DAY);
    library.bring(ana, (1..=4).map(|n| library.item("ana", &format!("News number {n} of this morning"), n)).collect());
    let second = library.engine.today(&posts(2)).unwrap();
    assert!(faces(&second).contains(&put_off), "though two others are fresher: {:?}", faces(&second));
    let entry = second.entries.iter().find(|entry| entry.face.post == put_off).unwrap();
    assert_eq!(entry.reasons[0].key, "reason.put_off");
    let smaller = library.engine.today(&posts(1)).unwrap();
    assert_eq!(faces(&smaller), [put_off], "in every edition of that day");
    library.wait(Moment::DAY);
    library.bring(ana, vec![library.item("ana", "News of the third day", 1)]);
    let third = library.engine.today(&posts(9)).unwrap();
    assert!(!faces(&third).contains(&put_off), "it had its place");
    assert!(!marks(&library, put_off).put_off);
}

#[test]
fn what_is_put_off_and_taken_back_or_read_does_not_come() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 6);
    let first = library.engine.today(&posts(2)).unwrap();
    let out: Vec<PostId> = left_out(&library, &first).iter().map(|out| out.line.post).collect();
    library.engine.mark(&out[..2], MarkView::PutOff, true).unwrap();
    library.engine.mark(&out[..1], MarkView::PutOff, false).unwrap();
    library.engine.open_post(out[1]).unwrap();
    library.wait(Moment::DAY);
    library.bring(ana, vec![library.item("ana", "News of this morning", 1)]);
    let second = library.engine.today(&posts(9)).unwrap();
    assert_eq!(second.entries.len(), 1, "{:?}", faces(&second));
}

#[test]
fn what_was_shown_today_can_be_put_off_too() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 2);
    let first = library.engine.today(&posts(2)).unwrap();
    let shown = faces(&first)[0];
    library.wait(Moment::HOUR);
    library.engine.mark(&[shown], MarkView::PutOff, true).unwrap();
    library.wait(Moment::DAY);
    assert_eq!(faces(&library.engine.today(&posts(2)).unwrap()), [shown]);
}

#[test]
fn all_that_was_left_out_is_let_go_or_put_off_at_once_and_taken_back() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 8);
    let view = library.engine.today(&posts(2)).unwrap();
    let id = view.line.id.unwrap();
    let out: Vec<PostId> = left_out(&library, &view).iter().map(|out| out.line.post).collect();
    library.engine.open_post(out[0]).unwrap();
    library.engine.mark(&out[1..2], MarkView::Skipped, true).unwrap();
    library.wait(Moment::MINUTE);
    let report = library.engine.settle_left_out(id, MarkView::Skipped, true).unwrap();
    assert_eq!(report.changed, out[2..], "what was read or settled is left as it is");
    assert!(out[2..].iter().all(|post| marks(&library, *post).skipped && !marks(&library, *post).read));
    assert_eq!(library.engine.digest(id).unwrap().left_out, 0);
    let back = library.engine.settle_left_out(id, MarkView::Skipped, false).unwrap();
    assert_eq!(back.changed, out[2..], "and not the one that was let go by itself");
    assert!(marks(&library, out[1]).skipped);
    let off = library.engine.settle_left_out(id, MarkView::PutOff, true).unwrap();
    assert_eq!(off.changed, out[2..]);
    assert_eq!(library.engine.settle_left_out(id, MarkView::PutOff, true).unwrap().changed, []);
    assert_eq!(library.engine.settle_left_out(id, MarkView::PutOff, false).unwrap().changed, out[2..]);
    let missing = library.engine.settle_left_out(DigestId(99), MarkView::Skipped, true);
    assert_eq!(missing.unwrap_err().code, Code::Missing);
}

#[test]
fn a_cut_is_of_what_is_still_to_read_and_changes_nothing() {
    let library = Library::new();
    library.bring_many(library.follow("ana"), "ana", 9);
    let view = library.engine.today(&posts(9)).unwrap();
    let id = view.line.id.unwrap();
    // Each takes 32 seconds.
    let cut = library.engine.cut(id, 2).unwrap();
    assert_eq!((cut.stories.len(), cut.minutes), (3, 2));
    let order: Vec<StoryId> = view.entries.iter().map(|entry| entry.story).collect();
    assert!(cut.stories.iter().all(|story| order.contains(story)));
    assert_eq!(library.engine.cut(id, 2).unwrap(), cut, "the same each time");
    let read = view.entries.iter().find(|entry| entry.story == cut.stories[0]).unwrap();
    library.engine.open_post(read.face.post).unwrap();
    let next = library.engine.cut(id, 2).unwrap();
    assert!(next.stories.len() == 3 && !next.stories.contains(&read.story));
    assert_eq!(library.engine.digests(9).unwrap().len(), 1, "no edition of its own");
    assert_eq!(library.engine.cut(id, 60).unwrap().stories.len(), 8);
    let off = view.entries.iter().find(|entry| entry.story == next.stories[0]).unwrap();
    library.engine.mark(&[off.face.post], MarkView::PutOff, true).unwrap();
    assert!(!library.engine.cut(id, 60).unwrap().stories.contains(&off.story), "tomorrow is not now");
    assert_eq!(library.engine.cut(id, 0).unwrap_err().code, Code::BadInput);
}

#[test]
fn after_days_away_one_digest_is_for_the_whole_absence_and_says_so() {
    let library = Library::new();
    let names = ["ana", "ben", "cleo"];
    let sources = names.map(|name| library.follow(name));
    library.bring_many(sources[0], "ana", 2);
    library.engine.today(&posts(2)).unwrap();
    library.wait(12 * Moment::DAY);
    // A post every three hours of those days; of each source the longest is ten days old.
    for (source, name) in sources.iter().zip(names) {
        let items = (1..=90).map(|n| {
            let item = library.item(name, &format!("Letter number {n} from {name} at sea"), n * 3);
            let html = item.html.clone().map(|html| if n == 80 { html.repeat(4) } else { html });
            pepites_core::model::Item { html, ..item }
        });
        library.bring(*source, items.collect());
    }
    let view = library.engine.today(&posts(8)).unwrap();
    assert_eq!((view.line.away, view.line.posts, view.entries.len()), (12, 270, 8));
    let old = view.entries.iter().filter(|entry| library.now().since(entry.face.published) == 10 * Moment::DAY).count();
    assert_eq!(old, 3, "the last day does not fill it alone");
    library.wait(Moment::DAY);
    library.bring(sources[0], vec![library.item("ana", "Back at the harbour", 1)]);
    assert_eq!(library.engine.today(&posts(8)).unwrap().line.away, 0);
}

#[test]
fn a_faster_reader_fits_more_into_their_minutes() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 20);
    library.engine.set_unlimited(ana, true).unwrap();
    let minutes = DigestAsk { budget: Some(Budget::Minutes(2)), ..DigestAsk::default() };
    assert_eq!(library.engine.today(&minutes).unwrap().entries.len(), 3);
    let mut settings = library.engine.settings().unwrap();
    settings.words_per_minute = 460;
    library.engine.change_settings(&settings).unwrap();
    let faster = library.engine.today(&DigestAsk { again: true, ..minutes }).unwrap();
    assert_eq!((faster.entries.len(), faster.entries[0].seconds), (7, 16));
    settings.words_per_minute = 5;
    assert_eq!(library.engine.change_settings(&settings).unwrap_err().code, Code::BadInput);
}

#[test]
fn listening_is_part_of_the_budget_and_an_unknown_length_is_told() {
    let library = Library::new();
    let ana = library.follow("ana");
    let with = |title: &str, seconds: Option<u32>| pepites_core::model::Item {
        enclosures: vec![pepites_core::model::Enclosure {
            url: "https://ana.example/a.mp3".to_owned(),
            media_type: Some("audio/mpeg".to_owned()),
            bytes: None,
            seconds,
        }],
        ..library.item("ana", title, 1)
    };
    library.bring(ana, vec![with("An hour with the keeper", Some(3_600)), with("A talk on the pier", None)]);
    let short = DigestAsk { budget: Some(Budget::Minutes(30)), ..DigestAsk::default() };
    let view = library.engine.today(&short).unwrap();
    let [talk] = view.entries.as_slice() else { panic!("{:?}", faces(&view)) };
    assert!(talk.unmeasured && talk.listening == 0 && talk.seconds == 32, "{talk:?}");
    let out = left_out(&library, &view);
    assert_eq!(out[0].why.as_ref().map(|why| why.key.as_str()), Some("left_out.too_long"));
    let long = DigestAsk { budget: Some(Budget::Minutes(90)), ..DigestAsk::default() };
    let view = library.engine.today(&long).unwrap();
    let hour = view.entries.iter().find(|entry| entry.listening > 0).unwrap();
    assert_eq!((hour.listening, hour.seconds), (3_600, 3_632));
}

#[test]
fn all_of_it_tomorrow_leaves_room_for_tomorrow_and_has_one_chance() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 12);
    let first = library.engine.today(&posts(4)).unwrap();
    let put_off = library.engine.settle_left_out(first.line.id.unwrap(), MarkView::PutOff, true).unwrap().changed;
    assert_eq!(put_off.len(), 8);
    let morning = |day: &str| (1..=4).map(|n| library.item("ana", &format!("News {n} of the {day} day"), n)).collect();
    let waiting = |view: &DigestView| faces(view).iter().filter(|face| put_off.contains(face)).count();
    library.wait(Moment::DAY);
    library.bring(ana, morning("second"));
    let second = library.engine.today(&posts(4)).unwrap();
    assert_eq!((waiting(&second), second.entries.len()), (2, 4), "half of it is of the day");
    library.wait(Moment::DAY);
    library.bring(ana, morning("third"));
    let third = library.engine.today(&posts(4)).unwrap();
    assert_eq!((waiting(&third), third.entries.len()), (0, 4), "and the days after are their own");
    assert!(put_off.iter().all(|post| !marks(&library, *post).put_off));
}
