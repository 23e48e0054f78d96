//! Keeps plans that made room: applied in one transaction, taken back in one. Never takes back what the reader changed
//! since: a source that is no longer what the plan made it stays as it is.

use pepites_core::model::{Moment, PlanId, PostId, SourceId};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Becomes, Promise, Turn, now_is, turn};
use crate::{Store, StoreError, error::missing, store::Durability};

/// A plan that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPlan {
    /// Its row.
    pub plan: PlanId,
    /// When it was applied.
    pub made: Moment,
    /// What it changed.
    pub turns: Vec<Turn>,
    /// What came of it in the thirty days after, once that was counted.
    pub came: Option<Vec<Freed>>,
    /// The reader was told what came of it.
    pub told: bool,
}

/// A source that is to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub source: SourceId,
    /// What it is to become.
    pub to: Becomes,
    /// What that is to free in thirty days, where it was asked.
    pub promised: Option<Promise>,
}

/// What came of a source that a plan thinned, in the thirty days after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freed {
    /// Which.
    pub source: SourceId,
    /// What of it did not come.
    pub room: Promise,
    /// Of that, what the reader would have missed.
    pub missed: Vec<PostId>,
}

impl Store {
    /// Makes each of these sources what it is to become, all or none. Gives the plan's row, and what changed; None where
    /// nothing had to change. `noted`: it made room, and a note is to say what came of it.
    pub fn apply_plan(
        &self,
        changes: &[Wanted],
        noted: bool,
        now: Moment,
    ) -> Result<Option<(PlanId, Vec<Turn>)>, StoreError> {
        let changes = changes.to_vec();
        self.write(Durability::Power, move |library| {
            let mut turns = Vec::with_capacity(changes.len());
            for Wanted { source, to, promised } in changes {
                let from = now_is(library, source)?;
                if from != to {
                    turn(library, source, to, now)?;
                    turns.push(Turn { source, from, to, promised });
                }
            }
            if turns.is_empty() {
                return Ok(None);
            }
            library
                .prepare_cached("INSERT INTO room_plans (made, plan, noted) VALUES (?1, ?2, ?3)")?
                .execute(params![now.0, serde_json::to_string(&turns)?, noted])?;
            Ok(Some((PlanId(library.last_insert_rowid()), turns)))
        })
    }

    /// Takes a plan back: each source is what it was, unless the reader changed it since. Gives what changed; nothing
    /// when it was taken back before.
    pub fn take_plan_back(&self, plan: PlanId, now: Moment) -> Result<Vec<Turn>, StoreError> {
        self.write(Durability::Power, move |library| {
            let found: Option<(String, bool)> = library
                .prepare_cached("SELECT plan, undone IS NOT NULL FROM room_plans WHERE id = ?1")?
                .query_row([plan.0], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let (text, undone) = found.ok_or_else(|| missing("plan", plan))?;
            if undone {
                return Ok(Vec::new());
            }
            library.prepare_cached("UPDATE room_plans SET undone = ?2 WHERE id = ?1")?.execute([plan.0, now.0])?;
            let mut back = Vec::new();
            for Turn { source, from, to, .. } in serde_json::from_str::<Vec<Turn>>(&text)? {
                if now_is(library, source)? == to {
                    turn(library, source, from, now)?;
                    back.push(Turn { source, from: to, to: from, promised: None });
                }
            }
            Ok(back)
        })
    }

    /// Plans that made room and hold, newest first.
    pub fn plans(&self) -> Result<Vec<KeptPlan>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(
                "SELECT id, made, plan, told IS NOT NULL, came FROM room_plans
                 WHERE undone IS NULL AND noted ORDER BY id DESC",
            )?;
            let mut rows = statement.query([])?;
            let mut plans = Vec::new();
            while let Some(row) = rows.next()? {
                plans.push(KeptPlan {
                    plan: PlanId(row.get(0)?),
                    made: Moment(row.get(1)?),
                    turns: serde_json::from_str(&row.get::<_, String>(2)?)?,
                    told: row.get(3)?,
                    came: match row.get::<_, Option<String>>(4)? {
                        Some(came) => Some(serde_json::from_str(&came)?),
                        None => None,
                    },
                });
            }
            Ok(plans)
        })
    }

    /// Keeps what came of a plan in the thirty days after; what was kept before stays.
    pub fn keep_what_came(&self, plan: PlanId, came: &[Freed]) -> Result<(), StoreError> {
        let came = came.to_vec();
        self.write(Durability::Process, move |library| {
            library
                .prepare_cached("UPDATE room_plans SET came = ?2 WHERE id = ?1 AND came IS NULL")?
                .execute(params![plan.0, serde_json::to_string(&came)?])?;
            Ok(())
        })
    }

    /// Notes that the reader was told what came of a plan.
    pub fn plan_told(&self, plan: PlanId, now: Moment) -> Result<(), StoreError> {
        self.write(Durability::Process, move |library| {
            library.prepare_cached("UPDATE room_plans SET told = ?2 WHERE id = ?1")?.execute([plan.0, now.0])?;
            Ok(())
        })
    }
}
