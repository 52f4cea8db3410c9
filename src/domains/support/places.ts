/**
 * Regions and departments of France, as files name them: by code or by name, with or without accents.
 *
 * Must always hold: a region is kept by its INSEE code; a bare number is read as a region only, since « 84 » is a
 * region and a department; a name that is not known is never guessed. Source: INSEE, code officiel géographique 2026
 * (the collectivités d’outre-mer are kept beside the regions under their own codes).
 */
export interface Region {
  readonly code: string;
  readonly name: string;
}

export type Place =
  | { readonly kind: 'country' }
  | { readonly kind: 'region'; readonly code: string }
  | { readonly kind: 'department'; readonly code: string; readonly regionCode: string };

const REGION_NAMES = `01 Guadeloupe; 02 Martinique; 03 Guyane; 04 La Réunion; 06 Mayotte; 11 Île-de-France; 24 Centre-Val de Loire;
27 Bourgogne-Franche-Comté; 28 Normandie; 32 Hauts-de-France; 44 Grand Est; 52 Pays de la Loire; 53 Bretagne; 75 Nouvelle-Aquitaine;
76 Occitanie; 84 Auvergne-Rhône-Alpes; 93 Provence-Alpes-Côte d’Azur; 94 Corse; 975 Saint-Pierre-et-Miquelon; 977 Saint-Barthélemy;
978 Saint-Martin; 984 Terres australes et antarctiques françaises; 986 Wallis-et-Futuna; 987 Polynésie française; 988 Nouvelle-Calédonie`;

/** Code, name, region. Departments that are a region of their own are found as regions. */
const DEPARTMENT_NAMES = `01 Ain 84; 02 Aisne 32; 03 Allier 84; 04 Alpes-de-Haute-Provence 93; 05 Hautes-Alpes 93; 06 Alpes-Maritimes 93;
07 Ardèche 84; 08 Ardennes 44; 09 Ariège 76; 10 Aube 44; 11 Aude 76; 12 Aveyron 76; 13 Bouches-du-Rhône 93; 14 Calvados 28; 15 Cantal 84;
16 Charente 75; 17 Charente-Maritime 75; 18 Cher 24; 19 Corrèze 75; 21 Côte-d’Or 27; 22 Côtes-d’Armor 53; 23 Creuse 75; 24 Dordogne 75;
25 Doubs 27; 26 Drôme 84; 27 Eure 28; 28 Eure-et-Loir 24; 29 Finistère 53; 2A Corse-du-Sud 94; 2B Haute-Corse 94; 30 Gard 76;
31 Haute-Garonne 76; 32 Gers 76; 33 Gironde 75; 34 Hérault 76; 35 Ille-et-Vilaine 53; 36 Indre 24; 37 Indre-et-Loire 24; 38 Isère 84;
39 Jura 27; 40 Landes 75; 41 Loir-et-Cher 24; 42 Loire 84; 43 Haute-Loire 84; 44 Loire-Atlantique 52; 45 Loiret 24; 46 Lot 76;
47 Lot-et-Garonne 75; 48 Lozère 76; 49 Maine-et-Loire 52; 50 Manche 28; 51 Marne 44; 52 Haute-Marne 44; 53 Mayenne 52;
54 Meurthe-et-Moselle 44; 55 Meuse 44; 56 Morbihan 53; 57 Moselle 44; 58 Nièvre 27; 59 Nord 32; 60 Oise 32; 61 Orne 28;
62 Pas-de-Calais 32; 63 Puy-de-Dôme 84; 64 Pyrénées-Atlantiques 75; 65 Hautes-Pyrénées 76; 66 Pyrénées-Orientales 76; 67 Bas-Rhin 44;
68 Haut-Rhin 44; 69 Rhône 84; 70 Haute-Saône 27; 71 Saône-et-Loire 27; 72 Sarthe 52; 73 Savoie 84; 74 Haute-Savoie 84; 75 Paris 11;
76 Seine-Maritime 28; 77 Seine-et-Marne 11; 78 Yvelines 11; 79 Deux-Sèvres 75; 80 Somme 32; 81 Tarn 76; 82 Tarn-et-Garonne 76; 83 Var 93;
84 Vaucluse 93; 85 Vendée 52; 86 Vienne 75; 87 Haute-Vienne 75; 88 Vosges 44; 89 Yonne 27; 90 Territoire de Belfort 27; 91 Essonne 11;
92 Hauts-de-Seine 11; 93 Seine-Saint-Denis 11; 94 Val-de-Marne 11; 95 Val-d’Oise 11; 971 Guadeloupe 01; 972 Martinique 02; 973 Guyane 03;
974 La Réunion 04; 976 Mayotte 06`;

/** Other names that files use, folded. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  paca: '93',
  'provence alpes cote d azur paca': '93',
  sud: '93',
  'region sud': '93',
  aura: '84',
  'auvergne rhone alpes': '84',
  idf: '11',
  centre: '24',
  bzh: '53',
  reunion: '04',
  'guyane francaise': '03',
  'saint pierre et miquelon': '975',
  'wallis et futuna': '986',
};

const WHOLE_COUNTRY = new Set(
  'france|france entiere|la france|toute la france|france metropolitaine|france et territoires d outre mer|france metropolitaine et outre mer|territoire national|national|nationale|pays 99100|fr|tous|toutes|toutes regions|toutes les regions'.split(
    '|',
  ),
);

export const REGIONS: readonly Region[] = entries(REGION_NAMES).map(([, code = '', name = '']) => ({ code, name }));
const regionByName = new Map(REGIONS.map((region) => [foldWords(region.name), region.code]));
const regionCodes = new Set(REGIONS.map((region) => region.code));
const departments = new Map(
  DEPARTMENT_NAMES.split(';').map((entry) => {
    const [, code = '', name = '', regionCode = ''] = /^(\S+) (.+) (\S+)$/u.exec(entry.trim()) ?? [];
    return [code, { code, name, regionCode }] as const;
  }),
);
const departmentByName = new Map([...departments.values()].map((each) => [foldWords(each.name), each]));

/** The place that a text names, or undefined when it is none that is known here. */
export function readPlace(text: string): Place | undefined {
  const words = foldWords(text);
  if (WHOLE_COUNTRY.has(words)) return { kind: 'country' };
  const coded = /^(reg|region|dep|departement|com|drom) (\d{1,3}|2[ab])$/u.exec(words);
  if (coded) return codedPlace(coded[1] ?? '', (coded[2] ?? '').toUpperCase());
  if (regionCodes.has(words)) return { kind: 'region', code: words };
  const bare = words.replace(/^(region|departement) (de la |de l |de |du |des |d )?/u, '');
  for (const name of [words, bare]) {
    const region = regionByName.get(name) ?? OTHER_NAMES[name];
    if (region !== undefined) return { kind: 'region', code: region };
    const department = departmentByName.get(name.replace(/ \d\d$/u, ''));
    if (department !== undefined)
      return { kind: 'department', code: department.code, regionCode: department.regionCode };
  }
  return undefined;
}

export function regionName(code: string): string {
  return REGIONS.find((region) => region.code === code)?.name ?? code;
}

export function departmentName(code: string): string {
  const name = departments.get(code)?.name;
  return name === undefined ? code : `${name} (${code})`;
}

/** The region in which a department lies, or undefined when the code is no department. */
export function regionOfDepartment(code: string): string | undefined {
  return departments.get(code)?.regionCode;
}

/** Lower case, no accents, every run of other signs a single space: how names are compared. */
export function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/giu, 'oe')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, ' ')
    .trim();
}

function codedPlace(prefix: string, digits: string): Place | undefined {
  const code = digits.padStart(2, '0');
  const department = departments.get(code);
  if (prefix.startsWith('dep') && department !== undefined) {
    return code.length === 3
      ? { kind: 'region', code: department.regionCode }
      : { kind: 'department', code, regionCode: department.regionCode };
  }
  return regionCodes.has(code) ? { kind: 'region', code } : undefined;
}

function entries(text: string) {
  return text.split(';').flatMap((entry) => {
    const match = /^(\S+) (.+)$/u.exec(entry.trim());
    return match ? [match] : [];
  });
}
