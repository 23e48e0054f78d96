//! Fakes and fixtures.
