//! Takes the headers of a reply, gives what they ask about the next one: until when to stay away, how long it is fresh.

use jiff::fmt::rfc2822::DateTimeParser;
use pepites_core::model::{Moment, Reply};

/// No host is left alone for longer, whatever it says: servers were seen to ask for years, and a limit that lasts
/// longer is a ban, of which only asking again tells.
const LONGEST_HOLD: i64 = Moment::DAY;
/// A 429 that does not say until when.
const HOLD_UNSAID: i64 = 10 * Moment::MINUTE;
/// Retry-After: 0 with a 429 still means "not now".
const SHORTEST_HOLD: i64 = Moment::MINUTE;

/// Until when the server asks to be left alone: a 429, a 503 that says `Retry-After`, or any reply that was the last one
/// which its limit allows (`X-RateLimit-*` as Mastodon says it, `RateLimit-*` as Bluesky does).
#[must_use]
pub(crate) fn hold_until(status: u16, headers: &[(String, String)], now: Moment) -> Option<Moment> {
    let named = |name: &str| headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
    let said = named("retry-after").and_then(|value| retry_after(value, now));
    let limited = || ["x-ratelimit-", "ratelimit-"].iter().find_map(|family| used_up(family, &named, now));
    let asked = match (status, said) {
        (429 | 503, Some(millis)) => millis,
        (429, None) => limited().unwrap_or(HOLD_UNSAID),
        _ => limited()?,
    };
    Some(now.plus(asked.clamp(SHORTEST_HOLD, LONGEST_HOLD)))
}

/// How long a limit that is used up lasts, in milliseconds.
fn used_up<'a>(family: &str, named: &impl Fn(&str) -> Option<&'a str>, now: Moment) -> Option<i64> {
    let left: i64 = named(&format!("{family}remaining"))?.parse().ok()?;
    let reset = named(&format!("{family}reset"))?;
    (left <= 0).then(|| until_reset(reset, now)).flatten()
}

/// An instant (Mastodon), seconds since 1970 (Bluesky), or seconds from now (the draft of a standard).
fn until_reset(reset: &str, now: Moment) -> Option<i64> {
    if let Ok(seconds) = reset.parse::<i64>() {
        let millis = seconds.saturating_mul(Moment::SECOND);
        return Some(if millis > LONGEST_HOLD { Moment(millis).since(now) } else { millis });
    }
    let stamp: jiff::Timestamp = reset.parse().ok()?;
    Some(Moment(stamp.as_millisecond()).since(now))
}

/// Seconds for which the server says that nothing will change: `Cache-Control: max-age`, else `Expires`.
#[must_use]
pub(crate) fn fresh_seconds(reply: &Reply, now: Moment) -> Option<u64> {
    let control = reply.header("cache-control").unwrap_or_default().to_ascii_lowercase();
    let words = || control.split(',').map(str::trim);
    if words().any(|word| word == "no-cache" || word == "no-store") {
        return None;
    }
    if let Some(age) = words().find_map(|word| word.strip_prefix("max-age=")) {
        return age.trim_matches('"').parse::<u64>().ok().filter(|&seconds| seconds > 0);
    }
    // Counted from the server's own clock where it tells it: one of the two is often wrong, their difference seldom.
    let from = reply.header("date").and_then(http_date).unwrap_or(now);
    let until = reply.header("expires").and_then(http_date)?;
    u64::try_from(until.since(from) / Moment::SECOND).ok().filter(|&seconds| seconds > 0)
}

/// `Retry-After` in milliseconds from `now`: seconds or an HTTP date.
fn retry_after(value: &str, now: Moment) -> Option<i64> {
    let value = value.trim();
    match value.parse::<u64>() {
        Ok(seconds) => Some(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(Moment::SECOND)),
        Err(_) => http_date(value).map(|until| until.since(now)),
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(value: &str) -> Option<Moment> {
    static DATES: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    DATES.parse_timestamp(value.trim()).ok().map(|stamp| Moment(stamp.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_795_348_800_000); // 2026-11-22T12:00:00Z

    fn reply(status: u16, headers: &[(&str, &str)]) -> Reply {
        let headers = headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        Reply { status, headers, ..Reply::default() }
    }

    #[test]
    fn a_host_is_held_for_as_long_as_it_asks_within_reason() {
        let cases: &[(u16, &str, Option<i64>)] = &[
            (429, "120", Some(120_000)),
            (503, "3600", Some(Moment::HOUR)),
            (503, "Sun, 22 Nov 2026 12:30:00 GMT", Some(30 * Moment::MINUTE)),
            (429, "Sun, 22 Nov 2020 12:30:00 GMT", Some(SHORTEST_HOLD)),
            (429, "0", Some(SHORTEST_HOLD)),
            (429, "99999999999999999999", Some(HOLD_UNSAID)),
            (429, "999999999999999999", Some(LONGEST_HOLD)),
            (429, "soon", Some(HOLD_UNSAID)),
            (429, "-5", Some(HOLD_UNSAID)),
            (503, "soon", None),
            (200, "120", None),
            (500, "120", None),
        ];
        for &(status, value, held) in cases {
            let until = hold_until(status, &reply(status, &[("retry-after", value)]).headers, NOW);
            assert_eq!(until.map(|until| until.since(NOW)), held, "{status} {value}");
        }
        assert_eq!(hold_until(429, &[], NOW), Some(NOW.plus(HOLD_UNSAID)));
        assert_eq!(hold_until(503, &[], NOW), None);
    }

    #[test]
    fn a_limit_that_is_used_up_holds_its_host_until_it_begins_anew() {
        let held = |status: u16, headers: &[(&str, &str)]| {
            hold_until(status, &reply(status, headers).headers, NOW).map(|until| until.since(NOW))
        };
        let mastodon = |left| [("x-ratelimit-remaining", left), ("x-ratelimit-reset", "2026-11-22T12:05:00.000000Z")];
        assert_eq!(held(200, &mastodon("0")), Some(5 * Moment::MINUTE));
        assert_eq!(held(429, &mastodon("0")), Some(5 * Moment::MINUTE));
        assert_eq!(held(200, &mastodon("1")), None);
        assert_eq!(held(200, &mastodon("many")), None);
        let bluesky = [("ratelimit-remaining", "0"), ("ratelimit-reset", "1795349100")];
        assert_eq!(held(200, &bluesky), Some(5 * Moment::MINUTE));
        assert_eq!(held(200, &[("ratelimit-remaining", "0"), ("ratelimit-reset", "120")]), Some(2 * Moment::MINUTE));
        assert_eq!(held(200, &[("ratelimit-remaining", "0"), ("ratelimit-reset", "soon")]), None);
    }

    #[test]
    fn freshness_is_read_from_either_header() {
        type Headers = &'static [(&'static str, &'static str)];
        let cases: &[(Headers, Option<u64>)] = &[
            (&[("cache-control", "public, max-age=600")], Some(600)),
            (&[("cache-control", "Max-Age=\"60\"")], Some(60)),
            (&[("cache-control", "max-age=0")], None),
            (&[("cache-control", "no-cache, max-age=600")], None),
            (&[("cache-control", "max-age=x"), ("expires", "Sun, 22 Nov 2026 13:00:00 GMT")], None),
            (&[("expires", "Sun, 22 Nov 2026 13:00:00 GMT")], Some(3_600)),
            (&[("expires", "Sun, 22 Nov 2026 13:00:00 GMT"), ("date", "Sun, 22 Nov 2026 12:59:00 GMT")], Some(60)),
            (&[("expires", "0")], None),
            (&[("expires", "Thu, 01 Jan 1970 00:00:00 GMT")], None),
            (&[], None),
        ];
        for (headers, seconds) in cases {
            assert_eq!(fresh_seconds(&reply(200, headers), NOW), *seconds, "{headers:?}");
        }
    }
}
