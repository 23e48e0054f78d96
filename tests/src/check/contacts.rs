//! Takes a file of contacts, gives the people read from it, one JSON object a line; beside them, on the error output, what
//! was skipped and why.

use std::{fs::File, io::Read, io::Write, path::Path};

use anyhow::{Context, Result, bail};
use pepites_core::interchange::contacts::{self, Card};
use serde_json::{Value, json};

/// What the app reads of a file, in bytes; what is larger is refused as there.
const LARGEST: u64 = 64 << 20;

/// Reads `path`; writes people to `out` and flaws to `aside`.
///
/// # Errors
/// When the file cannot be read, or nobody is in it.
pub fn check(path: &Path, out: &mut dyn Write, aside: &mut dyn Write) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        bail!("{name} is larger than {} MB, which is no address book", LARGEST >> 20);
    }
    let (dialect, book) = match contacts::read(&name, &bytes, None) {
        Ok(read) => read,
        Err(refused) => bail!("{name} is no file of contacts: {refused:?}"),
    };
    drop(bytes);
    for card in &book.cards {
        writeln!(out, "{}", line(card))?;
    }
    for flaw in book.flaws.iter().chain(&book.partial) {
        let at = flaw.line.map(|line| format!("line {line}")).unwrap_or_default();
        writeln!(aside, "{at}: {} {}", flaw.why.key, flaw.subject)?;
    }
    Ok(writeln!(aside, "{name}: {dialect}, {} people, {} skipped", book.cards.len(), book.flaws.len())?)
}

fn line(card: &Card) -> Value {
    let said = |handle: bool| -> Vec<&str> {
        card.said.iter().filter(|said| said.is_handle() == handle).map(|said| said.text.as_str()).collect()
    };
    json!({
        "name": card.name,
        "emails": card.emails,
        "urls": said(false),
        "handles": said(true),
        "notes": card.notes,
        "organisation": card.organisation,
        "row": card.row,
    })
}
