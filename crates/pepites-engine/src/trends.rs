//! Takes the figures that the library keeps, gives the page of trends: what came, what it cost, what it brought.
//! Never reads a post for a figure, and sends nothing anywhere.

use pepites_core::{
    model::{Day, Moment, PostId, SourceId},
    trends::{Range, day_of, percent},
};
use pepites_store::{Act, Acted, Came, Listed, Piece, Tally, Total, TrendSource};

use crate::{
    Engine,
    contract::{
        ActView, Band, Counted, CountedAsk, CountedIn, Figures, HourCount, PostLine, Problem, SourceDays, TrendsView,
    },
};

mod bars;
mod relaying;
mod rising;
mod rows;
#[cfg(test)]
mod tests;

/// Months shown of "all": a library that was fed archives of decades would else show bars of nothing.
const MOST_MONTHS: i64 = 60;

/// Days that the page of a source looks back.
const SOURCE_DAYS: i64 = 90;

/// Days of a range where the reader is, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    first: i64,
    last: i64,
}

impl Span {
    fn days(self) -> i64 {
        self.last - self.first + 1
    }

    /// As many days just before.
    fn before(self) -> Self {
        Self { first: self.first - self.days(), last: self.first - 1 }
    }
}

/// What came in a span, by day, and by month where whole months lie in it; what the reader did in it.
struct Pieces {
    days: Vec<Came>,
    months: Vec<Came>,
    acted: Vec<Acted>,
}

impl Engine {
    /// The trends of a range that ends today.
    pub fn trends(&self, range: Range) -> Result<TrendsView, Problem> {
        let (now, offset) = self.here();
        let today = day_of(now, offset);
        let lived = self.store.first_lived_day()?;
        let every = self.store.trend_totals()?;
        let span = Span { first: first_day(range, today, &every), last: today };
        let pieces = self.pieces(span, range)?;
        let sources = self.store.trend_sources()?;
        let totals = totals(&sources, &pieces);
        let rows = self.trend_rows(&sources, &totals, span)?;
        let (bands, folders) = bars::bands(&sources, &rows);
        let bars = bars::bars(&pieces, &every, span, range.by_month(), &sources, &bands, &folders);
        let hours = self.store.trend_hours(span.first, span.last)?;
        let hour = |(arrived, read): &(u64, u64)| HourCount { arrived: small(*arrived), read: small(*read) };
        // Half a month beside a whole one would show a rise that was none.
        let comparable = range.days().is_some() && lived.is_some_and(|lived| lived <= span.before().first);
        let within = |span: Span| sum(every.iter().filter(move |total| (span.first..=span.last).contains(&total.day)));
        Ok(TrendsView {
            range,
            from: day_named(span.first),
            to: day_named(span.last),
            sources: small(sources.len() as u64),
            since: lived.map(day_named),
            figures: within(span),
            before: comparable.then(|| within(span.before())),
            ever: sum(every.iter()),
            budget: self.settings()?.budget,
            by_month: range.by_month(),
            bars,
            bands: bands.into_iter().map(|(source, title)| Band { source, title }).collect(),
            folders: folders.into_iter().map(|title| Band { source: None, title }).collect(),
            hours: hours.iter().map(|day| day.iter().map(hour).collect()).collect(),
            rows,
        })
    }

    /// The posts behind a figure of [`Engine::trends`], newest first. What the keep rule dropped is counted, not listed.
    pub fn counted(&self, ask: &CountedAsk) -> Result<Vec<PostLine>, Problem> {
        let (now, zone) = self.here();
        let today = day_of(now, zone);
        let every = self.store.trend_totals()?;
        let span = Span { first: first_day(ask.range, today, &every), last: today };
        let span = match ask.within {
            CountedIn::Range => span,
            CountedIn::Before => span.before(),
            CountedIn::Ever => Span {
                first: first_day(Range::All, today, &every),
                // What a source dates ahead of today counts.
                last: every.last().map_or(today, |total| total.day.max(today)),
            },
        };
        let listed = match ask.counted {
            Counted::Arrived => Listed::Arrived,
            Counted::Digested => Listed::Digested,
            Counted::Nuggets => Listed::Nuggets,
            Counted::Opened => Listed::Done(&[("read", Some("opened"))]),
            Counted::Read => Listed::Done(&[("finished", None), ("read", Some("by_hand"))]),
            Counted::Skipped => {
                Listed::Done(&[("skipped", Some("opened")), ("skipped", Some("by_hand")), ("skipped", Some("in_bulk"))])
            }
            Counted::Starred => Listed::Done(&[("starred", Some("by_hand")), ("starred", Some("in_bulk"))]),
            Counted::Shared => Listed::Done(&[("shared", None)]),
            Counted::Skimmed => Listed::Done(&[("skimmed", None)]),
            Counted::InBulk => Listed::Done(&[("read", Some("in_bulk"))]),
        };
        self.lines_by_id(&self.store.listed(listed, span.first, span.last, ask.limit, ask.offset)?)
    }

    /// The last ninety days of one source.
    pub fn source_days(&self, source: SourceId) -> Result<SourceDays, Problem> {
        // Asked first: an unknown source is a mistake, not a silent one.
        self.store.source(source)?;
        let (now, offset) = self.here();
        let last = day_of(now, offset);
        let first = last - SOURCE_DAYS + 1;
        let mut days = vec![0; usize::try_from(SOURCE_DAYS).map_err(Problem::fault)?];
        let mut sum = Tally::default();
        for (day, tally) in self.store.trend_days_of(source, first, last)? {
            sum = sum.plus(tally);
            if let Some(day) = usize::try_from(day - first).ok().and_then(|at| days.get_mut(at)) {
                *day = small(tally.published);
            }
        }
        Ok(SourceDays {
            from: day_named(first),
            days,
            posts: small(sum.published),
            opened: small(sum.opened),
            read: small(sum.read()),
            // A post of before these days can be read in them.
            read_share: percent(sum.read().min(sum.published), sum.published),
            starred: small(sum.starred),
            nuggets: small(sum.nuggets),
        })
    }

    /// Notes what the reader did with posts, for the trends alone. Gives how many of it are new.
    pub fn note_acts(&self, posts: &[PostId], act: ActView) -> Result<u32, Problem> {
        let (now, offset) = self.here();
        let act = match act {
            ActView::Finished => Act::Finished,
            ActView::Skimmed => Act::Skimmed,
            ActView::Shared => Act::Shared,
        };
        Ok(self.store.note_acts(posts, act, now, offset)?)
    }

    /// Erases when and how the reader read. What is read, skipped and starred stays so. Cannot be undone.
    pub fn erase_trends(&self) -> Result<u32, Problem> {
        Ok(self.store.erase_acts(self.now())?)
    }

    /// Notes where the reader is, before anything comes that is counted there.
    pub(crate) fn note_zone(&self) -> Result<(), Problem> {
        let (now, offset) = self.here();
        Ok(self.store.note_zone(now, offset)?)
    }

    /// The lines of posts by their ids, in the order given, marked; those that are gone are left out.
    pub(crate) fn lines_by_id(&self, posts: &[PostId]) -> Result<Vec<PostLine>, Problem> {
        let mut lines = Vec::with_capacity(posts.len());
        for post in posts {
            lines.extend(self.line_if_kept(*post)?);
        }
        self.mark_lines(&mut lines.iter_mut().collect::<Vec<_>>())?;
        Ok(lines)
    }

    /// Now, and where the reader is.
    pub(crate) fn here(&self) -> (Moment, i32) {
        let now = self.now();
        (now, (self.clock.offset_minutes)(now))
    }

    fn pieces(&self, span: Span, range: Range) -> Result<Pieces, Problem> {
        let Some((first, last)) = whole_months(span).filter(|_| range.by_month()) else {
            let days = Piece::Days(span.first, span.last);
            return Ok(Pieces { days: self.store.came(days)?, months: Vec::new(), acted: self.store.acted(days)? });
        };
        let months = Piece::Months(first, last);
        let (before, after) = (Piece::Days(span.first, begin(first) - 1), Piece::Days(begin(next(last)), span.last));
        let (mut days, mut acted) = (self.store.came(before)?, self.store.acted(months)?);
        days.extend(self.store.came(after)?);
        acted.extend(self.store.acted(before)?);
        acted.extend(self.store.acted(after)?);
        Ok(Pieces { days, months: self.store.came(months)?, acted })
    }
}

/// The first day of a range.
fn first_day(range: Range, today: i64, every: &[Total]) -> i64 {
    match range.days() {
        Some(days) => today - days + 1,
        None => every.first().map_or(today, |total| total.day).min(today),
    }
}

/// Where a source stands among those followed.
fn place(sources: &[TrendSource], id: SourceId) -> Option<usize> {
    sources.binary_search_by_key(&id, |source| source.id).ok()
}

/// What each followed source brought in all pieces, in their order.
fn totals(sources: &[TrendSource], pieces: &Pieces) -> Vec<Tally> {
    let mut totals = vec![Tally::default(); sources.len()];
    for came in pieces.days.iter().chain(&pieces.months) {
        if let Some(total) = place(sources, came.source).and_then(|at| totals.get_mut(at)) {
            total.published += came.published;
            total.seconds += came.seconds;
        }
    }
    for acted in &pieces.acted {
        if let Some(total) = place(sources, acted.source).and_then(|at| totals.get_mut(at)) {
            total.nuggets += acted.nuggets;
            total.opened += acted.opened;
            total.finished += acted.read;
            total.starred += acted.starred;
        }
    }
    totals
}

fn sum<'a>(totals: impl Iterator<Item = &'a Total>) -> Figures {
    figures(&totals.fold(Tally::default(), |sum, total| sum.plus(total.tally)))
}

fn figures(tally: &Tally) -> Figures {
    Figures {
        arrived: small(tally.arrived),
        published: small(tally.published),
        minutes: small(tally.seconds.div_ceil(60)),
        digested: small(tally.digested),
        nuggets: small(tally.nuggets),
        opened: small(tally.opened),
        read: small(tally.read()),
        in_bulk: small(tally.in_bulk),
        skimmed: small(tally.skimmed),
        skipped: small(tally.skipped),
        starred: small(tally.starred),
        shared: small(tally.shared),
    }
}

fn small(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The date of a day.
fn day_named(day: i64) -> Day {
    Day::of(Moment(day.saturating_mul(Moment::DAY)), 0)
}

/// The month of a day: 202611.
fn month_of(day: i64) -> i64 {
    let Day(date) = day_named(day);
    let (year, month) = (date.get(..4), date.get(5..7));
    let number = |digits: Option<&str>| digits.and_then(|digits| digits.parse::<i64>().ok()).unwrap_or(0);
    number(year) * 100 + number(month)
}

/// The month after.
fn next(month: i64) -> i64 {
    if month % 100 == 12 { (month / 100 + 1) * 100 + 1 } else { month + 1 }
}

/// The first day of a month. By the civil calendar's own arithmetic: every 400 years have 146,097 days.
fn begin(month: i64) -> i64 {
    // Years that begin in March have their leap day last.
    let (year, month) = (month / 100, month % 100);
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The first and the last whole month in a span.
fn whole_months(span: Span) -> Option<(i64, i64)> {
    let first = month_of(span.first);
    let first = if begin(first) == span.first { first } else { next(first) };
    // The last month is never whole: what is dated ahead of today is in it.
    let end = month_of(span.last);
    let last = if end % 100 == 1 { end - 100 + 11 } else { end - 1 };
    (first <= last).then_some((first, last))
}
