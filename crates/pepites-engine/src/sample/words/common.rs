//! Gives the words that every topic shares: first names, towns, durations, and the people of the microblogs.

use super::{
    Language::{self, En, Fr},
    Slot,
};

/// French slots for every topic.
pub(crate) const COMMON_FR: &[Slot] = &[
    ("prenom", FIRST_NAMES_FR),
    (
        "ville",
        &[
            "Vaucresson-sur-Linotte",
            "Brenne-Haute",
            "Saint-Orme",
            "Pontmarin",
            "Ablis-la-Neuve",
            "Corbières-le-Puits",
            "Villeneuve-aux-Ormes",
            "Marsac-le-Vieux",
            "Kerfaouët",
            "Tréville",
            "Lussan-l'Étang",
            "Montcalm",
        ],
    ),
    ("annees", &["deux ans", "trois ans", "quatre ans", "cinq ans", "sept ans", "dix ans", "douze ans", "quinze ans"]),
];

/// English slots for every topic.
pub(crate) const COMMON_EN: &[Slot] = &[
    ("person", FIRST_NAMES_EN),
    (
        "town",
        &[
            "Alderwick",
            "Low Marsham",
            "Thornby",
            "Pellstow",
            "Great Osney",
            "Brackenford",
            "Saltby",
            "Wetherham",
            "Kilnsey Bridge",
            "Marlhope",
            "Upper Tarn",
            "Crowle End",
        ],
    ),
    (
        "years",
        &[
            "two years",
            "three years",
            "four years",
            "five years",
            "seven years",
            "ten years",
            "twelve years",
            "fifteen years",
        ],
    ),
];

/// French first names.
pub(crate) const FIRST_NAMES_FR: &[&str] = &[
    "Odile", "Bastien", "Solène", "Marius", "Yvonne", "Théo", "Capucine", "Anatole", "Nadège", "Lucien", "Salima",
    "Gaspard", "Éloïse", "Rachid", "Blandine", "Octave",
];

/// English first names.
pub(crate) const FIRST_NAMES_EN: &[&str] = &[
    "Maud",
    "Callum",
    "Priya",
    "Edith",
    "Tobias",
    "Wren",
    "Harriet",
    "Desmond",
    "Ines",
    "Alfie",
    "Constance",
    "Jonah",
    "Beatrix",
    "Samir",
    "Nell",
    "Rowan",
];

/// What follows a short note, so that two people do not say the same thing in the same words.
pub(crate) const TAILS_FR: &[&str] = &[
    "Il pleut à {ville}, tout va bien.",
    "{Prenom} confirme.",
    "On en reparle demain.",
    "{Prenom} va encore rire.",
    "Bonne journée depuis {ville}.",
    "Le train de {ville} a {4..40} minutes de retard, j'ai le temps d'y penser.",
    "{Prenom} passe dimanche.",
    "{4..19} degrés à {ville}.",
    "Je n'ai rien d'autre à déclarer.",
    "C'est {prenom} qui avait raison.",
    "À demain.",
    "Suite au prochain café avec {prenom}.",
    "Bon, au travail.",
    "Le chat de {prenom} n'a pas d'avis.",
];

/// The same in English.
pub(crate) const TAILS_EN: &[&str] = &[
    "Rain over {town}; all is well.",
    "{Person} agrees.",
    "More tomorrow.",
    "{Person} is going to laugh again.",
    "Good morning from {town}.",
    "The {town} train is {4..40} minutes late, so there is time to think about it.",
    "{Person} is coming on Sunday.",
    "{4..19} degrees in {town}.",
    "Nothing else to declare.",
    "{Person} was right after all.",
    "Until tomorrow.",
    "To be continued over coffee with {person}.",
    "Right, back to work.",
    "{Person}'s cat has no opinion.",
];

/// How someone points to what another wrote; `{titre}` is its title, `{qui}` the site.
pub(crate) const POINTERS_FR: &[&str] = &[
    "À lire ce soir, tranquillement : {titre}",
    "Je n'avais jamais rien lu d'aussi précis là-dessus : {titre}",
    "{qui} écrit peu, mais quand ça arrive : {titre}",
    "Voilà pourquoi je garde un lecteur de flux : {titre}",
    "Long, lent, passionnant : {titre}",
    "Merci à {qui} pour ceci : {titre}",
];

/// The same in English.
pub(crate) const POINTERS_EN: &[&str] = &[
    "Save this one for a quiet hour: {titre}",
    "I have never read anything so careful about it: {titre}",
    "{qui} seldom writes, but when it does: {titre}",
    "This is why I still keep a feed reader: {titre}",
    "Long, slow, wonderful: {titre}",
    "With thanks to {qui}: {titre}",
];

/// The people of the microblogs: shown name, handle, language, the tag of their topic.
#[rustfmt::skip]
pub(crate) const PEOPLE: &[(&str, &str, Language, &str)] = &[
    ("Odile des fèves", "odile", Fr, "jardin"),
    ("Maud in the mud", "maud", En, "garden"),
    ("Bastien", "bastien_plomb", Fr, "typographie"),
    ("Edith sets type", "edith", En, "typography"),
    ("Lucien 8 bits", "lucien8", Fr, "rétro"),
    ("Desmond & the floppies", "desmond", En, "retrocomputing"),
    ("Nadège à vélo", "nadege", Fr, "vélo"),
    ("Callum", "callum_pedals", En, "cycling"),
    ("Le fournil de Salima", "salima", Fr, "pain"),
    ("Harriet bakes", "harriet", En, "bread"),
    ("Gaspard", "gaspard_plumes", Fr, "oiseaux"),
    ("Wren", "wren", En, "birds"),
    ("Rachid cartographe", "rachid", Fr, "opendata"),
    ("Priya maps things", "priya", En, "opendata"),
    ("Éloïse sous les étoiles", "eloise", Fr, "astronomie"),
    ("Tobias looks up", "tobias", En, "astronomy"),
    ("Théo", "theo_compile", Fr, "programmation"),
    ("Ines writes code", "ines", En, "programming"),
    ("Capucine", "capucine", Fr, "musique"),
    ("Jonah and the concertina", "jonah", En, "music"),
    ("Yvonne", "yvonne_potager", Fr, "jardin"),
    ("Constance", "constance", En, "birds"),
    ("Anatole", "anatole", Fr, "rétro"),
    ("Beatrix", "beatrix", En, "retrocomputing"),
    ("Solène", "solene", Fr, "pain"),
    ("Samir", "samir", En, "programming"),
    ("Octave", "octave", Fr, "musique"),
    ("Nell", "nell", En, "cycling"),
    ("Blandine", "blandine", Fr, "oiseaux"),
    ("Rowan", "rowan", En, "garden"),
    ("Marius", "marius", Fr, "programmation"),
    ("Alfie", "alfie", En, "astronomy"),
    ("Zélie", "zelie", Fr, "opendata"),
    ("Mabel", "mabel", En, "typography"),
    ("Aimé", "aime", Fr, "vélo"),
];
