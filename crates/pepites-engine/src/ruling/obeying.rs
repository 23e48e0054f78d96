//! Takes what came since rules were last asked, stars it and puts it into folders as they say; takes a rule back with what
//! it starred. Never stars what was there before a rule was made; a folder begins with the 30 days that its preview showed.

use pepites_core::{
    model::{PostId, RuleId},
    score::rules::{Rule, Wish, speaks_of},
};
use pepites_store::Obeyed;

use super::told;
use crate::{
    Engine,
    contract::{Problem, Topic},
};

impl Engine {
    /// Asks the rules about every post that has its story by now and that they were not asked about yet.
    pub(crate) fn obey_rules(&self) -> Result<(), Problem> {
        // Again where another process asked them meanwhile: it may not have come as far.
        while let Some((after, upto)) = self.store.unruled()? {
            if let Some(starred) = self.store.obey(self.said_of(after, upto)?, self.now())? {
                if !starred.is_empty() {
                    self.tell_changed(&[Topic::Marks]);
                }
                break;
            }
        }
        Ok(())
    }

    /// What the rules say of the posts after one and up to another.
    fn said_of(&self, after: PostId, upto: PostId) -> Result<Obeyed, Problem> {
        let rules = self.rules_that_act()?;
        let mut obeyed = Obeyed { after, upto, stars: Vec::new(), filed: Vec::new() };
        if !rules.is_empty() {
            let speed = self.settings()?.words_per_minute;
            for post in self.store.spoken_between(after, upto, self.now())? {
                for (id, rule) in rules.iter().filter(|(_, rule)| speaks_of(rule, &told(&post), speed)) {
                    let list = if rule.wish == Wish::Star { &mut obeyed.stars } else { &mut obeyed.filed };
                    list.push((post.post, *id));
                }
            }
        }
        Ok(obeyed)
    }

    /// The rules that do something to what comes, and hold now.
    fn rules_that_act(&self) -> Result<Vec<(RuleId, Rule)>, Problem> {
        let (kept, now) = (self.store.rules()?, self.now());
        let mut acting = kept.iter().filter(|kept| kept.rule.wish.leaves_traces()).peekable();
        if acting.peek().is_none() {
            return Ok(Vec::new());
        }
        let sources = self.store.sources()?;
        let rules = acting.map(|kept| (kept.id, self.rule(kept, &sources)));
        Ok(rules.filter(|(_, rule)| rule.until.is_none_or(|until| now < until)).collect())
    }

    /// Puts what a rule speaks of in the last 30 days into its folder.
    pub(super) fn begin_folder(&self, id: RuleId) -> Result<(), Problem> {
        let Some((_, rule)) = self.rules_that_act()?.into_iter().find(|(own, _)| *own == id) else { return Ok(()) };
        if rule.wish == Wish::File {
            let speed = self.settings()?.words_per_minute;
            let spoken = self.store.spoken_lately(self.now())?;
            let posts: Vec<PostId> =
                spoken.iter().filter(|post| speaks_of(&rule, &told(post), speed)).map(|post| post.post).collect();
            self.store.file(id, posts)?;
        }
        Ok(())
    }

    /// Takes a rule back as if it had never been made: with the stars that it gave since, and that are not the reader's
    /// own.
    pub fn undo_rule(&self, id: RuleId) -> Result<(), Problem> {
        self.store.drop_rule(id, self.now())?;
        self.store.take_stars_back(id, self.now())?;
        Ok(())
    }
}
