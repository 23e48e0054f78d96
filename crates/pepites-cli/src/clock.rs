//! Gives the clock and the time zone of the machine. The only place of the terminal that asks either.

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};
use pepites_core::model::Moment;
use pepites_engine::Clock;

/// Seconds in a minute of offset.
const MINUTE: i32 = 60;

/// The machine's clock.
pub(crate) fn system() -> Clock {
    let zone = TimeZone::system();
    Clock {
        now: Arc::new(|| Moment(Timestamp::now().as_millisecond())),
        offset_minutes: Arc::new(move |moment| {
            Timestamp::from_millisecond(moment.0).map_or(0, |stamp| zone.to_offset(stamp).seconds() / MINUTE)
        }),
    }
}
