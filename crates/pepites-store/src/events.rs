//! Takes what the reader did, appends it to the log that other devices will learn from.
//! Never changes an event. Drops those of reading when the reader erases them (`trends.rs`), and at no other time.

use pepites_core::model::{Moment, PostKey, SourceId};
use rusqlite::{Connection, params};
use uuid::{ContextV7, Timestamp, Uuid};

use crate::error::Trouble;

/// One thing that the reader did or changed.
#[derive(Default)]
pub(crate) struct Event<'a> {
    /// `read`, `starred`, `starred_by_rule`, `skipped`, `relay`, `put_off`, `finished`, `skimmed`, `shared`, `follow`,
    /// `unfollow`, `rename`, `move`, `mode`, `full_text`, `prefer`, `unlimited`, `person`, `setting`, `rule`, `search`, `taste`, `erased`.
    pub(crate) what: &'static str,
    /// `opened`, `by_hand`, `in_bulk`.
    pub(crate) how: Option<&'static str>,
    /// The reader's time zone, in minutes east of Greenwich, where it matters.
    pub(crate) offset_minutes: Option<i32>,
    /// The source that it is about: written by its address, which other devices know.
    pub(crate) source: Option<SourceId>,
    /// The post that it is about.
    pub(crate) post: Option<&'a PostKey>,
    /// What it is from now on.
    pub(crate) value: serde_json::Value,
}

/// Appends one event.
pub(crate) fn log(library: &Connection, at: Moment, event: &Event<'_>) -> Result<(), Trouble> {
    library
        .prepare_cached(
            "INSERT INTO events (id, at, offset_minutes, device, what, how, source_kind, source_locator, post_key, value)
             SELECT ?1, ?2, ?3, device.id, ?4, ?5, sources.kind, sources.locator, ?7, ?8
             FROM device LEFT JOIN sources ON sources.id = ?6",
        )?
        .execute(params![
            id(at).to_string(),
            at.0,
            event.offset_minutes,
            event.what,
            event.how,
            event.source.map(|source| source.0),
            event.post.map(|key| &key.0),
            event.value.to_string(),
        ])?;
    Ok(())
}

thread_local! {
    /// Keeps the events of one millisecond in order.
    static COUNTER: ContextV7 = const { ContextV7::new() };
}

/// Unique on every device, and sorted by the moment that the reader did it.
fn id(at: Moment) -> Uuid {
    let millis = u64::try_from(at.0).unwrap_or(0);
    let nanos = u32::try_from(millis % 1_000).unwrap_or(0) * 1_000_000;
    COUNTER.with(|counter| Uuid::new_v7(Timestamp::from_unix(counter, millis / 1_000, nanos)))
}
