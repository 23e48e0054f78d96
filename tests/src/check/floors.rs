//! Takes the figures of a check, holds them against `tests/floors.json`, which may only rise.
//! Never judges a figure that has no floor there: other material is only measured.

use std::{collections::BTreeMap, io::Write};

use anyhow::{Result, ensure};

const FLOORS: &str = include_str!("../../floors.json");

/// The floors, and which figures are below.
pub struct Floors {
    of: BTreeMap<String, f64>,
    fallen: Vec<String>,
}

impl Floors {
    /// Those of the file.
    ///
    /// # Errors
    /// When it is no object of numbers.
    pub fn read() -> Result<Self> {
        Ok(Self { of: serde_json::from_str(FLOORS)?, fallen: Vec::new() })
    }

    /// The names of those that begin so.
    pub fn below<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> {
        self.of.keys().map(String::as_str).filter(move |name| name.starts_with(prefix))
    }

    /// Notes a figure that must not be below its floor; gives whether it has one.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn at_least(&mut self, name: &str, figure: f64, out: &mut dyn Write) -> Result<bool> {
        self.note(name, figure, |floor, figure| figure >= floor, out)
    }

    /// Notes a figure that must not be above its bound; gives whether it has one.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn at_most(&mut self, name: &str, figure: f64, out: &mut dyn Write) -> Result<bool> {
        self.note(name, figure, |bound, figure| figure <= bound, out)
    }

    fn note(&mut self, name: &str, figure: f64, holds: impl Fn(f64, f64) -> bool, out: &mut dyn Write) -> Result<bool> {
        let Some(&bound) = self.of.get(name) else { return Ok(false) };
        // As it is printed: a floor has three digits.
        let figure = (figure * 1e3).round() / 1e3;
        if !holds(bound, figure) {
            writeln!(out, "  {name} is {figure:.3}, and its floor {bound}")?;
            self.fallen.push(name.to_owned());
        }
        Ok(true)
    }

    /// Says whether all held.
    ///
    /// # Errors
    /// When one did not.
    pub fn hold(&self) -> Result<()> {
        ensure!(self.fallen.is_empty(), "below the floors of tests/floors.json: {}", self.fallen.join(", "));
        Ok(())
    }
}
