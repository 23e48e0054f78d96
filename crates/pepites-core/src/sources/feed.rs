//! Feeds: placeholder.
use super::SourceKind;
use crate::model::*;
pub(super) const KIND: SourceKind = SourceKind {
    name: "feed",
    examples: &[],
    recognise: |_| None,
    ask: |_, _| None,
    read: |_, _| Ok(Batch::default()),
};
