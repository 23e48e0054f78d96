//! Gives the settings, or takes one and its new value.

use clap::{ArgMatches, Command};
use pepites_core::{
    digest::{Budget, Hour, HourError},
    model::Phrase,
};
use pepites_engine::contract::{Code, Proxy, Settings};

use super::Entry;
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::Look,
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "settings", arguments, run };

/// The settings by name. A digest has a budget of posts or of minutes: setting one takes the place of the other.
const NAMES: [&str; 14] = [
    "budget-posts",
    "budget-minutes",
    "keep-read-days",
    "keep-unread-days",
    "x-bridge",
    "words-per-minute",
    "digest-at",
    "notify",
    "by-itself",
    "offline",
    "proxy",
    "neighbours",
    "patience",
    "largest-reply",
];

/// What takes a setting that is an address away, in each language.
const NONE: [&str; 3] = ["none", "aucun", ""];

/// What turns a setting on or off, in each language.
const ON: [&str; 4] = ["on", "oui", "yes", "true"];
const OFF: [&str; 4] = ["off", "non", "no", "false"];

/// What means the proxy that the system names, in each language.
const SYSTEM: [&str; 3] = ["system", "systeme", "système"];

/// What is taken for "for ever", in each language.
const FOREVER: [&str; 3] = ["forever", "toujours", "never"];

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("name", "name").value_parser(NAMES).hide_possible_values(true).requires("value"))
        .arg(words.operand("value", "value"))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let engine = session.library()?;
    let mut settings = engine.settings()?;
    if let (Some(name), Some(value)) = (matches.get_one::<String>("name"), matches.get_one::<String>("value")) {
        set(&mut settings, name, value)?;
        engine.change_settings(&settings)?;
        settings = engine.settings()?;
    }
    session.give(&settings, |look| page(&settings, look))?;
    Ok(Exit::Done)
}

fn set(settings: &mut Settings, name: &str, value: &str) -> Result<(), Failure> {
    let number = value.parse::<u32>().ok().filter(|number| *number > 0);
    let forever = FOREVER.contains(&value.to_lowercase().as_str());
    match (name, number, forever) {
        ("budget-posts", Some(posts), _) => settings.budget = Budget::Posts(posts),
        ("budget-minutes", Some(minutes), _) => settings.budget = Budget::Minutes(minutes),
        ("keep-read-days", number, forever) if number.is_some() || forever => settings.keep_read_days = number,
        ("keep-unread-days", number, forever) if number.is_some() || forever => settings.keep_unread_days = number,
        ("x-bridge", ..) => {
            settings.x_bridge = (!NONE.contains(&value.to_lowercase().as_str())).then(|| value.to_owned());
        }
        ("words-per-minute", Some(speed), _) => settings.words_per_minute = speed,
        ("digest-at", ..) => settings.digest_at = hour(value)?,
        ("notify", ..) => settings.notify = switch(name, value)?,
        ("by-itself", ..) => settings.by_itself = switch(name, value)?,
        ("offline", ..) => settings.net.offline = switch(name, value)?,
        ("neighbours", ..) => settings.net.neighbours = switch(name, value)?,
        ("patience", Some(seconds), _) => settings.net.patience_seconds = seconds,
        ("largest-reply", Some(megabytes), _) => settings.net.largest_mb = megabytes,
        ("proxy", ..) => {
            let typed = value.to_lowercase();
            settings.net.proxy = match typed.as_str() {
                typed if SYSTEM.contains(&typed) => Proxy::System,
                typed if NONE.contains(&typed) => Proxy::Direct,
                _ => Proxy::At(value.to_owned()),
            };
        }
        _ => {
            let detail = Phrase::new("cli.settings.value").with("input", value).with("name", name);
            return Err(Failure::new(Code::BadInput, detail));
        }
    }
    Ok(())
}

/// On or off.
fn switch(name: &str, value: &str) -> Result<bool, Failure> {
    let typed = value.to_lowercase();
    let off = OFF.contains(&typed.as_str());
    if off || ON.contains(&typed.as_str()) {
        return Ok(!off);
    }
    let detail = Phrase::new("cli.settings.value_switch").with("input", value).with("name", name);
    Err(Failure::new(Code::BadInput, detail))
}

/// A time of day; None for a word that says there is none.
fn hour(value: &str) -> Result<Option<Hour>, Failure> {
    if NONE.contains(&value.to_lowercase().as_str()) {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_bad: HourError| {
        let detail = Phrase::new("cli.settings.value_hour").with("input", value).with("name", "digest-at");
        Failure::new(Code::BadInput, detail)
    })
}

fn page(settings: &Settings, look: &Look) -> String {
    let (budget, amount) = match settings.budget {
        Budget::Posts(posts) => ("budget-posts", posts),
        Budget::Minutes(minutes) => ("budget-minutes", minutes),
    };
    let days = |days: Option<u32>| days.map_or_else(|| look.text("cli.settings.forever"), |days| days.to_string());
    let usual = |name: &str| look.text(&format!("cli.settings.{name}"));
    let hour = settings.digest_at.map_or_else(|| look.text("cli.settings.asked"), |hour| hour.to_string());
    let switch = |on: bool| look.text(if on { "cli.settings.on" } else { "cli.settings.off" });
    let rows = [
        (budget, amount.to_string(), usual(budget)),
        ("keep-read-days", days(settings.keep_read_days), usual("keep-read-days")),
        ("keep-unread-days", days(settings.keep_unread_days), usual("keep-unread-days")),
        ("words-per-minute", settings.words_per_minute.to_string(), look.text("cli.settings.words-per-minute")),
        ("digest-at", hour, look.text("cli.settings.digest-at")),
        ("notify", switch(settings.notify), look.text("cli.settings.notify")),
        ("by-itself", switch(settings.by_itself), look.text("cli.settings.by-itself")),
        ("offline", switch(settings.net.offline), look.text("cli.settings.offline")),
        ("proxy", proxy(settings, look), look.text("cli.settings.proxy")),
        ("neighbours", switch(settings.net.neighbours), look.text("cli.settings.neighbours")),
        ("patience", settings.net.patience_seconds.to_string(), look.text("cli.settings.patience")),
        ("largest-reply", settings.net.largest_mb.to_string(), look.text("cli.settings.largest-reply")),
    ];
    let width = rows.iter().map(|(_, value, _)| value.chars().count()).max().unwrap_or_default();
    let mut sheet = Sheet::new(look);
    for (name, value, meaning) in &rows {
        sheet.line(&[(Ink::Plain, &format!("{name:<16}  {value:<width$}  ")), (Ink::Faint, meaning)]);
    }
    if let Some(bridge) = &settings.x_bridge {
        let meaning = look.text("cli.settings.x-bridge");
        sheet.line(&[(Ink::Plain, &format!("{:<16}  {bridge}  ", "x-bridge")), (Ink::Faint, &meaning)]);
    }
    sheet.line(&[(Ink::Faint, &look.text("cli.settings.starred"))]);
    sheet.done()
}

fn proxy(settings: &Settings, look: &Look) -> String {
    match &settings.net.proxy {
        Proxy::System => look.text("cli.settings.proxy_system"),
        Proxy::Direct => look.text("cli.settings.proxy_direct"),
        Proxy::At(address) => address.clone(),
    }
}

#[cfg(test)]
mod tests {
    use pepites_engine::{catalogue::Language, contract::NetRules};

    use super::*;
    use crate::look::tests::look;

    fn settings() -> Settings {
        Settings {
            budget: Budget::Posts(100),
            keep_read_days: Some(90),
            keep_unread_days: None,
            x_bridge: None,
            words_per_minute: 230,
            digest_at: None,
            notify: false,
            by_itself: true,
            net: NetRules::USUAL,
            pictures_ahead: true,
        }
    }

    fn with(net: NetRules) -> Settings {
        Settings { net, ..settings() }
    }

    fn at(address: &str) -> Proxy {
        Proxy::At(address.to_owned())
    }

    #[test]
    fn a_setting_takes_what_makes_sense_and_nothing_else() {
        for (name, value, expected) in [
            ("budget-posts", "40", Some(Settings { budget: Budget::Posts(40), ..settings() })),
            ("budget-minutes", "25", Some(Settings { budget: Budget::Minutes(25), ..settings() })),
            ("keep-read-days", "forever", Some(Settings { keep_read_days: None, ..settings() })),
            ("keep-unread-days", "365", Some(Settings { keep_unread_days: Some(365), ..settings() })),
            ("keep-read-days", "Toujours", Some(Settings { keep_read_days: None, ..settings() })),
            ("words-per-minute", "300", Some(Settings { words_per_minute: 300, ..settings() })),
            ("digest-at", "7:30", Some(Settings { digest_at: "07:30".parse().ok(), ..settings() })),
            ("digest-at", "aucun", Some(settings())),
            ("notify", "oui", Some(Settings { notify: true, ..settings() })),
            ("notify", "perhaps", None),
            ("by-itself", "non", Some(Settings { by_itself: false, ..settings() })),
            ("by-itself", "maybe", None),
            ("offline", "on", Some(with(NetRules { offline: true, ..NetRules::USUAL }))),
            ("proxy", "Système", Some(settings())),
            ("proxy", "none", Some(with(NetRules { proxy: Proxy::Direct, ..NetRules::USUAL }))),
            ("proxy", "P.example:1", Some(with(NetRules { proxy: at("P.example:1"), ..NetRules::USUAL }))),
            ("neighbours", "non", Some(with(NetRules { neighbours: false, ..NetRules::USUAL }))),
            ("patience", "60", Some(with(NetRules { patience_seconds: 60, ..NetRules::USUAL }))),
            ("largest-reply", "many", None),
            ("digest-at", "25:00", None),
            ("words-per-minute", "fast", None),
            ("budget-posts", "0", None),
            ("budget-posts", "forever", None),
            ("keep-read-days", "-3", None),
            ("keep-read-days", "soon", None),
        ] {
            let mut settings = settings();
            let outcome = set(&mut settings, name, value);
            assert_eq!(outcome.is_ok(), expected.is_some(), "{name} {value}");
            assert_eq!(settings, expected.unwrap_or_else(self::settings), "{name} {value}");
        }
    }

    #[test]
    fn the_settings_are_shown_as_they_are_typed() {
        assert_eq!(
            page(&settings(), &look(Language::French)),
            "budget-posts      100           histoires par jour dans le digest\n\
             keep-read-days    90            jours pendant lesquels on garde les billets lus ou écartés\n\
             keep-unread-days  toujours      jours pendant lesquels on garde les billets non lus\n\
             words-per-minute  230           mots lus en une minute\n\
             digest-at         à la demande  heure à laquelle la fenêtre fait le digest du jour\n\
             notify            non           la fenêtre dit quand elle l’a fait\n\
             by-itself         oui           la fenêtre interroge chaque source quand son heure est venue\n\
             offline           non           rien n’est demandé au réseau\n\
             proxy             du système    par où passent les requêtes\n\
             neighbours        oui           les sources du réseau local peuvent être interrogées\n\
             patience          30            secondes accordées à une requête\n\
             largest-reply     16            mégaoctets lus d’une réponse\n\
             Les billets étoilés sont gardés pour toujours.\n"
        );
    }
}
