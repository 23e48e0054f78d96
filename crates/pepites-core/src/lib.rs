//! Takes replies and files, gives posts, stories and digests: everything that is true whatever machine it runs on.
//! Never touches the network, the disk, the clock, async or SQL.

pub mod article;
pub mod digest;
pub mod interchange;
pub mod model;
pub mod normalise;
pub mod people;
pub mod room;
pub mod schedule;
pub mod score;
pub mod search;
pub mod sources;
pub mod stories;
pub mod text;
pub mod trends;
