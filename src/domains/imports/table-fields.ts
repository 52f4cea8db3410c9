/**
 * What the columns of a table may say: of organisations, of people, of phases and ties between them; how files name
 * it in French and in English, and what its cells must look like.
 *
 * Must always hold: names are folded (lower case, no accents), the most telling first; a field takes one column unless
 * it says `many`.
 */
import { isWebAddress } from '../territory/facts.ts';
import { isSiren, isSiret, withoutSpaces } from '../territory/siren.ts';
import {
  atLeastHalf,
  byCell,
  byItem,
  distinctShare,
  isAddress,
  looksLikeKey,
  looksLikeName,
  looksLikeProse,
  looksLikeTags,
  meanLength,
  share,
  type Sample,
} from '../support/column-samples.ts';
import { foldWords, readPlace } from '../support/places.ts';
import { dayOf, numberOf, webAddressOf } from './values.ts';

/** What the rows of a table are. */
export const SUBJECTS = ['organisations', 'people', 'phases', 'ties', 'affiliations', 'none'] as const;
export type Subject = (typeof SUBJECTS)[number];

export const FIELDS = [
  'key',
  'name',
  'legalName',
  'otherNames',
  'siren',
  'siret',
  'nafCode',
  'themes',
  'summaryFr',
  'summaryEn',
  'website',
  'links',
  'employees',
  'foundedOn',
  'arrivedOn',
  'leftOn',
  'closedOn',
  'address',
  'postalCode',
  'commune',
  'communeCode',
  'regionCode',
  'latitude',
  'longitude',
  'firstName',
  'lastName',
  'email',
  'person',
  'organisation',
  'title',
  'since',
  'until',
  'phase',
  'phaseSince',
  'phaseUntil',
  'incubatedBy',
  'sponsoredBy',
  'partOf',
  'memberOf',
] as const;
export type FieldName = (typeof FIELDS)[number];

export interface FieldSpec {
  readonly subjects: readonly Subject[];
  /** It may be said by several columns. */
  readonly many?: boolean;
  readonly names: string;
  /** Whether these filled cells can be this field: 0 no, 1 surely. */
  readonly fits: (cells: Sample) => number;
  /** Cells that are telling enough without a name. */
  readonly bySelf?: (item: string) => boolean;
}

const ORGANISATIONS: readonly Subject[] = ['organisations'];
const LINKED: readonly Subject[] = ['people', 'phases', 'ties', 'affiliations'];
const isDay = byItem((item) => dayOf(item, 'Europe/Paris') instanceof Temporal.PlainDate);
const isNumber = byCell((cell) => typeof numberOf(cell) === 'number');
const isDegrees = (limit: number) => byCell((cell) => Math.abs(numberOf(cell) ?? Infinity) <= limit);
const isHost = (item: string) => isWebAddress(webAddressOf(item) ?? '');
const isWords = (sample: Sample) => (isAddress(sample) ? 0 : share(sample.texts, (text) => /\p{L}/u.test(text)));
const isRef = (sample: Sample) =>
  share(
    sample.texts.flatMap((text) => text.split('\n')),
    (text) => text.length <= 160 && !/[.!?] /u.test(text),
  );
/** French says « le », « des », « pour »; English « the », « of », « for ». */
const speaks = (pattern: RegExp) => (sample: Sample) => {
  const prose = meanLength(sample) >= 15 && !isAddress(sample) ? 1 : looksLikeProse(sample);
  return prose === 0 ? 0 : share(sample.texts, (text) => pattern.test(text)) > 0.4 ? prose : 0;
};
const FRENCH = /(^|[\s’'])(le|la|les|des|du|une?|et|pour|dans|l|d)[\s’']/iu;
const ENGLISH = /(^|\s)(the|of|and|for|to|with|your|in)\s/iu;

const TEXT_NAMES =
  'summary|resume|description|accroche|mission|promesse|short description|one liner|tagline|baseline|presentation|activite|objet|descriptif|description courte|pitch|long description';

export const FIELD_SPECS: Readonly<Record<FieldName, FieldSpec>> = {
  key: {
    subjects: ['organisations', 'people'],
    names: 'id|identifiant|identifier|uuid|uid|reference|ref|cle|key|external id|id externe|slug|code|numero|matricule',
    fits: looksLikeKey,
  },
  name: {
    subjects: ['organisations', 'people'],
    names:
      'nom|name|entreprise|company|company name|nom de l entreprise|raison sociale|startup|nom de la startup|societe|organisation|organization|structure|denomination|nom de la structure|nom de l organisation|etablissement|nom complet|full name|nom usuel|enseigne|titre|title|laureat|label',
    fits: (sample) => (share(sample.texts, (text) => text.length <= 160) > 0.9 ? looksLikeName(sample) : 0),
  },
  legalName: {
    subjects: ORGANISATIONS,
    names: 'raison sociale|denomination sociale|legal name|denomination legale|nom legal',
    fits: looksLikeName,
  },
  otherNames: {
    subjects: ORGANISATIONS,
    many: true,
    names:
      'acronym|acronyme|sigle|nom commercial|enseigne|autre nom|autres noms|alias|former name|ancien nom|other names',
    fits: (sample) => (isAddress(sample) ? 0 : share(sample.texts, (text) => text.length <= 160)),
  },
  siren: {
    subjects: ORGANISATIONS,
    names: 'siren|numero siren|n siren|code siren|siren number',
    fits: byItem((item) => /^\d{9}(\d{5})?$/u.test(withoutSpaces(item))),
    bySelf: (item) => isSiren(withoutSpaces(item)),
  },
  siret: {
    subjects: ORGANISATIONS,
    names: 'siret|numero siret|n siret|siret du siege|code siret',
    fits: byItem((item) => /^\d{14}$/u.test(withoutSpaces(item))),
    bySelf: (item) => isSiret(withoutSpaces(item)),
  },
  nafCode: {
    subjects: ORGANISATIONS,
    names: 'naf|code naf|ape|code ape|activite principale|code activite',
    fits: byItem((item) => /^\d{2}\.?\d{2}[A-Z]$/iu.test(item.trim())),
    bySelf: (item) => /^\d{2}\.\d{2}[A-Z]$/u.test(item),
  },
  themes: {
    subjects: ORGANISATIONS,
    many: true,
    names:
      'themes|thematiques|thematique|theme|tags|secteurs|secteur|industries|industry|sectors|sector|domaine|domaines|categories|categorie|category|filiere|filieres|secteur d activite|mots cles|keywords|domaine ministeriel',
    fits: looksLikeTags,
  },
  summaryFr: { subjects: ORGANISATIONS, names: TEXT_NAMES, fits: speaks(FRENCH) },
  summaryEn: { subjects: ORGANISATIONS, names: TEXT_NAMES, fits: speaks(ENGLISH) },
  website: {
    subjects: ORGANISATIONS,
    names:
      'website|site web|site|site internet|url|link|lien|web|homepage|page web|domain|domaine internet|url du site',
    fits: byItem(isHost),
  },
  links: {
    subjects: ORGANISATIONS,
    many: true,
    names:
      'linkedin|linkedin url|twitter|crunchbase|crunchbase url|facebook|github|repository|stats url|reseaux sociaux|youtube|instagram|mastodon|x|documentation url|dashlord url',
    fits: byItem((item) => /^https?:\/\//iu.test(item) && isHost(item)),
  },
  employees: {
    subjects: ORGANISATIONS,
    names:
      'employees|effectif|effectifs|team size|nombre de salaries|nb salaries|salaries|headcount|number of employees|taille de l equipe|etp',
    fits: isNumber,
  },
  foundedOn: {
    subjects: ORGANISATIONS,
    names:
      'date de creation|date creation|creation|cree le|founded|year founded|founded on|founded year|annee de creation|date de fondation|incorporated on',
    fits: isDay,
  },
  arrivedOn: { subjects: ORGANISATIONS, names: 'arrivee|date d arrivee|arrived on|date d entree|entree', fits: isDay },
  leftOn: { subjects: ORGANISATIONS, names: 'depart|date de depart|left on|date de sortie|sortie', fits: isDay },
  closedOn: {
    subjects: ORGANISATIONS,
    names: 'fermeture|date de fermeture|closed on|cessation|date de cessation|radiation|date de radiation',
    fits: isDay,
  },
  address: {
    subjects: ORGANISATIONS,
    names: 'adresse|address|adresse postale|rue|street|voie|adresse du siege',
    fits: (sample) =>
      share(sample.texts, (text) => /\d/u.test(text) && /\p{L}{3}/u.test(text) && text.length <= 300) > 0.5 ? 1 : 0,
  },
  postalCode: {
    subjects: ORGANISATIONS,
    names: 'code postal|cp|postal code|zip|zip code|postcode',
    fits: byItem((item) => /^[\dA-Z][\dA-Z -]{2,9}$/iu.test(item)),
  },
  commune: {
    subjects: ORGANISATIONS,
    names: 'commune|ville|city|location|localite|town|lieu|localisation|siege|headquarters',
    fits: (sample) => (share(sample.texts, (text) => text.length <= 120) > 0.9 ? isWords(sample) : 0),
  },
  communeCode: {
    subjects: ORGANISATIONS,
    names: 'code insee|code commune|insee|commune code|code insee commune|cog',
    fits: byItem((item) => /^(\d{5}|2[AB]\d{3})$/iu.test(item)),
  },
  regionCode: {
    subjects: ORGANISATIONS,
    names: 'region|nom de region|region name|departement',
    fits: ({ texts }) => atLeastHalf(share(texts, (text) => readPlace(text) !== undefined)),
  },
  latitude: { subjects: ORGANISATIONS, names: 'latitude|lat', fits: isDegrees(90) },
  longitude: { subjects: ORGANISATIONS, names: 'longitude|lon|lng|long', fits: isDegrees(180) },
  firstName: { subjects: ['people'], names: 'prenom|first name|firstname|given name', fits: isWords },
  lastName: { subjects: ['people'], names: 'nom de famille|last name|lastname|family name|surname', fits: isWords },
  email: {
    subjects: ['people'],
    names: 'email|e mail|mail|courriel|adresse mail|adresse electronique|email address|adresse e mail',
    fits: byItem((item) => /^\S+@\S+\.\S+$/u.test(item)),
    bySelf: (item) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(item),
  },
  person: {
    subjects: ['affiliations'],
    names: 'personne|person|membre|member|id personne|person id|membre id|auteur|author|email',
    fits: isRef,
  },
  organisation: {
    subjects: LINKED,
    many: true,
    names:
      'organisation|organization|startup|startups|entreprise|company|structure|employeur|employer|id startup|startup id|organisation id|companies|organisations|previously|societe|de|from|ghid',
    fits: isRef,
  },
  title: {
    subjects: ['people', 'affiliations'],
    names: 'role|fonction|poste|title|titre|job title|qualite|metier|position',
    fits: (sample) => (share(sample.texts, (text) => text.length <= 200) > 0.9 ? isWords(sample) : 0),
  },
  since: {
    subjects: LINKED,
    names: 'debut|start|since|from|date de debut|start date|depuis|date debut|du',
    fits: isDay,
  },
  until: { subjects: LINKED, names: 'fin|end|until|to|date de fin|end date|jusqu au|date fin|au', fits: isDay },
  phase: {
    subjects: ['organisations', 'phases'],
    names: 'phase|phases|phases name|phase name|etape|stade|stage|phases nom|phases phase',
    fits: (sample) => (looksLikeTags(sample) > 0 || distinctShare(sample) < 0.7 ? isWords(sample) : 0),
  },
  phaseSince: {
    subjects: ORGANISATIONS,
    names: 'phases start|phase start|debut de phase|phases debut|date de debut de phase|phases since|phase depuis',
    fits: isDay,
  },
  phaseUntil: {
    subjects: ORGANISATIONS,
    names: 'phases end|phase end|fin de phase|phases fin|date de fin de phase|phases until',
    fits: isDay,
  },
  incubatedBy: {
    subjects: ['organisations', 'ties'],
    many: true,
    names: 'incubator|incubateur|incubators|incubateurs|accelerateur|accelerator|structure d accompagnement|structures',
    fits: isRef,
  },
  sponsoredBy: {
    subjects: ['organisations', 'ties'],
    many: true,
    names: 'sponsors|sponsor|commanditaire|commanditaires|financeur|financeurs|investors|investisseurs|funders',
    fits: isRef,
  },
  partOf: {
    subjects: ['organisations', 'ties'],
    many: true,
    names: 'owner|maison mere|parent|groupe|group|parent company|rattachement|tutelle|holding|filiale de',
    fits: isRef,
  },
  memberOf: {
    subjects: ['organisations', 'ties'],
    many: true,
    names: 'membre de|member of|reseau|reseaux|network|cluster|pole|poles',
    fits: isRef,
  },
};

export function fieldsOf(subject: Subject): FieldName[] {
  return FIELDS.filter((field) => FIELD_SPECS[field].subjects.includes(subject));
}

/** « phases.name » is « phases name », « yearFounded » « year founded ». */
export function wordsOf(column: string): string {
  return foldWords(column.replace(/([a-z0-9])([A-Z])/gu, '$1 $2').replace(/[._]/gu, ' '));
}
