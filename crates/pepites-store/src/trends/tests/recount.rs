//! Holds that the figures kept with each write are what a recount of everything gives, whatever was done in which order.

use pepites_core::model::{DigestId, Enclosure, Item, Moment, PostId, SourceId};
use proptest::prelude::*;

use super::super::*;
use super::rows;
use crate::{
    How, KeepRule, Mark, NewDigest, Verdict,
    digests::tests::{digest, entry},
    tests::{ago, follow, group, item, number, read},
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
        seen: bool,
    },
    Look {
        digest: i64,
    },
    Say {
        one: usize,
        other: usize,
        together: bool,
    },
    Zone {
        hours: i64,
    },
    Pace {
        words_per_minute: u32,
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
        2 => (0_u8..3, prop::collection::vec(0_u8..8, 0..4), any::<bool>())
            .prop_map(|(day, faces, seen)| Deed::Digest { day, faces, seen }),
        1 => (1_i64..6).prop_map(|digest| Deed::Look { digest }),
        1 => (0_usize..20, 0_usize..20, any::<bool>()).prop_map(|(one, other, together)| Deed::Say { one, other, together }),
        1 => (-11_i64..13).prop_map(|hours| Deed::Zone { hours }),
        1 => (60_u32..1_000).prop_map(|words_per_minute| Deed::Pace { words_per_minute }),
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
                    "CREATE TABLE ever (id INTEGER PRIMARY KEY, source, published, arrived, backlog, dated, seconds)",
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
                    // One in four has no date, one in three is listened to: for longer the second time.
                    let listened = (name % 3 == 2).then(|| Enclosure {
                        url: "https://a.example/x.mp3".to_owned(),
                        media_type: Some("audio/mpeg".to_owned()),
                        bytes: None,
                        seconds: Some(60 + u32::from(*words)),
                    });
                    let published = item.published.filter(|_| name % 4 != 3);
                    Item { published, enclosures: listened.into_iter().collect(), ..item }
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
                self.store.note_acts(&[post, PostId(9_999)], act, self.now, self.offset).unwrap();
            }
            Deed::Digest { day, faces, seen } => {
                let faces = faces.iter().filter_map(|face| self.post(usize::from(*face)));
                let entries = faces.filter_map(|face| Some(entry(self.store.post(face).unwrap().story?, face)));
                let new = digest(&format!("2026-11-2{day}"), entries.collect());
                self.store.keep_digest(&NewDigest { opened: *seen, ..new }, None).unwrap();
            }
            Deed::Look { digest } => self.store.open_digest(DigestId(*digest), self.now).unwrap(),
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
            Deed::Pace { words_per_minute } => self.store.set_pace(*words_per_minute).unwrap(),
            Deed::Trim => {
                let rule = KeepRule { read_days: Some(2), unread_days: Some(4) };
                self.trimmed |= self.store.trim(rule, self.now).unwrap().posts > 0;
            }
        }
        // What was ever there: a trim takes posts away, and not the days on which they came.
        self.store
            .write(Durability::Process, |library| {
                library.execute(
                    "INSERT OR REPLACE INTO ever
                     SELECT posts.id, source, published, arrived, backlog, dated,
                            max(10, words * 60 / words_per_minute + (words * 60 % words_per_minute > 0))
                            + coalesce(json_extract(enclosures, '$[0].seconds'), 0)
                     FROM posts, reading_pace",
                    [],
                )?;
                Ok(())
            })
            .unwrap();
    }
}

/// Every figure counted anew, from posts, digests and the log.
const RECOUNT: &str = "
    SELECT day, source, sum(published), sum(seconds), sum(backlog), sum(arrived), sum(digested), sum(nuggets), sum(opened),
           sum(finished), sum(by_hand), sum(in_bulk), sum(skimmed), sum(skipped), sum(starred), sum(shared)
    FROM (
        SELECT max(0, published + ZONE(published)) / 86400000 AS day, source, 1 AS published,
               seconds, backlog, 0 AS arrived, 0 AS digested, 0 AS nuggets, 0 AS opened,
               0 AS finished, 0 AS by_hand, 0 AS in_bulk, 0 AS skimmed, 0 AS skipped, 0 AS starred, 0 AS shared
        FROM ever WHERE dated OR NOT backlog
        UNION ALL
        SELECT max(0, arrived + ZONE(arrived)) / 86400000, source, 0,0,0,1,0,0,0,0,0,0,0,0,0,0 FROM ever WHERE NOT backlog
        UNION ALL
        SELECT unixepoch(day) / 86400, source, 0,0,0,0, 1, max(nugget), 0,0,0,0,0,0,0,0
        FROM digest_entries JOIN digests ON digests.id = digest
        WHERE source IS NOT NULL AND opened IS NOT NULL GROUP BY day, story, face
        UNION ALL
        SELECT max(0, at + offset_minutes * 60000) / 86400000, sources.id, 0,0,0,0,0,0, what = 'read' AND how = 'opened',
               what = 'finished', what = 'read' AND how = 'by_hand' AND NOT EXISTS (
                   SELECT 1 FROM events AS ended
                   WHERE ended.post_key = events.post_key AND ended.what = 'finished' AND ended.value = 'true'
                     AND NOT EXISTS (
                         SELECT 1 FROM events AS back WHERE back.post_key = ended.post_key AND back.what = 'finished'
                                                        AND back.value = 'false' AND back.id > ended.id)),
               what = 'read' AND how = 'in_bulk', what = 'skimmed',
               what = 'skipped', what = 'starred', what = 'shared'
        FROM events JOIN sources ON locator = source_locator
        WHERE post_key IS NOT NULL AND value = 'true' AND NOT EXISTS (
            SELECT 1 FROM events AS back
            WHERE back.post_key = events.post_key AND back.what = events.what AND back.value = 'false' AND back.id > events.id)
    ) GROUP BY day, source ORDER BY day, source";

/// What was opened or marked read by itself, and not taken back, of posts that were there.
const READ_NOW: &str = "
    SELECT count(*) FROM events
    WHERE what = 'read' AND how <> 'in_bulk' AND value = 'true' AND NOT EXISTS (
        SELECT 1 FROM events AS back
        WHERE back.post_key = events.post_key AND back.what = events.what AND back.value = 'false' AND back.id > events.id)";

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
    let totals = format!("SELECT day, 0, {FIGURES} FROM trend_totals ORDER BY day");
    let every_source: Vec<String> = FIGURES.split(',').map(|figure| format!("sum({})", figure.trim())).collect();
    let every_source = format!("SELECT day, 0, {} FROM trend_days GROUP BY day ORDER BY day", every_source.join(", "));
    assert_eq!(rows(store, &totals), rows(store, &every_source));
    assert_eq!(
        rows(store, "SELECT day, 0, read_seconds FROM trend_totals ORDER BY day"),
        rows(store, "SELECT day, 0, sum(seconds) FROM readings GROUP BY day ORDER BY day")
    );
    assert_eq!(number(store, READ_NOW), number(store, "SELECT count(*) FROM readings"));
    assert_eq!(
        rows(store, "SELECT month * 100 + source, first_source, posts FROM relay_months ORDER BY 1, 2"),
        rows(
            store,
            "SELECT CAST(strftime('%Y%m', published / 1000, 'unixepoch') AS INTEGER) * 100 + source, first_source, count(*)
             FROM relays GROUP BY 1, 2 ORDER BY 1, 2"
        )
    );
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
