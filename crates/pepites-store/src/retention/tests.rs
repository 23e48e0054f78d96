//! Holds what the file beside this folder promises.
