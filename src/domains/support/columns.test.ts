import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readTable } from '../../platform/files/table-file.ts';
import { proposeMapping } from './columns.ts';
import { FIELD_SPECS, fieldsOf, type Mapping, type Subject } from './file-fields.ts';

async function proposed(subject: Subject, content: string | Uint8Array): Promise<Mapping> {
  const table = await readTable(typeof content === 'string' ? new TextEncoder().encode(content) : content);
  assert.ok(table.ok);
  return proposeMapping(table.value, subject);
}

test('answers to a French form of needs', async () => {
  const mapping = await proposed(
    'needs',
    `Horodateur;Nom de la startup;Votre besoin en une phrase;Type d'accompagnement;Nb de demi-journées;Date souhaitée;Description détaillée;Email
12/01/2026 10:22;Laou;Un juriste pour relire nos CGV;Juridique;2;15/03/2026;Nous avons écrit une première version de nos conditions et voulons la faire relire.;a@b.fr
13/01/2026 11:02;MyBus;Tester un valideur sur une ligne;Terrain d'expérimentation;10;01/06/2026;Un abribus pendant six semaines pour mesurer la validation par téléphone.;c@d.fr
14/01/2026 09:12;DocnDoc;Rencontrer trois hôpitaux;Mise en relation;3;;Nous cherchons des établissements pilotes dans la région.;e@f.fr`,
  );
  assert.deepEqual(mapping, {
    organisation: ['Nom de la startup'],
    title: ['Votre besoin en une phrase'],
    kind: ["Type d'accompagnement"],
    quantity: ['Nb de demi-journées'],
    neededBy: ['Date souhaitée'],
    body: ['Description détaillée'],
  });
});

test('an English table of requests', async () => {
  const mapping = await proposed(
    'needs',
    'Company,Request,Category,Half days,Deadline,Details,Priority,Country\nLaou,Legal review of terms,Legal,2,2026-03-15,"We wrote a first version, and want it read by a lawyer.",High,France\nMyBus,Test a validator,Test ground,10,2026-06-01,"A bus shelter, six weeks, to measure phone validation.",Medium,France',
  );
  assert.deepEqual(mapping, {
    organisation: ['Company'],
    title: ['Request'],
    kind: ['Category'],
    quantity: ['Half days'],
    neededBy: ['Deadline'],
    body: ['Details'],
    urgency: ['Priority'],
  });
});

test('a spreadsheet of what partners bring', async () => {
  const mapping = await proposed(
    'offers',
    `Partenaire;Ce que nous proposons;Nature;Capacité (demi-journées);Disponible du;Disponible jusqu'au;Secteurs visés;Effectif mini;Effectif maxi;Région;Contact
Michelin;Nos ingénieurs matériaux pour un diagnostic;Expertise;8;01/01/2026;31/12/2026;C, H;;250;Auvergne-Rhône-Alpes;x
Limagrain;Mise en relation avec nos acheteurs;Accès au marché;3;;30/06/2027;A|C;10;;;y
Orange;Un atelier pour vos offres commerciales;Développement commercial;4;;;;;;;z`,
  );
  assert.deepEqual(mapping, {
    organisation: ['Partenaire'],
    title: ['Ce que nous proposons'],
    kind: ['Nature'],
    capacity: ['Capacité (demi-journées)'],
    availableFrom: ['Disponible du'],
    availableTo: ["Disponible jusqu'au"],
    nafSections: ['Secteurs visés'],
    minEmployees: ['Effectif mini'],
    maxEmployees: ['Effectif maxi'],
    regions: ['Région'],
  });
});

test('nested records of an interface', async () => {
  const records = [
    {
      uuid: 'a1',
      name: 'Prêt d’honneur',
      provider: { name: 'Réseau Entreprendre', siren: '383 491 386' },
      summary: 'Un prêt sans intérêt pour démarrer votre entreprise innovante.',
      eligibility: { regions: ['84', '75'], sectors: ['C', 'J'], size: { min: 0, max: 50 } },
      valid_from: '2026-01-01',
      valid_until: '2026-12-31T22:59:59Z',
      type: 'loan',
      tags: ['finance', 'création'],
    },
    {
      uuid: 'a2',
      name: 'Accompagnement export',
      provider: { name: 'CCI' },
      summary: 'Un conseiller prépare vos premiers contrats à l’étranger avec vous.',
      eligibility: { regions: ['France entière'], sectors: [], size: { min: 1, max: null } },
      valid_from: null,
      valid_until: 'permanent',
      type: 'advice',
      tags: ['international'],
    },
  ];
  assert.deepEqual(await proposed('offers', records.map((record) => JSON.stringify(record)).join('\n')), {
    externalKey: ['uuid'],
    title: ['name'],
    organisation: ['provider.name'],
    siren: ['provider.siren'],
    body: ['summary'],
    regions: ['eligibility.regions'],
    nafSections: ['eligibility.sectors'],
    minEmployees: ['eligibility.size.min'],
    maxEmployees: ['eligibility.size.max'],
    availableFrom: ['valid_from'],
    availableTo: ['valid_until'],
    kind: ['type'],
    themes: ['tags'],
  });
});

const AIDS = '../shared/data/aides-transition-ecologique/aides.jsonl';
test(
  'the catalogue of 164 real aids',
  { skip: existsSync(AIDS) ? false : 'the data folder has no aides.jsonl' },
  async () => {
    assert.deepEqual(await proposed('offers', readFileSync(AIDS)), {
      externalKey: ['id'],
      title: ['titre'],
      body: ['promesse', 'description', 'description longue'],
      organisation: ['opérateur de contact'],
      kind: ["nature de l'aide"],
      availableFrom: ['début de validité'],
      availableTo: ['fin de validité'],
      paused: ['aide temporairement indisponible'],
      nafSections: ['eligibilityData.company.allowedNafSections'],
      regions: ['eligibilityData.company.allowedRegion'],
      minEmployees: ['eligibilityData.company.minEmployees'],
      maxEmployees: ['eligibilityData.company.maxEmployees'],
      excludesSoleTraders: ['eligibilityData.company.excludeMicroentrepreneur'],
      toVerify: ["conditions d'éligibilité.autres critères d'éligibilité"],
      themes: ['eligibilityData.priorityObjectives'],
    });
  },
);

test('names alone propose nothing that the cells contradict', async () => {
  const mapping = await proposed(
    'offers',
    'id;titre;date de fin;région;type\n1;Un prêt;bientôt;quelque part;bleu\n1;Une aide;plus tard;là-bas;vert\n1;Un atelier;jamais;ici;rouge',
  );
  assert.deepEqual(mapping, { title: ['titre'] });
});

test('every field is of one subject or of both, and takes at least one column', () => {
  assert.deepEqual(
    fieldsOf('needs').filter((field) => !fieldsOf('offers').includes(field)),
    ['quantity', 'urgency', 'neededBy', 'employees', 'soleTrader'],
  );
  for (const spec of Object.values(FIELD_SPECS)) assert.ok((spec.columns ?? 1) >= 1 && spec.names.length > 0);
});
