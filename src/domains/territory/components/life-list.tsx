/** Lines of the life of an organisation: what is stated, when it was, and what whoever keeps it may do. */
import type { ComponentChildren } from 'preact';
import { formatter } from '../../../i18n/format.ts';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { More } from '../../../ui/components/more.tsx';
import { Section } from '../../../ui/components/section.tsx';
import type { LifeId, LifeKind } from '../life.ts';
import { findingText, lifeText } from '../messages.ts';
import { formKey, type TerritoryVisit } from '../visit.ts';

export interface LifeLineShown {
  readonly id: LifeId;
  readonly since: string | null;
  readonly until: string | null;
  readonly text: ComponentChildren;
  readonly more?: ComponentChildren;
}

export function LifeList({
  kind,
  title,
  lead,
  none,
  lines,
  isKept,
  visit,
  children,
}: {
  readonly kind: LifeKind;
  readonly title: string;
  readonly lead?: string | undefined;
  readonly none: string;
  readonly lines: readonly LifeLineShown[];
  /** Whether the reader may change them. */
  readonly isKept: boolean;
  readonly visit: TerritoryVisit;
  /** The form that adds one. */
  readonly children?: ComponentChildren;
}) {
  return (
    <Section title={title} lead={lead}>
      {lines.length === 0 ? <p class="soft">{none}</p> : null}
      {lines.length === 0 ? null : (
        <ul class="stack">
          {lines.map((line) => (
            <li>
              {line.text} <Dates line={line} visit={visit} />
              {isKept ? <LineActs {...{ kind, line, visit }} /> : null}
            </li>
          ))}
        </ul>
      )}
      {children}
    </Section>
  );
}

function Dates({ line: { since, until }, visit }: { line: LifeLineShown; visit: TerritoryVisit }) {
  const t = findingText(visit.locale);
  const write = formatter(visit.locale, visit.territory.zone);
  const day = (text: string) => write.date(Temporal.PlainDate.from(text));
  const said = [
    ...(since === null ? [] : [t('page.place.since', { day: day(since) })]),
    ...(until === null ? [] : [t('page.place.until', { day: day(until) })]),
  ];
  return said.length === 0 ? null : <span class="small soft">({said.join(', ')})</span>;
}

function LineActs({ kind, line, visit }: { kind: LifeKind; line: LifeLineShown; visit: TerritoryVisit }) {
  const t = lifeText(visit.locale);
  const hidden = { kind, id: line.id };
  const isOver = line.until !== null;
  return (
    <div class="row">
      <Form
        name="end"
        hidden={isOver ? hidden : { ...hidden, until: visit.today.toString() }}
        idempotencyKey={formKey(visit)}
        inline
      >
        <SubmitButton tone="quiet" small>
          {t(isOver ? 'reopen' : 'end')}
        </SubmitButton>
      </Form>
      <Form name="remove" hidden={hidden} idempotencyKey={formKey(visit)} inline>
        <SubmitButton tone="quiet" small>
          {t('remove')}
        </SubmitButton>
      </Form>
      {line.more}
    </div>
  );
}

/** Folded until it is wanted, or refused. */
export function AddForm({
  name,
  title,
  isOpen,
  visit,
  children,
}: {
  readonly name: string;
  readonly title: string;
  readonly isOpen: boolean;
  readonly visit: TerritoryVisit;
  readonly children: ComponentChildren;
}) {
  return (
    <More summary={title} open={isOpen}>
      <Form name={name} idempotencyKey={formKey(visit)}>
        {children}
        <SubmitButton>{lifeText(visit.locale)('add')}</SubmitButton>
      </Form>
    </More>
  );
}
