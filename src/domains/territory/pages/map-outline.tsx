/** Which outline is the map drawn on? For the team. */
import { fieldErrors } from '../../../platform/web/field-errors.ts';
import { formError, parseForm } from '../../../platform/web/form.ts';
import { doneAt, invalid, NOT_FOUND, SIGN_IN, type ActionOutcome } from '../../../platform/web/page.ts';
import { Button } from '../../../ui/components/button.tsx';
import { FileField } from '../../../ui/components/file-field.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { PageHead } from '../../../ui/components/page-head.tsx';
import { TextField } from '../../../ui/components/text-field.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import { drawMap } from '../map.ts';
import { findingText } from '../messages.ts';
import { loadOutline, readOutline, removeOutline, type Outline } from '../outline.server.ts';
import { mayDrawMap } from '../policy.ts';
import { NO_FILTER } from '../listing.ts';
import { TerritoryMap } from '../components/territory-map.tsx';
import { formKey, pathIn, territoryPage, type TerritoryVisit } from '../visit.ts';
import { outlineTwin } from '../twin-schema.ts';
import { nothingForm, outlineForm } from '../views-schema.ts';

const MOST_BYTES = 2 * 1024 * 1024;

export const mapOutlinePage = territoryPage<{ readonly outline: Outline | undefined }>({
  path: '/:territory/carte/contour',
  twin: { areas: ['directory'], response: outlineTwin, bodies: { load: outlineForm, remove: nothingForm } },
  maxBodyBytes: MOST_BYTES + 64 * 1024,

  async load({ principal }, tx) {
    if (principal.kind === 'anonymous') return SIGN_IN;
    return mayDrawMap(principal) ? { outline: await readOutline(tx) } : NOT_FOUND;
  },

  actions: {
    async load(visit, input, tx) {
      const stranger = turnedAway(visit);
      if (stranger !== undefined) return stranger;
      const t = findingText(visit.locale);
      const parsed = parseForm(outlineForm, input, fieldErrors(visit.locale));
      if (!parsed.ok) return invalid(parsed.form);
      const file = input.files['file'];
      if (file === undefined) return invalid(formError(input, t('outline.refused.no-file'), 'file'));
      const geoJson = await file.text();
      const loaded = await loadOutline(tx, visit.principal, { geoJson, credit: parsed.value.credit }, visit.now);
      if (!loaded.ok) return invalid(formError(input, t(`outline.refused.${loaded.reason}`), 'file'));
      return doneAt(pathIn(visit, 'carte'), t('outline.done', { n: loaded.value }));
    },

    async remove(visit, _input, tx) {
      const stranger = turnedAway(visit);
      if (stranger !== undefined) return stranger;
      await removeOutline(tx, visit.principal);
      return doneAt(pathIn(visit, 'carte'), findingText(visit.locale)('outline.removed'));
    },
  },

  view({ outline }, visit, form) {
    const t = findingText(visit.locale);
    const field = fieldsOf(form);
    return {
      title: t('outline.title'),
      width: 'reading',
      body: (
        <>
          <PageHead
            breadcrumb={[{ label: t('map.title'), href: pathIn(visit, 'carte') }, { label: t('outline.title') }]}
            title={t('outline.title')}
            lead={t('outline.lead')}
          />
          <Form name="load" idempotencyKey={formKey(visit)} form={form} files>
            <FileField
              {...field('file')}
              label={t('outline.file')}
              help={t('outline.fileHelp')}
              accept=".geojson,.json"
            />
            <TextField
              {...field('credit', outline?.credit)}
              label={t('outline.credit')}
              help={t('outline.creditHelp')}
              maxlength={200}
            />
            <SubmitButton>{t('outline.load')}</SubmitButton>
          </Form>
          {outline === undefined ? null : (
            <>
              <TerritoryMap map={drawMap(outline.lines, [])} credit={outline.credit} filter={NO_FILTER} visit={visit} />
              <Form name="remove" idempotencyKey={formKey(visit)} inline>
                <Button tone="quiet" small>
                  {t('outline.remove')}
                </Button>
              </Form>
            </>
          )}
        </>
      ),
    };
  },
});

function turnedAway({ principal }: TerritoryVisit): ActionOutcome | undefined {
  if (principal.kind !== 'person') return { kind: 'signed-out' };
  return mayDrawMap(principal) ? undefined : { kind: 'not-found' };
}
