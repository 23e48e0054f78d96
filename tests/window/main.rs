//! Journeys in the real window, each on a display of its own. One at a time: two WebKits on two cores wait for each other.

#![cfg(test)]

mod axe;
mod host;
mod pictures;
mod reading;
mod sample;
mod sealed;
mod second;
mod stage;
