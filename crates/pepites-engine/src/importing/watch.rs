//! Takes who is told how far an import is, and what stops it; gives what the library tells each row to.

use std::sync::Arc;

use pepites_store::Step;

use crate::{
    Cancel,
    contract::{Code, Problem, Progress, Work},
};

/// Who is told how far an import is, and what stops it. Cheap to clone.
#[derive(Clone)]
pub struct Watch {
    tell: Arc<dyn Fn(Progress) + Send + Sync>,
    cancel: Cancel,
}

/// So many times at most is told how far one import is: a bar shows no more steps.
const TOLD: usize = 100;

impl Watch {
    /// What hears of each step, until `cancel` is thrown.
    pub fn new(tell: impl Fn(Progress) + Send + Sync + 'static, cancel: Cancel) -> Self {
        Self { tell: Arc::new(tell), cancel }
    }

    /// Nobody waits for it.
    #[must_use]
    pub fn nobody() -> Self {
        Self::new(|_| (), Cancel::default())
    }

    /// Between two steps that no row belongs to.
    pub(super) fn go_on(&self) -> Result<(), Problem> {
        if self.cancel.is_cancelled() { Err(Problem::new(Code::Stopped)) } else { Ok(()) }
    }

    /// What each of `total` rows of that file is told to.
    pub(crate) fn step(&self, file: &str, total: usize) -> Step {
        let (watch, file) = (self.clone(), file.to_owned());
        let every = total.div_ceil(TOLD).max(1);
        Box::new(move |done| {
            if done % every == 0 {
                let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
                let (done, total, current) = (count(done), count(total), Some(file.clone()));
                (watch.tell)(Progress {
                    work: Work::Import,
                    done,
                    total,
                    current,
                    new_posts: 0,
                    failed: 0,
                    silent: false,
                });
            }
            !watch.cancel.is_cancelled()
        })
    }
}
