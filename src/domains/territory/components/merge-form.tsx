/** Two records of one organisation side by side, and the choice of the other one. */
import type { FormState } from '../../../lib/form-state.ts';
import { ButtonLink } from '../../../ui/components/button.tsx';
import { ChoiceCards } from '../../../ui/components/choice-cards.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Notice } from '../../../ui/components/notice.tsx';
import { Section } from '../../../ui/components/section.tsx';
import { Select } from '../../../ui/components/select.tsx';
import { fieldsOf } from '../../../ui/form-state.ts';
import type { Compared } from '../duplicate-queries.server.ts';
import type { Standing } from '../fact-storing.server.ts';
import { toJson, type FactName } from '../facts.ts';
import { factsToChoose, proposedSide, sidesOf } from '../merging.ts';
import { mergingText } from '../messages.ts';
import type { Theme } from '../organisation.ts';
import type { OrganisationChoice } from '../people-queries.server.ts';
import { formKey, pathIn, type TerritoryVisit } from '../visit.ts';
import { factLabel, factWords } from './fact-differences.tsx';

interface ChooseProps {
  readonly data: {
    readonly kept: Standing;
    readonly likely: readonly Compared[];
    readonly others: readonly OrganisationChoice[];
  };
  readonly visit: TerritoryVisit;
}

export function ChooseOther({ data: { kept, likely, others }, visit }: ChooseProps) {
  const t = mergingText(visit.locale);
  const here = pathIn(visit, 'organisations', kept.slug, 'fusionner');
  const options = others.filter(({ id }) => id !== kept.id).map(({ slug, name }) => ({ value: slug, label: name }));
  return (
    <>
      <Section title={t('merge.likely')}>
        {likely.length === 0 ? <p>{t('merge.noLikely')}</p> : null}
        <ul>
          {likely.map(({ slug, name, commune }) => (
            <li>
              <a href={`${here}?avec=${slug}`}>{name}</a>{' '}
              {commune === null ? null : <span class="small soft">{commune}</span>}
            </li>
          ))}
        </ul>
      </Section>
      <form method="get" action={here} class="form">
        <Select name="avec" label={t('merge.other')} options={options} />
        <SubmitButton tone="quiet">{t('merge.continue')}</SubmitButton>
      </form>
    </>
  );
}

interface MergeFormProps {
  readonly kept: Standing;
  readonly gone: Standing;
  readonly themes: readonly Theme[];
  readonly visit: TerritoryVisit;
  readonly form: FormState;
}

export function MergeForm(props: MergeFormProps) {
  const { kept, gone, visit, form } = props;
  const t = mergingText(visit.locale);
  const names = factsToChoose(kept.facts, gone.facts);
  const hidden = { other: gone.id, version: String(kept.version), otherVersion: String(gone.version) };
  const areTwo = kept.facts.siren !== null && gone.facts.siren !== null && kept.facts.siren !== gone.facts.siren;
  return (
    <>
      {areTwo ? <Notice tone="warn">{t('merge.twoSirens')}</Notice> : null}
      <p>
        <a href={`${pathIn(visit, 'organisations', gone.slug, 'fusionner')}?avec=${kept.slug}`}>
          {t('merge.swap', { gone: gone.facts.name })}
        </a>
      </p>
      <Form form={form} hidden={hidden} idempotencyKey={formKey(visit)}>
        {names.length === 0 ? <p>{t('merge.same')}</p> : null}
        {names.map((name) => (
          <SideChoice {...props} name={name} />
        ))}
        <p class="soft measure">{t('merge.moves', { kept: kept.facts.name })}</p>
        <div class="row">
          <SubmitButton>{t('merge.press')}</SubmitButton>
          <ButtonLink tone="plain" href={pathIn(visit, 'doublons')}>
            {t('merge.cancel')}
          </ButtonLink>
        </div>
      </Form>
    </>
  );
}

function SideChoice({ kept, gone, themes, visit, form, name }: MergeFormProps & { readonly name: FactName }) {
  const t = mergingText(visit.locale);
  const words = ({ facts }: Standing) => {
    const value = factWords({ name, value: toJson(facts)[name], themes, visit });
    return name === 'latitude' ? [value, facts.longitude ?? '—'].join(', ') : value;
  };
  const labels = { kept: words(kept), gone: words(gone), both: t('merge.both') };
  const helps = { kept: kept.facts.name, gone: gone.facts.name, both: undefined };
  return (
    <ChoiceCards
      {...fieldsOf(form)(`side.${name}`, proposedSide(name, kept.facts, gone.facts))}
      label={factLabel(name, visit)}
      choices={sidesOf(name).map((side) => ({ value: side, label: labels[side], help: helps[side] }))}
    />
  );
}
