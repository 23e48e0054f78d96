//! Names what a reader can do with a post, and how much each says of their taste.

/// What the reader did with a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Starred it, or gave it to someone.
    Starred,
    /// Read it to its end.
    Finished,
    /// Read it: opened it, or said so by hand.
    Read,
    /// Let it go.
    Skipped,
    /// Saw it in a digest and did nothing with it.
    PassedOver,
}

impl Verdict {
    /// Whether it speaks for the post.
    pub(super) fn liked(self) -> bool {
        matches!(self, Self::Starred | Self::Finished | Self::Read)
    }

    /// How much it is to be believed: a star is never given in passing, a glance is.
    pub(super) fn trust(self) -> f64 {
        match self {
            Self::Starred | Self::PassedOver | Self::Skipped => 1.0,
            Self::Finished => 0.5,
            Self::Read => 0.25,
        }
    }
}
