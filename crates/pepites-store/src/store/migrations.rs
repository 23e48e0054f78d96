//! Takes a library of an earlier version, gives it the schema of this one, after a copy of its file.
//! Never changes one that is newer than this program.

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::scratch::Scratch;
use crate::{
    StoreError,
    error::{Place, Trouble, copy_name},
};

#[cfg(test)]
mod tests;

/// One file of `migrations/`.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// The file's name.
    pub(super) name: &'static str,
    /// What it does.
    pub(super) sql: &'static str,
}

/// Every step, in order. Append-only.
#[rustfmt::skip]
pub(super) const STEPS: &[Step] = &[
    Step { name: "0001_library.sql", sql: include_str!("../../../../migrations/0001_library.sql") },
    Step { name: "0002_refresh.sql", sql: include_str!("../../../../migrations/0002_refresh.sql") },
    Step { name: "0003_stories.sql", sql: include_str!("../../../../migrations/0003_stories.sql") },
    Step { name: "0004_boosts.sql", sql: include_str!("../../../../migrations/0004_boosts.sql") },
    Step { name: "0005_unreached.sql", sql: include_str!("../../../../migrations/0005_unreached.sql") },
    Step { name: "0006_full_text.sql", sql: include_str!("../../../../migrations/0006_full_text.sql") },
    Step { name: "0007_people.sql", sql: include_str!("../../../../migrations/0007_people.sql") },
    Step { name: "0008_index.sql", sql: include_str!("../../../../migrations/0008_index.sql") },
    Step { name: "0009_courtesy.sql", sql: include_str!("../../../../migrations/0009_courtesy.sql") },
    Step { name: "0010_accounts.sql", sql: include_str!("../../../../migrations/0010_accounts.sql") },
    Step { name: "0011_relations.sql", sql: include_str!("../../../../migrations/0011_relations.sql") },
    Step { name: "0012_wishes.sql", sql: include_str!("../../../../migrations/0012_wishes.sql") },
    Step { name: "0013_digest.sql", sql: include_str!("../../../../migrations/0013_digest.sql") },
    Step { name: "0015_contacts.sql", sql: include_str!("../../../../migrations/0015_contacts.sql") },
    Step { name: "0016_trends.sql", sql: include_str!("../../../../migrations/0016_trends.sql") },
    Step { name: "0017_refresh.sql", sql: include_str!("../../../../migrations/0017_refresh.sql") },
    Step { name: "0019_trends_totals.sql", sql: include_str!("../../../../migrations/0019_trends_totals.sql") },
    Step { name: "0020_opened.sql", sql: include_str!("../../../../migrations/0020_opened.sql") },
    Step { name: "0022_verdicts.sql", sql: include_str!("../../../../migrations/0022_verdicts.sql") },
    Step { name: "0023_seen_digests.sql", sql: include_str!("../../../../migrations/0023_seen_digests.sql") },
    Step { name: "0024_searches.sql", sql: include_str!("../../../../migrations/0024_searches.sql") },
    Step { name: "0025_contacts_turn.sql", sql: include_str!("../../../../migrations/0025_contacts_turn.sql") },
    Step { name: "0027_read_once.sql", sql: include_str!("../../../../migrations/0027_read_once.sql") },
    Step { name: "0028_rules.sql", sql: include_str!("../../../../migrations/0028_rules.sql") },
    Step { name: "0029_places.sql", sql: include_str!("../../../../migrations/0029_places.sql") },
    Step { name: "0031_kept_read.sql", sql: include_str!("../../../../migrations/0031_kept_read.sql") },
    Step { name: "0032_rules_after.sql", sql: include_str!("../../../../migrations/0032_rules_after.sql") },
    Step { name: "0033_imports.sql", sql: include_str!("../../../../migrations/0033_imports.sql") },
    Step { name: "0034_imports_apart.sql", sql: include_str!("../../../../migrations/0034_imports_apart.sql") },
    Step { name: "0035_turn.sql", sql: include_str!("../../../../migrations/0035_turn.sql") },
    Step { name: "0036_words.sql", sql: include_str!("../../../../migrations/0036_words.sql") },
];

/// Steps that change how posts are written, for a library that has none: what there is of years is read as it was written.
const BEFORE_POSTS: &[&str] = &["0036_words.sql"];

/// How many steps a library has had.
pub(super) fn version(connection: &Connection) -> Result<usize, Trouble> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    // A negative number is none that we ever wrote: newer than anything.
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

/// Does the steps that are missing. Two processes may do so at once: each step is done by one of them.
pub(super) fn migrate(connection: &mut Connection, place: &Place, steps: &[Step]) -> Result<(), Trouble> {
    let first = version(connection)?;
    if first > steps.len() {
        return Err(StoreError::Newer { path: place.file.clone() }.into());
    }
    if first > 0 && first < steps.len() {
        copy(connection, place, first)?;
    }
    if first == 0 {
        make(connection, steps)?;
    }
    for (done, step) in steps.iter().enumerate().skip(first) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster between the first look and this lock.
        if version(&transaction)? > done {
            continue;
        }
        run(&transaction, step)?;
        transaction.pragma_update(None, "user_version", i64::try_from(done + 1).unwrap_or(i64::MAX))?;
        transaction.commit()?;
        tracing::info!(step = step.name, "migrated");
    }
    Ok(())
}

/// Makes a new library whole, in one transaction: who opens it meanwhile must not find one that is to be migrated.
fn make(connection: &mut Connection, steps: &[Step]) -> Result<(), Trouble> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if version(&transaction)? == 0 {
        for step in steps {
            run(&transaction, step)?;
        }
        transaction.pragma_update(None, "user_version", i64::try_from(steps.len()).unwrap_or(i64::MAX))?;
        transaction.commit()?;
    }
    Ok(())
}

fn run(library: &Connection, step: &Step) -> Result<(), Trouble> {
    if BEFORE_POSTS.contains(&step.name) && library.prepare("SELECT 1 FROM posts")?.exists([])? {
        return Ok(());
    }
    Ok(library.execute_batch(step.sql)?)
}

/// Copies the library, which has had `done` steps, to `library.before-NNNN.db`, whole or not at all.
pub(super) fn copy(connection: &Connection, place: &Place, done: usize) -> Result<(), Trouble> {
    let next = done + 1;
    let kept = place.folder.join(copy_name(next));
    // A process that is killed while it copies leaves the folder, and the next start takes it away.
    let scratch = Scratch::make(place)?;
    let part = scratch.folder().join(copy_name(next));
    let told = |error: &std::io::Error| Trouble::Told(place.explain_file(error));
    let name = part.to_str().ok_or_else(|| StoreError::Fault(format!("{} is no text", part.display())))?;
    connection.execute("VACUUM INTO ?1", [name])?;
    std::fs::File::options().write(true).open(&part).and_then(|file| file.sync_all()).map_err(|error| told(&error))?;
    if version(&Connection::open_with_flags(&part, OpenFlags::SQLITE_OPEN_READ_ONLY)?)? != done {
        // Another process has done a step meanwhile, and kept a copy of what was before: ours would take its place.
        return Ok(());
    }
    std::fs::rename(&part, &kept).and_then(|()| sync(&place.folder)).map_err(|error| told(&error))
}

/// A new name is safe from a loss of power when its folder is on the disk.
#[cfg(unix)]
pub(super) fn sync(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// There is no such call, and no need for it.
#[cfg(not(unix))]
pub(super) fn sync(_folder: &std::path::Path) -> std::io::Result<()> {
    Ok(())
}
