/** Over which weeks is help shared next? For the team. */
import { formatDate } from '../../../i18n/format.ts';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { DateField } from '../../../ui/components/date-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, pathIn, territoryPage } from '../../territory/visit.ts';
import { plansAddress, roundAddress } from '../address.ts';
import { matchingText } from '../messages.ts';
import { runsRounds } from '../policy.ts';
import { createRound } from '../round-commands.server.ts';
import { roundForm } from '../schema.ts';

export const roundNewPage = territoryPage<null>({
  path: '/:territory/plans/nouveau',
  twin: { areas: ['matching'], bodies: { default: roundForm } },
  async load(visit) {
    return runsRounds(visit.principal) ? null : SIGN_IN;
  },
  actions: {
    async default(visit, input, tx) {
      const t = matchingText(visit.locale);
      const parsed = parseForm(roundForm, input, fieldErrors(visit.locale));
      if (!runsRounds(visit.principal))
        return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
      if (!parsed.ok) return invalid(parsed.form);
      const created = await createRound(tx, visit.principal, parsed.value, visit);
      if (!created.ok) return invalid(formError(input, t(`refused.${created.reason}`)));
      return doneAt(roundAddress(pathIn(visit), created.value.id), t('round.created', { title: parsed.value.title }));
    },
  },
  view(_data, visit, form) {
    const t = matchingText(visit.locale);
    const field = fieldsOf(form);
    const next = nextQuarter(visit.today);
    const write = (day: Temporal.PlainDate) => formatDate(visit.locale, day);
    return {
      title: t('roundNew.short'),
      width: 'reading',
      body: (
        <>
          <PageHead
            title={t('roundNew.title')}
            lead={t('roundNew.lead')}
            breadcrumb={[
              { label: t('plans.short'), href: plansAddress(pathIn(visit)) },
              { label: t('roundNew.short') },
            ]}
          />
          <Form form={form} idempotencyKey={formKey(visit)}>
            <TextField
              {...field('title', t('roundNew.suggested', { quarter: next.quarter, year: String(next.firstDay.year) }))}
              label={t('roundNew.name')}
              help={t('roundNew.nameHelp')}
              maxlength={120}
            />
            <DateField {...field('startsOn', write(next.firstDay))} label={t('roundNew.startsOn')} />
            <DateField {...field('lastDay', write(next.lastDay))} label={t('roundNew.lastDay')} />
            <div class="row">
              <SubmitButton>{t('roundNew.create')}</SubmitButton>
              <ButtonLink tone="quiet" href={plansAddress(pathIn(visit))}>
                {t('cancel')}
              </ButtonLink>
            </div>
          </Form>
        </>
      ),
    };
  },
});

/** The quarter in which most days are still to come: this one in its first month, else the next. */
function nextQuarter(today: Temporal.PlainDate) {
  const started = Math.floor((today.month - 1) / 3);
  const isYoung = (today.month - 1) % 3 === 0;
  const firstDay = today.with({ month: 1, day: 1 }).add({ months: 3 * (isYoung ? started : started + 1) });
  return {
    firstDay,
    lastDay: firstDay.add({ months: 3 }).subtract({ days: 1 }),
    quarter: Math.floor((firstDay.month - 1) / 3) + 1,
  };
}
