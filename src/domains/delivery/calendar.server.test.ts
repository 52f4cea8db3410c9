import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ensureId } from '../../lib/ids.ts';
import { timeZoneComponent, writeCalendar, type CalendarInvitation } from './calendar.server.ts';

const NOW = Temporal.Instant.from('2026-11-23T08:00:00Z');
const INVITATION: CalendarInvitation = {
  session: {
    id: ensureId('01900000-0000-7000-8000-00000000000b'),
    startsAt: Temporal.Instant.from('2027-03-26T13:30:00Z'),
    durationMinutes: 210,
    place: 'Le Bivouac, salle « Puy »; au bout du long couloir, après les escaliers de pierre noire',
    link: '',
    state: 'planned',
    calendarSequence: 2,
  },
  zone: 'Europe/Paris',
  locale: 'fr',
  now: NOW,
  summary: 'Michelin et MyBus',
  description: 'Un avis sur nos brevets\nhttps://visio.example.fr/x',
  url: 'https://terreau.example/clermont-auvergne/seances/1',
  organizer: { name: 'Nadia Ferrand', email: 'nadia@exemple.fr' },
  attendees: [{ name: 'Zoé Martin', email: 'zoe@exemple.fr' }],
};
const unfold = (text: string) => text.replaceAll(/\r\n[ \t]/gu, '').split('\r\n');

test('an invitation says when, in the zone of the place, with its offsets', () => {
  const lines = unfold(writeCalendar('request', INVITATION));
  for (const line of [
    'METHOD:REQUEST',
    'UID:01900000-0000-7000-8000-00000000000b',
    'SEQUENCE:2',
    'DTSTAMP:20261123T080000Z',
    'DTSTART;TZID=Europe/Paris:20270326T143000',
    'DTEND;TZID=Europe/Paris:20270326T180000',
    'STATUS:CONFIRMED',
    'SUMMARY:Michelin et MyBus',
    'DESCRIPTION:Un avis sur nos brevets\\nhttps://visio.example.fr/x',
    'LOCATION:Le Bivouac\\, salle « Puy »\\; au bout du long couloir\\, après les escaliers de pierre noire',
  ]) {
    assert.ok(lines.includes(line), `${line}\nin\n${lines.join('\n')}`);
  }
  assert.ok(lines.some((line) => /^ORGANIZER;CN="?Nadia Ferrand"?:mailto:nadia@exemple\.fr$/iu.test(line)));
  assert.ok(lines.some((line) => /^ATTENDEE;.*:mailto:zoe@exemple\.fr$/iu.test(line)));
});

test('lines end with CRLF and none is longer than 75 bytes; properties come before components', () => {
  const text = writeCalendar('request', INVITATION);
  assert.equal(text.replaceAll('\r\n', '').includes('\n'), false);
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 76, line);
  const lines = unfold(text);
  assert.ok(lines.indexOf('BEGIN:VTIMEZONE') > lines.findIndex((line) => line.startsWith('METHOD')));
  assert.equal(lines.filter((line) => /^(TIMEZONE-ID|X-WR)/u.test(line)).length, 0);
});

test('a meeting called off is cancelled under the same UID', () => {
  const lines = unfold(
    writeCalendar('cancel', { ...INVITATION, session: { ...INVITATION.session, calendarSequence: 3 } }),
  );
  for (const line of ['METHOD:CANCEL', 'UID:01900000-0000-7000-8000-00000000000b', 'SEQUENCE:3', 'STATUS:CANCELLED'])
    assert.ok(lines.includes(line), line);
});

test('the zone says what its offsets are around the meeting, also where they never change', () => {
  const paris = timeZoneComponent(Temporal.ZonedDateTime.from('2027-03-26T14:30[Europe/Paris]')).split('\r\n');
  const daylight = paris.slice(paris.indexOf('BEGIN:DAYLIGHT'));
  assert.deepEqual(daylight.slice(0, 5), [
    'BEGIN:DAYLIGHT',
    'DTSTART:20270328T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'END:DAYLIGHT',
  ]);
  assert.ok(paris.includes('DTSTART:20261025T030000'));
  const utc = timeZoneComponent(Temporal.ZonedDateTime.from('2027-03-26T14:30[Etc/UTC]'));
  assert.match(utc, /BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:\+0000\r\nTZOFFSETTO:\+0000/);
});
