/** What the team decided by hand about pairs, each with its reason and its undoing. */
import { formatter } from '../../../i18n/format.ts';
import { DataTable, type Column } from '../../../ui/components/data-table.tsx';
import { Form, SubmitButton } from '../../../ui/components/form.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import { formKey, pathIn, type TerritoryVisit } from '../../territory/visit.ts';
import { roundAddress } from '../address.ts';
import type { MatchingText } from '../messages.ts';
import { runsRounds } from '../policy.ts';
import { takesTries, type Round } from '../round.ts';
import type { DecisionLine } from '../round-queries.server.ts';

interface DecisionsProps {
  readonly decisions: readonly DecisionLine[];
  readonly round: Round;
  readonly visit: TerritoryVisit;
  readonly t: MatchingText;
}

export function Decisions({ decisions, round, visit, t }: DecisionsProps) {
  const write = formatter(visit.locale, visit.territory.zone);
  const base = pathIn(visit);
  const mayUndo = runsRounds(visit.principal) && takesTries(round.state);
  return (
    <DataTable<DecisionLine>
      caption={t('decisions.caption')}
      hideCaption
      rows={decisions}
      rowKey={({ needId, offerId }) => `${needId} ${offerId}`}
      columns={[
        {
          key: 'need',
          title: t('run.column.need'),
          heading: true,
          cell: (line) => (
            <>
              <a href={`${base}/besoins/${line.needId}`}>{line.needOrganisation}</a>
              <br />
              {line.needTitle}
            </>
          ),
        },
        {
          key: 'offer',
          title: t('decisions.column.offer'),
          cell: (line) => (
            <>
              <a href={`${base}/apports/${line.offerId}`}>{line.offerOrganisation}</a>
              <br />
              {line.offerTitle}
            </>
          ),
        },
        {
          key: 'decision',
          title: t('decisions.column.decision'),
          cell: ({ decision, quantity }) => (
            <Tag tone={decision === 'pin' ? 'good' : 'warn'}>
              {decision === 'pin' ? t('decision.pinned', { n: quantity ?? 0 }) : t('decision.forbidden')}
            </Tag>
          ),
        },
        {
          key: 'reason',
          title: t('decisions.column.reason'),
          kind: 'why',
          cell: ({ reason, decidedBy, decidedAt }) => (
            <>
              {reason === '' ? t('decisions.noReason') : reason}
              <br />
              {t('decisions.by', { name: decidedBy ?? t('system'), date: write.dayOf(decidedAt) })}
            </>
          ),
        },
        ...(mayUndo ? [undoColumn(round, visit, t)] : []),
      ]}
    />
  );
}

function undoColumn(round: Round, visit: TerritoryVisit, t: MatchingText): Column<DecisionLine> {
  return {
    key: 'undo',
    title: t('decisions.column.undo'),
    hideTitle: true,
    cell: ({ needId, offerId }) => (
      <Form
        action={roundAddress(pathIn(visit), round.id)}
        name="undo"
        idempotencyKey={formKey(visit)}
        hidden={{ need: needId, offer: offerId }}
        inline
      >
        <SubmitButton tone="quiet" small>
          {t('decision.undo')}
        </SubmitButton>
      </Form>
    ),
  };
}
