//! Placeholder to be written with the sample world.
