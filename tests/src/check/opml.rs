//! Takes a folder, imports every OPML below it with the real program into a library of its own, exports it, imports
//! the export into a second library, gives a table of what was lost (nothing should be).

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Result;

use super::program::Program;

/// Address of each source to its title and folders.
type Followed = BTreeMap<String, (String, BTreeSet<String>)>;

/// Checks every `*.opml` below `folder`; writes the table to `out`.
///
/// # Errors
/// When a file cannot be read, or something was lost.
pub fn check(folder: &Path, out: &mut dyn Write) -> Result<()> {
    let mut files = Vec::new();
    find(folder, &mut files)?;
    files.sort();
    let mut lost = 0;
    let mut sources = 0;
    writeln!(out, "| file | followed | skipped | after the round trip |\n| --- | ---: | ---: | --- |")?;
    for file in &files {
        let scratch = tempfile::tempdir()?;
        let first = Program::beside(&scratch.path().join("first"))?;
        let second = Program::beside(&scratch.path().join("second"))?;
        let report = first.json(&["import", &file.to_string_lossy()])?;
        let before = followed(&first)?;
        let exported = scratch.path().join("exported.opml");
        let export = first.command(&["export"]).output()?;
        anyhow::ensure!(export.status.success(), "export after {}: {}", file.display(), export.status);
        std::fs::write(&exported, export.stdout)?;
        second.json(&["import", &exported.to_string_lossy()])?;
        let same = before == followed(&second)?;
        lost += u32::from(!same);
        sources += before.len();
        let skipped = report.get("skipped").and_then(|skipped| skipped.as_array()).map_or(0, Vec::len);
        if !same || skipped > 0 {
            let verdict = if same { "the same" } else { "DIFFERENT" };
            let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
            writeln!(out, "| {name} | {} | {skipped} | {verdict} |", before.len())?;
        }
    }
    writeln!(
        out,
        "\n{} files, {sources} sources, {lost} files with a loss (files with nothing to say are not listed)",
        files.len()
    )?;
    anyhow::ensure!(lost == 0, "{lost} files lost something on the way");
    Ok(())
}

fn followed(program: &Program) -> Result<Followed> {
    let sources = program.json(&["sources"])?;
    let text =
        |value: Option<&serde_json::Value>| value.and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    Ok(sources
        .as_array()
        .into_iter()
        .flatten()
        .map(|source| {
            let folders = source.get("folders").and_then(|folders| folders.as_array());
            let folders = folders.into_iter().flatten().map(ToString::to_string).collect();
            (text(source.get("address")), (text(source.get("title")), folders))
        })
        .collect())
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "opml") {
            files.push(path);
        }
    }
    Ok(())
}
