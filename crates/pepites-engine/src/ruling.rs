//! Takes what the reader asks for outright, keeps it, and gives it as it is shown and as it is obeyed.
//! Never changes a digest that was made: a rule holds from the next one on. What rules do to posts is in `obeying`.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{Day, Folder, Moment, Phrase, PostId, RuleId, Source, SourceId},
    score::rules::{About, Matter, RELAYS, Rule, Rules, Told, Wish, speaks_of},
    search::can_be_named,
    text::secret::masked,
};
use pepites_store::{NewRule, Spoken, StoreError, StoredRule};

use crate::{
    Engine,
    contract::{Code, Problem, RuleAsk, RulePreview, RuleView},
    lines,
};

/// Posts that a preview shows: enough to see what is meant.
const EXAMPLES: usize = 20;

mod obeying;
#[cfg(test)]
mod tests;

impl Engine {
    /// Every rule, oldest first, each with how many posts of the last 30 days it speaks of.
    pub fn rules(&self) -> Result<Vec<RuleView>, Problem> {
        let (sources, now) = (self.store.sources()?, self.now());
        let kept = self.store.rules()?;
        let rules: Vec<Rule> = kept.iter().map(|one| self.rule(one, &sources)).collect();
        let mut counts = vec![0_u32; rules.len()];
        if !rules.is_empty() {
            let speed = self.settings()?.words_per_minute;
            for post in self.store.spoken_lately(now)? {
                let told = told(&post);
                for (count, _) in counts.iter_mut().zip(&rules).filter(|(_, rule)| speaks_of(rule, &told, speed)) {
                    *count += 1;
                }
            }
        }
        let done = self.store.done_by_rules()?;
        let views = kept.iter().zip(rules).zip(counts);
        Ok(views.map(|((kept, rule), count)| self.view(kept, rule, count, &done)).collect())
    }

    /// What a rule would have spoken of in the last 30 days. Keeps nothing.
    pub fn try_rule(&self, ask: &RuleAsk) -> Result<RulePreview, Problem> {
        // Whatever is asked of it, it speaks of the same: a folder may be chosen after.
        let kept = StoredRule {
            id: RuleId(0),
            rule: self.wished(&RuleAsk { wish: Wish::Notify, ..ask.clone() })?,
            made: self.now(),
            after: PostId(0),
        };
        let rule = self.rule(&kept, &self.store.sources()?);
        let speed = self.settings()?.words_per_minute;
        let spoken = self.store.spoken_lately(self.now())?;
        let hit: Vec<&Spoken> = spoken.iter().filter(|post| speaks_of(&rule, &told(post), speed)).collect();
        let mut examples = Vec::new();
        for post in hit.iter().take(EXAMPLES) {
            let title = self.store.source(post.source)?;
            examples.push(lines::of_post(&self.store.post(post.post)?, title.shown()));
        }
        Ok(RulePreview { posts_30d: u32::try_from(hit.len()).unwrap_or(u32::MAX), examples })
    }

    /// Makes a rule, or changes one.
    ///
    /// # Errors
    /// When it makes no sense, when a change would make it what another rule is, or the library cannot be written.
    pub fn set_rule(&self, ask: &RuleAsk) -> Result<RuleView, Problem> {
        let wished = self.wished(ask)?;
        let kept = self.store.keep_rule(ask.id, &wished, self.now())?;
        let id = kept.ok_or_else(|| bad_input("problem.bad_input.rule_twice"))?;
        self.begin_folder(id)?;
        let made = self.rules()?.into_iter().find(|rule| rule.id == id);
        made.ok_or_else(|| StoreError::Missing { noun: "rule", id: id.to_string() }.into())
    }

    /// What is asked for, as it is kept.
    fn wished(&self, ask: &RuleAsk) -> Result<NewRule, Problem> {
        let about = About::new(ask.kind, ask.name.trim());
        if ask.kind == Matter::Source {
            let id = about.name.parse().map(SourceId);
            // Asked for, so that a source that is none is said now and not found out by its posts.
            self.store.source(id.map_err(|_error| no_such_source(&ask.name))?)?;
        }
        if about.name.is_empty() {
            let detail = match ask.kind {
                Matter::Language => Phrase::new("problem.bad_input.rule_language").with("value", ask.name.trim()),
                Matter::Longer | Matter::Shorter => {
                    Phrase::new("problem.bad_input.rule_minutes").with("value", ask.name.trim())
                }
                _ => Phrase::new("problem.bad_input.rule"),
            };
            return Err(Problem { code: Code::BadInput, detail });
        }
        let into = ask.into.as_deref().map(tidied).filter(|path| ask.wish == Wish::File && !path.is_empty());
        if ask.wish == Wish::File && into.is_none() {
            return Err(bad_input("problem.bad_input.rule_folder"));
        }
        if let Some(name) = into.iter().flatten().find(|name| !can_be_named(name)) {
            let detail = Phrase::new("problem.bad_input.rule_folder_name").with("name", name.as_str());
            return Err(Problem { code: Code::BadInput, detail });
        }
        Ok(NewRule {
            wish: ask.wish,
            about,
            name: ask.name.trim().to_owned(),
            folder: ask.folder.clone().filter(|path| !path.is_empty()),
            into,
            until: ask.until.as_ref().map(|day| self.end_of(day)).transpose()?,
        })
    }

    /// Takes a rule back. What it starred stays starred.
    pub fn drop_rule(&self, id: RuleId) -> Result<(), Problem> {
        self.store.drop_rule(id, self.now())?;
        Ok(())
    }

    /// What the reader wants to be told of among the posts that came after that one: what each rule is about, and how
    /// many posts it speaks of.
    pub(crate) fn to_tell(&self, after: PostId) -> Result<Vec<(String, u32)>, Problem> {
        let now = self.now();
        let kept = self.store.rules()?;
        let mut kept = kept.iter().filter(|kept| kept.rule.wish == Wish::Notify).peekable();
        if kept.peek().is_none() {
            return Ok(Vec::new());
        }
        let (sources, speed) = (self.store.sources()?, self.settings()?.words_per_minute);
        let came: Vec<Spoken> = self.store.spoken_lately(now)?.into_iter().filter(|post| post.post > after).collect();
        let rules = kept.map(|kept| self.rule(kept, &sources));
        let holding = rules.filter(|rule| rule.until.is_none_or(|until| now < until));
        let counted = holding.map(|rule| {
            let count = came.iter().filter(|post| speaks_of(&rule, &told(post), speed)).count();
            (rule.shown, u32::try_from(count).unwrap_or(u32::MAX))
        });
        Ok(counted.filter(|(_, count)| *count > 0).collect())
    }

    /// The rules that hold at `now`, as the ranking takes them.
    pub(crate) fn rules_at(&self, now: Moment) -> Result<Rules, Problem> {
        let kept = self.store.rules()?;
        if kept.is_empty() {
            return Ok(Rules::default());
        }
        let sources = self.store.sources()?;
        let speed = self.settings()?.words_per_minute;
        Ok(Rules::new(kept.iter().map(|one| self.rule(one, &sources)), now, speed))
    }

    /// A rule with what it needs to be obeyed: the sources of its folder, and the title of its source.
    fn rule(&self, kept: &StoredRule, sources: &[Source]) -> Rule {
        let NewRule { wish, about, name, folder, until, into: _ } = &kept.rule;
        let within = folder.as_ref().map(|path| {
            let inside = |Folder(own): &Folder| own.starts_with(path);
            let sources = sources.iter().filter(|source| source.folders.iter().any(inside));
            sources.map(|source| source.id).collect::<BTreeSet<SourceId>>()
        });
        let shown = match about.matter {
            Matter::Source => self.title_of(&about.name, sources).unwrap_or_else(|| name.clone()),
            // The same in both languages.
            Matter::Longer => format!("> {} min", about.name),
            Matter::Shorter => format!("< {} min", about.name),
            Matter::Relay => RELAYS.to_owned(),
            _ => name.clone(),
        };
        Rule { wish: *wish, about: about.clone(), shown, within, until: *until }
    }

    /// What the reader calls the source of that number, followed or not any more.
    pub(crate) fn title_of(&self, number: &str, followed: &[Source]) -> Option<String> {
        let id = SourceId(number.parse().ok()?);
        let title = |source: &Source| masked(source.shown()).into_owned();
        let known = followed.iter().find(|source| source.id == id).map(title);
        known.or_else(|| self.store.source(id).ok().as_ref().map(title))
    }

    fn view(&self, kept: &StoredRule, rule: Rule, posts_30d: u32, done: &BTreeMap<RuleId, u32>) -> RuleView {
        let last = |until: Moment| until.plus(-1);
        let day = |moment: Moment| Day::of(moment, (self.clock.offset_minutes)(moment));
        RuleView {
            id: kept.id,
            wish: rule.wish,
            kind: rule.about.matter,
            name: kept.rule.name.clone(),
            shown: rule.shown,
            folder: kept.rule.folder.clone(),
            into: kept.rule.into.clone(),
            until: rule.until.map(|until| day(last(until))),
            over: rule.until.is_some_and(|until| until <= self.now()),
            posts_30d,
            done: if rule.wish.leaves_traces() { done.get(&kept.id).copied().unwrap_or(0) } else { 0 },
        }
    }

    /// The first moment after a day where the reader is.
    fn end_of(&self, day: &Day) -> Result<Moment, Problem> {
        let midnight = day.begins().ok_or_else(|| bad_input("problem.bad_input.day"))?.plus(Moment::DAY);
        let offset = (self.clock.offset_minutes)(midnight);
        Ok(midnight.plus(-i64::from(offset) * Moment::MINUTE))
    }
}

/// A path as typed by a person: names without blanks around them, no nameless folder.
fn tidied(path: &[String]) -> Vec<String> {
    path.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn told(post: &Spoken) -> Told<'_> {
    Told {
        source: post.source,
        author: post.author.as_deref(),
        title: &post.title,
        lead: &post.lead,
        tags: &post.tags,
        language: post.language.as_deref(),
        words: post.words,
        relay: post.relay,
    }
}

fn no_such_source(typed: &str) -> Problem {
    StoreError::Missing { noun: "source", id: typed.to_owned() }.into()
}

fn bad_input(key: &str) -> Problem {
    Problem { code: Code::BadInput, detail: Phrase::new(key) }
}
