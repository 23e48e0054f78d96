//! Gives the words that carry no meaning of their own, folded and sorted. Never the ones that are also a name or a thing
//! in the other language: "car" (French "for"), "us", "who".

/// What French drops a vowel of before an apostrophe: "l’eau", "jusqu’ici". Not "aujourd’hui", "presqu’île".
pub(super) const ELIDED: &[&str] =
    &["l", "d", "j", "c", "s", "n", "m", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// Articles, pronouns, prepositions, conjunctions and auxiliaries of French and English.
#[rustfmt::skip]
pub(super) const STOP_WORDS: &[&str] = &[
    "a", "about", "above", "after", "again", "against", "ai", "ainsi", "all", "alors", "also", "am", "an", "and",
    "any", "apres", "are", "as", "at", "au", "aucun", "aussi", "autre", "autres", "aux", "avait", "avant", "avec",
    "avoir", "ayant", "be", "because", "been", "before", "being", "below", "between", "both", "but", "by", "c", "ca",
    "can", "ce", "ceci", "cela", "celle", "celles", "celui", "ces", "cet", "cette", "ceux", "chaque", "chez", "comme",
    "comment", "contre", "could", "d", "dans", "de", "deja", "depuis", "des", "did", "do", "does", "doing", "donc",
    "dont", "down", "du", "during", "each", "elle", "elles", "en", "encore", "entre", "es", "est", "et", "etait",
    "etc", "etre", "eux", "faut", "few", "for", "from", "further", "had", "has", "have", "having", "he", "her",
    "here", "hers", "him", "his", "how", "i", "if", "il", "ils", "in", "into", "is", "it", "its", "itself", "j", "je",
    "jusque", "just", "l", "la", "le", "les", "leur", "leurs", "lors", "lorsque", "lui", "m", "ma", "mais", "me",
    "meme", "memes", "mes", "moi", "moins", "mon", "more", "most", "my", "n", "ne", "ni", "no", "nor", "nos", "not",
    "notre", "nous", "now", "of", "off", "on", "once", "only", "ont", "or", "other", "ou", "our", "out", "over",
    "own", "par", "parce", "pas", "pendant", "per", "peu", "peut", "peuvent", "plus", "pour", "pourquoi", "puis",
    "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "s", "sa", "same", "sans", "se",
    "sera", "ses", "she", "should", "si", "so", "soi", "sois", "some", "son", "sont", "sous", "still", "such", "suis",
    "sur", "t", "ta", "te", "tes", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this",
    "those", "through", "to", "toi", "ton", "too", "tous", "tout", "toute", "toutes", "tres", "trop", "tu", "un",
    "under", "une", "until", "up", "upon", "va", "vers", "very", "via", "voici", "voila", "vos", "votre", "vous",
    "was", "we", "were", "what", "when", "where", "which", "while", "why", "will", "with", "without", "would", "y",
    "yet", "you", "your",
];

/// What titles of columns that come back every day or week are made of ("Morning briefing, Monday 23 November",
/// "Version 2.0 released"): two sources that share only these do not tell the same thing.
#[rustfmt::skip]
pub(super) const EMPTY_IN_TITLES: &[&str] = &[
    "actualite", "actualites", "afternoon", "annee", "aout", "april", "article", "articles", "august", "avril",
    "billet", "bonne", "breves", "briefing", "bulletin", "chronique", "daily", "day", "december", "decembre",
    "digest", "dimanche", "edition", "edito", "editorial", "episode", "evening", "february", "fevrier", "friday",
    "happy", "hebdo", "hebdomadaire", "hebdomadaires", "info", "infos", "issue", "january", "janvier", "jeudi",
    "jour", "journal", "journee", "jours", "juillet", "juin", "july", "june", "letter", "lettre", "lien", "liens",
    "link", "links", "lundi", "mai", "march", "mardi", "mars", "matin", "may", "mercredi", "mois", "monday", "month",
    "monthly", "morning", "mot", "news", "newsletter", "night", "note", "notes", "nouveau", "nouveaute", "nouveautes",
    "nouvelle", "nouvelles", "november", "novembre", "numero", "october", "octobre", "open", "post", "presse",
    "quotidien", "quotidienne", "recap", "release", "released", "releases", "resume", "revue", "round", "roundup",
    "samedi", "saturday", "semaine", "september", "septembre", "soir", "soiree", "sortie", "summary", "sunday",
    "thread", "thursday", "today", "tonight", "tuesday", "update", "updates", "veille", "vendredi", "version",
    "versions", "video", "vol", "volume", "wednesday", "week", "weekend", "weekly", "weeknotes", "year",
];

/// What titles of releases are made of that do not say of what: "Hotfix 1.0.1", "v1.0.0 - Initial release".
pub(super) const EMPTY_IN_RELEASES: &[&str] = &[
    "alpha",
    "beta",
    "bugfix",
    "bugfixes",
    "candidate",
    "correctif",
    "final",
    "finale",
    "first",
    "fix",
    "fixes",
    "hotfix",
    "initial",
    "initiale",
    "lts",
    "maintenance",
    "major",
    "minor",
    "mineure",
    "majeure",
    "patch",
    "preview",
    "rc",
    "security",
    "stable",
    "tag",
];
