/** The startups of the demonstration: four of the territory's real story, and invented ones that say so. */
export interface StartupContent {
  readonly name: string;
  readonly theme: string;
  readonly commune: string;
  readonly foundedYear: number;
  readonly employees: number;
  readonly summaryFr: string;
  readonly summaryEn: string;
}

const INVENTED_FR = 'Startup fictive.';
const INVENTED_EN = 'Fictional startup.';

export const STARTUPS: readonly StartupContent[] = [
  {
    name: 'MyBus',
    theme: 'mobilite',
    commune: 'Clermont-Ferrand',
    foundedYear: 2014,
    employees: 9,
    summaryFr:
      'Le titre de transport sur le téléphone, sans machine à installer. Récompensée par un CES Innovation Award (ville intelligente).',
    summaryEn:
      'The bus ticket on the phone, with no machine to install. Winner of a CES Innovation Award (smart city).',
  },
  {
    name: 'Yes It Is',
    theme: 'energie',
    commune: 'Riom',
    foundedYear: 2015,
    employees: 7,
    summaryFr:
      'Piloter l’énergie des bâtiments depuis un seul écran. Récompensée par un CES Innovation Award (énergie intelligente).',
    summaryEn: 'Steering the energy of buildings from one screen. Winner of a CES Innovation Award (smart energy).',
  },
  {
    name: 'Laou',
    theme: 'emploi',
    commune: 'Clermont-Ferrand',
    foundedYear: 2017,
    employees: 6,
    summaryFr: 'Le recrutement des personnes de la capitale qui veulent vivre en région. Venue de Paris.',
    summaryEn: 'Recruiting people of the capital who want to live in a region. Came from Paris.',
  },
  {
    name: 'DocnDoc',
    theme: 'sante',
    commune: 'Clermont-Ferrand',
    foundedYear: 2015,
    employees: 8,
    summaryFr: 'Le lien entre médecins pour un avis rapide. Fait la navette depuis Paris plusieurs fois par mois.',
    summaryEn: 'Links doctors for a quick opinion. Shuttles from Paris several times a month.',
  },
  ...[
    [
      'Arrêt Vivant',
      'mobilite',
      'Des abribus qui disent le temps d’attente réel et comptent les voyageurs.',
      'Bus shelters that tell the real waiting time and count passengers.',
    ],
    [
      'Cadence Vélo',
      'mobilite',
      'La location de vélos longue durée pour les salariés, réparation comprise.',
      'Long-term bicycle rental for employees, repairs included.',
    ],
    [
      'Pente Douce',
      'mobilite',
      'Des itinéraires pour fauteuils roulants qui tiennent compte du relief.',
      'Wheelchair routes that take slopes into account.',
    ],
    [
      'Quai Numéro Trois',
      'mobilite',
      'La place libre dans le prochain train, avant d’arriver sur le quai.',
      'The free seat in the next train, before reaching the platform.',
    ],
    [
      'Rameau Fret',
      'mobilite',
      'La livraison du dernier kilomètre en vélo cargo partagé entre commerces.',
      'Last-mile delivery by cargo bicycle shared between shops.',
    ],
    [
      'Relais Navette',
      'mobilite',
      'Des navettes à la demande entre villages et zones d’activité.',
      'On-demand shuttles between villages and business parks.',
    ],
    [
      'Compteur Calme',
      'energie',
      'Le suivi de la chaleur pièce par pièce dans les écoles.',
      'Room-by-room heat tracking in schools.',
    ],
    ['Brasero', 'energie', 'La récupération de chaleur des fours de boulangerie.', 'Heat recovery from bakery ovens.'],
    [
      'Toiture Commune',
      'energie',
      'Le partage de l’électricité solaire entre voisins d’une même rue.',
      'Sharing solar electricity between neighbours of a street.',
    ],
    [
      'Veilleuse',
      'energie',
      'L’éclairage public qui baisse quand la rue est vide.',
      'Street lighting that dims when the street is empty.',
    ],
    [
      'Bois Mesuré',
      'energie',
      'La mesure de l’humidité du bois de chauffage, du sciage au silo.',
      'Measuring the moisture of firewood, from sawmill to silo.',
    ],
    [
      'Souffle Long',
      'sante',
      'La rééducation respiratoire à la maison, suivie par un soignant.',
      'Breathing rehabilitation at home, followed by a carer.',
    ],
    [
      'Pas à Pas',
      'sante',
      'Une semelle qui prévient les chutes des personnes âgées.',
      'An insole that prevents falls of older people.',
    ],
    [
      'Carnet Ouvert',
      'sante',
      'Le carnet de vaccination partagé entre famille, école et médecin.',
      'A vaccination record shared by family, school and doctor.',
    ],
    [
      'Main Sûre',
      'sante',
      'L’entraînement aux gestes chirurgicaux sur modèles imprimés.',
      'Training of surgical gestures on printed models.',
    ],
    ['Nuit Claire', 'sante', 'Le suivi du sommeil sans appareil à porter.', 'Sleep tracking with nothing to wear.'],
    [
      'Ordonnance Simple',
      'sante',
      'La préparation des piluliers pour les soins à domicile.',
      'Preparing pill boxes for home care.',
    ],
    [
      'Sillon Sobre',
      'agriculture',
      'La dose d’azote juste, mètre par mètre.',
      'The right dose of nitrogen, metre by metre.',
    ],
    [
      'Trèfle Noir',
      'agriculture',
      'Des prairies qui résistent à la sécheresse, choisies parcelle par parcelle.',
      'Drought-resistant meadows, chosen plot by plot.',
    ],
    [
      'Cave Ouverte',
      'agriculture',
      'Le suivi de l’affinage des fromages par capteurs.',
      'Following the ripening of cheese with sensors.',
    ],
    [
      'Table Courte',
      'agriculture',
      'L’approvisionnement local des cantines, commandes et tournées comprises.',
      'Local supply of canteens, orders and rounds included.',
    ],
    [
      'Rucher Attentif',
      'agriculture',
      'L’écoute des ruches pour prévenir les pertes d’hiver.',
      'Listening to hives to prevent winter losses.',
    ],
    [
      'Grain Tracé',
      'agriculture',
      'L’origine des farines, du champ au fournil.',
      'The origin of flour, from field to bakehouse.',
    ],
    [
      'Œil Fin',
      'industrie',
      'Le contrôle de surface par caméra sur pièces sombres.',
      'Camera inspection of dark surfaces.',
    ],
    [
      'Moule Vif',
      'industrie',
      'Des moules imprimés en un jour pour les petites séries.',
      'Moulds printed in a day for short runs.',
    ],
    [
      'Vibrante',
      'industrie',
      'La panne annoncée par le bruit des machines.',
      'Breakdowns announced by the noise of machines.',
    ],
    ['Seconde Gomme', 'industrie', 'La réutilisation des poudres de caoutchouc.', 'Reusing rubber powders.'],
    [
      'Juste Pièce',
      'industrie',
      'Le devis d’usinage en une heure, à partir du plan.',
      'A machining quote in an hour, from the drawing.',
    ],
    [
      'Atelier Partagé 63',
      'industrie',
      'Le partage des machines inoccupées entre ateliers.',
      'Sharing idle machines between workshops.',
    ],
    ['Banc Public', 'ville', 'Du mobilier urbain qui mesure son usage.', 'Street furniture that measures its use.'],
    [
      'Hall Clair',
      'ville',
      'La vie d’un immeuble sur l’écran de son hall.',
      'The life of a building on the screen of its hall.',
    ],
    [
      'Ombre Portée',
      'ville',
      'La carte des îlots de fraîcheur, rue par rue.',
      'The map of cool places, street by street.',
    ],
    [
      'Clé de Voûte',
      'ville',
      'Le diagnostic des charpentes anciennes par drone.',
      'Diagnosis of old roof frames by drone.',
    ],
    [
      'Palier',
      'ville',
      'L’adaptation des logements au vieillissement, avec devis.',
      'Adapting homes to ageing, with quotes.',
    ],
    [
      'Chantier Net',
      'ville',
      'Le réemploi des matériaux entre chantiers voisins.',
      'Reusing materials between neighbouring building sites.',
    ],
    [
      'Passe-Plat',
      'numerique',
      'L’échange de données entre logiciels de mairie.',
      'Data exchange between town hall programs.',
    ],
    [
      'Mot Juste',
      'numerique',
      'La relecture des courriers administratifs en langage clair.',
      'Plain-language review of administrative letters.',
    ],
    [
      'Coffre Commun',
      'numerique',
      'La sauvegarde croisée entre petites entreprises.',
      'Mutual backup between small companies.',
    ],
    [
      'Signal Faible',
      'numerique',
      'La couverture des zones blanches par relais partagés.',
      'Covering dead zones with shared relays.',
    ],
    [
      'Registre Clair',
      'numerique',
      'Les registres obligatoires des associations, sans papier.',
      'The mandatory registers of associations, without paper.',
    ],
    [
      'Voix Basse',
      'numerique',
      'Le standard téléphonique qui comprend les accents.',
      'A telephone switchboard that understands accents.',
    ],
    [
      'Premier Jour',
      'emploi',
      'L’accueil des nouveaux salariés et de leur conjoint.',
      'Welcoming new employees and their partners.',
    ],
    [
      'Compagnon',
      'emploi',
      'Le tutorat des apprentis par des retraités.',
      'Mentoring of apprentices by retired workers.',
    ],
    [
      'Heures Claires',
      'emploi',
      'Les plannings des aides à domicile, trajets compris.',
      'Schedules of home helpers, journeys included.',
    ],
    [
      'Deux Rives',
      'emploi',
      'La formation croisée entre entreprises qui recrutent et qui forment.',
      'Cross training between companies that recruit and train.',
    ],
    [
      'Essai Transformé',
      'emploi',
      'La reconversion des sportifs de haut niveau.',
      'New careers for top-level athletes.',
    ],
    [
      'Sentier Sonore',
      'tourisme',
      'La visite des volcans par le son, sans réseau.',
      'Visiting volcanoes by sound, without network.',
    ],
    [
      'Chambre d’Écho',
      'tourisme',
      'Les concerts chez l’habitant, assurance comprise.',
      'Concerts at home, insurance included.',
    ],
    [
      'Refuge Libre',
      'tourisme',
      'La réservation des refuges de montagne, même au dernier moment.',
      'Booking mountain huts, even at the last minute.',
    ],
    [
      'Patine',
      'tourisme',
      'La restauration d’objets par des artisans proches.',
      'Restoration of objects by nearby craftspeople.',
    ],
    [
      'Source Sûre',
      'eau',
      'La fuite d’eau repérée par l’oreille d’un capteur.',
      'Water leaks found by the ear of a sensor.',
    ],
    [
      'Goutte à Goutte',
      'eau',
      'L’arrosage public selon la météo de la rue.',
      'Public watering according to the weather of the street.',
    ],
    ['Rive Nette', 'eau', 'La mesure des déchets flottants des rivières.', 'Measuring floating waste in rivers.'],
    ['Lit Mineur', 'eau', 'L’alerte de crue pour les petites rivières.', 'Flood warning for small rivers.'],
    [
      'Sable Noir',
      'eau',
      'La filtration des eaux de pluie par roche volcanique.',
      'Filtering rainwater through volcanic rock.',
    ],
    [
      'Cendre Utile',
      'eau',
      'L’engrais tiré des cendres des chaufferies bois.',
      'Fertiliser from the ashes of wood boilers.',
    ],
  ].map(([name = '', theme = '', french = '', english = ''], place) => ({
    name,
    theme,
    commune: communes()[place % communes().length] ?? 'Clermont-Ferrand',
    foundedYear: 2017 + ((place * 7) % 9),
    employees: 2 + ((place * 5) % 17),
    summaryFr: `${french} ${INVENTED_FR}`,
    summaryEn: `${english} ${INVENTED_EN}`,
  })),
];

function communes(): readonly string[] {
  return [
    'Clermont-Ferrand',
    'Chamalières',
    'Cournon-d’Auvergne',
    'Aubière',
    'Beaumont',
    'Gerzat',
    'Clermont-Ferrand',
    'Cébazat',
    'Romagnat',
    'Lempdes',
    'Clermont-Ferrand',
    'Royat',
    'Pont-du-Château',
    'Blanzat',
  ];
}
