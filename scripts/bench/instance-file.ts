/**
 * An instance of the planning bench as a file that every peer reads: 32-bit whole numbers,
 * needs, offers, pairs | wanted | capacity | start of each need's pairs | offer | score | cap.
 * And the same in the DIMACS format, where a last node, the bin, takes what is left over on both sides.
 */
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import type { AllocationProblem } from '../../src/algorithms/flow/allocation.ts';
import { groupStarts } from '../../src/algorithms/flow/group-pairs.ts';

export function writeInstance({ needs, offers, pairs }: AllocationProblem, file: string): void {
  const start = groupStarts(pairs.need, needs.wanted.length);
  const sizes = Int32Array.of(needs.wanted.length, offers.capacity.length, pairs.need.length);
  const handle = openSync(file, 'w');
  for (const list of [sizes, needs.wanted, offers.capacity, start, pairs.offer, pairs.score, pairs.cap]) {
    writeSync(handle, new Uint8Array(list.buffer, list.byteOffset, list.byteLength));
  }
  closeSync(handle);
}

export function readInstance(file: string): AllocationProblem {
  const handle = openSync(file, 'r');
  let place = 0;
  const take = (count: number) => {
    const list = new Int32Array(count);
    readSync(handle, new Uint8Array(list.buffer), 0, list.byteLength, place);
    place += list.byteLength;
    return list;
  };
  const [n = 0, m = 0, count = 0] = take(3);
  const [wanted, capacity, start] = [take(n), take(m), take(n + 1)];
  const [offer, score, cap] = [take(count), take(count), take(count)];
  if (place !== fstatSync(handle).size) throw new Error(`${file} is not an instance`);
  closeSync(handle);
  const need = new Int32Array(count);
  for (let i = 0; i < n; i++) need.fill(i, start[i], start[i + 1]);
  return {
    needs: { wanted, weight: new Int32Array(n).fill(1) },
    offers: { capacity, minimum: new Int32Array(m) },
    pairs: { need, offer, score, cap, minimum: new Int32Array(count) },
  };
}

export function writeDimacsInstance({ needs, offers, pairs }: AllocationProblem, file: string): void {
  const [n, m] = [needs.wanted.length, offers.capacity.length];
  const bin = n + m + 1;
  const handle = openSync(file, 'w');
  const lines: string[] = [`p min ${bin} ${pairs.need.length + n + m}`];
  const add = (line: string) => {
    if (lines.push(line) === 20_000) writeSync(handle, `${lines.splice(0).join('\n')}\n`);
  };
  let balance = 0;
  needs.wanted.forEach((units, i) => add(`n ${i + 1} ${units}`));
  offers.capacity.forEach((units, j) => add(`n ${n + j + 1} ${-units}`));
  for (const units of needs.wanted) balance += units;
  for (const units of offers.capacity) balance -= units;
  add(`n ${bin} ${-balance}`);
  for (let a = 0; a < pairs.need.length; a++) {
    add(`a ${(pairs.need[a] ?? 0) + 1} ${n + (pairs.offer[a] ?? 0) + 1} 0 ${pairs.cap[a]} ${-(pairs.score[a] ?? 0)}`);
  }
  needs.wanted.forEach((units, i) => add(`a ${i + 1} ${bin} 0 ${units} 0`));
  offers.capacity.forEach((units, j) => add(`a ${bin} ${n + j + 1} 0 ${units} 0`));
  writeSync(handle, `${lines.join('\n')}\n`);
  closeSync(handle);
}
