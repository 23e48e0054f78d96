//! Words, languages, similarity: shared by the stages.
