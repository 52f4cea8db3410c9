/** Whom should we bring together without waiting for a round? For the team, and for whoever gives. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, SIGN_IN } from '../../../platform/web/page.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { NumberField } from '../../../ui/components/number-field.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { Select, type OptionGroup } from '../../../ui/components/select.tsx';
import { TextArea } from '../../../ui/components/text-area.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { formKey, pathIn, sendAll, territoryPage } from '../../territory/visit.ts';
import { matchAddress, matchesAddress } from '../address.ts';
import { amount } from '../components/sentences.ts';
import { introduce } from '../introduction.server.ts';
import { introducible, type Introducible } from '../introducible.server.ts';
import { matchingText, type MatchingText } from '../messages.ts';
import { mailsOfMatch } from '../notify.server.ts';
import { mayIntroduceAny } from '../policy.ts';
import { introductionForm } from '../schema.ts';
import { refuse } from '../visited.server.ts';

type Data = Awaited<ReturnType<typeof introducible>>;

export const matchNewPage = territoryPage<Data>({
  path: '/:territory/mises-en-relation/nouvelle',
  twin: { areas: ['matching'], bodies: { default: introductionForm } },
  async load(visit, tx) {
    return mayIntroduceAny(visit.principal) ? introducible(tx, visit.principal) : SIGN_IN;
  },
  actions: {
    async default(visit, input, tx) {
      const t = matchingText(visit.locale);
      if (!mayIntroduceAny(visit.principal))
        return { kind: visit.principal.kind === 'anonymous' ? 'signed-out' : 'not-found' };
      const parsed = parseForm(introductionForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const made = await introduce(tx, visit.principal, parsed.value, visit);
      if (!made.ok) {
        const field = made.reason === 'need-overfilled' || made.reason === 'offer-overfilled' ? 'quantity' : undefined;
        return refuse(made.reason, () => invalid(formError(input, t(`refused.${made.reason}`, made.facts), field)));
      }
      const mails = await mailsOfMatch(tx, visit, made.value, 'introduced');
      return doneAt(matchAddress(pathIn(visit), made.value), t('introduction.done'), sendAll(visit, mails));
    },
  },
  view({ needs, offers }, visit, form) {
    const t = matchingText(visit.locale);
    const field = fieldsOf(form);
    const back = matchesAddress(pathIn(visit));
    const chosen = (name: string) => visit.url.searchParams.get(name) ?? undefined;
    return {
      title: t('introduction.short'),
      width: 'reading',
      body: (
        <>
          <PageHead
            title={t('introduction.title')}
            lead={t('introduction.lead')}
            breadcrumb={[{ label: t('matches.short'), href: back }, { label: t('introduction.short') }]}
          />
          {needs.length === 0 || offers.length === 0 ? (
            <EmptyState title={t('introduction.empty.title')}>{t('introduction.empty')}</EmptyState>
          ) : (
            <Form form={form} idempotencyKey={formKey(visit)}>
              <Select {...field('need', chosen('besoin'))} label={t('introduction.need')} options={grouped(needs, t)} />
              <Select
                {...field('offer', chosen('apport'))}
                label={t('introduction.offer')}
                help={t('introduction.offerHelp')}
                options={grouped(offers, t)}
              />
              <NumberField
                {...field('quantity', 1)}
                label={t('introduction.quantity')}
                help={t('introduction.quantityHelp')}
              />
              <TextArea
                {...field('message')}
                label={t('introduction.message')}
                help={t('introduction.messageHelp')}
                maxlength={2000}
                rows={4}
                optional
              />
              <div class="row">
                <SubmitButton>{t('introduction.send')}</SubmitButton>
                <ButtonLink tone="quiet" href={back}>
                  {t('cancel')}
                </ButtonLink>
              </div>
            </Form>
          )}
        </>
      ),
    };
  },
});

/** One group for each organisation, in its order. */
function grouped<Id extends string>(rows: readonly Introducible<Id>[], t: MatchingText): OptionGroup[] {
  return [...Map.groupBy(rows, ({ organisation }) => organisation)].map(([label, list]) => ({
    label,
    options: list.map(({ id, title, unit, left }) => ({
      value: id,
      label: t('introduction.option', { title, amount: amount(t, unit, left) }),
    })),
  }));
}
