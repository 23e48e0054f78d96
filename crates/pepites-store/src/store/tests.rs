//! Holds what happens to a library that is new, old, newer, damaged, locked, full or not ours to write.

use std::{path::Path, time::Duration};

use rusqlite::Connection;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    Durability,
    migrations::{STEPS, Step, copy, migrate},
    opening::surely,
};
use crate::{
    How, Mark, Store, StoreError,
    error::{Damage, Place, Trouble},
    tests::{NOW, ago, follow, item, number, on_disk, read, titled},
};

/// A shipped migration never changes: libraries out there have had it as it was.
const FROZEN: &[(&str, u64)] = &[
    ("0001_library.sql", 8351630772458180547),
    ("0002_refresh.sql", 7897095110440635898),
    ("0003_stories.sql", 15068621721429459792),
    ("0004_boosts.sql", 7383510756016167320),
    ("0005_unreached.sql", 7_544_573_575_348_633_289),
    ("0006_full_text.sql", 16177613169339681726),
    ("0007_people.sql", 2538431406785737958),
    ("0008_index.sql", 3390333410803947318),
    ("0009_courtesy.sql", 860273944407415011),
    ("0010_accounts.sql", 10252846958053342680),
    ("0011_relations.sql", 8338614928729374953),
    ("0012_wishes.sql", 13020012268508374710),
    ("0013_digest.sql", 18319895392164974320),
    ("0015_contacts.sql", 16663308089684189148),
    ("0016_trends.sql", 256_066_059_469_019_946),
    ("0017_refresh.sql", 17_180_002_397_692_176_748),
    ("0019_trends_totals.sql", 7449966805501533151),
    ("0020_opened.sql", 1_160_898_607_188_177_699),
    ("0022_verdicts.sql", 9_710_731_300_153_932_177),
    ("0023_seen_digests.sql", 13_545_499_381_104_831_285),
    ("0024_searches.sql", 16_201_834_777_694_809_968),
    ("0025_contacts_turn.sql", 17_005_794_628_558_151_573),
    ("0027_read_once.sql", 3_459_533_136_689_632_380),
    ("0028_rules.sql", 10_461_231_969_880_833_716),
    ("0029_places.sql", 14_822_717_511_947_358_052),
    ("0031_kept_read.sql", 3_165_806_092_692_436_386),
    ("0032_rules_after.sql", 17_503_756_283_545_491_101),
    ("0033_imports.sql", 1_387_336_730_514_993_259),
    ("0034_imports_apart.sql", 5_347_071_184_103_426_554),
    ("0035_turn.sql", 7_449_268_434_542_169_860),
    ("0036_words.sql", 2_489_887_494_217_199_978),
];

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/schema.sql");

const SHORT: Duration = Duration::from_millis(50);

#[test]
fn migrations_that_were_shipped_are_frozen() {
    let now: Vec<(&str, u64)> = STEPS.iter().map(|step| (step.name, xxh3_64(step.sql.as_bytes()))).collect();
    assert_eq!(now, FROZEN);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".sql") && name != "schema.sql")
        .collect();
    files.sort();
    assert_eq!(files, STEPS.iter().map(|step| step.name).collect::<Vec<_>>(), "a file that is no step");
}

#[test]
fn the_schema_that_people_read_is_the_one_that_migrations_make() {
    let store = Store::memory().unwrap();
    let made = store.read(|library| {
        let mut statement = library.prepare(
            "SELECT sql FROM sqlite_schema
             WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'post\\_words\\_%' ESCAPE '\\'
             ORDER BY rowid",
        )?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        let tables: Vec<String> = rows.collect::<Result<_, _>>()?;
        Ok(format!("-- Written by a test from the migrations: read it, never edit it.\n\n{};\n", tables.join(";\n\n")))
    });
    let made = made.unwrap();
    if std::env::var_os("PEPITES_BLESS").is_some() {
        std::fs::write(SCHEMA, &made).unwrap();
    }
    let read = std::fs::read_to_string(SCHEMA).unwrap_or_default();
    assert!(read == made, "migrations/schema.sql is not what the migrations make: run with PEPITES_BLESS=1");
}

#[test]
fn a_library_opens_again_with_all_that_it_was_given() {
    let (folder, store) = on_disk();
    let source = follow(&store, "a");
    read(&store, source, NOW, vec![item("x", "Hello", "<p>world</p>", ago(1))]);
    store.mark(&[titled(&store, "Hello")], Mark::Starred, true, How::ByHand, NOW, 0).unwrap();
    drop(store);
    assert!(!folder.path().join("library.db-wal").exists(), "the log was not folded in");
    let store = Store::open(folder.path(), SHORT).unwrap();
    assert_eq!(store.starred(10, 0).unwrap()[0].title, "Hello");
    assert_eq!(number(&store, "SELECT count(*) FROM device"), 1);
}

#[test]
fn a_missing_folder_is_made_and_a_file_in_its_place_is_told() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(&folder.path().join("a/b"), SHORT).unwrap();
    assert!(folder.path().join("a/b/library.db").exists());
    std::fs::write(folder.path().join("file"), "x").unwrap();
    let told = Store::open(&folder.path().join("file"), SHORT).err();
    assert!(matches!(told, Some(StoreError::ReadOnly { .. })), "{told:?}");
}

/// What opening says of a library whose file `spoil` has changed; the file must stay as it is.
fn spoiled(spoil: impl Fn(&Path)) -> StoreError {
    let (folder, store) = on_disk();
    let source = follow(&store, "a");
    let items = (0..50).map(|n| item(&n.to_string(), &format!("Post {n}"), "<p>words</p>", ago(1))).collect();
    read(&store, source, NOW, items);
    drop(store);
    let file = folder.path().join("library.db");
    spoil(&file);
    let before = std::fs::read(&file).unwrap();
    let told = Store::open(folder.path(), SHORT).err().expect("it opened");
    assert!(std::fs::read(&file).unwrap() == before, "the file was changed");
    told
}

#[test]
fn a_damaged_file_is_told_and_left_alone() {
    let cut = |share: u64| {
        move |file: &Path| {
            let length = std::fs::metadata(file).unwrap().len();
            std::fs::OpenOptions::new().write(true).open(file).unwrap().set_len(length * share / 100).unwrap();
        }
    };
    let over = |bytes: &'static [u8]| move |file: &Path| std::fs::write(file, bytes).unwrap();
    let scratched = |file: &Path| {
        let mut bytes = std::fs::read(file).unwrap();
        bytes[100..4096].fill(0xAA); // the root of the schema
        std::fs::write(file, bytes).unwrap();
    };
    for (told, how) in [
        (spoiled(cut(50)), "cut in half"),
        (spoiled(cut(99)), "its end is missing"),
        (
            spoiled(over(
                b"not a library at all, only a note that someone left here, long enough for a head of a hundred bytes",
            )),
            "a text",
        ),
        (spoiled(over(b"short")), "a short text"),
        (spoiled(scratched), "its first page is scratched"),
    ] {
        assert!(matches!(told, StoreError::Damaged { .. }), "{how}: {told:?}");
    }
}

#[test]
fn how_a_file_is_damaged_is_told_with_the_newest_copy_beside_it() {
    let told = spoiled(|file| {
        let length = std::fs::metadata(file).unwrap().len();
        std::fs::OpenOptions::new().write(true).open(file).unwrap().set_len(length / 2).unwrap();
        for name in ["library.before-0002.db", "library.before-0010.db", "library.before-0011.7.part", "notes.db"] {
            std::fs::write(file.with_file_name(name), "x").unwrap();
        }
    });
    let StoreError::Damaged { how, copy, .. } = told else { panic!("{told:?}") };
    assert_eq!((how, copy.unwrap().file_name().unwrap().to_str()), (Damage::CutOff, Some("library.before-0010.db")));
    let told = spoiled(|file| std::fs::write(file, b"short").unwrap());
    assert!(matches!(told, StoreError::Damaged { how: Damage::NoLibrary, copy: None, .. }), "{told:?}");
}

#[test]
fn a_file_of_another_program_is_never_made_into_a_library() {
    let told = spoiled(|file| {
        std::fs::remove_file(file).unwrap();
        Connection::open(file).unwrap().execute_batch("CREATE TABLE cookies (name TEXT)").unwrap();
    });
    assert!(matches!(&told, StoreError::Damaged { how: Damage::Foreign, .. }), "{told:?}");
}

#[test]
fn a_library_of_a_newer_version_is_refused() {
    for version in ["2000", "-1"] {
        let told = spoiled(|file| {
            Connection::open(file).unwrap().pragma_update(None, "user_version", version).unwrap();
        });
        assert!(matches!(told, StoreError::Newer { .. }), "{told:?}");
    }
}

fn place(folder: &Path) -> Place {
    Place { folder: folder.to_path_buf(), file: folder.join("library.db"), wait: SHORT }
}

/// A library as this program makes it, with one source.
fn of_today(place: &Place) {
    let mut library = Connection::open(&place.file).unwrap();
    migrate(&mut library, place, STEPS).unwrap();
    library.execute("INSERT INTO sources (kind, locator, added) VALUES ('feed', 'http://a.example/', 0)", []).unwrap();
}

#[test]
fn a_library_is_copied_before_its_first_step_and_each_step_is_whole_or_not_done() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    of_today(&place);
    let shipped = u32::try_from(STEPS.len()).unwrap();
    let steps = |last: &'static str| {
        let more = Step { name: "more.sql", sql: "ALTER TABLE sources ADD COLUMN mood TEXT;" };
        [STEPS, &[more, Step { name: "last.sql", sql: last }]].concat()
    };
    let mut library = Connection::open(&place.file).unwrap();
    let told = migrate(&mut library, &place, &steps("CREATE TABLE moods (a); SELECT no_such_thing();"));
    assert!(told.is_err());
    let version =
        |library: &Connection| library.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0)).unwrap();
    assert_eq!(version(&library), shipped + 1, "the step before stands");
    assert!(library.prepare("SELECT * FROM moods").is_err(), "half of the last step stands");
    migrate(&mut library, &place, &steps("CREATE TABLE moods (a);")).unwrap();
    assert_eq!(version(&library), shipped + 2);

    for version in [shipped, shipped + 1] {
        let name = format!("library.before-{:04}.db", version + 1);
        let copy = Connection::open(folder.path().join(&name)).unwrap();
        let kept: (i64, u32) = copy
            .query_row("SELECT (SELECT count(*) FROM sources), user_version FROM pragma_user_version", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        assert_eq!(kept, (1, version), "{name}");
    }
    let parts = std::fs::read_dir(folder.path()).unwrap();
    assert!(parts.map(|file| file.unwrap().path()).all(|path| path.extension().unwrap() != "part"));
}

#[test]
fn a_copy_made_too_late_does_not_take_the_place_of_the_one_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path());
    of_today(&place);
    let mut library = Connection::open(&place.file).unwrap();
    let shipped = u32::try_from(STEPS.len()).unwrap();
    let more = Step { name: "more.sql", sql: "ALTER TABLE sources ADD COLUMN mood TEXT;" };
    migrate(&mut library, &place, &[STEPS, &[more]].concat()).unwrap();
    // What a second process does that saw the version before as well, and was slower.
    copy(&library, &place, STEPS.len()).unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_str().unwrap().ends_with(".part")), "{names:?}");
    let kept = Connection::open(folder.path().join(format!("library.before-{:04}.db", shipped + 1))).unwrap();
    assert_eq!(kept.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0)).unwrap(), shipped);
}

#[test]
fn damage_is_believed_when_it_does_not_go_away() {
    let check = |passes: usize, believed: bool| {
        let mut looks = 0;
        let seen = surely(|| {
            looks += 1;
            if looks <= passes {
                Err(Trouble::Told(place(Path::new("x")).damaged(Damage::CutOff, "cut off")))
            } else {
                Ok(())
            }
        });
        assert_eq!(seen.is_err(), believed, "damaged {passes} times");
    };
    check(0, false);
    check(1, false);
    check(2, false);
    check(usize::MAX, true);
}

#[test]
fn a_new_library_needs_no_copy() {
    let (folder, _store) = on_disk();
    assert!(!folder.path().join("library.before-0001.db").exists());
}

#[test]
fn many_who_open_a_new_library_at_once_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let threads: Vec<_> = (0..8)
        .map(|n| {
            let folder = folder.path().to_path_buf();
            std::thread::spawn(move || {
                let store = Store::open(&folder, Duration::from_secs(30)).unwrap();
                follow(&store, &format!("s{n}"));
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let store = Store::open(folder.path(), SHORT).unwrap();
    assert_eq!(store.sources().unwrap().len(), 8);
    assert_eq!(number(&store, "SELECT count(*) FROM device"), 1);
}

#[test]
fn who_waits_too_long_for_another_process_is_told_and_can_still_read() {
    let (folder, store) = on_disk();
    let source = follow(&store, "a");
    let impatient = Store::open(folder.path(), SHORT).unwrap();
    let other = Connection::open(folder.path().join("library.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE; UPDATE sources SET name = 'other'").unwrap();
    let told = impatient.rename_source(source, Some("mine"), NOW).err();
    assert!(matches!(told, Some(StoreError::Busy { waited_seconds: 0 })), "{told:?}");
    assert_eq!(impatient.source(source).unwrap().name, None);
    other.execute_batch("COMMIT").unwrap();
    impatient.rename_source(source, Some("mine"), NOW).unwrap();
    assert_eq!(impatient.source(source).unwrap().name.as_deref(), Some("mine"));
}

#[test]
fn a_full_disk_is_told_and_what_was_kept_stays() {
    let (_folder, store) = on_disk();
    let source = follow(&store, "a");
    read(&store, source, NOW, vec![item("x", "Kept", "<p>world</p>", ago(1))]);
    store.mark(&[titled(&store, "Kept")], Mark::Read, true, How::Opened, NOW, 0).unwrap();
    let limit = |pages: Option<i64>| {
        store
            .write(Durability::Process, move |library| {
                let now: i64 = library.query_row("PRAGMA page_count", [], |row| row.get(0))?;
                let limit = pages.map_or(i64::from(u32::MAX - 1), |more| now + more);
                Ok(library.pragma_update_and_check(None, "max_page_count", limit, |_| Ok(()))?)
            })
            .unwrap();
    };
    limit(Some(4));
    let large = "words and more words ".repeat(20_000);
    let visit = crate::tests::visit(&store, source, NOW, vec![item("y", "Too large", &large, ago(1))]);
    let told = store.keep_visits(vec![visit.clone()]).err();
    assert!(matches!(told, Some(StoreError::Full { .. })), "{told:?}");
    assert_eq!(store.size().unwrap().posts, 1);
    assert!(store.post(titled(&store, "Kept")).unwrap().marks.read.is_some());
    limit(None);
    assert_eq!(store.keep_visits(vec![visit]).unwrap()[0].new, 1, "room was made");
    assert_eq!(store.search("words", 10, 0).unwrap().len(), 1);
}

/// Whether this process is held by the rights of a file at all: the administrator of a machine is not.
#[cfg(unix)]
fn may_write(file: &Path) -> bool {
    std::fs::OpenOptions::new().append(true).open(file).is_ok()
}

#[test]
#[cfg(unix)]
fn a_library_that_may_not_be_written_can_still_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, store) = on_disk();
    let source = follow(&store, "a");
    read(&store, source, NOW, vec![item("x", "Hello", "<p>world</p>", ago(1))]);
    drop(store);
    let file = folder.path().join("library.db");
    let rights = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    for (of_file, of_folder) in [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)] {
        rights(&file, of_file);
        rights(folder.path(), of_folder);
        if of_file == 0o444 && may_write(&file) {
            println!("skipped: this user may write any file");
            rights(folder.path(), 0o755);
            return;
        }
        let store = Store::open(folder.path(), SHORT).unwrap();
        assert_eq!(store.post(titled(&store, "Hello")).unwrap().title, "Hello");
        assert_eq!(store.search("world", 5, 0).unwrap().len(), 1);
        let told = store.rename_source(source, Some("x"), NOW).err();
        assert!(matches!(told, Some(StoreError::ReadOnly { .. })), "{of_file:o} {of_folder:o}: {told:?}");
        drop(store);
        rights(folder.path(), 0o755);
        rights(&file, 0o644);
    }
    Store::open(folder.path(), SHORT).unwrap().rename_source(source, Some("x"), NOW).unwrap();
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(folder.path().join("x"), "x").is_ok() {
        println!("skipped: this user may write into any folder");
        return;
    }
    for folder in [folder.path().to_path_buf(), folder.path().join("deeper")] {
        let told = Store::open(&folder, SHORT).err();
        assert!(matches!(told, Some(StoreError::ReadOnly { .. })), "{told:?}");
    }
}
