//! Takes the HTML of posts, gives it as it is kept: packed, which halves the library and what is written of it.
//! The only place that reads and writes the table of bodies.

use rusqlite::{Connection, OptionalExtension, Row, params, types::ValueRef};
use zstd::{
    bulk::{Compressor, Decompressor},
    zstd_safe::get_frame_content_size,
};

use crate::{StoreError, error::Trouble};

#[cfg(test)]
mod tests;

/// How hard it is tried: the first step of zstd takes a tenth of the time that parsing took; the third, twice that for
/// a twentieth less.
const LEVEL: i32 = 1;
/// Shorter texts gain nothing.
const WORTH_PACKING: usize = 200;
/// No body is longer: replies are cut well below. A size beyond this in a library is damage, and is not believed.
const LONGEST: u64 = 256 << 20;

/// Packs bodies one after the other: what packing needs is made once.
pub(crate) struct Packer(Option<Compressor<'static>>);

impl Packer {
    pub(crate) fn new() -> Self {
        Self(Compressor::new(LEVEL).ok())
    }

    /// The two columns of a body: text, or packed.
    pub(crate) fn columns<'a>(&mut self, html: &'a str) -> (&'a str, Option<Vec<u8>>) {
        if html.len() < WORTH_PACKING {
            return (html, None);
        }
        // What cannot be packed is kept as it is: nothing is lost but room.
        let packed = self.0.as_mut().and_then(|packer| packer.compress(html.as_bytes()).ok());
        match packed.filter(|packed| packed.len() < html.len()) {
            Some(packed) => ("", Some(packed)),
            None => (html, None),
        }
    }

    /// Keeps the body of a post, in place of the one that it had. Not by "OR REPLACE": because of the foreign key, SQLite would
    /// first copy each page that it writes to, as if the statement were to be undone.
    pub(crate) fn keep(&mut self, library: &Connection, post: i64, html: &str) -> Result<(), Trouble> {
        let (html, packed) = self.columns(html);
        library
            .prepare_cached(
                "INSERT INTO bodies (post, html, packed) VALUES (?1, ?2, ?3)
                 ON CONFLICT (post) DO UPDATE SET html = excluded.html, packed = excluded.packed",
            )?
            .execute(params![post, html, packed])?;
        Ok(())
    }
}

/// The body of a row that has the columns `html` and `packed`; empty where the post has none.
pub(crate) fn html(row: &Row<'_>) -> Result<String, Trouble> {
    if let ValueRef::Blob(packed) = row.get_ref("packed")? {
        return unpacked(packed);
    }
    Ok(row.get::<_, Option<String>>("html")?.unwrap_or_default())
}

/// The body of a post; empty where it has none.
pub(crate) fn of(library: &Connection, post: i64) -> Result<String, Trouble> {
    let body = library
        .prepare_cached("SELECT html, packed FROM bodies WHERE post = ?1")?
        .query_row([post], |row| Ok(html(row)))
        .optional()?;
    body.unwrap_or_else(|| Ok(String::new()))
}

fn unpacked(packed: &[u8]) -> Result<String, Trouble> {
    let damaged = |why: &str| Trouble::Told(StoreError::Fault(format!("a body that was packed: {why}")));
    let length = get_frame_content_size(packed).ok().flatten().filter(|length| *length <= LONGEST);
    let length = length.and_then(|length| usize::try_from(length).ok()).ok_or_else(|| damaged("no length"))?;
    let bytes = Decompressor::new().and_then(|mut packer| packer.decompress(packed, length));
    String::from_utf8(bytes.map_err(|error| damaged(&error.to_string()))?).map_err(|error| damaged(&error.to_string()))
}
