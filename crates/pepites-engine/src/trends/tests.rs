//! Holds that the page of trends says what there is, and of the demo world what its key says.

use std::collections::BTreeMap;

use pepites_core::{
    model::{Day, Mode, Moment},
    trends::{Range, SourceStanding, day_of},
};

use super::{begin, month_of, next, whole_months};
use crate::{
    contract::{ActView, Counted, CountedAsk, CountedIn, MarkView},
    fixture::Library,
    room::tests::sampled,
    sample::{USUAL_PORT, World},
};

#[test]
fn months_begin_where_the_calendar_has_them() {
    // 2026-11-29 is day 20,786.
    assert_eq!((month_of(20_786), begin(202_611)), (202_611, 20_758));
    assert_eq!((next(202_611), next(202_612)), (202_612, 202_701));
    for month in [197_001, 200_002, 200_003, 202_402, 202_403, 210_003] {
        assert_eq!(month_of(begin(month)), month);
        assert_ne!(month_of(begin(month) - 1), month);
    }
    let span = |first, last| whole_months(super::Span { first, last });
    assert_eq!(span(begin(202_601), begin(202_604)), Some((202_601, 202_603)));
    assert_eq!(span(begin(202_601) + 1, begin(202_604)), Some((202_602, 202_603)));
    assert_eq!(span(begin(202_601) + 1, begin(202_602) + 9), None);
    assert_eq!(span(begin(202_512), begin(202_601)), Some((202_512, 202_512)));
}

/// A reader who has read for a while: one source that came with a backlog, and posts after it.
fn lived() -> Library {
    let library = Library::new();
    let (ana, bo) = (library.follow("ana"), library.follow("bo"));
    library.engine.note_zone().unwrap();
    library.bring_many(ana, "ana", 5);
    library.bring_many(bo, "bo", 1);
    for day in 1..=40 {
        library.wait(Moment::DAY);
        library.bring(ana, vec![library.item("ana", &format!("Tide table of day {day}"), 2)]);
    }
    library.engine.group().unwrap();
    library
}

#[test]
fn the_days_of_one_source_are_its_own_and_say_what_was_read_of_it() {
    let library = lived();
    let sources = library.engine.sources().unwrap();
    let ana = sources.iter().find(|source| source.posts > 30).unwrap().id;
    let bo = sources.iter().find(|source| source.id != ana).unwrap().id;
    let posts = library.posts(ana);
    library.engine.open_post(posts[0]).unwrap();
    library.engine.mark(&posts[1..4], MarkView::Starred, true).unwrap();
    library.engine.mark(&posts[4..5], MarkView::Read, true).unwrap();
    let days = library.engine.source_days(ana).unwrap();
    assert_eq!(days.days.len(), 90);
    assert_eq!(days.days.iter().sum::<u32>(), days.posts);
    let row = library.engine.trends(Range::Quarter).unwrap().rows.into_iter().find(|row| row.source == ana).unwrap();
    assert_eq!(
        (days.posts, days.opened, days.read, days.starred, days.nuggets),
        (row.posts, row.opened, row.read, row.starred, row.nuggets),
        "as the page of trends says of the same days"
    );
    assert_eq!((days.opened, days.read, days.starred), (1, 1, 3));
    assert_eq!(days.read_share, row.read_share);
    assert_eq!(&days.days[60..], &row.spark[..]);
    let other = library.engine.source_days(bo).unwrap();
    assert_eq!((other.opened, other.read), (0, 0));
    assert!(library.engine.source_days(pepites_core::model::SourceId(999)).is_err());
}

#[test]
fn figures_count_what_came_and_what_was_done_and_each_opens_its_list() {
    let library = lived();
    let posts = library.posts(library.engine.sources().unwrap()[0].id);
    library.engine.open_post(posts[0]).unwrap();
    library.engine.note_acts(&posts[..1], ActView::Finished).unwrap();
    library.engine.note_acts(&posts[..2], ActView::Shared).unwrap();
    library.engine.mark(&posts[1..2], MarkView::Starred, true).unwrap();
    library.engine.mark(&posts[2..6], MarkView::Read, true).unwrap();
    library.engine.mark(&posts[6..7], MarkView::Skipped, true).unwrap();
    library.engine.mark(&posts[7..8], MarkView::Skipped, true).unwrap();
    library.engine.mark(&posts[7..8], MarkView::Skipped, false).unwrap();
    let view = library.engine.trends(Range::Month).unwrap();
    let figures = view.figures;
    assert_eq!((figures.arrived, figures.published), (30, 30), "{figures:?}");
    assert_eq!((figures.opened, figures.read, figures.in_bulk), (1, 1, 4));
    assert_eq!((figures.starred, figures.skipped, figures.shared), (1, 1, 2));
    assert_eq!((view.ever.arrived, view.ever.published), (40, 46), "a backlog never arrived");
    assert_eq!(view.before, None, "the library is younger than sixty days");
    let listed = |counted, within| {
        let ask = CountedAsk { counted, range: Range::Month, within, limit: 100, offset: 0 };
        library.engine.counted(&ask).unwrap().len()
    };
    let count = |counted| listed(counted, CountedIn::Range);
    assert_eq!((listed(Counted::Arrived, CountedIn::Before), listed(Counted::Arrived, CountedIn::Ever)), (10, 40));
    assert_eq!(listed(Counted::Shared, CountedIn::Ever), 2);
    for (counted, expected) in [
        (Counted::Arrived, 30),
        (Counted::Opened, 1),
        (Counted::Read, 1),
        (Counted::Starred, 1),
        (Counted::Skipped, 1),
        (Counted::Shared, 2),
        (Counted::Digested, 0),
    ] {
        assert_eq!(count(counted), expected, "{counted:?}");
    }
    assert_eq!(library.engine.erase_trends().unwrap(), 12);
    let view = library.engine.trends(Range::Month).unwrap();
    assert_eq!((view.figures.opened, view.figures.starred, view.figures.arrived), (0, 0, 30));
    assert_eq!(library.engine.starred(9, 0).unwrap().len(), 1, "what is starred stays so");
}

#[test]
fn every_range_adds_up_to_its_bars_and_rows() {
    let library = lived();
    for range in Range::EVERY {
        let view = library.engine.trends(range).unwrap();
        let bars: u32 = view.bars.iter().flat_map(|bar| &bar.arrived).sum();
        assert_eq!(bars, view.figures.arrived, "{range:?}");
        let backlog: u32 = view.bars.iter().flat_map(|bar| &bar.backlog).sum();
        let folders: u32 = view.bars.iter().flat_map(|bar| &bar.folders).sum();
        assert_eq!(folders, bars + backlog, "{range:?}");
        assert_eq!(view.rows.iter().map(|row| row.posts).sum::<u32>(), view.figures.published, "{range:?}");
        assert!(view.bars.windows(2).all(|pair| pair[0].when < pair[1].when));
        let hours: u32 = view.hours.iter().flatten().map(|hour| hour.arrived).sum();
        assert_eq!(hours, view.figures.arrived, "{range:?}");
        if let Some(days) = range.days().filter(|_| !range.by_month()) {
            assert_eq!(view.bars.len() as i64, days);
        }
    }
    let week = library.engine.trends(Range::Week).unwrap();
    assert_eq!(week.before.map(|before| before.arrived), Some(7), "a week is compared with the week before");
    let ana = &week.rows[0];
    assert_eq!((ana.a_day, ana.spark.len(), ana.interval_hours), (1.0, 30, Some(24.0)));
    assert_eq!(week.rows[1].standing, SourceStanding::Quiet);
}

#[test]
fn an_empty_library_has_a_page_without_figures() {
    let library = Library::new();
    for range in Range::EVERY {
        let view = library.engine.trends(range).unwrap();
        assert_eq!((view.figures, view.since, view.rows.len()), (Default::default(), None, 0));
    }
    assert!(!library.engine.rising().unwrap().comparable);
    assert_eq!(library.engine.relays(Range::All).unwrap().pairs, []);
}

#[test]
fn the_sample_s_sources_its_volume_and_its_firehoses_are_those_of_its_key() {
    let (library, now) = sampled();
    let view = library.trends(Range::Month).unwrap();
    assert_eq!(view.sources, 155);
    let today = day_of(now, 0);
    let mut key: BTreeMap<String, u32> = BTreeMap::new();
    let world = World::new(1, &Day("2026-11-23".to_owned()), 1).until(now);
    for post in world.key(USUAL_PORT).into_iter().filter(|post| day_of(post.at, 0) > today - 30) {
        *key.entry(post.source).or_default() += 1;
    }
    assert_eq!(view.figures.published, key.values().sum::<u32>());
    assert_eq!(view.figures.arrived, 0, "a backlog did not arrive");
    let address: BTreeMap<_, _> =
        library.sources().unwrap().into_iter().map(|source| (source.id, source.address)).collect();
    for row in &view.rows {
        assert_eq!(row.posts, key.get(&address[&row.source]).copied().unwrap_or(0), "{}", row.title);
        assert_eq!(row.spark.iter().sum::<u32>(), row.posts, "{}", row.title);
    }
    let firehoses: Vec<&str> = view.rows.iter().filter(|row| row.posts > 500).map(|row| row.title.as_str()).collect();
    assert_eq!(firehoses.len(), 3, "{firehoses:?}");
    assert!(firehoses.contains(&"Linotte Support Forum"), "{firehoses:?}");
    // Those that tell again what the news told are found out.
    let relays: Vec<&str> =
        view.rows.iter().filter(|row| row.standing == SourceStanding::Relays).map(|row| row.title.as_str()).collect();
    assert!(relays.contains(&"Planet Shavings") && relays.contains(&"Version Watch"), "{relays:?}");
    let told = library.relays(Range::Month).unwrap();
    assert!(told.spare.iter().any(|spare| spare.source.title == "Planet Shavings"), "{:?}", told.spare);
    assert!(told.pairs[0].count > 10 && firehoses.contains(&told.pairs[0].first.title.as_str()), "{:?}", told.pairs[0]);
}

#[test]
fn a_thinned_source_is_read_as_thin_by_the_digest() {
    let library = lived();
    let ana = library.engine.sources().unwrap()[0].id;
    let of_ana = |library: &Library| {
        let again = crate::contract::DigestAsk { again: true, ..Default::default() };
        let view = library.engine.today(&again).unwrap();
        view.entries.iter().filter(|entry| entry.face.source == ana).count()
    };
    let all = of_ana(&library);
    assert!(all > 2, "{all}");
    for (mode, expected) in [(Mode::Daily(2), 2), (Mode::Muted, 0), (Mode::Digest, all), (Mode::All, all)] {
        let before = library.engine.set_mode(ana, mode).unwrap();
        assert_ne!(before, mode);
        assert_eq!(of_ana(&library), expected, "{mode:?}");
    }
    assert!(library.engine.set_mode(ana, Mode::Daily(0)).is_err());
}
