//! Takes a seed and a number of moments, kills the program with signal 9 at each of them, in the middle of a refresh
//! and of marking, and holds that nothing that was acknowledged is lost and that the library opens whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags};

use super::{bench::serve, program::Program};

/// Moments that one library lives through before the next begins: its first refresh is spread over some of them.
const MOMENTS_A_LIBRARY: u32 = 10;

/// What the program acknowledged, and must therefore still be there.
#[derive(Default)]
struct Acknowledged {
    /// Post to the marks that were set (`read`, `starred`, `skipped`).
    marks: BTreeMap<i64, BTreeSet<&'static str>>,
    posts: i64,
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
    let (mut marks, mut cut) = (0, 0);
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
        marks += made;
        cut += u32::from(was_cut);
        verify(&program, &mut acknowledged).with_context(|| format!("after moment {moment} of seed {seed}"))?;
    }
    writeln!(
        out,
        "{moments} moments of seed {seed}: {cut} refreshes were cut, {marks} marks were acknowledged, nothing was lost"
    )?;
    Ok(())
}

/// Refreshes and marks at the same time until `end`, then kills both. Gives the number of marks that were
/// acknowledged, and whether the refresh was still running.
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
        let (verb, mark) = match seeded.below(3) {
            0 => ("read", "read"),
            1 => ("star", "starred"),
            _ => ("skip", "skipped"),
        };
        let mut child = quiet(program.command(&[verb, &post.to_string()])).spawn()?;
        if ended_before(&mut child, start, end)? {
            acknowledged.marks.entry(*post).or_default().insert(mark);
            made += 1;
        }
    }
    let running = refresh.try_wait()?.is_none();
    kill(&mut refresh)?;
    Ok((made, running))
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
    let library = open(program)?;
    let sound: String = library.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    ensure!(sound == "ok", "integrity: {sound}");
    let count: i64 = library.query_row("SELECT count(*) FROM posts", [], |row| row.get(0))?;
    ensure!(count >= acknowledged.posts, "{} posts were there, {count} are", acknowledged.posts);
    acknowledged.posts = count;
    for (post, marks) in &acknowledged.marks {
        let kept: (bool, bool, bool) = library
            .query_row(
                "SELECT read IS NOT NULL, starred IS NOT NULL, skipped IS NOT NULL FROM marks WHERE post = ?1",
                [post],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
            .with_context(|| format!("post {post} has lost its marks {marks:?}"))?;
        for mark in marks {
            let there = match *mark {
                "read" => kept.0,
                "starred" => kept.1,
                _ => kept.2,
            };
            ensure!(there, "post {post} is no longer {mark}");
        }
    }
    Ok(())
}
