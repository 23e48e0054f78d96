//! Holds what figures say of a source, and what is told to have risen.

use super::*;

fn met(posts: u32, sources: i64) -> Met {
    Met { posts, sources: (0..sources).map(SourceId).collect() }
}

#[test]
fn a_source_stands_where_its_figures_put_it() {
    for (posts, relays, days, last, broken, expected) in [
        (600, 10, 30, Some(0), false, SourceStanding::Active),
        (20, 15, 30, Some(1), false, SourceStanding::Relays),
        (20, 10, 30, Some(1), false, SourceStanding::Active),
        (3, 3, 30, Some(4), false, SourceStanding::Quiet),
        (4, 0, 30, Some(4), false, SourceStanding::Quiet),
        (5, 0, 30, Some(4), false, SourceStanding::Active),
        (0, 0, 30, Some(91), false, SourceStanding::Inactive),
        (0, 0, 30, None, false, SourceStanding::Inactive),
        (600, 0, 30, Some(0), true, SourceStanding::Inactive),
        (12, 0, 90, Some(9), false, SourceStanding::Quiet),
    ] {
        assert_eq!(standing(posts, relays, days, last, broken), expected, "{posts} {relays} {days} {last:?}");
    }
}

#[test]
fn what_rose_is_new_or_much_more_than_before() {
    let now = [("comet", met(9, 4)), ("harbour", met(40, 9)), ("column", met(30, 1)), ("two", met(2, 2))];
    let before = [("harbour", met(20, 9)), ("comet", met(1, 1))];
    let of = |entries: &[(&str, Met)]| entries.iter().map(|(word, met)| ((*word).to_owned(), met.clone())).collect();
    let (now, before): (BTreeMap<String, Met>, BTreeMap<String, Met>) = (of(&now), of(&before));
    let words = |scale, several, most| {
        risen(&now, &before, scale, several, most).into_iter().map(|risen| risen.what).collect::<Vec<_>>()
    };
    assert_eq!(words(1.0, true, 9), ["harbour", "comet"]);
    assert_eq!(words(2.0, true, 9), ["comet"], "twice the posts, twice the harbours: nothing rose");
    assert_eq!(words(1.0, false, 1), ["column"]);
}

#[test]
fn parts_and_middles_of_nothing_are_nothing() {
    assert_eq!((percent(1, 3), percent(3, 3), percent(0, 0)), (Some(33.3), Some(100.0), None));
    assert_eq!((median(vec![9, 1, 5]), median(vec![4, 2]), median(Vec::new())), (Some(5), Some(2), None));
}

#[test]
fn a_day_begins_at_midnight_where_the_reader_is() {
    let late = Moment(1_795_390_200_000); // 2026-11-22T23:30:00Z
    assert_eq!(day_of(late, 60), day_of(late, 0) + 1);
    assert_eq!(day_of(Moment(-5), 60), 0);
}
