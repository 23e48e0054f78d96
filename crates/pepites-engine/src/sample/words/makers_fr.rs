//! Gives French words about type, old computers, open data and software craft.

use super::{Figures, Language::Fr, Topic};

/// Typography.
pub(crate) const TYPE: Topic = Topic {
    language: Fr,
    tags: &["typographie", "imprimerie", "mise-en-page", "caractères"],
    folder: &["Arts et lettres", "Typographie"],
    blogs: &["Bas de casse", "L'Espace fine", "Plomb durci"],
    rare: &["Le Marbre", "Études de veuves et d'orphelines"],
    slots: &[
        ("signe", &["l'esperluette", "le point-virgule", "la cédille", "le tiret cadratin", "l'apostrophe", "le guillemet", "la ligature", "le chiffre elzévirien", "la petite capitale", "l'espace fine"]),
        ("support", &["sur une affiche de cirque", "dans un annuaire de 1931", "sur écran", "à la plaque de rue", "dans un roman de gare", "sur un ticket de quai", "dans un livre de cuisine", "sur une boîte de biscuits"]),
        ("action", &["dessiner", "composer", "corriger", "défendre", "retrouver", "numériser", "imprimer", "comprendre"]),
    ],
    titles: &["{Action} {signe} {support}", "{Signe} {support}", "Petite histoire de {signe} {support}", "Pour {signe}, contre la paresse, {support}", "Ce que {signe} change {support}", "Un dimanche à {action} {signe}, {support}", "{Support} : le mystère de {signe}", "Faut-il encore {action} {signe} en {mois} ?", "{Prenom} m'écrit pour {action} {signe} {support}", "{Action} {signe} sans logiciel, {support}"],
    deep: &["{60..180} plaques de rue à {ville}, et un seul dessinateur : l'enquête", "J'ai mesuré {signe} dans {40..90} livres : le tableau complet", "Fondre {signe} à la main, {annees} d'essais ratés", "Le caractère sans nom de l'imprimerie de {ville}"],
    openings: &["On ne remarque {signe} que lorsqu'il y a une faute. {Support}, la faute saute aux yeux, et elle est instructive.", "J'ai trouvé ce spécimen [au fond d'un tiroir|sur un trottoir de {ville}], entre deux factures. {Signe} y est d'une beauté tranquille.", "Une question de {prenom} : pourquoi tenir à {signe} quand personne ne le voit ? Parce que tout le monde le lit."],
    paragraphs: &["La lettre est un peu trop large pour la ligne, et le compositeur a triché : une espace en moins ici, un trait raboté là. On devine sa hâte.", "Une règle simple : le blanc d'abord. On règle les marges, l'interligne, la longueur de ligne, et {signe} trouve sa place tout seul.", "À {9..12} points, la contreforme se bouche. Il faut ouvrir, quitte à trahir le dessin d'origine. Les anciens graveurs le savaient et gravaient chaque corps à part.", "J'ai comparé {6..24} éditions. Le dessin change, l'intention jamais : guider l'œil sans qu'il s'en doute.", "L'encre a bavé sur le papier bon marché, et cette bavure a fini par devenir un style. Beaucoup de nos habitudes sont des accidents qui ont plu.", "Le fichier numérique est plus net que l'original, ce qui est une façon d'être faux. J'ai gardé une légère irrégularité, invisible à l'œil et sensible à la lecture.", "À l'atelier de {ville}, la presse de {1880..1930} tourne encore le samedi. On y apprend plus en une heure qu'en dix manuels, et on repart avec les doigts noirs.", "La justification mécanique creuse des rivières dans le gris du texte. Un coup de césure, un mot déplacé, et la page se referme.", "Un lecteur voit la fatigue avant de voir la lettre. C'est pourquoi je mesure le confort en pages lues, non en goût."],
    closings: &["Le spécimen est à voir chez {prenom}, sur rendez-vous.", "La planche suivante sera consacrée à un signe plus discret encore.", "Regardez vos enseignes : il en reste de très belles."],
    heads: &["L'objet", "Le dessin", "La mesure", "Ce qu'il en reste"],
    points: &["des lignes de soixante signes", "une espace fine avant le point-virgule", "des guillemets à la française", "pas plus de deux corps par page", "des petites capitales dessinées, jamais réduites", "un papier qui ne brille pas"],
    quotes: &["La bonne typographie est celle dont on ne parle pas.", "Une page se tient comme une table : on voit tout de suite si elle est bancale.", "Le blanc n'est pas vide, il travaille."],
    pictures: &["Paysage imprimé en trois couleurs, légèrement décalées", "Essai d'encre : collines en dégradé", "Couverture d'un carnet d'imprimeur"],
    notes: &["{Signe} {support}. Je m'arrête, je photographie, je rate mon bus.", "Trois espaces de suite dans un contrat. J'ai mal dormi.", "Quelqu'un a remplacé toutes les apostrophes du menu. Quelqu'un que j'aime.", "Le mot du jour : « approche ». On dirait de la tendresse, c'est du crénage.", "Vu {support} : {signe}, parfait, anonyme."],
    figures: Some(Figures { head: ["Corps", "Interligne", "Signes par ligne"], rows: &["9", "10", "11", "12"], second: (11, 17, "pt"), third: (48, 74, "signes") }),
    code: None,
};

/// Old computers.
pub(crate) const RETRO: Topic = Topic {
    language: Fr,
    tags: &["rétro", "informatique", "restauration", "matériel"],
    folder: &["Informatique", "Vieilles machines"],
    blogs: &["Le Grenier binaire", "Disquette molle", "Huit bits et demi"],
    rare: &["Bandes perforées"],
    slots: &[
        ("machine", &["le Tamarin 64", "un Grillon 2", "la console Ocelle", "le portable Delphin", "un terminal ambré", "l'imprimante à marguerite", "le Loriot Plus", "une calculatrice Zénon", "le modem gris", "un Pivert 8"]),
        ("mal", &["ne démarre plus", "sent le chaud", "perd l'heure", "affiche des rayures", "grince au froid", "ne lit qu'une face", "refuse le clavier", "s'éteint à midi"]),
        ("remede", &["un condensateur à trente centimes", "de la patience", "un trombone", "une goutte d'huile", "trois soudures", "un schéma trouvé à la cave", "du vinaigre blanc", "une disquette de secours"]),
    ],
    titles: &["{Machine} {mal} : suite", "{Machine} : la cure, c'était {remede}", "{Remede} contre une panne : {machine}", "Quand {machine} {mal}", "Autopsie : {machine} {mal}", "{Machine}, trouvé à {ville}, {mal}", "Programmer {machine} en {mois}, pour rien", "Vide-grenier de {ville} : {machine} et {remede}", "Une soirée avec {machine} et {remede}", "Pourquoi {machine} {mal}, enfin expliqué"],
    deep: &["J'ai lu la mémoire morte octet par octet : {machine} n'a plus de secret", "{40..120} disquettes de l'école de {ville} : ce qui restait dessus", "{Machine} {mal} : {annees} d'enquête et un coupable de deux millimètres", "Reconstruire {machine} d'après une photo, avec {remede}"],
    openings: &["{Machine} est arrivé dans un carton de bananes, sans vis et sans notice. Il {mal}. Il fallait donc l'aimer un peu plus.", "Au vide-grenier de {ville}, le vendeur a juré que {machine} marchait « la dernière fois ». C'était il y a {annees}.", "Cela fait trois soirs que je cherche. {Machine} {mal}, et toujours quand j'ai le dos tourné."],
    paragraphs: &["L'alimentation donnait {9..11},{1..9} volts au lieu de douze. Ce genre de chose explique tout et ne prouve rien : j'ai continué à mesurer.", "Les condensateurs avaient coulé sur la piste. Nettoyage, fil fin, soudure, loupe. Le geste est simple si l'on accepte d'y passer la nuit.", "Le programme tient en {2..12} kilo-octets. Je l'ai recopié à la main depuis une revue, avec la faute d'impression de la ligne 340, que j'avais oubliée depuis l'enfance.", "On oublie le bruit : le lecteur qui cherche, le tube qui siffle, la touche qui claque. Une machine silencieuse ne dit pas ce qu'elle fait.", "{Prenom} a retrouvé le schéma dans une cave. Deux pages collées par l'humidité, séparées à la vapeur au-dessus d'une casserole.", "La lenteur oblige à réfléchir avant d'appuyer. J'écris mieux avec {3..8} secondes entre deux pages.", "J'ai copié chaque disquette deux fois. {6..19} sur cent étaient illisibles, les autres contenaient surtout des lettres au propriétaire et des parties d'échecs inachevées.", "Rien n'est jauni pour toujours : eau oxygénée, soleil, film plastique. Le résultat est un peu trop neuf et il faut l'accepter.", "Le plus beau reste la documentation. On y expliquait la machine en entier, comme si le lecteur allait la construire."],
    closings: &["Il redémarre. Je n'ose plus l'éteindre.", "Les plans sont à la disposition de qui en veut.", "La prochaine fois : le clavier, et ses 61 ressorts."],
    heads: &["La panne", "L'ouverture", "La réparation", "Ce qu'on peut en faire"],
    points: &["photographier avant de démonter", "ranger les vis dans l'ordre", "mesurer deux fois, souder une fois", "ne jamais brancher sans fusible", "copier avant d'essayer", "demander aux anciens"],
    quotes: &["Une machine morte est une machine dont on a perdu la notice.", "La panne est toujours là où l'on a déjà regardé.", "On ne restaure pas un ordinateur, on restaure un après-midi."],
    pictures: &["Fond d'écran d'origine, 16 couleurs", "Une démo : montagnes qui défilent", "Dessin fait au clavier, une ligne à la fois"],
    notes: &["{Machine} {mal}. Je souris bêtement.", "Trouvé une disquette marquée « NE PAS ». Il manque la suite.", "{Remede}. Voilà, c'était ça. Trois semaines.", "Le tube met quarante secondes à chauffer. J'en profite pour respirer.", "Ligne 340. Toujours la ligne 340."],
    figures: Some(Figures { head: ["Point de mesure", "Attendu", "Relevé"], rows: &["Alimentation", "Horloge", "Bus", "Sortie vidéo"], second: (5, 12, "V"), third: (2, 12, "V") }),
    code: Some("10 REM ETOILES\n20 FOR I = 1 TO 200\n30 X = INT(RND(1) * 320) : Y = INT(RND(1) * 200)\n40 PLOT X, Y\n50 NEXT I\n60 GOTO 20\n"),
};

/// Open data and maps.
pub(crate) const OPEN_DATA: Topic = Topic {
    language: Fr,
    tags: &["opendata", "cartes", "statistiques", "communs"],
    folder: &["Informatique", "Données"],
    blogs: &["Le Tableur ouvert", "Cartes sur table", "Une ligne par jour"],
    rare: &["Le Compteur d'eau"],
    slots: &[
        ("donnee", &["les horaires de bus", "les arbres de la ville", "le prix de l'eau", "les bancs publics", "les marchés de plein air", "les prénoms de l'état civil", "les pannes d'ascenseur", "la qualité de l'air", "les fontaines", "les passages piétons"]),
        ("forme", &["en une carte", "en un seul fichier", "au format texte", "à vélo", "depuis un tableur", "sans serveur", "avec du papier et un crayon", "en trente lignes"]),
        ("defaut", &["des doublons", "trois colonnes vides", "une virgule de trop", "un fichier par jour", "des dates à l'américaine", "un code postal amputé", "des accents perdus", "une licence oubliée"]),
    ],
    titles: &["{Donnee} {forme}", "{Donnee} de {ville}, {forme}", "Ouvrir {donnee} : {defaut} et une bonne surprise", "{Defaut} dans {donnee}", "Cartographier {donnee} à {ville} {forme}", "Compter {donnee} {forme}", "Vérifier {donnee} {forme}, un samedi", "{Ville} publie {donnee}, avec {defaut}", "Comment j'ai nettoyé {donnee} {forme}", "{Donnee} : {annees} de fichiers {forme}"],
    deep: &["{400..900} fontaines vérifiées à pied autour de {ville} : la base et ses erreurs", "{Donnee} à {ville} : {annees} de fichiers corrigés ligne par ligne", "J'ai demandé {donnee} à {30..90} communes : qui a répondu, qui a menti", "{Donnee} {forme} : l'erreur officielle, et sa preuve"],
    openings: &["{Ville} vient de publier {donnee}. Le fichier pèse {2..40} Mo, il contient {defaut}, et c'est une excellente nouvelle.", "Je voulais seulement savoir où m'asseoir. Deux heures plus tard, j'avais {donnee} {forme}.", "{Prenom} m'a envoyé un tableur nommé « final_v7 ». Dedans : {donnee}, et {defaut}."],
    paragraphs: &["Sur {2000..9000} lignes, {40..400} ne correspondaient à rien sur le terrain. Je suis allé voir les plus étranges. L'une était un manège.", "La licence autorise tout, à condition de citer la source. C'est une phrase de plus en bas de page, et beaucoup de courriels en moins.", "J'ai gardé le fichier d'origine intact à côté du fichier corrigé. Une correction que l'on ne peut pas refaire n'est qu'une opinion.", "La carte est fixe, une simple image. Elle s'ouvre partout, s'imprime, et ne demande l'avis de personne pour s'afficher.", "Le service technique a répondu en deux jours, avec gentillesse, et a corrigé l'erreur à la source. On ne raconte pas assez ces histoires-là.", "Les coordonnées étaient inversées. Pendant {annees}, toutes les poubelles de {ville} se trouvaient au large de la Somalie.", "Le format texte a un avantage : dans vingt ans il s'ouvrira encore, même si la moitié des colonnes ne diront plus rien à personne.", "Une moyenne aurait caché l'essentiel. La médiane raconte une autre ville, celle où l'on attend {9..25} minutes.", "Le plus long n'est jamais le calcul. C'est de décider ce qu'on appelle un banc."],
    closings: &["Le fichier et la méthode sont en bas de page. Corrigez-moi.", "Prochaine étape : comparer avec la commune voisine.", "Si votre ville publie la même chose, dites-le-moi."],
    heads: &["Le fichier", "Les erreurs", "La carte", "Ce que j'en tire"],
    points: &["une ligne par objet", "des dates en ISO, toujours", "un identifiant qui ne change pas", "la source dans le fichier même", "les unités dans l'en-tête", "une adresse pour signaler les fautes"],
    quotes: &["Une donnée sans date est une rumeur.", "On ne nettoie pas un fichier, on apprend à le lire.", "La carte montre surtout où personne n'est allé."],
    pictures: &["Relief de la vallée, d'après le fichier public", "Profil des collines, altitudes exagérées", "Carte en dégradé, sans légende inutile"],
    notes: &["{Donnee} de {ville} : {defaut}. Je m'en occupe.", "La mairie a corrigé la fontaine fantôme. Merci à la personne qui lit ces courriels.", "Journée entière à décider ce qu'est un banc.", "{Defaut}. Encore. Toujours.", "Nouvelle carte : {donnee}, {forme}."],
    figures: Some(Figures { head: ["Commune", "Lignes", "Erreurs"], rows: &["Saint-Orme", "Pontmarin", "Tréville", "Montcalm"], second: (400, 9000, "lignes"), third: (3, 210, "erreurs") }),
    code: Some("cut -d';' -f2,5 fontaines.csv \\\n  | sort | uniq -c \\\n  | awk '$1 > 1 { print $2 }'\n"),
};

/// Software craft.
pub(crate) const CRAFT: Topic = Topic {
    language: Fr,
    tags: &["programmation", "outils", "méthode", "tests"],
    folder: &["Informatique", "Atelier"],
    blogs: &["Fonction pure", "Le Bogue du mardi", "Compiler sous la pluie", "Petits programmes"],
    rare: &["Journal d'un débogueur"],
    slots: &[
        ("chose", &["un cache", "un analyseur", "les dates", "un formulaire", "la file d'attente", "un script de sauvegarde", "les tests lents", "un format de fichier", "les messages d'erreur", "un vieux module"]),
        ("facon", &["sans dépendance", "en un après-midi", "à deux", "à reculons", "par les tests", "au crayon", "dans un train", "avec dix ans de recul"]),
        ("verbe", &["réécrire", "supprimer", "mesurer", "nommer", "expliquer", "tester", "simplifier", "documenter"]),
    ],
    titles: &["{Verbe} {chose} {facon}", "{Verbe} {chose} : pourquoi, comment", "J'ai voulu {verbe} {chose} {facon}", "{Chose}, {facon}", "Ce que j'ai appris à {verbe} {chose}", "Ne pas {verbe} {chose} {facon}", "{Verbe} ou jeter {chose} ?", "Revue de code : {chose} {facon}", "Une règle pour {verbe} {chose}", "{Prenom} et moi : {verbe} {chose} {facon}"],
    deep: &["Un bogue par an : {chose}, {annees} d'enquête", "{300..900} messages d'erreur relus un par un pour {verbe} {chose}", "Pourquoi {chose} ralentit le jeudi : la trace complète", "J'ai tenu le journal de toutes mes fautes pendant {annees}"],
    openings: &["Tout est parti d'une ligne anodine. Je voulais {verbe} {chose} ; j'ai fini par relire le projet en entier.", "Le ticket disait « lent ». Ni où, ni quand. {Prenom} et moi avons commencé par mesurer.", "On repousse toujours le moment de {verbe} {chose}. Voici ce qui arrive quand on s'y met {facon}."],
    paragraphs: &["Le premier essai prenait {2..9} secondes. Le second, quarante millisecondes, en faisant moins. Je n'ai presque jamais gagné du temps en ajoutant du code.", "J'ai écrit le test avant d'avoir compris le défaut. Il échouait pour une mauvaise raison, et c'est cette raison qui m'a mis sur la piste.", "Un nom juste vaut un commentaire. Celui-ci s'appelait `tmp2` depuis {annees}.", "Nous avons supprimé {200..3000} lignes. Personne ne s'en est aperçu, ce qui est le plus bel éloge qu'on puisse faire à une suppression.", "L'erreur disait ce qui s'était passé, mais pas quoi faire. On a ajouté une phrase. Les demandes d'aide ont baissé de moitié.", "La règle est simple : si l'on hésite entre deux abstractions, on garde la répétition. Elle au moins ne ment pas.", "Le cache était juste quatre-vingt-dix-neuf fois sur cent. La centième, il rendait la réponse du voisin.", "J'ai imprimé le module et je l'ai lu au café, stylo en main. {4..15} pages, {6..20} annotations, un seul vrai problème.", "Les dates finissent toujours par gagner. Cette fois c'était une année bissextile et un fuseau à quarante-cinq minutes."],
    closings: &["Le correctif fait trois lignes. L'explication, cette page.", "La prochaine fois, je mesure d'abord. (Je dis cela à chaque fois.)", "Le code est lisible ; c'est tout ce que je lui demande."],
    heads: &["Le symptôme", "La mesure", "La correction", "Ce que je garde"],
    points: &["mesurer avant", "changer une chose à la fois", "garder le cas qui échoue", "écrire le message d'erreur d'abord", "relire le lendemain", "supprimer volontiers"],
    quotes: &["Le code le plus rapide est celui qu'on a enlevé.", "Un test qui ne peut pas échouer est un commentaire.", "Comprendre d'abord, corriger ensuite, s'excuser enfin."],
    pictures: &["Le temps de réponse d'une semaine, vu de profil", "Fond d'écran du jour : collines et build vert"],
    notes: &["{Verbe} {chose} {facon} : fait. Il est deux heures.", "Le test échoue. Tant mieux.", "Renommé une variable, compris le programme.", "Aujourd'hui : moins {80..900} lignes. Journée parfaite.", "Un fuseau horaire à quarante-cinq minutes. Je vais marcher."],
    figures: Some(Figures { head: ["Version", "Durée", "Mémoire"], rows: &["Avant", "Sans cache", "Avec index", "Après"], second: (40, 900, "ms"), third: (12, 180, "Mo") }),
    code: Some("fn jours(annee: i32) -> u32 {\n    let bissextile = annee % 4 == 0 && (annee % 100 != 0 || annee % 400 == 0);\n    if bissextile { 366 } else { 365 }\n}\n"),
};
