/**
 * Whom a session concerns by mail: on each side those who stated the need or the offer or answered for it, while they are
 * still members; else the managers; else every member. Nobody without an address, nobody twice.
 */
import type { Side } from './session.ts';

export interface Member {
  readonly personId: string;
  readonly email: string | null;
  readonly side: Side;
  readonly isManager: boolean;
  readonly isInvolved: boolean;
}

export function recipientsOf<Person extends Member>(
  members: readonly Person[],
  sides: readonly Side[] = ['giver', 'receiver'],
): Person[] {
  const chosen = new Map<string, Person>();
  for (const side of sides) {
    const reachable = members.filter((member) => member.side === side && member.email !== null);
    const circles = [
      reachable.filter((member) => member.isInvolved),
      reachable.filter((member) => member.isManager),
      reachable,
    ];
    const circle = circles.find((people) => people.length > 0) ?? [];
    for (const person of circle) if (!chosen.has(person.personId)) chosen.set(person.personId, person);
  }
  return [...chosen.values()];
}
