//! Gives the French words of the news site beside releases: the town, science, getting about, culture.

use super::{Language::Fr, Topic};

/// The sections of the site.
#[rustfmt::skip]
pub(crate) const SECTIONS: &[&Topic] = &[
    &TOWN,
    &SCIENCE,
    &TRAVEL,
    &CULTURE,
];

const BARE: Topic = Topic {
    language: Fr,
    tags: &[],
    folder: &["Actualité"],
    blogs: &[],
    rare: &[],
    slots: &[],
    titles: &[],
    deep: &[],
    openings: &[],
    paragraphs: &[],
    closings: &[
        "Affaire à suivre.",
        "Le dossier complet se consulte à la médiathèque.",
        "Les remarques sont reçues jusqu'à la fin du mois.",
    ],
    heads: &["Ce qui change", "Ce qu'on en dit"],
    points: &[],
    quotes: &["« C'est petit, mais c'est à nous », résume une habitante."],
    pictures: &["Les collines au-dessus du bourg", "La vallée par temps clair"],
    notes: &[],
    figures: None,
    code: None,
};

const TOWN: Topic = Topic {
    tags: &["commune", "conseil", "local"],
    slots: &[
        (
            "chose",
            &[
                "la halle",
                "la piscine",
                "la caserne",
                "le kiosque",
                "la médiathèque",
                "le marché du jeudi",
                "l'horloge de la mairie",
                "le chemin de halage",
                "le lavoir",
                "le foyer des jeunes",
                "la salle des fêtes",
                "l'abri du car",
            ],
        ),
        (
            "sort",
            &[
                "rouvre au printemps",
                "retrouve un toit",
                "attend son permis",
                "échappe à la vente",
                "change d'adresse",
                "ferme pour un an",
                "sort des échafaudages",
                "s'agrandit un peu",
            ],
        ),
        (
            "gens",
            &[
                "les riverains",
                "les commerçants",
                "les collégiens",
                "les anciens du rail",
                "les parents d'élèves",
                "les pompiers",
                "les bouquinistes",
                "les jardiniers",
            ],
        ),
    ],
    titles: &[
        "{Ville} : {chose} {sort}",
        "{Chose} {sort} à {ville}",
        "À {ville}, {gens} obtiennent gain de cause",
        "{Chose} : {gens} et la mairie tombent d'accord",
        "Comment {gens} ont sauvé {chose} à {ville}",
        "Ce que coûte {chose} à {ville}, d'après {gens}",
        "{Ville} confie {chose} à {gens} pour un an",
        "Budget de {ville} : {chose} passe avant le rond-point",
        "{Gens} veulent {chose} : vote serré à {ville}",
        "{Gens} de {ville} veulent repeindre {chose}",
        "{Ville} ouvre ses comptes : ce que coûte {chose}",
    ],
    openings: &[
        "Le conseil de {ville} a tranché lundi soir : {chose} {sort}. Le vote fut serré, {9..17} voix contre {6..8}.",
        "Il aura fallu {annees}, deux pétitions et un vide-grenier. {Gens} de {ville} ont ce qu'ils demandaient.",
        "Tout est parti d'une lettre. {Ville} inscrit {chose} à l'ordre du jour, et la salle était pleine.",
    ],
    paragraphs: &[
        "Le coût est estimé à {40..900} 000 euros sur {annees}, dont un tiers payé par le département.",
        "Les travaux commenceront au printemps et ne devraient pas fermer la rue plus de {3..9} jours.",
        "Les opposants auraient préféré l'école. On les a écoutés, puis poliment mis en minorité.",
        "Une maquette est visible dans l'entrée de la médiathèque jusqu'à la fin du mois.",
        "Le maire a remercié {gens} pour leur patience, et la trésorière pour ses additions.",
        "Sur les {300..900} réponses à l'enquête, la plupart réclamaient des bancs. Il y aura des bancs.",
    ],
    ..BARE
};

const SCIENCE: Topic = Topic {
    tags: &["sciences", "recherche"],
    slots: &[
        (
            "sujet",
            &[
                "la mousse des toits",
                "la vase des rivières",
                "le vol des bourdons",
                "la glace ancienne",
                "le cri des chauves-souris",
                "la tourbe",
                "le lichen",
                "le retour des anguilles",
                "l'odeur de la pluie",
                "la forme des nuages",
                "le sommeil des arbres",
                "le sable qui chante",
            ],
        ),
        (
            "equipe",
            &[
                "une classe de cinquième",
                "une petite équipe universitaire",
                "un duo d'amateurs",
                "une station marine",
                "un club d'électronique",
                "un musée",
                "une ferme-laboratoire",
                "un réseau de bénévoles",
            ],
        ),
        (
            "fait",
            &[
                "garde la mémoire des sécheresses",
                "change près des lampadaires",
                "dépend du vent plus que du froid",
                "varie d'une vallée à l'autre",
                "se remet plus vite que prévu",
                "s'entend au micro",
                "suit un rythme de onze jours",
                "remonte à bien plus loin",
            ],
        ),
    ],
    titles: &[
        "{Sujet} : ce qu'a trouvé {equipe} de {ville}",
        "{Sujet} {fait}",
        "Étude : {sujet} {fait}",
        "{Equipe} cartographie {sujet} autour de {ville}",
        "Un capteur à bas prix pour {sujet}, conçu par {equipe}",
        "Pourquoi {sujet} {fait}",
        "{Annees} de mesures sur {sujet}, toutes publiques",
        "{Equipe} cherche des bras pour étudier {sujet} à {ville}",
        "{Sujet} : {equipe} refait l'expérience et trouve autre chose",
        "Une archive sur {sujet} dort à {ville}",
        "Ce que {sujet} apprend à {equipe}",
    ],
    openings: &[
        "À {ville}, {equipe} étudie {sujet} depuis {annees}. Le résultat tient en un graphique, et ce graphique surprend.",
        "Personne n'avait suivi {sujet} si longtemps au même endroit. Les chiffres sont désormais ouverts à tous.",
        "Tout a commencé par une question posée au fond de la salle, lors d'une conférence à {ville}.",
    ],
    paragraphs: &[
        "L'échantillon est modeste : {60..900} relevés sur {4..19} sites. Les auteurs le disent dès la première page.",
        "La méthode coûte moins de {20..90} euros, et le mode d'emploi est joint à l'article.",
        "Les spécialistes interrogés parlent d'un travail soigné, et regrettent qu'il y en ait si peu.",
        "L'effet est plus net au bord des routes, ce qui pourrait servir aux aménageurs.",
        "Un premier essai a échoué : une vache avait mangé l'instrument. Le second avait une clôture.",
        "Il reste à refaire le comptage en hiver, avec {20..80} volontaires.",
    ],
    ..BARE
};

const TRAVEL: Topic = Topic {
    tags: &["transports", "rail", "routes"],
    slots: &[
        (
            "ligne",
            &[
                "le train de nuit",
                "la petite ligne",
                "le bac",
                "l'autocar du marché",
                "le bus de nuit",
                "le tram de la vallée",
                "le car scolaire",
                "la vedette du port",
                "le funiculaire",
                "la navette du plateau",
            ],
        ),
        (
            "sens",
            &[
                "vers la côte",
                "vers l'hôpital",
                "par-dessus la crête",
                "à travers le vieux bourg",
                "le long du canal",
                "jusqu'au lac",
                "par la carrière",
                "entre les deux gares",
            ],
        ),
        (
            "change",
            &[
                "revient",
                "roule aussi le dimanche",
                "passe plus tard le soir",
                "coûte moins cher",
                "retrouve ses banquettes",
                "accepte les vélos",
                "a moins de retard",
                "passe à l'électrique",
            ],
        ),
    ],
    titles: &[
        "{Ligne} {change} à {ville}",
        "{Ligne} {sens} {change}",
        "{Ville} l'attendait : {ligne} {change}",
        "Un seul billet pour {ligne} {sens}",
        "Travaux : {ligne} {sens}, mode d'emploi",
        "À {ville}, les usagers comptent eux-mêmes les retards, {ligne} en tête",
        "{Annees} après, {ligne} {change}",
        "Qui paiera {ligne} {sens} ?",
        "Panne de signaux : {ligne} {sens} à l'arrêt",
        "{Ligne} : un horaire dessiné par ceux qui attendent à {ville}",
        "Moins de voitures {sens} depuis que {ligne} {change}",
    ],
    openings: &[
        "Dès le mois prochain, {ligne} {change}. À {ville}, on attendait cela depuis {annees}.",
        "Ce ne devait être qu'un essai. {Sens}, {2..9} 000 personnes en six semaines : on continue.",
        "L'exploitant a confirmé mardi ce que les habitués avaient deviné.",
    ],
    paragraphs: &[
        "Un départ toutes les {20..60} minutes, jusqu'à vingt-deux heures trente.",
        "Les tarifs ne bougent pas avant l'été. Ensuite, un billet unique couvrira toute la vallée.",
        "Le matériel a été rénové plutôt que remplacé, ce qui a économisé {15..40} % du budget.",
        "Une habituée tient depuis 2019 un tableau de tous les retards. Il s'est révélé plus exact que celui de l'exploitant.",
        "Il y aura de la place pour {6..18} vélos, sans réservation.",
        "Le pont attend encore sa peinture. Ce sera, dit-on, la querelle de l'an prochain.",
    ],
    ..BARE
};

const CULTURE: Topic = Topic {
    tags: &["culture", "livres", "cinéma"],
    slots: &[
        (
            "oeuvre",
            &[
                "un film muet",
                "une pièce radiophonique perdue",
                "un atlas de village",
                "un livre de recettes",
                "un opéra en un acte",
                "une bande dessinée sur les phares",
                "un dictionnaire des vents",
                "un spectacle de marionnettes",
                "un documentaire sur les boulangers",
                "un roman par lettres",
            ],
        ),
        (
            "lieu",
            &[
                "à la halle",
                "au petit cinéma",
                "dans une boutique vide",
                "à la chapelle",
                "au préau de l'école",
                "sous le kiosque",
                "au hangar à bateaux",
                "dans un wagon",
            ],
        ),
        (
            "geste",
            &[
                "à revoir",
                "à écouter debout",
                "enfin en français",
                "en plein air",
                "sans micro",
                "par des amateurs",
                "tout juste hors du grenier",
                "pour un seul soir",
            ],
        ),
    ],
    titles: &[
        "{Oeuvre} {lieu}, près de {ville}",
        "{Oeuvre}, {geste}",
        "{Lieu}, {oeuvre}",
        "{Oeuvre} {geste} : c'est à {ville}",
        "Le festival de {ville} s'ouvre avec {oeuvre}",
        "On a vu {oeuvre} {lieu}",
        "{Ville} fait salle comble pour {oeuvre}",
        "Une nuit {lieu} avec {oeuvre}",
        "Comment {ville} a retrouvé {oeuvre}",
        "Un prix pour {oeuvre} {lieu}",
        "Dix ans de spectacles {lieu} à {ville}, et {oeuvre} pour finir",
    ],
    openings: &[
        "Il y avait {40..180} chaises {lieu}, et du monde debout. On n'avait pas vu {oeuvre} depuis {annees}.",
        "{Oeuvre} qui remplit une salle, ce n'est pas tous les jours. Samedi, à {ville}, c'était le cas.",
        "Personne ne savait où était passée la copie. Elle n'avait jamais quitté {ville}.",
    ],
    paragraphs: &[
        "La soirée est l'œuvre de {prenom}, qui a vendu les billets, accordé le piano et passé le balai.",
        "La seconde partie est plus lente, et meilleure. On y entend la salle respirer.",
        "Le programme est imprimé au dos de vieilles cartes : il n'y en a pas deux pareils.",
        "Une deuxième date est ajoutée, le {11..27}, avec la même troupe et plus de chaises.",
        "C'est gratuit pour les enfants. Les grands paient ce qu'ils veulent, après, et non avant.",
        "Le spectacle ne tournera pas. C'est une partie de son charme, et de sa difficulté.",
    ],
    ..BARE
};
