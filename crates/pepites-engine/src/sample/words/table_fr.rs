//! Gives French words about bicycles, bread and music.

use super::{Figures, Language::Fr, Topic};

/// Bicycles.
pub(crate) const BICYCLE: Topic = Topic {
    language: Fr,
    tags: &["vélo", "voyage", "mécanique", "route"],
    folder: &["Dehors", "Vélo"],
    blogs: &["Roue libre", "Le Garde-boue", "Cols et cafés"],
    rare: &["Kilomètre quarante", "L'Atelier du moyeu"],
    slots: &[
        ("route", &["le col des Trois-Bornes", "la voie du canal", "la côte du cimetière", "l'ancienne ligne du tram", "la route des salines", "le chemin des douaniers", "le tour du lac", "la levée de la Linotte", "le plateau", "la traversée de la forêt"]),
        ("velo", &["avec un vélo de facteur", "sur un tandem", "en pignon fixe", "avec une remorque", "sur un vieux demi-course", "avec deux enfants", "en randonneuse", "sur un vélo pliant"]),
        ("temps", &["face au vent", "sous la bruine", "avant le jour", "par grand soleil", "au ralenti", "avec des gants", "de nuit", "après l'orage"]),
    ],
    titles: &["{Route} {velo}", "{Route}, {temps}", "{Route} {velo}, {temps}", "Cent kilomètres {temps} par {route}", "Aller au travail {temps}, {velo}", "Pourquoi j'aime {route} {temps}", "Une crevaison {temps}, {velo}", "Essai : {route} {velo}", "De {ville} à la mer par {route}", "{Mois} : {route}, {temps}"],
    deep: &["{8000..15000} kilomètres, une chaîne : le journal d'usure, maillon par maillon", "J'ai mesuré chaque dépassement pendant {annees} : {ville} en chiffres", "Reconstruire un moyeu de {1948..1965} {temps}, sans pièces neuves", "{Route} en hiver : {annees} de carnets"],
    openings: &["Parti de {ville} à {5..8} heures {temps}, avec [deux tartines|un thermos] et aucune envie de me presser.", "On m'avait déconseillé {route} {velo}. On avait raison, et j'y retourne dimanche.", "{Prenom} m'attendait au pied de la côte, assise sur son cadre. {Route}, c'était son idée."],
    paragraphs: &["La montée fait {3..9} kilomètres à {4..8} %. Rien d'héroïque, mais assez long pour que la conversation s'arrête d'elle-même.", "Le revêtement a été refait jusqu'au pont ; ensuite ce sont des gravillons, et l'on redevient humble.", "J'ai crevé deux fois. La première par ma faute, une chambre pincée ; la seconde à cause d'une agrafe. Les deux rustines ont tenu.", "Au café de {ville}, on garde les gourdes des cyclistes au frais sans qu'on le demande. Il faut s'arrêter dans ces endroits-là, et y revenir.", "La transmission grince parce que je la néglige. Un chiffon, trois gouttes, et elle se tait pour {200..400} kilomètres.", "Le vent a tourné à midi. Je l'ai eu de face deux fois, ce qui défie la géométrie.", "La selle de cuir a mis {600..1200} kilomètres à se faire. Depuis, personne d'autre ne peut s'y asseoir.", "Une voiture sur {20..60} laisse la place qu'il faut. On se souvient des autres, mais il faut compter celles-là aussi.", "À la descente, l'odeur de foin coupé, puis celle des freins. J'ai roulé dix minutes sans penser à rien."],
    closings: &["Bilan : {60..140} kilomètres, une tarte aux prunes, aucune moyenne à défendre.", "La carte annotée est en bas, au crayon.", "Prochaine sortie si la roue arrière le permet."],
    heads: &["La route", "La mécanique", "La pause", "Les chiffres"],
    points: &["deux chambres, pas une", "une carte en papier", "un sifflet pour les poules", "des gants de rechange", "la clé de quinze", "de quoi partager"],
    quotes: &["On ne va pas plus loin, on y va mieux.", "Le vent n'est jamais contre vous, il est simplement là.", "Un vélo propre roule moins que deux vélos sales."],
    pictures: &["Le col au matin, au-dessus des nuages", "La route du plateau, vide", "Le lac vu de la dernière côte"],
    notes: &["{Route} {temps}. Personne. Merveille.", "Croisé {prenom} {velo}. Nous avons perdu une heure, bien employée.", "La rustine de 2019 tient toujours.", "Vent de face à l'aller, vent de face au retour. Je porte plainte.", "Un renard m'a regardé changer ma chambre à air."],
    figures: Some(Figures { head: ["Sortie", "Distance", "Dénivelé"], rows: &["Le canal", "Trois-Bornes", "La forêt", "Les salines"], second: (38, 142, "km"), third: (120, 1900, "m") }),
    code: None,
};

/// Bread.
pub(crate) const BREAD: Topic = Topic {
    language: Fr,
    tags: &["pain", "levain", "cuisine", "four"],
    folder: &["Maison", "Fournil"],
    blogs: &["La Croûte et la mie", "Levain du soir", "Farine sur le clavier"],
    rare: &["Le Four banal", "Registre de cuisson"],
    slots: &[
        ("pain", &["un pain de seigle", "une miche au petit épeautre", "la baguette du lundi", "un pain aux noix", "une fougasse", "un pain de mie", "la tourte de campagne", "un pain à la châtaigne", "des petits pains au lait", "un pain sans pétrissage"]),
        ("facon", &["à la cocotte", "en une nuit", "à l'eau de cuisson", "au levain dur", "dans un four trop petit", "sans balance", "avec du vieux pain", "à la farine du moulin"]),
        ("souci", &["croûte pâle", "mie serrée", "levain paresseux", "pâte collante", "four qui fuit", "grigne timide", "trop de sel", "pousse trop longue"]),
    ],
    titles: &["{Pain} {facon}", "{Souci} : {pain} {facon}", "Refaire {pain} {facon}, troisième essai", "{Pain} de {mois}", "{Souci} ? Essayez {facon}", "Réussir {pain} malgré tout : {souci}", "{Pain}, comme à {ville}", "Une fournée avec {prenom} : {pain} {facon}", "Le cahier de {prenom} : {pain} {facon}", "Pourquoi je fais {pain} {facon}"],
    deep: &["{90..300} fournées notées : ce qui compte vraiment pour {pain}", "Le levain de {ville} a {annees} : sa généalogie, d'après les cahiers", "La température du four banal, relevée pendant {annees}", "J'ai fait {pain} avec {12..30} farines : le tableau"],
    openings: &["Le levain a doublé pendant que je dormais. C'est la meilleure nouvelle qu'un réveil puisse annoncer : ce sera {pain}.", "{Prenom} fait {pain} {facon} depuis {annees}, et n'avait jamais écrit la recette. J'ai tenu le crayon.", "Troisième tentative. Le problème reste le même, {souci}, mais j'ai changé une seule chose : {facon}."],
    paragraphs: &["J'ai pris {450..800} grammes de farine, {62..78} % d'eau, du sel à la fin. Le reste est affaire de temps, et le temps ne se pèse pas.", "La pâte collait aux doigts, à la table, au chat. Il ne fallait pas ajouter de farine. Il fallait attendre.", "Un rabat toutes les {20..45} minutes, quatre fois. À la troisième, quelque chose change sous la main, et l'on comprend ce que « prendre du corps » veut dire.", "Le four de la maison monte à {220..250} degrés, dit le bouton. Le thermomètre dit autre chose. Je crois le thermomètre.", "Le meunier de {ville} écrase une variété ancienne, moins régulière et plus bavarde. La même recette n'y donne jamais le même pain.", "La grigne s'est ouverte d'un seul côté, comme un sourire. C'est la lame : trop droite, trop lente.", "J'ai attendu deux heures avant de couper, ce qui est la partie la plus difficile de la boulangerie.", "Les enfants n'ont gardé que la croûte, les grands que la mie. Il n'est rien resté, ce qui règle la question de la conservation.", "Une pincée de vieux pain séché dans la pâte nouvelle, et toute la fournée a un goût de grenier, au meilleur sens du terme."],
    closings: &["Demain, le même, avec {2..5} % d'eau en plus.", "Si votre levain boude, donnez-lui du seigle et de l'oubli.", "La recette tient sur une carte. La voilà."],
    heads: &["La pâte", "La pousse", "La cuisson", "La prochaine fois"],
    points: &["de l'eau tiède, à peine", "un saladier plus grand que prévu", "le sel à la fin", "une lame neuve", "la cocotte brûlante", "deux heures avant de couper"],
    quotes: &["Le pain n'est pas pressé, c'est vous.", "On reconnaît un boulanger à ce qu'il jette.", "La recette, c'est la météo plus la farine."],
    pictures: &["Champs de blé sous un ciel lourd", "Le moulin et ses collines", "Lever du jour, heure de la fournée"],
    notes: &["{Pain} {facon}. Il n'en reste rien.", "Le levain a débordé sur les factures. Il a choisi son camp.", "{Souci}. On mangera quand même.", "Quatre heures du matin, ça sent le pain, le voisin sonne.", "Donne levain actif, bon caractère, contre confiture."],
    figures: Some(Figures { head: ["Farine", "Eau", "Pousse"], rows: &["Blé du moulin", "Seigle", "Petit épeautre", "Châtaigne", "Mélange"], second: (60, 82, "%"), third: (90, 420, "min") }),
    code: None,
};

/// Music.
pub(crate) const MUSIC: Topic = Topic {
    language: Fr,
    tags: &["musique", "disques", "concert", "lutherie"],
    folder: &["Arts et lettres", "Musique"],
    blogs: &["Face B", "L'Accordoir", "Chambre sourde", "Une octave plus bas"],
    rare: &["Le Vieux Diapason"],
    slots: &[
        ("instrument", &["la vielle", "un harmonium de chapelle", "la clarinette basse", "le piano du café", "un accordéon muet", "l'orgue de barbarie", "une viole sans cordes", "le bandonéon", "la flûte à une clé", "un synthétiseur à patchs"]),
        ("lieu", &["au kiosque", "dans la grange", "à la gare", "dans une cuisine", "au café du Port", "sous le préau", "à la chapelle", "en bord de route"]),
        ("genre", &["une valse", "un chant de travail", "une gigue", "un canon à trois voix", "une berceuse", "un choral", "une marche lente", "un air sans nom"]),
    ],
    titles: &["{Instrument} {lieu}", "{Genre} pour {instrument}", "{Genre} {lieu}, un soir de {mois}", "Apprendre {genre} sur {instrument}", "Accorder {instrument} sans y laisser la raison, {lieu}", "{Instrument}, {genre} et la pluie", "Écouter {genre} {lieu}", "{Prenom} joue {genre} {lieu}", "Ce que {instrument} fait à {genre}", "Un disque oublié : {genre}, {instrument}"],
    deep: &["{Genre} collecté à {ville} : {9..24} versions, une seule source", "J'ai démonté {instrument} : {annees} de réparations superposées", "Les {80..240} bandes magnétiques de {ville}, écoutées en entier", "Mesurer la justesse de {instrument} {lieu}, note à note"],
    openings: &["On a poussé les tables {lieu}. {Prenom} a sorti {instrument}, et la salle s'est tue d'un coup.", "{Genre} me poursuit depuis mardi. Je l'ai entendu {lieu}, par une fenêtre ouverte, et je n'ai pas osé sonner.", "Le disque coûtait [un euro|deux euros] dans une caisse à {ville}. Sur l'étiquette, au stylo : « {genre} »."],
    paragraphs: &["La prise est mauvaise, on entend une chaise, un chien, un verre. On entend surtout la distance entre les musiciens, qui est la bonne.", "Le tempo traîne, et c'est exactement ce qu'il faut : à {56..72}, la mélodie respire ; à {84..96}, elle devient un exercice.", "J'ai transcrit les {16..48} premières mesures à l'oreille. La main gauche triche : elle laisse tomber une note sur trois et personne ne s'en plaint.", "L'instrument avait été réparé avec du papier journal. On y lit encore une annonce pour des parapluies.", "Trois générations chantaient sans partition. Quand une voix se perdait, les autres ralentissaient pour l'attendre.", "La justesse n'est pas celle du clavier. La tierce est plus haute, un peu rude, et l'on s'y fait en deux couplets.", "Après le concert on a parlé d'anches, de colle et de prix du bois. Les musiciens parlent rarement de musique.", "Il existe {4..9} enregistrements. Le moins connu est le plus juste, et le seul où l'on rit à la fin.", "Jouer lentement est plus difficile que jouer vite, et s'entend mieux dans la pièce d'à côté."],
    closings: &["L'enregistrement est libre, prenez-le.", "On recommence samedi. Apportez une chaise.", "Si vous connaissez cet air sous un autre nom, écrivez-moi."],
    heads: &["L'air", "L'instrument", "L'écoute", "Les variantes"],
    points: &["écouter avant de jouer", "compter à voix haute", "accorder deux fois", "laisser la pédale tranquille", "noter qui chantait", "s'arrêter tant que c'est beau"],
    quotes: &["Le silence est la moitié de la partition.", "Un instrument faux dans une main juste, on l'écoute quand même.", "On n'apprend pas un air, on l'attrape."],
    pictures: &["La pochette : une vallée au couchant", "Ciel d'orage avant le bal", "Les collines depuis la grange"],
    notes: &["{Genre} {lieu}. J'ai raté mon train exprès.", "{Instrument} accordé. Les voisins sont prévenus.", "Un air dans la tête depuis trois jours, sans nom, sans fin.", "Ce soir {lieu} : {genre}, {instrument}, et qui veut.", "Le la de la gare est un si bémol. Je ne peux plus ne pas l'entendre."],
    figures: Some(Figures { head: ["Note", "Écart", "Durée"], rows: &["Do", "Mi", "Sol", "La", "Si"], second: (2, 24, "cents"), third: (180, 960, "ms") }),
    code: None,
};
