//! Holds that the figures kept with each write are what a recount of everything gives, whatever was done in which order.

use pepites_core::{
    digest::seconds,
    model::{Moment, PostId, SourceId},
};
use proptest::prelude::*;

use super::*;
use crate::{
    How, KeepRule, Mark, Verdict,
    digests::tests::{digest, entry},
    tests::{NOW, ago, everywhere, follow, group, item, number, on_disk, read, titled},
};

/// One thing that happens to a library.
#[derive(Clone, Debug)]
enum Deed {
    /// A visit to a source brings posts of these names, so many hours after the last deed.
    Visit {
        source: usize,
        hours: i64,
        names: Vec<u8>,
        words: u8,
    },
    Mark {
        post: usize,
        mark: u8,
        on: bool,
        how: u8,
        hours: i64,
    },
    Act {
        post: usize,
        act: u8,
    },
    Digest {
        day: u8,
        faces: Vec<u8>,
    },
    Say {
        one: usize,
        other: usize,
        together: bool,
    },
    Zone {
        hours: i64,
    },
    Trim,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        4 => (0_usize..3, 0_i64..40, prop::collection::vec(0_u8..12, 1..6), 0_u8..60)
            .prop_map(|(source, hours, names, words)| Deed::Visit { source, hours, names, words }),
        4 => (0_usize..20, 0_u8..3, any::<bool>(), 0_u8..3, -30_i64..30)
            .prop_map(|(post, mark, on, how, hours)| Deed::Mark { post, mark, on, how, hours }),
        1 => (0_usize..20, 0_u8..3).prop_map(|(post, act)| Deed::Act { post, act }),
        2 => (0_u8..3, prop::collection::vec(0_u8..8, 0..4)).prop_map(|(day, faces)| Deed::Digest { day, faces }),
        1 => (0_usize..20, 0_usize..20, any::<bool>()).prop_map(|(one, other, together)| Deed::Say { one, other, together }),
        1 => (-11_i64..13).prop_map(|hours| Deed::Zone { hours }),
        1 => Just(Deed::Trim),
    ]
}

/// A library, and where its clock is.
struct World {
    store: Store,
    sources: [SourceId; 3],
    now: Moment,
    offset: i32,
    trimmed: bool,
}

impl World {
    fn new() -> Self {
        let store = Store::memory().unwrap();
        let sources = ["a", "b", "c"].map(|name| follow(&store, name));
        store
            .write(Durability::Process, |library| {
                library.execute_batch(
                    "CREATE TABLE ever (id INTEGER PRIMARY KEY, source, published, arrived, backlog, dated, words)",
                )?;
                Ok(())
            })
            .unwrap();
        Self { store, sources, now: ago(9), offset: 0, trimmed: false }
    }

    fn post(&self, at: usize) -> Option<PostId> {
        let posts = self.store.read(|library| {
            let mut statement = library.prepare("SELECT id FROM posts ORDER BY id")?;
            Ok(statement.query_map([], |row| row.get(0).map(PostId))?.collect::<Result<Vec<_>, _>>()?)
        });
        posts.unwrap().get(at).copied()
    }

    fn do_it(&mut self, deed: &Deed) {
        match deed {
            Deed::Visit { source, hours, names, words } => {
                self.now = self.now.plus(hours * Moment::HOUR);
                let items = names.iter().map(|name| {
                    let at = self.now.plus(-i64::from(*name) * 7 * Moment::HOUR);
                    let html = format!("<p>{}</p>", "word ".repeat(usize::from(*words)));
                    let item = item(&name.to_string(), &format!("Post {name}"), &html, at);
                    // One in four has no date.
                    pepites_core::model::Item { published: item.published.filter(|_| name % 4 != 3), ..item }
                });
                read(&self.store, self.sources[*source], self.now, items.collect());
                group(&self.store);
            }
            Deed::Mark { post, mark, on, how, hours } => {
                let Some(post) = self.post(*post) else { return };
                let mark = [Mark::Read, Mark::Starred, Mark::Skipped][usize::from(*mark)];
                let how = [How::Opened, How::ByHand, How::InBulk][usize::from(*how)];
                // Clocks go back too.
                let at = self.now.plus(hours * Moment::HOUR);
                self.store.mark(&[post], mark, *on, how, at, self.offset).unwrap();
            }
            Deed::Act { post, act } => {
                let Some(post) = self.post(*post) else { return };
                let act = [Act::Finished, Act::Skimmed, Act::Shared][usize::from(*act)];
                self.store.note_act(post, act, self.now, self.offset).unwrap();
            }
            Deed::Digest { day, faces } => {
                let faces = faces.iter().filter_map(|face| self.post(usize::from(*face)));
                let entries = faces.filter_map(|face| Some(entry(self.store.post(face).unwrap().story?, face)));
                let new = digest(&format!("2026-11-2{day}"), entries.collect());
                self.store.keep_digest(&new, None).unwrap();
            }
            Deed::Say { one, other, together } => {
                let (Some(one), Some(other)) = (self.post(*one), self.post(*other)) else { return };
                let verdict = if *together { Verdict::Together } else { Verdict::Apart };
                if one != other {
                    self.store.say(one, other, verdict, self.now).unwrap();
                }
            }
            Deed::Zone { hours } => {
                self.offset = i32::try_from(hours * 60 + 30).unwrap();
                self.now = self.now.plus(Moment::MINUTE);
                self.store.note_zone(self.now, self.offset).unwrap();
            }
            Deed::Trim => {
                let rule = KeepRule { read_days: Some(2), unread_days: Some(4) };
                self.trimmed |= self.store.trim(rule, self.now).unwrap().posts > 0;
            }
        }
        // What was ever there: a trim takes posts away, and not the days on which they came.
        self.store
            .write(Durability::Process, |library| {
                library.execute(
                    "INSERT OR REPLACE INTO ever SELECT id, source, published, arrived, backlog, dated, words FROM posts",
                    [],
                )?;
                Ok(())
            })
            .unwrap();
    }
}

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

/// Every figure counted anew, from posts, digests and the log.
const RECOUNT: &str = "
    SELECT day, source, sum(published), sum(seconds), sum(backlog), sum(arrived), sum(digested), sum(nuggets), sum(opened),
           sum(finished), sum(by_hand), sum(in_bulk), sum(skimmed), sum(skipped), sum(starred), sum(shared)
    FROM (
        SELECT max(0, published + ZONE(published)) / 86400000 AS day, source, 1 AS published,
               max(10, (words * 60 + 229) / 230) AS seconds, backlog, 0 AS arrived, 0 AS digested, 0 AS nuggets, 0 AS opened,
               0 AS finished, 0 AS by_hand, 0 AS in_bulk, 0 AS skimmed, 0 AS skipped, 0 AS starred, 0 AS shared
        FROM ever WHERE dated OR NOT backlog
        UNION ALL
        SELECT max(0, arrived + ZONE(arrived)) / 86400000, source, 0,0,0,1,0,0,0,0,0,0,0,0,0,0 FROM ever WHERE NOT backlog
        UNION ALL
        SELECT unixepoch(day) / 86400, source, 0,0,0,0, 1, max(nugget), 0,0,0,0,0,0,0,0
        FROM digest_entries JOIN digests ON digests.id = digest WHERE source IS NOT NULL GROUP BY day, story, face
        UNION ALL
        SELECT max(0, at + offset_minutes * 60000) / 86400000, sources.id, 0,0,0,0,0,0, what = 'read' AND how = 'opened',
               what = 'finished', what = 'read' AND how = 'by_hand', what = 'read' AND how = 'in_bulk', what = 'skimmed',
               what = 'skipped', what = 'starred', what = 'shared'
        FROM events JOIN sources ON locator = source_locator
        WHERE post_key IS NOT NULL AND value = 'true' AND NOT EXISTS (
            SELECT 1 FROM events AS back
            WHERE back.post_key = events.post_key AND back.what = events.what AND back.value = 'false' AND back.id > events.id)
    ) GROUP BY day, source ORDER BY day, source";

const HOURS: &str = "
    SELECT day, hour, sum(arrived), sum(read) FROM (
        SELECT max(0, arrived + ZONE(arrived)) / 86400000 AS day, max(0, arrived + ZONE(arrived)) / 3600000 % 24 AS hour,
               1 AS arrived, 0 AS read
        FROM ever WHERE NOT backlog
        UNION ALL
        SELECT max(0, at + offset_minutes * 60000) / 86400000, max(0, at + offset_minutes * 60000) / 3600000 % 24, 0, 1
        FROM events WHERE what = 'read' AND how <> 'in_bulk' AND value = 'true' AND NOT EXISTS (
            SELECT 1 FROM events AS back
            WHERE back.post_key = events.post_key AND back.what = events.what AND back.value = 'false' AND back.id > events.id)
    ) GROUP BY day, hour ORDER BY day, hour";

/// Where the reader was at a moment, in milliseconds.
fn zoned(sql: &str) -> String {
    ["published", "arrived"].into_iter().fold(sql.to_owned(), |sql, of| {
        let zone = format!(
            "coalesce((SELECT offset_minutes FROM zones WHERE since <= {of} ORDER BY since DESC LIMIT 1), 0) * 60000"
        );
        sql.replace(&format!("ZONE({of})"), &zone)
    })
}

fn holds(world: &World) {
    let store = &world.store;
    let days = "SELECT day, source, published, seconds, backlog, arrived, digested, nuggets, opened, finished, by_hand,
                       in_bulk, skimmed, skipped, starred, shared FROM trend_days ORDER BY day, source";
    assert_eq!(rows(store, days), rows(store, &zoned(RECOUNT)));
    let months = days.replace("trend_days", "trend_months").replace("day", "month");
    let by_month = "CAST(strftime('%Y%m', day * 86400, 'unixepoch') AS INTEGER)";
    let summed = format!(
        "SELECT {by_month} AS month, source, sum(published), sum(seconds), sum(backlog), sum(arrived), sum(digested),
                sum(nuggets), sum(opened), sum(finished), sum(by_hand), sum(in_bulk), sum(skimmed), sum(skipped),
                sum(starred), sum(shared) FROM trend_days GROUP BY 1, 2 ORDER BY 1, 2"
    );
    assert_eq!(rows(store, &months), rows(store, &summed));
    let hours = "SELECT day, hour, arrived, read FROM trend_hours ORDER BY day, hour";
    assert_eq!(rows(store, hours), rows(store, &zoned(HOURS)));
    if !world.trimmed {
        let told = "SELECT told.id, told.source, first.id, first.source, told.published - first.published
                    FROM posts AS told JOIN posts AS first
                      ON first.id = (SELECT id FROM posts WHERE story = told.story ORDER BY published, id LIMIT 1)
                    WHERE first.source <> told.source ORDER BY told.id";
        let kept = "SELECT post, source, first, first_source, after FROM relays ORDER BY post";
        assert_eq!(rows(store, kept), rows(store, told));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_rollups_are_what_a_recount_gives(deeds in prop::collection::vec(deed(), 1..40)) {
        let mut world = World::new();
        for deed in &deeds {
            world.do_it(deed);
            holds(&world);
        }
    }
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
fn what_is_erased_is_gone_from_every_figure_and_the_marks_stay() {
    everywhere(|store| {
        let post = read_one(store);
        store.mark(&[post], Mark::Starred, true, How::ByHand, NOW, 60).unwrap();
        store.note_act(post, Act::Finished, NOW, 60).unwrap();
        assert!(!store.note_act(post, Act::Finished, NOW, 60).unwrap(), "read to the end once");
        assert_eq!(store.erase_acts(NOW).unwrap(), 3);
        let all =
            store.trend_days(0, 1_000_000).unwrap().iter().fold(Tally::default(), |sum, cell| sum.plus(cell.tally));
        assert_eq!((all.opened, all.finished, all.starred, all.arrived), (0, 0, 0, 1));
        assert_eq!(number(store, "SELECT count(*) FROM events WHERE post_key IS NOT NULL"), 0);
        assert_eq!(number(store, "SELECT sum(read) FROM trend_hours"), 0);
        let marks = store.marks(&[post]).unwrap()[0];
        assert!(marks.read.is_some() && marks.starred.is_some());
        // What is taken back afterwards has nothing to take away.
        store.mark(&[post], Mark::Read, false, How::ByHand, NOW, 60).unwrap();
        assert_eq!(number(store, "SELECT count(*) FROM trend_days WHERE opened < 0"), 0);
    });
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
    let before = rows(&store, "SELECT * FROM trend_days ORDER BY day, source");
    let months = rows(&store, "SELECT * FROM trend_months ORDER BY month, source");
    let hours = rows(&store, "SELECT * FROM trend_hours ORDER BY day, hour");
    drop(store);
    let library = Connection::open(folder.path().join("library.db")).unwrap();
    // This step and those after it are taken back, the last one first.
    let steps = [
        include_str!("../../../../migrations/0022_verdicts.sql"),
        include_str!("../../../../migrations/0016_trends.sql"),
    ];
    for step in steps {
        let names = |kind: &str| -> Vec<String> {
            let declared = step.lines().filter_map(|line| line.strip_prefix(&format!("CREATE {kind} ")));
            declared.map(|rest| rest.split([' ', '(']).next().unwrap().to_owned()).collect()
        };
        for (kind, names) in ["TRIGGER", "INDEX", "TABLE"].map(|kind| (kind, names(kind))) {
            names.iter().for_each(|name| library.execute_batch(&format!("DROP {kind} {name}")).unwrap());
        }
        for line in step.lines().filter(|line| line.starts_with("ALTER TABLE") && line.contains(" ADD COLUMN ")) {
            let (table, column) = line.split_once(" ADD COLUMN ").unwrap();
            let column = column.split(' ').next().unwrap();
            library.execute_batch(&format!("{table} DROP COLUMN {column}")).unwrap();
        }
    }
    let version: i64 = library.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    let version = version - i64::try_from(steps.len()).unwrap();
    library.pragma_update(None, "user_version", version).unwrap();
    drop(library);
    let store = Store::open(folder.path(), std::time::Duration::from_secs(10)).unwrap();
    assert!(folder.path().join(format!("library.before-{:04}.db", version + 1)).exists());
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
