//! Keeps plans that made room: applied in one transaction, taken back in one. Never takes back what the reader changed
//! since: a source that is no longer what the plan made it stays as it is.

use pepites_core::model::{Moment, PlanId, SourceId};
use rusqlite::{OptionalExtension, params};

use super::{Becomes, Turn, now_is, turn};
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
    /// The reader was told what came of it.
    pub told: bool,
}

impl Store {
    /// Makes each of these sources what it is to become, all or none. Gives the plan's row, and what changed; None where
    /// nothing had to change.
    pub fn apply_plan(
        &self,
        changes: &[(SourceId, Becomes)],
        now: Moment,
    ) -> Result<Option<(PlanId, Vec<Turn>)>, StoreError> {
        let changes = changes.to_vec();
        self.write(Durability::Power, move |library| {
            let mut turns = Vec::with_capacity(changes.len());
            for (source, to) in changes {
                let from = now_is(library, source)?;
                if from != to {
                    turn(library, source, to, now)?;
                    turns.push(Turn { source, from, to });
                }
            }
            if turns.is_empty() {
                return Ok(None);
            }
            library
                .prepare_cached("INSERT INTO room_plans (made, plan) VALUES (?1, ?2)")?
                .execute(params![now.0, serde_json::to_string(&turns)?])?;
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
            for Turn { source, from, to } in serde_json::from_str::<Vec<Turn>>(&text)? {
                if now_is(library, source)? == to {
                    turn(library, source, from, now)?;
                    back.push(Turn { source, from: to, to: from });
                }
            }
            Ok(back)
        })
    }

    /// Plans that hold, newest first.
    pub fn plans(&self) -> Result<Vec<KeptPlan>, StoreError> {
        self.read(|library| {
            let mut statement = library.prepare_cached(
                "SELECT id, made, plan, told IS NOT NULL FROM room_plans WHERE undone IS NULL ORDER BY id DESC",
            )?;
            let mut rows = statement.query([])?;
            let mut plans = Vec::new();
            while let Some(row) = rows.next()? {
                plans.push(KeptPlan {
                    plan: PlanId(row.get(0)?),
                    made: Moment(row.get(1)?),
                    turns: serde_json::from_str(&row.get::<_, String>(2)?)?,
                    told: row.get(3)?,
                });
            }
            Ok(plans)
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
