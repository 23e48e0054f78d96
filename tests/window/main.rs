//! Journeys in the real window, each on a display of its own. One at a time: two WebKits on two cores wait for each other.

#![cfg(test)]
#![cfg(target_os = "linux")]

mod accounts;
mod axe;
mod bench;
mod browserless;
mod contacts;
mod contrast;
mod digest;
mod dropped;
mod elsewhere;
mod full_text;
mod host;
mod keyboard;
mod keyboard_places;
mod keyboard_sheets;
mod legible;
mod links;
mod manners;
mod newcomer;
mod notice;
mod payloads;
mod people;
mod pictures;
mod presses;
mod reading;
mod rules;
mod sample;
mod screens;
mod sealed;
mod searching;
mod second;
mod sources;
mod stage;
mod stories;
mod trends;
mod troupe;
mod wishes;
