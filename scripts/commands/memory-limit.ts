/** `--memory MEGABYTES`: what a solve may take at most. It is announced and compared before any of it is taken. */
import { OperatorError } from '../../src/lib/operator-error.ts';
import { wholeOf } from './cell-numbers.ts';
import { printable } from './terminal.ts';

const GREATEST_MEGABYTES = 1_000_000;

/** In bytes; undefined when nothing was told. */
export function readMegabytes(told: string | undefined): number | undefined {
  if (told === undefined) return undefined;
  const number = wholeOf(told);
  if (number !== undefined && number >= 1 && number <= GREATEST_MEGABYTES) return number * 1e6;
  throw new OperatorError(
    `--memory is a whole number of megabytes from 1 to ${GREATEST_MEGABYTES}, not “${printable(told, 20)}”.`,
  );
}

export function megabytes(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1e6));
}
