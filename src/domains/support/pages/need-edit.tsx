/** What has changed in this need? For its organisation and the team. */
import { parseId } from '../../../lib/ids.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN } from '../../../platform/web/page.ts';
import { Notice } from '../../../ui/components/notice.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { NeedForm } from '../components/need-form.tsx';
import { refusedForm } from '../form-refusal.server.ts';
import { supportText } from '../messages.ts';
import { editNeed } from '../need-commands.server.ts';
import { needById, type WholeNeed } from '../need-queries.server.ts';
import { mayEdit } from '../policy.ts';
import { needForm } from '../schema.ts';
import { formChoices, type FormChoices } from '../stated-queries.server.ts';
import { DOCUMENTED_DAY } from '../twin-schema.ts';

interface Data {
  readonly need: WholeNeed;
  readonly choices: FormChoices;
}

export const needEditPage = territoryPage<Data>({
  path: '/:territory/besoins/:need/modifier',
  twin: { areas: ['support'], bodies: { default: needForm(DOCUMENTED_DAY) } },

  async load(visit, tx) {
    const id = parseId<'need'>(visit.params['need'] ?? '');
    const need = id && (await needById(tx, visit.principal, id));
    if (need === undefined) return visit.principal.kind === 'anonymous' ? SIGN_IN : NOT_FOUND;
    if (!mayEdit(visit.principal, need)) return SIGN_IN;
    return { need, choices: await formChoices(tx, visit.principal, 'needs', visit.today) };
  },

  actions: {
    async default(visit, input, tx) {
      if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
      const id = parseId<'need'>(visit.params['need'] ?? '');
      const need = id && (await needById(tx, visit.principal, id));
      if (need === undefined || !mayEdit(visit.principal, need)) return { kind: 'not-found' };
      const parsed = parseForm(needForm(visit.today), input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const edited = await editNeed(tx, visit.principal, need.id, parsed.value, visit);
      if (!edited.ok) return invalid(refusedForm(visit.locale, input, edited, 'quantity'));
      return doneAt(pathIn(visit, 'besoins', need.id), supportText(visit.locale)('done.need-edited'));
    },
  },

  view({ need, choices }, visit, form) {
    const t = supportText(visit.locale);
    const list = pathIn(visit, 'besoins');
    const back = pathIn(visit, 'besoins', need.id);
    return {
      title: t('form.editNeed'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: t('needs.title'), href: list },
              { label: need.title, href: back },
            ]}
            title={t('form.editNeed')}
            lead={need.organisationName}
          />
          {need.state !== 'open' && form.summary === undefined ? (
            <Notice tone="warn">{t('refused.not-open')}</Notice>
          ) : null}
          <NeedForm visit={visit} form={form} choices={choices} need={need} cancelHref={back} />
        </>
      ),
    };
  },
});
