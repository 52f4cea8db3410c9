/** Organisations other than startups. Those of the territory's real story are named; the others say that they are invented. */
import type { Part } from '../../domains/territory/organisation.ts';

export interface OrganisationContent {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly themes: readonly string[];
  readonly commune: string;
  readonly summaryFr: string;
  readonly summaryEn: string;
  /** The kinds of help that it offers, most first; empty when it offers none. */
  readonly offers: readonly string[];
  /** Plainly fictitious, where one is needed. */
  readonly siren?: string;
}

const INVENTED_FR = 'Organisation fictive.';
const INVENTED_EN = 'Fictional organisation.';

export const PARTNERS: readonly OrganisationContent[] = [
  real(
    'Michelin',
    ['industrie', 'mobilite'],
    ['expertise', 'market-access', 'legal', 'test-ground', 'international'],
    'Groupe industriel né à Clermont-Ferrand, fondateur de l’accélérateur. Ouvre aux startups ses ingénieurs, ses acheteurs et ses juristes.',
    'Industrial group born in Clermont-Ferrand, a founder of the accelerator. Opens its engineers, buyers and lawyers to startups.',
  ),
  {
    ...real(
      'La Montagne',
      ['numerique', 'tourisme'],
      ['visibility', 'market-access', 'commercial-development'],
      'Quotidien régional, fondateur de l’accélérateur. Raconte les startups du territoire et leur ouvre ses équipes commerciales.',
      'Regional daily newspaper, a founder of the accelerator. Tells the story of local startups and opens its sales teams to them.',
    ),
    parts: ['company-partner', 'media'],
  },
  real(
    'Limagrain',
    ['agriculture'],
    ['expertise', 'test-ground', 'market-access', 'legal'],
    'Groupe coopératif semencier, fondateur de l’accélérateur. Prête des parcelles d’essai et des agronomes.',
    'Cooperative seed group, a founder of the accelerator. Lends trial plots and agronomists.',
  ),
  real(
    'Orange',
    ['numerique', 'sante', 'ville'],
    ['expertise', 'market-access', 'commercial-development', 'international'],
    'Opérateur de télécommunications, fondateur de l’accélérateur. Réseaux, santé connectée, relations avec les grands comptes.',
    'Telecommunications operator, a founder of the accelerator. Networks, connected health, access to large accounts.',
  ),
  invented(
    'Banque du Val d’Allier',
    ['numerique', 'ville'],
    ['financing-files', 'expertise', 'network'],
    'Banque mutualiste : dossiers de financement et mises en relation avec ses clients professionnels.',
    'Mutual bank: financing files and introductions to its business customers.',
  ),
  invented(
    'Assurances du Cézallier',
    ['sante', 'mobilite'],
    ['legal', 'market-access', 'financing-files'],
    'Assureur : risques des expérimentations, responsabilité, premiers contrats.',
    'Insurer: risks of trials, liability, first contracts.',
  ),
  invented(
    'Énergies des Dômes',
    ['energie', 'ville'],
    ['expertise', 'test-ground', 'market-access'],
    'Fournisseur d’énergie : réseaux de chaleur, compteurs, bâtiments à instrumenter.',
    'Energy supplier: heating networks, meters, buildings to instrument.',
  ),
  invented(
    'Fonderies de la Sioule',
    ['industrie'],
    ['expertise', 'test-ground', 'commercial-development'],
    'Fonderie de précision : essais de matériaux et lignes de production ouvertes le samedi.',
    'Precision foundry: material tests and production lines open on Saturdays.',
  ),
  invented(
    'Pharma Livradois',
    ['sante'],
    ['expertise', 'legal', 'market-access'],
    'Laboratoire pharmaceutique : marquage des dispositifs médicaux et appels d’offres hospitaliers.',
    'Pharmaceutical company: marking of medical devices and hospital tenders.',
  ),
  invented(
    'Logistique des Puys',
    ['mobilite', 'industrie'],
    ['market-access', 'test-ground', 'commercial-structuring'],
    'Logisticien : entrepôts, dernier kilomètre, flottes à essayer.',
    'Logistics operator: warehouses, last mile, fleets to try things on.',
  ),
  invented(
    'Habitat Gergovie',
    ['ville', 'energie'],
    ['test-ground', 'market-access', 'expertise'],
    'Bailleur : logements et halls d’immeuble ouverts aux essais.',
    'Social landlord: homes and halls open to trials.',
  ),
  invented(
    'Cabinet Artense',
    ['emploi', 'numerique'],
    ['legal', 'international', 'commercial-structuring'],
    'Avocats d’affaires : contrats de distribution, propriété industrielle, droit du travail.',
    'Business lawyers: distribution contracts, industrial property, employment law.',
  ),
  invented(
    'Conseil Allagnon',
    ['emploi', 'industrie'],
    ['commercial-structuring', 'financing-files', 'commercial-development'],
    'Conseil en organisation : offre, prix, première équipe commerciale.',
    'Management consultants: offer, prices, first sales team.',
  ),
  invented(
    'Distribution Forez',
    ['agriculture', 'tourisme'],
    ['market-access', 'commercial-development', 'network'],
    'Distributeur alimentaire : acheteurs, rayons d’essai, producteurs locaux.',
    'Food retailer: buyers, trial shelves, local producers.',
  ),
  invented(
    'Eaux de la Couze',
    ['eau', 'ville'],
    ['expertise', 'test-ground', 'network'],
    'Gestionnaire de réseaux d’eau : stations, données de débit, hydrologues.',
    'Water network operator: stations, flow data, hydrologists.',
  ),
];

export const OTHERS: readonly OrganisationContent[] = [
  {
    ...real(
      'Clermont Auvergne Métropole',
      ['mobilite', 'ville', 'energie', 'eau'],
      ['test-ground', 'expertise', 'network', 'desk'],
      'La métropole et ses 21 communes. Finance l’accélérateur et ouvre le territoire public aux essais : rues, lignes de bus, bâtiments, données.',
      'The metropolis and its 21 municipalities. Funds the accelerator and opens public land to trials: streets, bus lines, buildings, data.',
    ),
    parts: ['public-body'],
  },
  {
    ...real(
      'Région Auvergne-Rhône-Alpes',
      ['industrie', 'emploi', 'numerique'],
      ['financing-files', 'international', 'network'],
      'La Région. Finance l’accélérateur et accompagne les startups à l’international.',
      'The Region. Funds the accelerator and supports startups abroad.',
    ),
    parts: ['public-body'],
  },
  {
    ...real(
      'Le Bivouac',
      ['mobilite', 'numerique'],
      ['commercial-structuring', 'visibility', 'network', 'desk'],
      'L’accélérateur du territoire, lancé en 2016 : réseau, visibilité, international, dossiers de financement, structuration commerciale.',
      'The accelerator of the territory, launched in 2016: network, visibility, international development, financing files, commercial structuring.',
    ),
    parts: ['support-structure'],
    // Whose books these are: the accounting file is named after it.
    siren: '000000018',
  },
  {
    ...invented(
      'Laboratoire Mobilités du Cézallier',
      ['mobilite', 'industrie'],
      ['expertise', 'test-ground'],
      'Laboratoire de recherche sur les véhicules autonomes en montagne.',
      'Research laboratory on autonomous vehicles in the mountains.',
    ),
    parts: ['research'],
  },
  {
    ...invented(
      'Institut Sols et Eaux',
      ['agriculture', 'eau'],
      ['expertise'],
      'Institut de recherche sur les sols volcaniques et leurs eaux.',
      'Research institute on volcanic soils and their waters.',
    ),
    parts: ['research'],
  },
  {
    ...invented(
      'Cercle des Volcans',
      ['numerique', 'sante', 'energie'],
      ['network', 'financing-files'],
      'Investisseurs particuliers : premiers tours et relecture des plans de financement.',
      'Business angels: first rounds and review of financing plans.',
    ),
    parts: ['investor'],
  },
  {
    ...invented(
      'Arverne Amorçage',
      ['industrie', 'agriculture', 'mobilite'],
      ['network', 'financing-files'],
      'Fonds d’amorçage du Massif central.',
      'Seed fund of the Massif central.',
    ),
    parts: ['investor'],
  },
  {
    ...invented(
      'Pousses d’ici',
      ['numerique'],
      ['visibility'],
      'Média national des jeunes entreprises, partenaire de l’accélérateur.',
      'National media of young companies, partner of the accelerator.',
    ),
    parts: ['media'],
  },
];

function real(
  name: string,
  themes: readonly string[],
  offers: readonly string[],
  summaryFr: string,
  summaryEn: string,
): OrganisationContent {
  return { name, parts: ['company-partner'], themes, commune: 'Clermont-Ferrand', summaryFr, summaryEn, offers };
}

function invented(
  name: string,
  themes: readonly string[],
  offers: readonly string[],
  summaryFr: string,
  summaryEn: string,
): OrganisationContent {
  return real(name, themes, offers, `${summaryFr} ${INVENTED_FR}`, `${summaryEn} ${INVENTED_EN}`);
}
