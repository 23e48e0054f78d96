//! Gives the products of the demo world, all invented, and how their news is told and told again.

use super::Language;

/// A product: its name, and what it is in each language.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Product {
    /// Its name.
    pub name: &'static str,
    fr: &'static str,
    en: &'static str,
}

impl Product {
    /// What it is, with its article.
    pub(crate) fn what(self, language: Language) -> &'static str {
        match language {
            Language::Fr => self.fr,
            Language::En => self.en,
        }
    }

    /// The version that is out the `round`th time that the product is in the news; each product counts in its own way.
    pub(crate) fn version(index: usize, round: i64) -> String {
        let round = round.rem_euclid(90);
        match index % 4 {
            0 => format!("{}.{}", 2 + round / 10, round % 10),
            1 => format!("0.{}", 20 + round),
            2 => format!("{}.{}.{}", 1 + round / 24, round / 6 % 4 + 1, round % 6),
            _ => format!("{}", 30 + round),
        }
    }
}

const fn product(name: &'static str, fr: &'static str, en: &'static str) -> Product {
    Product { name, fr, en }
}

/// Every product.
#[rustfmt::skip]
pub(crate) const PRODUCTS: &[Product] = &[
    product("Linotte OS", "la distribution familiale", "the family-sized distribution"),
    product("Copeau", "l'éditeur de texte", "the text editor"),
    product("Wickerbase", "la base de données embarquée", "the embedded database"),
    product("Galipette", "le moteur de jeux", "the game engine"),
    product("Oxbow Desktop", "l'environnement de bureau", "the desktop environment"),
    product("Brindille", "le gestionnaire de photos", "the photo library"),
    product("Larkspur Mail", "le client de courrier", "the mail client"),
    product("Tournevent", "le serveur web", "the web server"),
    product("Quillet", "le traitement de texte", "the word processor"),
    product("Tidepool FS", "le système de fichiers", "the file system"),
    product("Marelle", "le tableur", "the spreadsheet"),
    product("Ferrule", "le compilateur", "the compiler"),
    product("Cachalot Player", "le lecteur vidéo", "the video player"),
    product("Brouette", "l'outil de déploiement", "the deployment tool"),
    product("Papillote", "le gestionnaire de mots de passe", "the password safe"),
    product("Snailgun", "l'analyseur de réseau", "the network analyser"),
    product("Ficelle", "la messagerie chiffrée", "the encrypted messenger"),
    product("Pantograph", "le logiciel de dessin vectoriel", "the vector drawing program"),
    product("Tisane", "l'environnement de notes", "the notebook environment"),
    product("Grandmother", "le système de sauvegarde", "the backup system"),
    product("Rosace", "la bibliothèque graphique", "the graphics library"),
    product("Hedgerow", "le navigateur léger", "the lightweight browser"),
    product("Mistigri", "l'émulateur", "the emulator"),
    product("Plumbline", "le logiciel de plans", "the drafting program"),
    product("Carillon", "l'agenda partagé", "the shared calendar"),
    product("Bobbin", "le gestionnaire de paquets", "the package manager"),
    product("Passerelle", "la suite pour les mairies", "the town-hall suite"),
    product("Tarpaulin Cloud", "le nuage à héberger soi-même", "the self-hosted cloud"),
    product("Ronron", "le synthétiseur libre", "the free synthesiser"),
    product("Stepping Stone", "le micronoyau", "the microkernel"),
    product("Estampe", "l'atelier photo", "the photo workshop"),
    product("Cold Tea", "le langage de script", "the scripting language"),
    product("Rivage", "le logiciel de cartes", "the map maker"),
];

/// How one kind of news is told in one language. `{p}` is the product, `{v}` the version, `{quoi}` what it is,
/// `{titre}` the title of the first telling.
#[derive(Debug)]
pub(crate) struct Wording {
    /// The first telling.
    pub titles: &'static [&'static str],
    /// The same title, changed a little.
    pub altered: &'static [&'static str],
    /// Other titles.
    pub reworded: &'static [&'static str],
    /// First paragraphs.
    pub leads: &'static [&'static str],
    /// More paragraphs.
    pub details: &'static [&'static str],
    /// How a relay says where it comes from.
    pub sources: &'static [&'static str],
    /// Tags.
    pub tags: &'static [&'static str],
}

/// How one kind of news is told.
#[derive(Debug)]
pub(crate) struct EventWords {
    fr: Wording,
    en: Wording,
}

const SILENT: Wording =
    Wording { titles: &[], altered: &[], reworded: &[], leads: &[], details: &[], sources: &[], tags: &[] };

impl EventWords {
    /// Nothing to say.
    pub(crate) const NONE: Self = Self { fr: SILENT, en: SILENT };

    /// The wording in that language.
    pub(crate) fn of(&self, language: Language) -> &Wording {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }
}

const ALTERED_FR: &[&str] = &[
    "{titre} | brève",
    "{titre} – notre résumé",
    "Logiciel : {titre}",
    "En bref : {titre}",
    "{titre}, les détails",
    "{titre} : ce qu'il faut savoir",
];
const ALTERED_EN: &[&str] = &[
    "{titre} | Quick note",
    "{titre} – our summary",
    "Software: {titre}",
    "News: {titre}",
    "{titre}, with details",
    "{titre}: what you need to know",
];
const SOURCES_FR: &[&str] = &[
    "Source : Le Fil de l'ardoise",
    "À lire en entier ici : Le Fil de l'ardoise",
    "Vu passer ce matin : l'article d'origine",
    "L'annonce, plus longue que cette note : l'article complet",
];
const SOURCES_EN: &[&str] = &[
    "Source: The Slate Wire",
    "Read it all here: The Slate Wire",
    "Spotted this morning: the original article",
    "The long version: the full article",
];

/// Every kind of news about a product; the first is by far the most frequent.
pub(crate) const EVENTS: &[EventWords] = &[
    EventWords {
        fr: Wording {
            titles: &[
                "{p} {v} est disponible",
                "Sortie de {p} {v}",
                "{p} passe en version {v}",
                "{p} {v} : les nouveautés",
                "Publication de {p} {v}",
            ],
            altered: ALTERED_FR,
            reworded: &[
                "La version {v} de {p} vient d'arriver",
                "Mise à jour conseillée : {p} en {v}",
                "J'ai installé {p} {v}",
                "Du neuf chez {p} : voici la {v}",
                "{Quoi} {p} se renouvelle ({v})",
            ],
            leads: &[
                "{p}, {quoi}, est publié aujourd'hui en version {v}, après {3..9} mois de travail et {120..900} correctifs. Les paquets sont prêts pour les systèmes courants.",
                "L'équipe de {p} annonce la version {v}. Au menu : un démarrage plus rapide, une interface revue et la fin de quelques défauts que l'on croyait éternels.",
                "La {v} de {p} est là. {Quoi} gagne surtout en stabilité, ce que ses habitués réclamaient plus que toute nouveauté.",
            ],
            details: &[
                "Le démarrage serait {15..60} % plus rapide sur les machines modestes, selon les mesures du projet. Les nôtres, sur un portable de 2014, donnent plutôt la moitié, ce qui reste agréable.",
                "Les réglages tiennent désormais sur une seule page, avec un champ de recherche. L'ancienne disposition reste accessible pendant deux versions.",
                "Côté accessibilité, tout se fait au clavier, et les lecteurs d'écran annoncent enfin les changements d'onglet.",
                "La traduction française est complète pour la première fois depuis {annees}, grâce à une quinzaine de bénévoles réunis un week-end à {ville}.",
                "Le format de fichier change légèrement. Une copie de l'ancien est gardée à côté, et le retour en arrière a été essayé : il fonctionne.",
                "La prochaine version est prévue dans {4..7} mois. Le projet cherche des relecteurs pour sa documentation.",
            ],
            sources: SOURCES_FR,
            tags: &["logiciel", "version"],
        },
        en: Wording {
            titles: &[
                "{p} {v} released",
                "{p} {v} is out",
                "{p} {v} now available",
                "What's new in {p} {v}",
                "{p} reaches version {v}",
            ],
            altered: ALTERED_EN,
            reworded: &[
                "Version {v} of {p} has landed",
                "Time to update: {p} {v}",
                "I installed {p} {v} so you can wait",
                "Fresh from the oven: {p} {v}",
                "{Quoi} {p} gets a new version ({v})",
            ],
            leads: &[
                "{p}, {quoi}, is out today in version {v} after {3..9} months of work and {120..900} fixes. Packages are ready for the usual systems.",
                "The people behind {p} have announced version {v}, with a faster start, a tidier interface and the end of several faults once thought eternal.",
                "Version {v} of {p} has arrived. This one is mostly about stability, which is what its regular users wanted more than anything new.",
            ],
            details: &[
                "The project measures a start that is {15..60} per cent quicker on modest machines. On a laptop from 2014 we saw about half of that, which is still pleasant.",
                "Settings now live on one page with a search box. The old arrangement stays reachable for two more versions.",
                "Everything can be done from the keyboard, and screen readers at last announce a change of tab.",
                "The documentation was rewritten during a weekend in {town}, by fifteen volunteers and one very large pot of soup.",
                "The file format changes slightly. A copy of the old file is kept beside the new one, and going back has been tried: it works.",
                "The next version is due in {4..7} months. The project is looking for people to review its manual.",
            ],
            sources: SOURCES_EN,
            tags: &["software", "release"],
        },
    },
    EventWords {
        fr: Wording {
            titles: &[
                "Faille corrigée dans {p} : passez à la version {v}",
                "{p} {v} corrige une faille sérieuse",
                "Sécurité : {p} publie la {v} en urgence",
            ],
            altered: ALTERED_FR,
            reworded: &[
                "{p} : une mise à jour à ne pas remettre à demain ({v})",
                "Trou de sécurité chez {p}, le correctif {v} est prêt",
            ],
            leads: &[
                "Une faille dans le traitement des fichiers joints permettait de lire la mémoire de {p}. La version {v}, publiée ce matin, la referme. Aucune exploitation n'est connue.",
                "{p} publie la {v} hors calendrier. {Quoi} pouvait être bloqué à distance par un message mal formé.",
            ],
            details: &[
                "Le défaut existait depuis {annees}. Il a été trouvé par une étudiante qui cherchait tout autre chose.",
                "Les versions plus anciennes encore suivies reçoivent le même correctif. Pour les autres, il n'y a qu'à changer de version.",
                "Le rapport complet sera publié dans quinze jours, le temps que chacun se mette à jour.",
            ],
            sources: SOURCES_FR,
            tags: &["sécurité", "logiciel"],
        },
        en: Wording {
            titles: &[
                "Flaw fixed in {p}: update to {v}",
                "{p} {v} closes a serious hole",
                "Security: {p} hurries out version {v}",
            ],
            altered: ALTERED_EN,
            reworded: &[
                "Do not leave this update for tomorrow: {p} {v}",
                "A hole in {p}, and the patch that fills it ({v})",
            ],
            leads: &[
                "A flaw in the way attached files were handled let others read the memory of {p}. Version {v}, out this morning, closes it. No attack is known.",
                "{p} has published {v} ahead of schedule: a malformed message could stop it from afar.",
            ],
            details: &[
                "The fault had been there for {years}. It was found by a student who was looking for something else.",
                "Older versions that are still looked after get the same patch. For the rest there is nothing to do but move on.",
                "The full report will appear in a fortnight, to give everyone time.",
            ],
            sources: SOURCES_EN,
            tags: &["security", "software"],
        },
    },
    EventWords {
        fr: Wording {
            titles: &[
                "{p} abandonnera les machines 32 bits après la {v}",
                "{p} {v} sera la dernière version 32 bits",
                "Fin annoncée du 32 bits chez {p}, la {v} fermera la marche",
            ],
            altered: ALTERED_FR,
            reworded: &[
                "{p} tourne la page du 32 bits ({v} et puis s'en va)",
                "Mon vieux portable et {p} {v} : les adieux",
            ],
            leads: &[
                "Après la version {v}, {p} ne sera plus construit pour les processeurs 32 bits. {Quoi} restera corrigé sur ces machines pendant deux ans.",
                "C'était attendu : {p} {v} est la dernière à tourner sur les vieux processeurs. Moins de {1..3} % des installations sont concernées.",
            ],
            details: &[
                "Trois personnes se sont déjà proposées pour continuer à part. Le projet leur ouvre ses serveurs.",
                "Le temps ainsi gagné ira aux essais automatiques, qui prenaient {4..11} heures par version.",
            ],
            sources: SOURCES_FR,
            tags: &["logiciel", "matériel"],
        },
        en: Wording {
            titles: &[
                "{p} to drop 32-bit machines after {v}",
                "{p} {v} will be the last for 32-bit",
                "No more 32-bit builds of {p} once {v} is done",
            ],
            altered: ALTERED_EN,
            reworded: &["Saying goodbye to my old laptop: {p} {v}", "{p} turns the page on old processors ({v})"],
            leads: &[
                "After version {v}, {p} will no longer be built for 32-bit processors. Fixes will go on for two years.",
                "It was expected: {p} {v} is the last that runs on old processors. Under {1..3} per cent of installations are concerned.",
            ],
            details: &[
                "Three people have already offered to carry on separately, and the project is lending them its servers.",
                "The time saved goes into automatic tests, which used to take {4..11} hours for each version.",
            ],
            sources: SOURCES_EN,
            tags: &["software", "hardware"],
        },
    },
    EventWords {
        fr: Wording {
            titles: &[
                "{p} cherche un nouveau mainteneur avant la {v}",
                "Le fondateur de {p} passe la main à la veille de la {v}",
                "{p} : la {v} sortira sous la conduite d'une association",
            ],
            altered: ALTERED_FR,
            reworded: &["Qui reprendra {p} ? La {v} attend", "Passage de relais chez {p} (et la {v} dans tout ça)"],
            leads: &[
                "Après {annees}, la personne qui a créé {p} souhaite s'arrêter. La version {v} sera la dernière sous sa conduite ; un appel est lancé.",
                "{p}, {quoi}, change de mains. Une association domiciliée à {ville} reprend le dépôt, les serveurs et la liste de choses à faire pour la {v}.",
            ],
            details: &[
                "« Je voudrais revoir mes week-ends », écrit le fondateur, qui restera joignable pour la mémoire du projet.",
                "Le budget annuel tient en une ligne : {2..9} 000 euros, presque tous pour les serveurs d'essai.",
            ],
            sources: SOURCES_FR,
            tags: &["logiciel", "communauté"],
        },
        en: Wording {
            titles: &[
                "{p} looks for a maintainer before {v}",
                "The founder of {p} steps back on the eve of {v}",
                "{p} {v} will come from a new association",
            ],
            altered: ALTERED_EN,
            reworded: &[
                "Who will take on {p}? Version {v} is waiting",
                "A change of hands at {p}, and what it means for {v}",
            ],
            leads: &[
                "After {years}, the person who started {p} would like to stop. Version {v} will be the last of theirs, and a call for help is out.",
                "{p}, {quoi}, changes hands. An association in {town} takes over the code, the servers and the list of things to do for {v}.",
            ],
            details: &[
                "\"I would like to see my weekends again\", writes the founder, who will stay reachable as the memory of the project.",
                "The yearly budget fits on one line: {2..9},000 pounds, nearly all of it for test servers.",
            ],
            sources: SOURCES_EN,
            tags: &["software", "community"],
        },
    },
];
