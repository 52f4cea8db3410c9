/** Whether an entry undoes another, or was undone. */
import { Notice } from '../../../ui/components/notice.tsx';
import { Tag } from '../../../ui/components/tag.tsx';
import type { EntryLine } from '../book-queries.server.ts';
import type { BookWords } from './words.ts';

export function Marks({ entry, words: { t } }: { entry: EntryLine; words: BookWords }) {
  return (
    <>
      {entry.reversesId === null ? null : <Tag tone="warn">{t('tag.reversal')}</Tag>}
      {entry.reversedById === null ? null : <Tag>{t('tag.reversed')}</Tag>}
    </>
  );
}

export function Reversal({ entry, words }: { entry: EntryLine; words: BookWords }) {
  const { t } = words;
  if (entry.reversedById !== null) {
    return (
      <Notice tone="warn">
        {t('entry.wasReversed')} <a href={words.entryHref(entry.reversedById)}>{t('entry.seeReversal')}</a>
      </Notice>
    );
  }
  if (entry.reversesId === null) return null;
  return (
    <Notice tone="info">
      {t('entry.isReversal')} <a href={words.entryHref(entry.reversesId)}>{t('entry.seeReversed')}</a>
    </Notice>
  );
}
