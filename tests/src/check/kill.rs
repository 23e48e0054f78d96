//! Takes a seed and a number of moments, kills the program with signal 9 at each of them, in the middle of a refresh
//! of marking and of making a digest, and holds that nothing that was acknowledged is lost and that the library opens
//! whole.

use std::{
    collections::BTreeMap,
    fs::File,
    io::Write,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::{bench::serve, program::Program};

/// Moments that one library lives through before the next begins: its first refresh is spread over some of them.
const MOMENTS_A_LIBRARY: u32 = 10;

/// What the program acknowledged, and must therefore still be so.
#[derive(Default)]
struct Acknowledged {
    /// Post and mark (`read`, `starred`, `skipped`) to whether it was last set or taken away.
    marks: BTreeMap<(i64, &'static str), bool>,
    posts: i64,
    /// Digest to its number of stories.
    digests: BTreeMap<i64, i64>,
    /// Digest and place to what the entry was.
    entries: BTreeMap<(i64, i64), String>,
}

/// A generator of moments: SplitMix64 (Steele, Lea and Flood, 2014).
struct Seeded(u64);

impl Seeded {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}

/// Kills `moments` times; writes what was seen to `out`.
///
/// # Errors
/// At the first loss.
pub fn check(seed: u64, moments: u32, out: &mut dyn Write) -> Result<()> {
    let scratch = tempfile::tempdir()?;
    let served = Program::beside(&scratch.path().join("served"))?;
    let opml = scratch.path().join("served").join("sample.opml");
    let _serving = serve(&served, &opml)?;
    let opml = opml.to_string_lossy().into_owned();

    // How long the work takes when nothing stops it: the moments are spread over it.
    let whole = Program::beside(&scratch.path().join("whole"))?;
    whole.json(&["import", &opml])?;
    let start = Instant::now();
    whole.json(&["refresh"])?;
    let length = u64::try_from(start.elapsed().as_micros())?;

    let mut seeded = Seeded(seed);
    let (mut done, mut cut) = (0, 0);
    let mut acknowledged = Acknowledged::default();
    let mut program = whole;
    for moment in 0..moments {
        if moment % MOMENTS_A_LIBRARY == 0 {
            program = Program::beside(&scratch.path().join(format!("library{moment}")))?;
            program.json(&["import", &opml])?;
            acknowledged = Acknowledged::default();
        }
        // A tenth of the whole each time, so that one first refresh is cut about ten times.
        let end = Duration::from_micros(seeded.below(length / 3));
        let (made, was_cut) = live(&program, &mut acknowledged, &mut seeded, end)?;
        done += made;
        cut += u32::from(was_cut);
        verify(&program, &mut acknowledged).with_context(|| format!("after moment {moment} of seed {seed}"))?;
    }
    writeln!(
        out,
        "{moments} moments of seed {seed}: {cut} refreshes were cut, {done} marks and digests were acknowledged, nothing was lost"
    )?;
    Ok(())
}

/// Refreshes, marks and makes digests at the same time until `end`, then kills both. Gives the number of marks and
/// digests that were acknowledged, and whether the refresh was still running.
fn live(program: &Program, acknowledged: &mut Acknowledged, seeded: &mut Seeded, end: Duration) -> Result<(u32, bool)> {
    let start = Instant::now();
    let mut refresh = quiet(program.command(&["refresh"])).spawn()?;
    let posts = posts(program)?;
    let mut made = 0;
    while start.elapsed() < end {
        let Some(post) = posts.get(usize::try_from(seeded.below(posts.len() as u64))?) else {
            std::thread::sleep(Duration::from_millis(1));
            continue;
        };
        made += u32::from(match seeded.below(5) {
            0 => mark(program, acknowledged, ("read", "read"), *post, true, (start, end))?,
            1 => mark(program, acknowledged, ("star", "starred"), *post, true, (start, end))?,
            2 => mark(program, acknowledged, ("skip", "skipped"), *post, true, (start, end))?,
            3 => {
                // One that is starred, where there is one.
                let starred: Vec<i64> = acknowledged
                    .marks
                    .iter()
                    .filter(|((_, mark), on)| *mark == "starred" && **on)
                    .map(|((post, _), _)| *post)
                    .collect();
                let post = starred.get(usize::try_from(seeded.below(starred.len() as u64))?).unwrap_or(post);
                mark(program, acknowledged, ("star", "starred"), *post, false, (start, end))?
            }
            _ => digest(program, acknowledged, (start, end))?,
        });
    }
    let running = refresh.try_wait()?.is_none();
    kill(&mut refresh)?;
    Ok((made, running))
}

/// Sets a mark or takes it away (the verb that does so, and what the mark is called); whether that was acknowledged.
fn mark(
    program: &Program,
    acknowledged: &mut Acknowledged,
    (verb, mark): (&'static str, &'static str),
    post: i64,
    on: bool,
    (start, end): (Instant, Duration),
) -> Result<bool> {
    let number = post.to_string();
    let arguments: &[&str] = if on { &[verb, &number] } else { &[verb, "--undo", &number] };
    let mut child = quiet(program.command(arguments)).spawn()?;
    let done = ended_before(&mut child, start, end)?;
    if done {
        acknowledged.marks.insert((post, mark), on);
    } else if acknowledged.marks.get(&(post, mark)) == Some(&!on) {
        // Cut in the middle of a change: it may be so or so.
        acknowledged.marks.remove(&(post, mark));
    }
    Ok(done)
}

/// Makes one more edition of today's digest; whether that was acknowledged.
fn digest(program: &Program, acknowledged: &mut Acknowledged, (start, end): (Instant, Duration)) -> Result<bool> {
    // Into a file: nobody empties a pipe meanwhile.
    let said = program.library.with_extension("said");
    let mut command = quiet(program.command(&["today", "--again", "--json"]));
    let mut child = command.stdout(File::create(&said)?).spawn()?;
    let done = ended_before(&mut child, start, end)?;
    if done {
        let view: serde_json::Value = serde_json::from_slice(&std::fs::read(&said)?)?;
        let number = |name: &str| view.pointer(name).and_then(serde_json::Value::as_i64);
        if let (Some(id), Some(stories)) = (number("/line/id"), number("/line/stories")) {
            acknowledged.digests.insert(id, stories);
        }
    }
    Ok(done)
}

/// Whether the child ended well before the moment came; killed otherwise.
fn ended_before(child: &mut Child, start: Instant, end: Duration) -> Result<bool> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if start.elapsed() >= end {
            kill(child)?;
            return Ok(false);
        }
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// `Child::kill` sends signal 9 on Unix.
fn kill(child: &mut Child) -> Result<()> {
    child.kill()?;
    child.wait()?;
    Ok(())
}

fn quiet(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Ids of the posts in the library, straight from the file.
fn posts(program: &Program) -> Result<Vec<i64>> {
    let library = open(program)?;
    let mut statement = library.prepare("SELECT id FROM posts ORDER BY id")?;
    let ids = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    Ok(ids)
}

fn open(program: &Program) -> Result<Connection> {
    Ok(Connection::open_with_flags(program.library.join("library.db"), OpenFlags::SQLITE_OPEN_READ_WRITE)?)
}

/// The library opens, is sound, and holds all that was acknowledged; what it holds now is acknowledged from here on.
fn verify(program: &Program, acknowledged: &mut Acknowledged) -> Result<()> {
    program.json(&["library"]).context("the library does not open")?;
    // A digest groups first whatever a cut refresh left.
    program.json(&["today", "--again"]).context("no digest can be made")?;
    let library = open(program)?;
    let sound: String = library.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "integrity: {sound}");
    let count: i64 = library.query_row("SELECT count(*) FROM posts", [], |row| row.get(0))?;
    ensure!(count >= acknowledged.posts, "{} posts were there, {count} are", acknowledged.posts);
    acknowledged.posts = count;
    for ((post, mark), on) in &acknowledged.marks {
        let there: Option<bool> = library
            .query_row(&format!("SELECT {mark} IS NOT NULL FROM marks WHERE post = ?1"), [post], |row| row.get(0))
            .optional()?;
        let there = there.unwrap_or(false);
        ensure!(there == *on, "post {post}: {mark} is {there} and was {on}");
    }
    let homeless: i64 = library.query_row("SELECT count(*) FROM posts WHERE story IS NULL", [], |row| row.get(0))?;
    ensure!(homeless == 0, "{homeless} posts are in no story after a digest was made");
    digests(&library, acknowledged)
}

/// Every digest has all of its stories, and reads as it did.
fn digests(library: &Connection, acknowledged: &mut Acknowledged) -> Result<()> {
    let mut statement = library
        .prepare("SELECT id, stories, (SELECT count(*) FROM digest_entries WHERE digest = digests.id) FROM digests")?;
    let counts = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    let counts: BTreeMap<i64, (i64, i64)> = counts.collect::<Result<_, _>>()?;
    for (id, (stories, entries)) in &counts {
        ensure!(stories == entries, "digest {id} has {entries} of its {stories} stories");
    }
    for (id, stories) in &acknowledged.digests {
        let kept = counts.get(id).with_context(|| format!("digest {id} is lost"))?;
        ensure!(kept.0 == *stories, "digest {id} has {} stories and had {stories}", kept.0);
    }
    let mut statement = library.prepare("SELECT digest, place, snapshot FROM digest_entries")?;
    let entries = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    let entries: BTreeMap<(i64, i64), String> = entries.collect::<Result<_, _>>()?;
    for (at, before) in &acknowledged.entries {
        ensure!(entries.get(at) == Some(before), "entry {at:?} no longer reads as it did");
    }
    acknowledged.digests = counts.into_iter().map(|(id, (stories, _))| (id, stories)).collect();
    acknowledged.entries = entries;
    Ok(())
}
