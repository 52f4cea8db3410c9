/**
 * The fields of a need or an offer that a file may hold: how files name them, and what their cells must look like.
 *
 * Must always hold: names are folded (lower case, no accents), the most telling first; a field takes one column unless
 * it says more.
 */
import {
  dayOfCell,
  placesOfCell,
  sirenOfCell,
  urgencyOfCell,
  visibilityOfCell,
  wholeOfCell,
  yesOfCell,
} from './cells.ts';
import {
  atLeastHalf,
  byCell,
  byItem,
  isUnits,
  looksLikeConditions,
  looksLikeKey,
  looksLikeKind,
  looksLikeName,
  looksLikeProse,
  looksLikeTags,
  looksLikeTitle,
  share,
  type Sample,
} from './column-samples.ts';
import { isSiren } from '../territory/siren.ts';
import { readNaf } from './naf.ts';
import { readPlace } from './places.ts';

export const SUBJECTS = ['needs', 'offers'] as const;

export type Subject = (typeof SUBJECTS)[number];

export const FIELDS = [
  'title',
  'body',
  'organisation',
  'siren',
  'kind',
  'quantity',
  'capacity',
  'minimum',
  'urgency',
  'neededBy',
  'availableFrom',
  'availableTo',
  'paused',
  'themes',
  'nafSections',
  'regions',
  'employees',
  'minEmployees',
  'maxEmployees',
  'soleTrader',
  'excludesSoleTraders',
  'toVerify',
  'visibility',
  'externalKey',
] as const;

export type FieldName = (typeof FIELDS)[number];

export type Mapping = Readonly<Partial<Record<FieldName, readonly string[]>>>;

export interface FieldSpec {
  readonly subject?: Subject;
  /** Columns it takes, 1 unless told. */
  readonly columns?: number;
  /** Folded names, most telling first. */
  readonly names: string;
  /** Whether these filled cells can be this field: 0 no, 1 surely. */
  readonly fits: (cells: Sample) => number;
  /** Cells that are telling enough without a name. */
  readonly bySelf?: (items: string) => boolean;
}

const ZONE = 'Europe/Paris';

const isDay = byCell((cell) => dayOfCell(cell, ZONE) instanceof Temporal.PlainDate);

const isWhole = byCell((cell) => typeof wholeOfCell(cell) === 'number');

const isYes = byCell((cell) => typeof yesOfCell(cell) === 'boolean');

const isPlace = ({ filled }: Sample) =>
  atLeastHalf(share(filled.flatMap(placesOfCell), (item) => readPlace(item) !== undefined));

const isNaf = byItem((item) => readNaf(item) !== undefined);

export const FIELD_SPECS: Readonly<Record<FieldName, FieldSpec>> = {
  title: {
    names:
      'titre|title|intitule|nom|name|libelle|label|objet|nom de l aide|nom du service|nom du projet|nom du besoin|nom de l offre|service name|besoin|need|offre|offer|apport|aide|dispositif|projet|project|subject|sujet|besoin en une phrase',
    fits: looksLikeTitle,
  },
  body: {
    columns: 5,
    names:
      'description|descriptif|texte|text|details|detail|resume|summary|promesse|contenu|content|body|presentation|accroche|short description|description courte|long description|description longue|more description|commentaire|commentaires|besoin detaille|contexte|body md|sous titre|baseline|one liner|tagline|precisions|objectif|objectives|eligibilite|mission',
    fits: looksLikeProse,
  },
  organisation: {
    names:
      'organisation|organization|organisme|operateur|operateur de contact|porteur|porteurs nom|structure|entreprise|startup|societe|company|financeur|financeurs|institution|nom de l organisation|nom de la startup|nom de l entreprise|raison sociale|partenaire|partner|etablissement|porteur du projet|sponsor|sponsors|proposee par|propose par|provider|fournisseur|organisateur|owner',
    fits: looksLikeName,
  },
  siren: {
    names: 'siren|siret|porteurs siren|numero siren|code siren',
    fits: byCell((cell) => typeof sirenOfCell(cell) === 'string'),
    bySelf: (item) => isSiren(item),
  },
  kind: {
    names:
      'type|nature|categorie|category|kind|type d aide|types d aides|types aides|nature de l aide|type de besoin|type d offre|type d apport|type de soutien|type d accompagnement|nature du besoin|forme|modalites',
    fits: looksLikeKind,
  },
  quantity: {
    subject: 'needs',
    names:
      'quantite|quantity|demi journees|nombre de demi journees|half days|nombre|volume|units|nombre de jours|jours|days',
    fits: isUnits,
  },
  capacity: {
    subject: 'offers',
    names:
      'capacite|capacity|quantite|quantity|demi journees|nombre de demi journees|half days|nombre|volume|units|nombre de jours|jours|days|places',
    fits: isUnits,
  },
  minimum: { subject: 'offers', names: 'minimum|au moins|minimum garanti', fits: isUnits },
  urgency: {
    subject: 'needs',
    names: 'urgence|urgency|priorite|priority',
    fits: byCell((cell) => typeof urgencyOfCell(cell) === 'number'),
  },
  neededBy: {
    subject: 'needs',
    names:
      'echeance|avant le|date limite|deadline|due date|date souhaitee|needed by|pour le|date cloture|date de cloture|date de fin|end date|fin',
    fits: isDay,
  },
  availableFrom: {
    subject: 'offers',
    names:
      'debut|date de debut|debut de validite|date ouverture|date d ouverture|start|start date|valid from|ouverture|validity start|a partir du|disponible a partir du|disponible du|disponible des|available from|from|ouvert du',
    fits: isDay,
  },
  availableTo: {
    subject: 'offers',
    names:
      'fin|date de fin|fin de validite|date cloture|date de cloture|date limite|end|end date|valid until|valid to|until|cloture|echeance|deadline|jusqu au|disponible jusqu au|available until|validity end|ouvert jusqu au',
    fits: isDay,
  },
  paused: {
    subject: 'offers',
    names:
      'temporairement indisponible|aide temporairement indisponible|suspendu|suspendue|paused|indisponible|en pause',
    fits: isYes,
  },
  themes: {
    columns: 3,
    names:
      'themes|theme|thematiques|thematique|thematique principale|thematiques principales|thematiques secondaires|main theme|tags|mots cles|keywords|domaine|domaines|priority objectives|leviers|competences',
    fits: looksLikeTags,
  },
  nafSections: {
    names:
      'allowed naf sections|sections naf|naf sections|naf section|naf|code naf|ciblage naf|ape|secteurs|secteur|sectors|sector|secteurs d activite|secteur d activite|activite principale',
    fits: isNaf,
    bySelf: (item) => /^[A-U]$|^\d\d\.\d\d[A-Z]$/u.test(item),
  },
  regions: {
    names:
      'allowed region|allowed regions|regions|region|eligibilite geographique|perimetre|perimetre geographique|zone geographique|zones|territoire|territoires|secteur geographique|code region',
    fits: isPlace,
    bySelf: (item) => /\p{L}/u.test(item) && readPlace(item) !== undefined,
  },
  employees: {
    subject: 'needs',
    names: 'effectif|effectifs|employees|salaries|nombre de salaries|headcount|nb salaries',
    fits: isWhole,
  },
  minEmployees: {
    subject: 'offers',
    names:
      'min employees|effectif mini|taille mini|size min|employees min|min size|effectif minimum|effectif min|effectif minimal|eligibilite effectif minimal|minimum employees|salaries minimum',
    fits: isWhole,
  },
  maxEmployees: {
    subject: 'offers',
    names:
      'max employees|effectif maxi|taille maxi|size max|employees max|max size|effectif maximum|effectif max|effectif maximal|eligibilite effectif maximal|maximum employees|salaries maximum',
    fits: isWhole,
  },
  soleTrader: {
    subject: 'needs',
    names: 'micro entrepreneur|microentrepreneur|auto entrepreneur|sole trader',
    fits: isYes,
  },
  excludesSoleTraders: {
    subject: 'offers',
    names:
      'exclude microentrepreneur|exclude micro entrepreneur|exclut les micro entrepreneurs|micro entrepreneurs exclus|excludes sole traders',
    fits: isYes,
  },
  toVerify: {
    subject: 'offers',
    names:
      'autres criteres d eligibilite|autres criteres|criteres d eligibilite|autres conditions|conditions|conditions d eligibilite|criteres|eligibility criteria',
    fits: looksLikeConditions,
  },
  visibility: { names: 'visibilite|visibility', fits: byCell((cell) => typeof visibilityOfCell(cell) === 'string') },
  externalKey: {
    names: 'id|identifiant|identifier|uuid|uid|reference|ref|cle|key|external id|id externe|slug|code|numero|number',
    fits: looksLikeKey,
  },
};

export function fieldsOf(subject: Subject): FieldName[] {
  return FIELDS.filter((name) => (FIELD_SPECS[name].subject ?? subject) === subject);
}
