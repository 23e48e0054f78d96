//! Takes a command by its name and what it is asked with in JSON, gives its answer in JSON: the one door of windows.
//! Every command stands once in the table below, which the TypeScript contract is written from too.

use std::path::Path;

use pepites_core::{
    interchange::contacts::TablePreview,
    model::{ContactId, Day, DigestId, ImportId, Mode, Moment, PlanId, PostId, RuleId, SearchId, SourceId},
    score::Weights,
    trends::Range,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    Cancel, Engine,
    catalogue::Language,
    contract::{typescript::Declarations, *},
    importing::Watch,
};

/// A longer file is not read to its end; what was read is more than the import takes, which then says so.
const LONGEST_FILE: u64 = crate::importing::LARGEST_FILE as u64 + 1;

/// One line a command: its name, what it is asked with, what it answers, the topics that it changes, and how.
/// `now` runs apart, as it waits for the disk; `later` is a future.
macro_rules! commands {
    (@now $engine:ident, |$it:ident, $ask:pat_param| $body:expr, $asked:ident) => {
        $engine.apart(move |$it| { let $ask = $asked; $body }).await
    };
    (@later $engine:ident, |$it:ident, $ask:pat_param| $body:expr, $asked:ident) => {
        { let $it = $engine; let $ask = $asked; $body.await }
    };
    ($( $how:ident $name:literal $ask:ty => $answer:ty, [$($topic:ident)*], |$it:ident, $pat:pat_param| $body:expr; )*) => {
        /// The names of all commands.
        pub const COMMANDS: &[&str] = &[$($name),*];

        async fn run(engine: &Engine, name: &str, ask: Value) -> Result<Value, Problem> {
            match name {
                $($name => {
                    let asked: $ask = read(name, ask)?;
                    let answer: $answer = commands!(@$how engine, |$it, $pat| $body, asked)?;
                    engine.tell_changed(&[$(Topic::$topic),*]);
                    write(&answer)
                })*
                _ => Err(Problem::new(Code::BadInput).with("input", name)),
            }
        }

        fn signatures(types: &mut Declarations) -> Vec<(&'static str, String, String)> {
            vec![$(($name, types.name::<$ask>(), types.name::<$answer>())),*]
        }
    };
}

#[rustfmt::skip]
commands! {
    now   "sources"         ()            => Vec<SourceView>,     [],                     |engine, ()| engine.sources();
    now   "rename"          RenameAsk     => (),                  [Sources],              |engine, ask| engine.rename(ask.source, ask.name.as_deref());
    now   "move_many"       Vec<MoveAsk>  => (),                  [Sources],              |engine, moves| engine.move_many(&moves);
    now   "folder_order"    ()            => Vec<Vec<String>>,    [],                     |engine, ()| engine.folder_order();
    now   "order_folders"   Vec<Vec<String>> => (),               [Sources],              |engine, paths| engine.order_folders(&paths);
    now   "made_folders"    ()            => Vec<Vec<String>>,    [],                     |engine, ()| engine.made_folders();
    now   "make_folders"    Vec<Vec<String>> => (),               [Sources],              |engine, paths| engine.make_folders(&paths);
    now   "unfollow_many"   Vec<SourceId> => (),                  [Sources Posts],        |engine, sources| engine.unfollow_many(&sources);
    now   "follow_many_again" Vec<SourceId> => (),                [Sources Posts],        |engine, sources| engine.follow_many_again(&sources);
    now   "unfollow"        SourceId      => (),                  [Sources Posts],        |engine, source| engine.unfollow(source);
    now   "follow_again"    SourceId      => (),                  [Sources Posts],        |engine, source| engine.follow_again(source);
    now   "import"          ImportAsk     => ImportReport,        [Sources Contacts],     |engine, ask| import(engine, &ask);
    now   "undo_import"     ImportId      => UndoneImport,        [Sources Posts Contacts], |engine, import| engine.undo_import(import);
    now   "export"          ()            => String,              [],                     |engine, ()| engine.export();
    later "add"             AddAsk        => AddReport,           [Sources Posts],        |engine, ask| add(engine, ask);
    later "look"            String        => AddReport,           [],                     |engine, typed| look(engine, typed);
    later "circle"          String        => CircleReport,        [],                     |engine, typed| circle(engine, typed);
    later "circle_of_file"  String        => CircleReport,        [],                     |engine, path| circle_of_file(engine, path);
    later "follow_all"      FollowAllAsk  => Vec<SourceId>,       [Sources],              |engine, ask| follow_all(engine, ask);
    now   "export_accounts" ()            => String,              [],                     |engine, ()| engine.export_accounts();
    later "preview"         PreviewAsk    => Preview,             [],                     |engine, ask| preview(engine, ask);
    later "lists"           String        => Vec<ListOffer>,      [],                     |engine, page| lists(engine, page);
    later "refresh"         RefreshAsk    => RefreshReport,       [Sources Posts],        |engine, ask| refresh(engine, ask);
    now   "stop"            Option<Work>  => (),                  [],                     |engine, work| { engine.stop(work); Ok(()) };
    now   "today"           DigestAsk     => DigestView,          [],                     |engine, ask| today(engine, &ask);
    now   "digest_of"       Day           => DigestView,          [],                     |engine, day| engine.digest_of(&day);
    now   "digest"          DigestId      => DigestView,          [],                     |engine, id| engine.digest(id);
    now   "digests"         PageAsk       => Vec<DigestLineView>, [],                     |engine, page| digests(engine, page);
    now   "left_out"        LeftOutAsk    => Vec<LeftOutView>,    [],                     |engine, ask| engine.left_out(ask.digest, ask.limit, ask.offset);
    now   "left_out_why"    DigestId      => LeftOutSum,          [],                     |engine, id| engine.left_out_why(id);
    now   "settle_left_out" SettleAsk     => MarkReport,          [Marks],                |engine, ask| engine.settle_left_out(ask.digest, ask.mark, ask.on);
    now   "cut"             CutAsk        => CutView,             [],                     |engine, ask| engine.cut(ask.digest, ask.minutes);
    now   "posts_of"        PostsOfAsk    => Vec<PostLine>,       [],                     |engine, ask| engine.posts_of(ask.source, ask.limit, ask.offset);
    now   "unread"          PageAsk       => Vec<PostLine>,       [],                     |engine, page| engine.unread(page.limit, page.offset);
    now   "starred"         PageAsk       => Vec<PostLine>,       [],                     |engine, page| engine.starred(page.limit, page.offset);
    now   "search"          SearchAsk     => Vec<HitView>,        [],                     |engine, ask| engine.search_by(&ask.words, ask.sort, ask.limit, ask.offset);
    now   "understand"      UnderstandAsk => UnderstoodView,      [],                     |engine, ask| engine.understand(&ask);
    now   "operators"       String        => Vec<OperatorView>,   [],                     |engine, language| Ok(engine.operators(&language));
    now   "searches"        ()            => Vec<SavedSearch>,    [],                     |engine, ()| engine.searches();
    now   "keep_search"     KeepSearchAsk => SavedSearch,         [Searches],             |engine, ask| engine.keep_search(&ask);
    now   "drop_search"     SearchId      => (),                  [Searches],             |engine, id| engine.drop_search(id);
    now   "post"            PostId        => PostView,            [],                     |engine, id| engine.post(id);
    now   "open_post"       PostId        => PostView,            [Marks],                |engine, id| engine.open_post(id);
    later "full_text"       PostId        => FullTextView,        [],                     |engine, id| engine.full_text(id);
    later "full_texts"      ()            => u32,                 [],                     |engine, ()| full_texts(engine);
    now   "set_full_text"   FullTextAsk   => (),                  [Sources],              |engine, ask| engine.set_full_text(ask.source, ask.on);
    now   "prefer"          PreferAsk     => (),                  [Sources],              |engine, ask| engine.set_preferred(ask.source, ask.on);
    now   "set_unlimited"   UnlimitedAsk  => (),                  [Sources],              |engine, ask| engine.set_unlimited(ask.source, ask.on);
    now   "mark"            MarkAsk       => MarkReport,          [Marks],                |engine, ask| if ask.undo { engine.undo_mark(&ask.posts, ask.mark, ask.on) } else { engine.mark(&ask.posts, ask.mark, ask.on) };
    now   "places"          ()            => Vec<PlaceView>,      [],                     |engine, ()| engine.places();
    now   "keep_place"      PlaceView     => (),                  [],                     |engine, place| engine.keep_place(&place);
    now   "erase_places"    ()            => (),                  [],                     |engine, ()| engine.erase_places();
    now   "story"           PostId        => StoryView,           [],                     |engine, id| engine.story(id);
    now   "why"             PairAsk       => WhyView,             [],                     |engine, ask| engine.why(ask.one, ask.other);
    now   "together"        VerdictAsk    => VerdictReport,       [Posts Marks],          |engine, ask| engine.together(ask.one, ask.other, ask.undo);
    now   "apart"           VerdictAsk    => VerdictReport,       [Posts Marks],          |engine, ask| engine.put_apart(ask.one, ask.other, ask.undo);
    now   "rules"           ()            => Vec<RuleView>,       [],                     |engine, ()| engine.rules();
    now   "try_rule"        RuleAsk       => RulePreview,         [],                     |engine, ask| engine.try_rule(&ask);
    now   "set_rule"        RuleAsk       => RuleView,            [Wishes],               |engine, ask| engine.set_rule(&ask);
    now   "drop_rule"       RuleId        => (),                  [Wishes],               |engine, id| engine.drop_rule(id);
    now   "undo_rule"       RuleId        => (),                  [Wishes Marks],         |engine, id| engine.undo_rule(id);
    now   "taste"           ()            => TasteView,           [],                     |engine, ()| engine.learned_taste();
    now   "remove_trait"    TraitAsk      => (),                  [Wishes],               |engine, ask| engine.remove_trait(&ask);
    now   "forget_taste"    Option<Moment> => Option<Moment>,     [Wishes],               |engine, until| engine.forget_taste(until);
    now   "weights"         ()            => WeightsView,         [],                     |engine, ()| engine.weights_view();
    now   "weigh"           Weights       => WeighReport,         [],                     |engine, weights| engine.weigh(&weights);
    now   "set_weights"     Weights       => (),                  [Wishes],               |engine, weights| engine.set_weights(&weights);
    now   "lines"           Vec<PostId>   => Vec<PostLine>,       [],                     |engine, posts| engine.lines(&posts);
    now   "set_mode"        ModeAsk       => Mode,                [Sources Posts],        |engine, ask| engine.set_mode(ask.source, ask.mode);
    now   "trends"          Range         => TrendsView,          [],                     |engine, range| engine.trends(range);
    now   "source_days"     SourceId      => SourceDays,          [],                     |engine, source| engine.source_days(source);
    now   "counted"         CountedAsk    => Vec<PostLine>,       [],                     |engine, ask| engine.counted(&ask);
    now   "relays"          Range         => RelaysView,          [],                     |engine, range| engine.relays(range);
    now   "rising"          ()            => RisingView,          [],                     |engine, ()| engine.rising();
    now   "note_acts"       ActAsk        => u32,                 [],                     |engine, ask| engine.note_acts(&ask.posts, ask.act);
    now   "erase_trends"    ()            => u32,                 [Marks],                |engine, ()| engine.erase_trends();
    now   "room"            RoomAsk       => RoomView,            [],                     |engine, ask| engine.room(ask.goal);
    now   "apply_room"      ApplyAsk      => AppliedView,         [Sources Posts],        |engine, ask| engine.apply_room(&ask.changes, ask.noted);
    now   "undo_room"       PlanId        => AppliedView,         [Sources Posts],        |engine, plan| engine.undo_room(plan);
    now   "room_notes"      ()            => Vec<RoomNote>,       [],                     |engine, ()| engine.room_notes();
    now   "room_told"       PlanId        => (),                  [],                     |engine, plan| engine.room_told(plan);
    now   "settings"        ()            => Settings,            [],                     |engine, ()| engine.settings_now();
    now   "change_settings" Settings      => (),                  [Settings],             |engine, settings| engine.change_settings(&settings);
    now   "accounts"        ()            => Vec<AccountView>,    [],                     |engine, ()| engine.accounts();
    later "sign_in"         SignInAsk     => SignInView,          [],                     |engine, ask| sign_in(engine, ask);
    later "signed_in"       ()            => AccountView,         [Sources],              |engine, ()| signed_in(engine);
    later "sign_in_code"    String        => AccountView,         [Sources],              |engine, code| sign_in_code(engine, code);
    now   "sign_in_cancel"  ()            => (),                  [],                     |engine, ()| { engine.sign_in_cancel(); Ok(()) };
    later "sign_out"        String        => SignOutReport,       [Sources],              |engine, handle| sign_out(engine, handle);
    later "timelines"       String        => Vec<TimelineView>,   [],                     |engine, handle| timelines(engine, handle);
    now   "people"          ()            => PeopleView,          [],                     |engine, ()| engine.people();
    now   "tie"             TieAsk        => TieReport,           [Sources],              |engine, ask| engine.tie(ask);
    later "log_in"          LoginAsk      => (),                  [Sources Posts],        |engine, ask| log_in(engine, ask);
    now   "log_out"         SourceId      => (),                  [Sources],              |engine, source| engine.log_out(source);
    now   "contacts"        ContactsAsk   => Vec<ContactView>,    [],                     |engine, ask| engine.contacts(&ask);
    now   "contact"         ContactId     => ContactView,         [],                     |engine, id| engine.contact(id);
    now   "contacts_import" ContactsFileAsk => ContactsImport,    [Contacts],             |engine, ask| contacts_import(engine, &ask);
    now   "contact_columns" String        => TablePreview,        [],                     |engine, path| contact_columns(engine, &path);
    now   "contacts_report" FindAsk       => ContactsReport,      [],                     |engine, ask| engine.contacts_report(&ask);
    later "find_contacts"   FindAsk       => ContactsReport,      [Contacts],             |engine, ask| find_contacts(engine, ask);
    now   "give_up_search"  ()            => (),                  [Contacts],             |engine, ()| engine.give_up_search();
    now   "follow_contacts" FollowFoundAsk => FollowFound,        [Sources Contacts],     |engine, ask| engine.follow_contacts(&ask);
    now   "not_contact"     NotAsk        => ContactView,         [Contacts],             |engine, ask| engine.not_contact(&ask);
    now   "change_contact"  ChangeContactAsk => ContactView,      [Contacts],             |engine, ask| engine.change_contact(ask.contact, &ask.change);
    now   "remove_contacts" RemoveContactsAsk => (),              [Contacts],             |engine, ask| engine.remove_contacts(&ask.contacts, ask.undo);
    now   "join_contacts"   JoinContactsAsk => ContactView,       [Contacts],             |engine, ask| engine.join_contacts(ask.one, ask.other);
    now   "part_contact"    PartContactAsk => ContactView,        [Contacts],             |engine, ask| engine.part_contact(&ask);
    now   "forget_contacts" ()            => (),                  [Contacts],             |engine, ()| engine.forget_contacts();
    now   "sample_contacts" ()            => ContactsImport,      [Contacts],             |engine, ()| engine.sample_contacts();
    now   "export_contacts" ()            => String,              [],                     |engine, ()| engine.export_contacts();
    now   "export_found"    ()            => String,              [],                     |engine, ()| engine.export_found();
    now   "library"         ()            => LibraryView,         [],                     |engine, ()| engine.library();
    now   "look_at_backup"  String        => BackupView,          [],                     |engine, path| engine.look_at_backup(Path::new(&path));
    later "restore"         String        => RestoreReport,       [Sources Posts Marks Digests Settings Wishes Contacts], |engine, path| restore(engine, path);
    now   "copies"          ()            => Vec<CopyView>,       [],                     |engine, ()| engine.copies();
    now   "erase_copy"      String        => (),                  [],                     |engine, name| engine.erase_copy(&name);
    now   "erase_pictures"  ()            => (),                  [],                     |engine, ()| engine.erase_pictures();
}

impl Engine {
    /// Runs the command of that name. What it changed, and how far it is, is told through [`Engine::events`].
    pub async fn call(&self, name: &str, ask: Value) -> Result<Value, Problem> {
        run(self, name, ask).await
    }
}

/// The whole contract as a TypeScript module.
#[must_use]
pub fn typescript() -> String {
    let mut types = Declarations::new();
    let commands: String = signatures(&mut types)
        .into_iter()
        .map(|(name, ask, answer)| format!("    {name}: [{ask}, {answer}],\n"))
        .collect();
    types.name::<Problem>();
    types.name::<Event>();
    // What the shell answers by itself.
    types.name::<WholeExport>();
    format!(
        "// What the engine and its windows say to each other.\n\
         // Generated from crates/pepites-engine: do not edit. To write it anew: PEPITES_BLESS=1 cargo test --workspace contract\n\
         {}\n\
         /** Every command: what it is asked with, what it answers. */\n\
         export type Commands = {{\n{commands}}};\n",
        types.write()
    )
}

fn read<T: DeserializeOwned>(name: &str, ask: Value) -> Result<T, Problem> {
    serde_json::from_value(ask).map_err(|error| Problem::new(Code::BadInput).with("input", format!("{name}: {error}")))
}

fn write<T: Serialize>(answer: &T) -> Result<Value, Problem> {
    serde_json::to_value(answer).map_err(Problem::fault)
}

fn import(engine: &Engine, ask: &ImportAsk) -> Result<ImportReport, Problem> {
    let (name, bytes) = file(&ask.path)?;
    engine.offer(&name, &bytes, ask.even_partial, &watch(engine))
}

/// The window is told how far an import is, and stops it.
fn watch(engine: &Engine) -> Watch {
    let teller = engine.clone();
    Watch::new(move |progress| teller.tell(Event::Progress(progress)), engine.stoppable(Work::Import))
}

/// A file by its path: its name, and what is in it.
fn file(path: &str) -> Result<(String, Vec<u8>), Problem> {
    use std::io::Read;
    let at = Path::new(path);
    let name = at.file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
    let mut bytes = Vec::new();
    let read = std::fs::File::open(at).and_then(|file| file.take(LONGEST_FILE).read_to_end(&mut bytes));
    read.map_err(|error| Problem::unreadable(&name, &error))?;
    Ok((name, bytes))
}

fn contacts_import(engine: &Engine, ask: &ContactsFileAsk) -> Result<ContactsImport, Problem> {
    let (name, bytes) = file(&ask.path)?;
    match &ask.columns {
        Some(columns) => engine.import_contacts_watched(&name, &bytes, Some(columns), &watch(engine)),
        None => engine.offer_contacts(&name, &bytes, &watch(engine)),
    }
}

fn contact_columns(engine: &Engine, path: &str) -> Result<TablePreview, Problem> {
    let (name, bytes) = file(path)?;
    engine.contact_columns(&name, &bytes)
}

async fn find_contacts(engine: &Engine, ask: FindAsk) -> Result<ContactsReport, Problem> {
    let cancel = engine.stoppable(Work::Contacts);
    engine.find_contacts(&ask, &|progress| engine.tell(Event::Search(progress)), &cancel).await
}

async fn add(engine: &Engine, ask: AddAsk) -> Result<AddReport, Problem> {
    let choice = ask.choice.map(usize::try_from).transpose().map_err(Problem::fault)?;
    engine.add_with(&ask.address, choice, &ask.folders, ask.login.map(GivenLogin::into_secret)).await
}

async fn full_texts(engine: &Engine) -> Result<u32, Problem> {
    let cancel = engine.stoppable(Work::FullTexts);
    let came = engine.fetch_full_texts(&cancel).await?;
    engine.fetch_pictures(&cancel).await?;
    Ok(came)
}

async fn look(engine: &Engine, typed: String) -> Result<AddReport, Problem> {
    engine.look_at(&typed).await
}

async fn circle(engine: &Engine, typed: String) -> Result<CircleReport, Problem> {
    let cancel = engine.stoppable(Work::Circle);
    engine.circle(&typed, &|progress| engine.tell(Event::Progress(progress)), &cancel).await
}

async fn circle_of_file(engine: &Engine, path: String) -> Result<CircleReport, Problem> {
    let (name, bytes) = engine.apart(move |_| file(&path)).await?;
    engine.circle_of_file(&name, bytes).await
}

async fn follow_all(engine: &Engine, ask: FollowAllAsk) -> Result<Vec<SourceId>, Problem> {
    engine.follow_all(&ask.people, &ask.folders).await
}

async fn sign_in(engine: &Engine, ask: SignInAsk) -> Result<SignInView, Problem> {
    let language = Language::from_locale(&ask.language).unwrap_or(Language::English);
    engine.sign_in(&ask.server, language).await
}

/// Only [`Engine::sign_in_cancel`] ends it, and its time: who stops a refresh does not mean it.
async fn signed_in(engine: &Engine) -> Result<AccountView, Problem> {
    engine.signed_in(&Cancel::default()).await
}

async fn sign_in_code(engine: &Engine, code: String) -> Result<AccountView, Problem> {
    engine.sign_in_code(&code).await
}

async fn sign_out(engine: &Engine, handle: String) -> Result<SignOutReport, Problem> {
    engine.sign_out(&handle).await
}

async fn timelines(engine: &Engine, handle: String) -> Result<Vec<TimelineView>, Problem> {
    engine.timelines(&handle).await
}

async fn log_in(engine: &Engine, ask: LoginAsk) -> Result<(), Problem> {
    engine.try_login(ask).await
}

async fn preview(engine: &Engine, ask: PreviewAsk) -> Result<Preview, Problem> {
    engine.preview(&ask.address, &ask.selectors).await
}

async fn restore(engine: &Engine, path: String) -> Result<RestoreReport, Problem> {
    engine.restore(Path::new(&path)).await
}

async fn lists(engine: &Engine, page: String) -> Result<Vec<ListOffer>, Problem> {
    engine.lists(&page).await
}

/// Those before the offset are read too: a line is short, and few lists are scrolled that far.
fn digests(engine: &Engine, page: PageAsk) -> Result<Vec<DigestLineView>, Problem> {
    let before = usize::try_from(page.offset).map_err(Problem::fault)?;
    Ok(engine.digests(page.limit.saturating_add(page.offset))?.into_iter().skip(before).collect())
}

async fn refresh(engine: &Engine, ask: RefreshAsk) -> Result<RefreshReport, Problem> {
    let cancel = engine.stoppable(Work::Refresh);
    // Who asks now does not wait for what is done by itself.
    engine.stop(Some(Work::Visits));
    let progress = |progress| engine.tell(Event::Progress(progress));
    engine.refresh(ask.due, ask.only.as_deref(), &progress, &cancel).await
}

/// Tells of a change only when this call made the digest: a window that asks again for today's would else never rest.
fn today(engine: &Engine, ask: &DigestAsk) -> Result<DigestView, Problem> {
    let asked = engine.now();
    let digest = engine.today(ask)?;
    if digest.line.id.is_some() && digest.line.made >= asked {
        engine.tell_changed(&[Topic::Digests]);
    }
    Ok(digest)
}

#[cfg(test)]
mod tests;
