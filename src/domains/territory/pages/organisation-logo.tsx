/** Which picture stands for this organisation? For its managers and the team. */
import { z } from 'zod';
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm, type FormInput } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { FileField } from '../../../ui/components/file-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { standingBySlug, type Standing } from '../fact-storing.server.ts';
import { changeLogo } from '../logo-commands.server.ts';
import { directoryText, factsText } from '../messages.ts';
import { LARGEST_LOGO_BYTES } from '../picture.ts';
import { mayEditOrganisation } from '../policy.ts';
import { formKey, pathIn, sourceOf, territoryPage, type TerritoryVisit } from '../visit.ts';

/** Beside it a form sends the file itself, as `logo`. */
const logoForm = z.object({ version: z.coerce.number().int().min(0) });

type Transaction = Parameters<typeof standingBySlug>[0];

export const organisationLogoPage = territoryPage<{ readonly standing: Standing }>({
  path: '/:territory/organisations/:organisation/changer-le-logo',
  // Room for the form around the picture.
  maxBodyBytes: LARGEST_LOGO_BYTES + 64 * 1024,

  async load(visit, tx) {
    const standing = await standingBySlug(tx, visit.params['organisation'] ?? '');
    if (standing === undefined) return NOT_FOUND;
    if (visit.principal.kind === 'anonymous') return SIGN_IN;
    return mayEditOrganisation(visit.principal, standing.id) ? { standing } : NOT_FOUND;
  },

  actions: {
    default: (visit, input, tx) => act(visit, input, tx, 'bring'),
    remove: (visit, input, tx) => act(visit, input, tx, 'remove'),
  },

  view({ standing }, visit, form) {
    const t = factsText(visit.locale);
    const { facts, slug, version } = standing;
    const back = pathIn(visit, 'organisations', slug);
    const hidden = { version: String(version) };
    return {
      title: t('logo.title', { name: facts.name }),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[
              { label: directoryText(visit.locale)('title'), href: pathIn(visit, 'organisations') },
              { label: facts.name, href: back },
              { label: t('fact.logoId') },
            ]}
            title={t('logo.title', { name: facts.name })}
          />
          {facts.logoId === null || !facts.isListed ? null : (
            <img class="logo" src={`${back}/logo?v=${version}`} alt={t('logo.now', { name: facts.name })} />
          )}
          <Form form={form} files hidden={hidden} idempotencyKey={formKey(visit)}>
            <FileField
              {...fieldsOf(form)('logo')}
              label={t('logo.file')}
              help={t('logo.help')}
              maximum={t('logo.maximum')}
              accept="image/png,image/jpeg,image/webp"
            />
            <SubmitButton>{t('logo.bring')}</SubmitButton>
          </Form>
          {facts.logoId === null ? null : (
            <Form name="remove" hidden={hidden} idempotencyKey={formKey(visit)} inline>
              <SubmitButton tone="quiet">{t('logo.remove')}</SubmitButton>
            </Form>
          )}
        </>
      ),
    };
  },
});

async function act(
  visit: TerritoryVisit,
  input: FormInput,
  tx: Transaction,
  what: 'bring' | 'remove',
): Promise<ActionOutcome> {
  if (visit.principal.kind === 'anonymous') return { kind: 'signed-out' };
  const standing = await standingBySlug(tx, visit.params['organisation'] ?? '');
  if (standing === undefined || !mayEditOrganisation(visit.principal, standing.id)) return { kind: 'not-found' };
  const t = factsText(visit.locale);
  const parsed = parseForm(logoForm, input, fieldErrors(visit.locale));
  if (!parsed.ok) return invalid(parsed.form);
  const file = input.files['logo'];
  if (what === 'bring' && file === undefined) return invalid(formError(input, t('logo.missing'), 'logo'));
  const content = what === 'bring' && file !== undefined ? new Uint8Array(await file.arrayBuffer()) : null;
  const wish = { organisationId: standing.id, version: parsed.value.version, content };
  const changed = await changeLogo(tx, visit.principal, wish, visit, sourceOf(visit));
  if (!changed.ok) return invalid(formError(input, t(`refused.${changed.reason}`, changed.facts), 'logo'));
  return doneAt(pathIn(visit, 'organisations', standing.slug), t(what === 'bring' ? 'logo.done' : 'logo.removed'));
}
