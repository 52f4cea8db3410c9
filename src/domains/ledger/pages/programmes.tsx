/** What did each programme receive, spend and deliver? For the team and the funders. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, SIGN_IN } from '../../../platform/web/page.ts';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { pathIn, territoryPage } from '../../territory/visit.ts';
import { ProgrammeForm, ProgrammeTable } from '../components/programmes.tsx';
import { bookWords } from '../components/words.ts';
import { bookText } from '../messages.ts';
import { mayCloseYears, maySeeBooks } from '../policy.ts';
import { nameProgramme } from '../programme-commands.server.ts';
import { programmeLines, type ProgrammeLine } from '../programme-queries.server.ts';
import { programmeForm } from '../schema.ts';
import { programmesTwin } from '../twin-schema.ts';

interface Data {
  readonly programmes: readonly ProgrammeLine[];
}

export const programmesPage = territoryPage<Data>({
  path: '/:territory/comptes/programmes',
  twin: { areas: ['ledger'], response: programmesTwin, bodies: { default: programmeForm } },

  async load(visit, tx) {
    if (!maySeeBooks(visit.principal)) return SIGN_IN;
    return { programmes: await programmeLines(tx) };
  },

  actions: {
    async default(visit, input, tx) {
      if (!mayCloseYears(visit.principal)) return { kind: 'not-found' };
      const parsed = parseForm(programmeForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const t = bookText(visit.locale);
      const named = await nameProgramme(tx, visit.principal, parsed.value);
      if (!named.ok) return invalid(formError(input, t('programme.alreadyNamed'), 'labelFr'));
      return doneAt(pathIn(visit, 'comptes', 'programmes', named.value), t('programme.named'));
    },
  },

  view({ programmes }, visit, form) {
    const words = bookWords(visit);
    const { t } = words;
    return {
      title: t('programmes.title'),
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('books.title'), href: pathIn(visit, 'comptes') }, { label: t('programmes.title') }]}
            title={t('programmes.heading', { n: programmes.length })}
            lead={t('programmes.lead')}
          />
          <ProgrammeTable programmes={programmes} visit={visit} words={words} />
          {mayCloseYears(visit.principal) ? <ProgrammeForm visit={visit} words={words} form={form} /> : null}
        </>
      ),
    };
  },
});
