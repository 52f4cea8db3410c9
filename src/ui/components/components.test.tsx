import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { fieldsOf } from '../form-state.ts';
import { ScreenLocale } from '../text.ts';
import { Button, ButtonLink } from './button.tsx';
import { Card, Cards } from './card.tsx';
import { CheckField } from './check-field.tsx';
import { Checkboxes, ChoiceCards } from './choice-cards.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { DataTable, type Column } from './data-table.tsx';
import { DateField } from './date-field.tsx';
import { EmptyState } from './empty-state.tsx';
import { Figure, Figures } from './figure.tsx';
import { FileField } from './file-field.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FlowPicture } from './flow-picture.tsx';
import { Form, SubmitButton } from './form.tsx';
import { HorizontalBars } from './horizontal-bars.tsx';
import { Meter } from './meter.tsx';
import { NumberField } from './number-field.tsx';
import { PageHead } from './page-head.tsx';
import { Pager } from './pager.tsx';
import { Progress } from './progress.tsx';
import { Select } from './select.tsx';
import { Tabs } from './tabs.tsx';
import { TextArea } from './text-area.tsx';
import { TextField } from './text-field.tsx';
import { Timeline } from './timeline.tsx';

const html = (node: VNode) => renderToString(node);
const english = (node: VNode) => renderToString(<ScreenLocale.Provider value="en">{node}</ScreenLocale.Provider>);

test('a field ties its label, its help and its error to its input', () => {
  const drawn = html(<TextField name="title" label="Titre" help="Court." error="Écrivez un titre." value="<b>" />);
  assert.match(drawn, /<label for="field-title">Titre <\/label>/);
  assert.match(drawn, /aria-invalid="true" aria-describedby="field-title-help field-title-error"/);
  assert.match(drawn, /id="field-title-error">Écrivez un titre\./);
  assert.match(drawn, /value="&lt;b>"/);
  assert.match(drawn, /<input[^>]* required/);
});

test('an optional field says so in the language of the screen, and is not required', () => {
  assert.match(html(<TextArea name="note" label="Note" optional />), /Note <span class="optional">\(facultatif\)/);
  const drawn = english(<Select name="kind" label="Kind" optional options={[{ value: 'a', label: 'A' }]} value="a" />);
  assert.match(drawn, /\(optional\)/);
  assert.doesNotMatch(drawn, /required/);
  assert.match(drawn, /<option value="a" selected>A/);
  assert.match(drawn, /<option value(="")?>Choose…/);
});

test('what was typed wins over what is known', () => {
  const field = fieldsOf({
    values: { hours: 'beaucoup' },
    errors: { hours: 'Écrivez un nombre.' },
  });
  assert.match(html(<NumberField {...field('hours', 3)} label="Heures" unit="h" />), /value="beaucoup"/);
  assert.match(html(<NumberField {...field('days', 3)} label="Jours" />), /value="3"/);
});

test('a date field speaks the language of the screen and shows what it understood', () => {
  const drawn = html(
    <DateField name="day" label="Jour" value="12/03/2018" understood="lundi 12 mars 2018" suggestions={['demain']} />,
  );
  assert.match(drawn, /Par exemple/);
  assert.match(drawn, /Compris\u202f: lundi 12 mars 2018\./);
  assert.match(drawn, /list="field-day-list"/);
  assert.match(html(<DateField name="day" label="Jour" native />), /type="date"/);
});

test('choices are one group with one name, and the error leads to the first', () => {
  const choices = [
    { value: 'a', label: 'Un terrain' },
    { value: 'b', label: 'Une expertise', help: 'Du temps' },
  ];
  const radios = html(
    <ChoiceCards name="kind" label="C’est surtout…" choices={choices} value="b" error="Choisissez." />,
  );
  assert.match(radios, /<fieldset class="field bad" aria-describedby="field-kind-error"><legend>C’est surtout…/);
  assert.match(radios, /type="radio" id="field-kind" name="kind" value="a"/);
  assert.match(radios, /value="b" checked/);
  const boxes = html(<Checkboxes name="parts" label="Rôles" choices={choices} value={['a', 'b']} />);
  assert.equal(boxes.match(/ checked/g)?.length, 2);
  assert.doesNotMatch(boxes, / required/);
  assert.match(html(<CheckField name="ok" label="Oui" value="yes" />), /value="yes" checked/);
  assert.match(html(<FileField name="f" label="Fichier" maximum="5 Mo" accept=".csv" />), /5 Mo au plus\./);
});

test('a form carries its key and its action, and lists its errors first', () => {
  const form = { values: {}, errors: { title: 'Écrivez un titre.', 'a.b': 'Choisissez.' } };
  const drawn = html(
    <Form form={form} name="publish" idempotencyKey="k1" files>
      <SubmitButton action="draft">Garder</SubmitButton>
    </Form>,
  );
  assert.match(drawn, /role="alert"[^>]*tabindex="-1"[^>]*autofocus/);
  assert.match(drawn, /2 choses à corriger/);
  assert.match(drawn, /<a href="#field-a-b">Choisissez\./);
  assert.match(drawn, /name="_action" value="publish"/);
  assert.match(drawn, /name="_key" value="k1"/);
  assert.match(drawn, /enctype="multipart\/form-data" novalidate/);
  assert.match(drawn, /<button type="submit" name="_action" value="draft" class="button">Garder/);
  assert.doesNotMatch(html(<Form form={{ values: {}, errors: {} }}>x</Form>), /alert/);
});

interface Row {
  readonly id: string;
  readonly hours: number;
}
const columns: Column<Row>[] = [
  { key: 'id', title: 'Nom', heading: true, cell: ({ id }) => id, total: 'Ensemble' },
  {
    key: 'hours',
    title: 'Heures',
    numeric: true,
    cell: ({ hours }) => hours,
    sort: { href: '?tri=heures', direction: 'descending' },
    total: 5,
  },
  { key: 'act', title: 'Actions', hideTitle: true, cell: () => <Button small>Fixer</Button> },
];

test('a table names its columns, its rows and its order, and keeps its roles as cards', () => {
  const rows = [
    { id: 'MyBus', hours: 3 },
    { id: 'Laou', hours: 2 },
  ];
  const drawn = html(<DataTable caption="Par heures." columns={columns} rows={rows} rowKey={({ id }) => id} />);
  assert.match(drawn, /<caption>Par heures\./);
  assert.match(drawn, /<th role="columnheader" scope="col" class="num" aria-sort="descending"><a href="\?tri=heures"/);
  assert.match(drawn, /<th role="rowheader" scope="row">MyBus<\/th><td role="cell" class="num" data-label="Heures">3/);
  assert.match(drawn, /<tfoot role="rowgroup">.*Ensemble/);
  assert.match(drawn, /<span class="hidden">Actions/);
});

test('a table without rows says what to do', () => {
  const empty = <EmptyState title="Aucun besoin" action={<ButtonLink href="/n">Dire un besoin</ButtonLink>} />;
  const drawn = html(<DataTable caption="x" columns={columns} rows={[]} rowKey={({ id }) => id} empty={empty} />);
  assert.doesNotMatch(drawn, /<table/);
  assert.match(drawn, /<a href="\/n" class="button">Dire un besoin/);
});

test('filters live in the address and come off one by one', () => {
  const drawn = html(
    <FilterBar
      action="/organisations"
      label="Organisations"
      search={{ name: 'q', label: 'Chercher', value: 'bus' }}
      selects={[{ name: 'part', label: 'Rôle', value: 's', options: [{ value: 's', label: 'Startup' }] }]}
      checks={[{ name: 'open', label: 'Ouvert', checked: true }]}
      kept={{ tri: 'nom' }}
      active={[{ label: 'bus', href: '/organisations?part=s' }]}
      clearHref="/organisations"
      result="2 organisations"
    />,
  );
  assert.match(drawn, /<search class="filters" aria-label="Organisations"><form action="\/organisations"/);
  assert.doesNotMatch(drawn, /method="post"/);
  assert.match(drawn, /type="hidden" name="tri" value="nom"/);
  assert.match(
    drawn,
    /<a class="chip" href="\/organisations\?part=s" aria-label="Retirer le filtre «\u00a0bus\u00a0»"/,
  );
  assert.match(drawn, /<output class="strong">2 organisations/);
});

test('paging draws only what leads somewhere', () => {
  assert.equal(html(<Pager />), '');
  assert.match(english(<Pager nextHref="?after=x">50 of 231</Pager>), /rel="next">Next</);
});

test('figures link to their rows and keep their thousands apart', () => {
  const drawn = html(
    <Figures>
      <Figure value={'1\u202f284'} label="heures" href="/heures" />
    </Figures>,
  );
  assert.match(drawn, /<dt>heures<\/dt><dd><a href="\/heures">1\u00a0284<\/a>/);
});

test('a dialog opens, cancels and acts without a script', () => {
  const drawn = html(
    <ConfirmDialog
      id="publish"
      trigger="Publier…"
      title="Publier le plan"
      confirm="Publier"
      name="publish"
      idempotencyKey="k"
    >
      58 startups reçoivent un message.
    </ConfirmDialog>,
  );
  assert.match(drawn, /command="show-modal" commandfor="publish" popovertarget="publish"/);
  assert.match(drawn, /<dialog class="dialog" id="publish" popover="auto" aria-labelledby="publish-title">/);
  assert.match(drawn, /popovertargetaction="hide"[^>]*>Annuler/);
  assert.match(drawn, /name="_action" value="publish"/);
});

test('drawings say their figures in words', () => {
  assert.match(
    html(<Meter label="Aides" value={9} max={3} text="9 sur 3" />),
    /<meter class="hidden" aria-label="Aides" max="3" value="3">9 sur 3/,
  );
  assert.match(html(<Meter label="Aides" value={9} max={3} text="9 sur 3" />), /<rect width="100%"/);
  const bars = html(
    <HorizontalBars
      caption="Heures"
      bars={[
        { label: 'Droit', value: 3, text: '3 h' },
        { label: 'Essai', value: 1, text: '1 h' },
      ]}
    />,
  );
  assert.match(bars, /Essai<\/th><td role="cell" class="value">1 h<\/td>.*<rect width="33\.3%"/);
  assert.match(
    html(<Progress label="Calcul" value={0.4} detail="reste 20 s" />),
    /<progress aria-label="Calcul" max="1" value="0\.4">/,
  );
  assert.match(html(<Progress label="Lecture" />), /<progress aria-label="Lecture" max="1">/);
});

test('a flow picture has its sentence, its ribbons and its rows', () => {
  const drawn = html(
    <FlowPicture
      label="Groupes 3, vers droit 3."
      unit="Heures"
      left={[{ id: 'g', label: 'Groupes' }]}
      right={[{ id: 'd', label: 'Droit', href: '/droit' }]}
      links={[{ from: 'g', to: 'd', value: 3 }]}
      write={(value) => `${value} h`}
    />,
  );
  assert.match(drawn, /<svg role="img" aria-label="Groupes 3, vers droit 3\." width="100%"/);
  assert.equal(drawn.match(/<path class="tone-green"/g)?.length, 1);
  assert.match(drawn, /<a href="\/droit">Droit<\/a><\/td><td class="num">3 h/);
  assert.doesNotMatch(drawn, /NaN|undefined/);
});

test('pages open with one heading, the way back and the main action', () => {
  const drawn = html(
    <PageHead
      title="118 besoins servis"
      breadcrumb={[{ label: 'Plans', href: '/plans' }, { label: 'Essai 4' }]}
      actions={<ButtonLink href="/x">Publier</ButtonLink>}
    />,
  );
  assert.match(
    drawn,
    /aria-label="Fil d’Ariane"><ol><li><a href="\/plans">Plans<\/a><\/li><li><span aria-current="page">Essai 4/,
  );
  assert.equal(drawn.match(/<h1>/g)?.length, 1);
  const tabs = html(<Tabs label="Vues" tabs={[{ label: 'Accords', href: '?', current: true, count: 231 }]} />);
  assert.match(tabs, /<a href="\?" aria-current="page">Accords<span class="count"> 231/);
  assert.match(
    html(
      <Cards>
        <Card title="MyBus" href="/m" meta="Mobilité" />
      </Cards>,
    ),
    /<ul class="cards"><li class="card"><h3><a href="\/m">MyBus/,
  );
  assert.match(
    html(<Timeline moments={[{ when: '12 mars', dateTime: '2018-03-12', title: 'Publié', tone: 'good' }]} />),
    /<li class="good"><time datetime="2018-03-12">12 mars/,
  );
});

test('no component writes a style or a handler that the content policy would refuse', () => {
  const everything = [
    html(<Meter label="a" value={1} max={2} text="1" />),
    html(<HorizontalBars caption="a" bars={[{ label: 'a', value: 1, text: '1' }]} />),
    html(
      <ConfirmDialog id="a" trigger="a" title="a" confirm="a">
        a
      </ConfirmDialog>,
    ),
  ].join();
  assert.doesNotMatch(everything, /\sstyle=|\son\w+=|<script|<style/);
});
