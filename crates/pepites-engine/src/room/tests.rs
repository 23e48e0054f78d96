//! Holds what a plan proposes on the demo world, and that it is applied and taken back whole.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use pepites_core::{
    model::{Day, Mode, Moment, PlanId, SourceId},
    room::{Change, Goal},
    score::rules::{Matter, Wish},
};
use pepites_store::Store;

use crate::{
    Cancel, Clock, Engine, Place,
    contract::{Code, MarkView, RuleAsk, SourceChange},
    fixture::Library,
    net::Replay,
    sample::{USUAL_PORT, World, replay},
};

/// Monday 23 November 2026 in the evening.
const EVENING: Moment = Moment(1_795_453_200_000);

/// The sample library as its reader first sees it, in memory, and when that is.
pub(crate) fn sampled() -> (Engine, Moment) {
    let world = World::new(1, &Day("2026-11-23".to_owned()), 1).until(EVENING);
    let folder = tempfile::tempdir().unwrap();
    let place = Place { folder: folder.path().to_owned(), wait: Duration::from_secs(1) };
    let opml = world.opml(USUAL_PORT);
    let net = Arc::new(Replay::answering(replay(world)));
    let engine = Engine::over(Store::memory().unwrap(), place, net, Clock::stopped(EVENING));
    engine.import("sample.opml", opml.as_bytes(), false).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(engine.refresh(false, None, &|_| (), &Cancel::default())).unwrap();
    (engine, EVENING)
}

#[test]
fn on_the_sample_the_forum_is_thinned_first_and_its_nuggets_are_named() {
    let (engine, now) = sampled();
    let view = engine.room(Goal::PostsAWeek(100)).unwrap();
    let forum = &view.steps[0];
    assert_eq!((forum.title.as_str(), forum.change), ("Linotte Support Forum", Change::Thin(Mode::Nuggets)));
    assert!(
        view.reached && view.steps.len() == 1,
        "{:?}",
        view.steps.iter().map(|step| &step.title).collect::<Vec<_>>()
    );
    let option = forum.options.iter().find(|option| option.change == forum.change).unwrap();
    assert!(option.misses.is_empty() && option.posts_a_week >= 100.0, "{option:?}");
    // Its nuggets are those of the key.
    let since = now.plus(-30 * Moment::DAY);
    let key = World::new(1, &Day("2026-11-23".to_owned()), 1).until(now).key(USUAL_PORT);
    let address = engine.sources().unwrap().into_iter().find(|source| source.id == forum.source).unwrap().address;
    let of_forum = key.iter().filter(|post| post.source == address && post.at >= since && post.nugget);
    let nuggets: BTreeSet<&str> = of_forum.map(|post| post.link.as_str()).collect();
    let named: BTreeSet<&str> = option.keeps.iter().filter_map(|line| line.link.as_deref()).collect();
    assert!((1..=12).contains(&named.len()), "{named:?}");
    assert!(nuggets.intersection(&named).count() * 2 > nuggets.len(), "{nuggets:?}\n{named:?}");
    // To leave it would have missed all of them.
    let leave = forum.options.iter().find(|option| option.change == Change::Leave).unwrap();
    assert_eq!(leave.misses, option.keeps);
    assert!(!view.further.is_empty(), "more could be freed");
}

#[test]
fn a_library_that_was_quiet_for_a_month_is_not_one_that_never_had_a_post() {
    let library = Library::new();
    let ana = library.follow("ana");
    let begun = || {
        let view = library.engine.room(Goal::PostsAWeek(10)).unwrap();
        (view.posts_a_week > 0.0, view.begun)
    };
    assert_eq!(begun(), (false, false));
    library.bring_many(ana, "ana", 3);
    assert_eq!(begun(), (true, true));
    library.wait(40 * Moment::DAY);
    assert_eq!(begun(), (false, true));
}

#[test]
fn a_plan_is_one_step_there_and_back() {
    let library = Library::new();
    let (ana, bo) = (library.follow("ana"), library.follow("bo"));
    library.bring_many(ana, "ana", 20);
    library.bring_many(bo, "bo", 9);
    let changes = [
        SourceChange { source: ana, change: Change::Thin(Mode::Nuggets) },
        SourceChange { source: bo, change: Change::Leave },
    ];
    let modes = || library.engine.sources().unwrap().iter().map(|source| source.mode).collect::<Vec<_>>();
    let applied = library.engine.apply_room(&changes, true).unwrap();
    assert_eq!((applied.changed, modes()), (2, vec![Mode::Nuggets]));
    assert_eq!(library.engine.apply_room(&changes, true).unwrap().plan, None);
    assert_eq!(library.engine.undo_room(applied.plan.unwrap()).unwrap().changed, 2);
    assert_eq!(modes(), [Mode::All, Mode::All]);
    assert_eq!(library.engine.undo_room(PlanId(77)).unwrap_err().code, Code::Missing);
    assert_eq!(library.engine.room(Goal::PostsAWeek(0)).unwrap_err().code, Code::BadInput);
}

#[test]
fn thirty_days_later_the_note_says_what_was_freed_and_what_was_missed() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 3);
    let change = SourceChange { source: ana, change: Change::Thin(Mode::Nuggets) };
    let plan = library.engine.apply_room(&[change], true).unwrap().plan.unwrap();
    assert!(!library.engine.room_notes().unwrap()[0].due);
    for _ in 0..10 {
        library.wait(3 * Moment::DAY);
        library.bring_many(ana, &format!("ana{}", library.now().0), 2);
    }
    let starred = library.posts(ana)[0];
    library.engine.mark(&[starred], MarkView::Starred, true).unwrap();
    let [note] = library.engine.room_notes().unwrap().try_into().unwrap();
    assert!(note.due && note.counted && note.freed >= 19, "{note:?}");
    assert!(note.missed.iter().any(|line| line.post == starred), "{note:?}");
    assert_eq!((&note.thinned[..], note.foreseen), (&["ana".to_owned()][..], None));
    // What comes after the thirty days is none of it, nor what is starred later.
    library.wait(Moment::DAY);
    library.bring_many(ana, "later", 9);
    library.engine.mark(&library.posts(ana)[..3], MarkView::Starred, true).unwrap();
    let [again] = library.engine.room_notes().unwrap().try_into().unwrap();
    assert_eq!((again.freed, again.minutes, again.missed.len()), (note.freed, note.minutes, note.missed.len()));
    library.engine.room_told(plan).unwrap();
    assert!(!library.engine.room_notes().unwrap()[0].due, "it is told once");
    library.engine.set_mode(ana, Mode::All).unwrap();
    assert_eq!(library.engine.room_notes().unwrap()[0].thinned, Vec::<String>::new());
}

#[test]
fn of_a_source_that_was_left_the_note_says_what_that_was_to_free_and_that_the_rest_is_not_known() {
    let library = Library::new();
    let (ana, bo) = (library.follow("ana"), library.follow("bo"));
    library.bring_many(ana, "ana", 12);
    library.bring_many(bo, "bo", 2);
    let leave = |source| [SourceChange { source, change: Change::Leave }];
    library.engine.apply_room(&leave(bo), false).unwrap();
    assert_eq!(library.engine.room_notes().unwrap(), [], "a deed on a row of the table is no plan");
    library.engine.apply_room(&leave(ana), true).unwrap();
    let [waits] = library.engine.room_notes().unwrap().try_into().unwrap();
    assert_eq!((waits.counted, waits.due, waits.foreseen.map(|foreseen| foreseen.posts)), (false, false, Some(12)));
    library.wait(31 * Moment::DAY);
    let [note] = library.engine.room_notes().unwrap().try_into().unwrap();
    assert!(note.due && note.counted, "{note:?}");
    assert_eq!((&note.left[..], note.freed, note.missed.len()), (&["ana".to_owned()][..], 0, 0));
    assert!(note.foreseen.is_some_and(|foreseen| foreseen.posts == 12 && foreseen.minutes >= 6), "{note:?}");
    library.engine.follow_again(ana).unwrap();
    let [back] = library.engine.room_notes().unwrap().try_into().unwrap();
    assert!(!back.due && back.left.is_empty(), "what the reader took back themselves is not told: {back:?}");
}

#[test]
fn every_post_that_a_change_would_have_cost_is_counted_and_the_rest_is_listed_when_asked() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 60);
    library.engine.mark(&library.posts(ana), MarkView::Starred, true).unwrap();
    let view = library.engine.room(Goal::PostsAWeek(1_000)).unwrap();
    let option = view.steps[0].options.iter().find(|option| option.change == Change::Leave).unwrap();
    assert_eq!((option.misses.len(), option.misses_more.len()), (50, 10));
    let rest = library.engine.lines(&option.misses_more).unwrap();
    assert_eq!(rest.iter().map(|line| line.post).collect::<Vec<_>>(), option.misses_more);
    assert!(rest.iter().all(|line| line.marks.starred));
}

#[test]
fn what_stands_in_for_a_source_is_followed_again_where_it_was_left() {
    let library = Library::new();
    let (ana, bo) = (library.follow("ana"), library.follow("bo"));
    library.engine.unfollow(bo).unwrap();
    let replace = [SourceChange { source: ana, change: Change::Replace(bo) }];
    let plan = library.engine.apply_room(&replace, true).unwrap().plan.unwrap();
    let followed = || library.engine.sources().unwrap().iter().map(|source| source.id).collect::<Vec<_>>();
    assert_eq!(followed(), [bo]);
    let [note] = library.engine.room_notes().unwrap().try_into().unwrap();
    assert_eq!((note.left, note.thinned), (vec!["ana".to_owned()], Vec::<String>::new()));
    library.engine.undo_room(plan).unwrap();
    assert_eq!(followed(), [ana]);
}

#[test]
fn nuggets_are_those_that_digests_would_show_by_the_rules_of_today() {
    let (engine, _) = sampled();
    let keeps = || {
        let view = engine.room(Goal::PostsAWeek(100)).unwrap();
        let options = &view.steps[0].options;
        let nuggets = options.iter().find(|option| option.change == Change::Thin(Mode::Nuggets)).unwrap();
        (view.steps[0].source, nuggets.keeps.clone())
    };
    let (forum, before) = keeps();
    let word = before[0].title.split(' ').max_by_key(|word| word.len()).unwrap().to_owned();
    let rule = RuleAsk {
        id: None,
        wish: Wish::Mute,
        kind: Matter::Word,
        name: word.clone(),
        folder: None,
        into: None,
        until: None,
    };
    engine.set_rule(&rule).unwrap();
    let (same, after) = keeps();
    assert_eq!(forum, same);
    assert!(after.iter().all(|line| !line.title.contains(&word)) && after.len() < before.len(), "{word}: {after:?}");
}

#[test]
fn a_muted_source_is_asked_once_a_day_unless_it_is_named() {
    let library = Library::new();
    let ana = library.follow("ana");
    library.bring_many(ana, "ana", 1);
    library.engine.set_mode(ana, Mode::Muted).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place = Place { folder: folder.path().to_owned(), wait: Duration::ZERO };
    let of = &library.engine;
    let engine = Engine::over(of.store.clone(), place, Arc::clone(&of.net), of.clock.clone());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let asked = |only: Option<&[SourceId]>| {
        runtime.block_on(engine.refresh(false, only, &|_| (), &Cancel::default())).unwrap().total
    };
    assert_eq!(asked(None), 0);
    assert_eq!(asked(Some(&[ana])), 1);
    library.wait(Moment::DAY);
    assert_eq!(asked(None), 1);
}
