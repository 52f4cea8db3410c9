/** The themes of the demonstration, each with the words that make its needs and offers sound like it. */
export interface ThemeContent {
  readonly code: string;
  readonly labelFr: string;
  readonly labelEn: string;
  readonly nafSection: string;
  /** Whom a startup of this theme wants to meet. */
  readonly customer: string;
  /** Who knows what it does not. */
  readonly specialist: string;
  /** Where it tries out what it makes. */
  readonly ground: string;
  /** What it makes, in general words. */
  readonly product: string;
}

export const THEMES: readonly ThemeContent[] = [
  {
    code: 'mobilite',
    labelFr: 'Mobilité',
    labelEn: 'Mobility',
    nafSection: 'H',
    customer: 'un exploitant de réseau de bus',
    specialist: 'un ingénieur du service de la voirie',
    ground: 'une ligne de bus de la métropole',
    product: 'la validation des titres et l’information des voyageurs',
  },
  {
    code: 'energie',
    labelFr: 'Énergie',
    labelEn: 'Energy',
    nafSection: 'D',
    customer: 'un gestionnaire de bâtiments publics',
    specialist: 'un thermicien qui connaît les bâtiments anciens',
    ground: 'une école et son réseau de chaleur',
    product: 'le pilotage de la consommation d’énergie des bâtiments',
  },
  {
    code: 'sante',
    labelFr: 'Santé',
    labelEn: 'Health',
    nafSection: 'Q',
    customer: 'un acheteur hospitalier',
    specialist: 'un spécialiste du marquage des dispositifs médicaux',
    ground: 'un service de consultation',
    product: 'le suivi des patients à distance',
  },
  {
    code: 'agriculture',
    labelFr: 'Agriculture et alimentation',
    labelEn: 'Farming and food',
    nafSection: 'A',
    customer: 'une coopérative céréalière',
    specialist: 'un agronome qui connaît les sols de Limagne',
    ground: 'une parcelle d’essai en Limagne',
    product: 'la mesure de l’eau et de l’azote dans les sols',
  },
  {
    code: 'industrie',
    labelFr: 'Industrie',
    labelEn: 'Industry',
    nafSection: 'C',
    customer: 'un responsable d’atelier de production',
    specialist: 'un ingénieur des matériaux',
    ground: 'une ligne de production à l’arrêt le samedi',
    product: 'le contrôle de la qualité par l’image',
  },
  {
    code: 'ville',
    labelFr: 'Ville et habitat',
    labelEn: 'City and housing',
    nafSection: 'F',
    customer: 'un bailleur social',
    specialist: 'un urbaniste de la métropole',
    ground: 'une place et deux rues piétonnes',
    product: 'la mesure des usages de l’espace public',
  },
  {
    code: 'numerique',
    labelFr: 'Numérique',
    labelEn: 'Digital',
    nafSection: 'J',
    customer: 'une direction des systèmes d’information',
    specialist: 'un architecte de données',
    ground: 'les données ouvertes de la métropole',
    product: 'l’échange de données entre services',
  },
  {
    code: 'emploi',
    labelFr: 'Emploi et formation',
    labelEn: 'Jobs and training',
    nafSection: 'N',
    customer: 'une direction des ressources humaines',
    specialist: 'un juriste du droit du travail',
    ground: 'la maison de l’emploi',
    product: 'l’accueil des nouveaux salariés et de leur famille',
  },
  {
    code: 'tourisme',
    labelFr: 'Tourisme et culture',
    labelEn: 'Tourism and culture',
    nafSection: 'I',
    customer: 'un office de tourisme',
    specialist: 'un conservateur de musée',
    ground: 'le parcours de la vieille ville',
    product: 'la visite sonore des sites de la chaîne des Puys',
  },
  {
    code: 'eau',
    labelFr: 'Eau et environnement',
    labelEn: 'Water and environment',
    nafSection: 'E',
    customer: 'une régie des eaux',
    specialist: 'un hydrologue',
    ground: 'une station de pompage',
    product: 'la détection des fuites sur le réseau d’eau',
  },
];

export function themeOf(code: string): ThemeContent {
  const theme = THEMES.find((each) => each.code === code);
  if (theme === undefined) throw new Error(`The demonstration has no theme ${code}`);
  return theme;
}
