//! Journeys of one feed.
