/** What the forms of saved views and of the map may send. Messages are keys of `src/platform/web/messages`. */
import { z } from 'zod';
import { identifier, text } from '../../platform/web/fields.ts';

const name = text({ maximum: 80 });
const ticked = z.literal('yes').optional();

export const keepViewForm = z.object({
  name,
  query: z.string().max(2000, { error: 'too-long' }).default(''),
  shared: ticked,
});

export const viewForm = z.object({ view: identifier<'view'>() });
export const renameViewForm = z.object({ view: identifier<'view'>(), name });

export const outlineForm = z.object({ credit: text({ maximum: 200 }) });
/** An act that a press says whole. */
export const nothingForm = z.object({});
