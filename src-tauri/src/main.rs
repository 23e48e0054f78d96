//! The window of Pépites: thin.
fn main() {}
