//! Holds what the figures of days, months and hours count, and what they do not.

use pepites_core::{
    digest::seconds,
    model::{Enclosure, Item, Moment, PostId, StoryId},
};

use super::*;
use crate::{
    How, Mark, NewDigest,
    digests::tests::{digest, entry},
    tests::{NOW, ago, everywhere, follow, item, number, on_disk, read, titled},
};

mod recount;

/// All that the rollups hold, as (day or month, source or hour, figures), without what is nothing.
type Figures = Vec<(i64, i64, Vec<i64>)>;

fn rows(store: &Store, sql: &str) -> Figures {
    store
        .read(|library| {
            let mut statement = library.prepare(sql)?;
            let columns = statement.column_count();
            let rows = statement.query_map([], |row| {
                let figures = (2..columns).map(|at| row.get(at)).collect::<Result<Vec<i64>, _>>()?;
                Ok((row.get(0)?, row.get(1)?, figures))
            })?;
            let rows: Figures = rows.collect::<Result<_, _>>()?;
            Ok(rows.into_iter().filter(|(_, _, figures)| figures.iter().any(|figure| *figure != 0)).collect())
        })
        .unwrap()
}

/// A library with one post that was read, in a day of its own.
fn read_one(store: &Store) -> PostId {
    let source = follow(store, "a");
    read(store, source, ago(40), vec![item("old", "Old", "<p>old</p>", ago(41))]);
    read(store, source, NOW, vec![item("x", "Hello", "<p>world</p>", NOW)]);
    let post = titled(store, "Hello");
    store.mark(&[post], Mark::Read, true, How::Opened, NOW, 60).unwrap();
    post
}

#[test]
fn a_backlog_is_no_arrival_and_bulk_is_no_reading() {
    everywhere(|store| {
        read_one(store);
        let of = |sql: &str| number(store, sql);
        assert_eq!(of("SELECT sum(arrived) FROM trend_days"), 1);
        assert_eq!((of("SELECT sum(published) FROM trend_days"), of("SELECT sum(backlog) FROM trend_days")), (2, 1));
        store.mark(&[titled(store, "Old")], Mark::Read, true, How::InBulk, NOW, 60).unwrap();
        let days = store.trend_days(0, 1_000_000).unwrap();
        let all = days.iter().fold(Tally::default(), |sum, cell| sum.plus(cell.tally));
        assert_eq!((all.opened, all.in_bulk, all.read()), (1, 1, 0));
    });
}

#[test]
fn reading_time_is_that_of_the_digest() {
    for words in [0_u32, 1, 38, 39, 40, 229, 230, 231, 5_000] {
        let store = Store::memory().unwrap();
        let source = follow(&store, "a");
        let html = format!("<p>{}</p>", "word ".repeat(words as usize));
        read(&store, source, NOW, vec![item("x", "Hello", &html, NOW)]);
        let post = store.post(titled(&store, "Hello")).unwrap();
        let kept = number(&store, "SELECT sum(seconds) FROM trend_days");
        assert_eq!(kept, i64::from(seconds(post.words, pepites_core::digest::WORDS_PER_MINUTE)), "{words} words");
    }
}

#[test]
fn what_was_marked_read_and_then_read_to_its_end_was_read_once_and_unread_it_was_not_read() {
    everywhere(|store| {
        let post = read_one(store);
        let by_hand = titled(store, "Old");
        store.mark(&[by_hand], Mark::Read, true, How::ByHand, NOW, 60).unwrap();
        let later = NOW.plus(Moment::DAY);
        let first = pepites_core::trends::day_of(NOW, 60);
        let read = |first: i64, last: i64| {
            let days = store.trend_days(first, last).unwrap();
            let figure = days.iter().fold(0, |sum, cell| sum + cell.tally.read());
            let what = Listed::Done(&[("finished", None), ("read", Some("by_hand"))]);
            assert_eq!(store.listed(what, first, last, 9, 0).unwrap().len() as u64, figure, "{first} {last}");
            figure
        };
        assert_eq!((read(0, 1_000_000), read(first, first)), (1, 1));
        assert_eq!(store.note_acts(&[by_hand, post], Act::Finished, later, 60).unwrap(), 2);
        assert_eq!((read(0, 1_000_000), read(first, first), read(first + 1, first + 1)), (2, 0, 2));
        store.mark(&[by_hand, post], Mark::Read, false, How::ByHand, later, 60).unwrap();
        assert_eq!(read(0, 1_000_000), 0);
        let ended = || number(store, "SELECT sum(finished) FROM trend_days");
        assert_eq!(ended(), 0);
        store.mark(&[post], Mark::Read, true, How::ByHand, later, 60).unwrap();
        assert_eq!((read(0, 1_000_000), ended()), (1, 1), "unread by mistake, and taken back");
        store.mark(&[post], Mark::Read, false, How::ByHand, later, 60).unwrap();
        assert_eq!((read(0, 1_000_000), ended()), (0, 0));
        assert_eq!(store.note_acts(&[post], Act::Finished, later, 60).unwrap(), 1, "read to its end after all");
        assert_eq!(store.note_acts(&[post], Act::Finished, later, 60).unwrap(), 0);
        store.mark(&[post], Mark::Read, true, How::ByHand, later, 60).unwrap();
        assert_eq!(read(0, 1_000_000), 1);
    });
}

#[test]
fn what_arrived_is_listed_on_the_day_on_which_it_was_counted_wherever_the_reader_is_now() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    store.note_zone(ago(50), 600).unwrap();
    read(&store, source, ago(40), vec![item("old", "Old", "<p>old</p>", ago(41))]);
    // Late in Greenwich: the next day already where the reader is.
    let night = Moment(ago(3).0 / Moment::DAY * Moment::DAY).plus(20 * Moment::HOUR);
    read(&store, source, night, vec![item("x", "Night", "<p>x</p>", night)]);
    store.note_zone(ago(1), -600).unwrap();
    let day = night.0 / Moment::DAY + 1;
    for (day, expected) in [(day - 1, 0), (day, 1), (day + 1, 0)] {
        let arrived: u64 = store.trend_days(day, day).unwrap().iter().map(|cell| cell.tally.arrived).sum();
        assert_eq!(arrived, expected);
        assert_eq!(store.listed(Listed::Arrived, day, day, 9, 0).unwrap().len() as u64, expected, "{day}");
    }
}

#[test]
fn what_is_erased_is_gone_from_every_figure_and_the_marks_stay() {
    everywhere(|store| {
        let post = read_one(store);
        store.mark(&[post], Mark::Starred, true, How::ByHand, NOW, 60).unwrap();
        assert_eq!(store.note_acts(&[post], Act::Finished, NOW, 60).unwrap(), 1);
        assert_eq!(store.note_acts(&[post], Act::Finished, NOW, 60).unwrap(), 0, "read to the end once");
        assert_eq!(store.erase_acts(NOW).unwrap(), 3);
        let all =
            store.trend_days(0, 1_000_000).unwrap().iter().fold(Tally::default(), |sum, cell| sum.plus(cell.tally));
        assert_eq!((all.opened, all.finished, all.starred, all.arrived), (0, 0, 0, 1));
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE post_key IS NOT NULL"), 0);
        assert_eq!(number(store, "SELECT sum(read) FROM trend_hours"), 0);
        assert_eq!(number(store, "SELECT sum(read_seconds) FROM trend_totals"), 0);
        let marks = store.marks(&[post]).unwrap()[0];
        assert!(marks.read.is_some() && marks.starred.is_some());
        // What is taken back afterwards has nothing to take away.
        store.mark(&[post], Mark::Read, false, How::ByHand, NOW, 60).unwrap();
        assert_eq!(number(store, "SELECT count(*) FROM trend_days WHERE opened < 0"), 0);
    });
}

#[test]
fn another_pace_counts_every_kept_post_anew_and_what_is_listened_to_takes_its_own_time() {
    let store = Store::memory().unwrap();
    let source = follow(&store, "a");
    let html = format!("<p>{}</p>", "word ".repeat(460));
    let heard = Enclosure {
        url: "https://a.example/x.mp3".to_owned(),
        media_type: Some("audio/mpeg".to_owned()),
        bytes: None,
        seconds: Some(600),
    };
    let talk = Item { enclosures: vec![heard], ..item("x", "Talk", &html, NOW) };
    read(&store, source, NOW, vec![talk]);
    let takes = || number(&store, "SELECT sum(seconds) FROM trend_days");
    assert_eq!(takes(), 720);
    store.set_pace(460).unwrap();
    assert_eq!((takes(), number(&store, "SELECT seconds FROM trend_months")), (660, 660));
    store.mark(&[titled(&store, "Talk")], Mark::Read, true, How::Opened, NOW, 0).unwrap();
    store.set_pace(230).unwrap();
    let read = store.trend_totals().unwrap();
    assert_eq!((takes(), read[0].read_seconds), (720, 660), "what was read took what it took then");
    store.mark(&[titled(&store, "Talk")], Mark::Read, false, How::ByHand, NOW, 0).unwrap();
    assert_eq!(store.trend_totals().unwrap()[0].read_seconds, 0);
    assert_eq!(store.came(Piece::Months(0, i64::MAX)).unwrap()[0].seconds, 720);
    assert_eq!(store.acted(Piece::Days(0, i64::MAX)).unwrap(), []);
}

#[test]
fn relays_are_counted_from_months_and_ends_as_from_the_relays_themselves() {
    let store = Store::memory().unwrap();
    let [a, b] = ["a", "b"].map(|name| follow(&store, name));
    let begin = NOW.plus(-100 * Moment::DAY);
    store
        .write(Durability::Process, move |library| {
            for post in 0..100_i64 {
                library.execute(
                    "INSERT INTO relays VALUES (?1, ?2, ?3, 1, ?4, 5)",
                    [post, b.0, begin.0 + post * Moment::DAY, a.0],
                )?;
            }
            // Told anew: counted once.
            library.execute("INSERT OR REPLACE INTO relays VALUES (7, ?1, ?2, 1, ?3, 5)", [b.0, begin.0, a.0])?;
            library.execute("DELETE FROM relays WHERE post = 50", [])?;
            Ok(())
        })
        .unwrap();
    for (first, last) in [(0, 100), (3, 90), (10, 12), (40, 41), (60, 60), (33, 77)] {
        let (since, until) = (begin.plus(first * Moment::DAY), begin.plus(last * Moment::DAY));
        let counted: u64 = store.relay_counts(since, until).unwrap().iter().map(|(.., posts)| posts).sum();
        assert_eq!(counted, store.relays(since, until).unwrap().len() as u64, "{first} {last}");
    }
    assert_eq!(store.relay_counts(Moment(i64::MIN), Moment(i64::MAX)).unwrap(), [(b, a, 99)]);
}

#[test]
fn hours_and_days_are_where_the_reader_was() {
    let store = Store::memory().unwrap();
    // 2026-11-23T00:30 where the reader is, a Monday.
    store.note_zone(NOW, 60).unwrap();
    read_one(&store);
    let hours = store.trend_hours(0, 1_000_000).unwrap();
    assert_eq!(hours[0][0], (1, 1));
    assert_eq!(store.first_lived_day().unwrap(), Some(pepites_core::trends::day_of(NOW, 60)));
    store.note_zone(NOW.plus(5), 60).unwrap();
    store.note_zone(NOW.plus(9), -300).unwrap();
    store.note_zone(NOW.plus(1), 120).unwrap();
    assert_eq!(number(&store, "SELECT count(*) FROM zones"), 3);
    assert_eq!(number(&store, "SELECT offset_minutes FROM zones ORDER BY since LIMIT 1"), 60);
}

#[test]
fn an_older_library_is_counted_when_it_is_brought_up() {
    let (folder, store) = on_disk();
    read_one(&store);
    // A digest that was seen, and one that nobody looked at, which shows the same and one story more.
    let post = titled(&store, "Hello");
    let [seen, more] = [entry(StoryId(3), post), entry(StoryId(4), post)];
    store.keep_digest(&digest("2026-11-23", vec![seen.clone()]), None).unwrap();
    store.keep_digest(&NewDigest { opened: false, ..digest("2026-11-23", vec![seen, more]) }, None).unwrap();
    assert_eq!(number(&store, "SELECT sum(digested) FROM trend_days"), 1);
    let before = rows(&store, "SELECT * FROM trend_days ORDER BY day, source");
    let months = rows(&store, "SELECT * FROM trend_months ORDER BY month, source");
    let hours = rows(&store, "SELECT * FROM trend_hours ORDER BY day, hour");
    let read_seconds = number(&store, "SELECT sum(read_seconds) FROM trend_totals");
    assert!(read_seconds >= 10);
    drop(store);
    let library = Connection::open(folder.path().join("library.db")).unwrap();
    let steps = [
        include_str!("../../../../migrations/0016_trends.sql"),
        include_str!("../../../../migrations/0017_refresh.sql"),
        include_str!("../../../../migrations/0019_trends_totals.sql"),
        include_str!("../../../../migrations/0023_seen_digests.sql"),
        include_str!("../../../../migrations/0027_read_once.sql"),
    ];
    for kind in ["TRIGGER", "INDEX", "TABLE"] {
        for line in steps.iter().flat_map(|step| step.lines()) {
            let Some(name) = line.strip_prefix(&format!("CREATE {kind} ")) else { continue };
            let name = name.split([' ', '(']).next().unwrap();
            library.execute_batch(&format!("DROP {kind} IF EXISTS {name}")).unwrap();
        }
    }
    library.execute_batch("DROP TRIGGER posts_turn_source; ALTER TABLE sources DROP COLUMN mode").unwrap();
    for step in steps {
        library.execute_batch(step).unwrap();
    }
    drop(library);
    let store = Store::open(folder.path(), std::time::Duration::from_secs(10)).unwrap();
    assert_eq!(number(&store, "SELECT sum(read_seconds) FROM trend_totals"), read_seconds);
    assert_eq!(
        number(&store, "SELECT sum(arrived * 1000000 + seconds) FROM trend_totals"),
        number(&store, "SELECT sum(arrived * 1000000 + seconds) FROM trend_days")
    );
    // The reader's zone is known from the last mark: what came at half past midnight came on the day that it was there.
    let shifted = |figures: Figures| -> i64 { figures.iter().map(|(_, _, figures)| figures.iter().sum::<i64>()).sum() };
    for (table, order, before) in [
        ("trend_days", "day, source", before),
        ("trend_months", "month, source", months),
        ("trend_hours", "day, hour", hours),
    ] {
        let now = rows(&store, &format!("SELECT * FROM {table} ORDER BY {order}"));
        assert_eq!(shifted(now), shifted(before), "{table}");
    }
    assert_eq!(number(&store, "SELECT offset_minutes FROM zones"), 60);
    let day = pepites_core::trends::day_of(NOW, 60);
    assert_eq!(number(&store, &format!("SELECT arrived FROM trend_days WHERE day = {day}")), 1);
}
