/** Sets every French message as French is set, and the apostrophes of the English ones: `node scripts/typeset.ts`. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { typesetFrench } from '../src/i18n/typography.ts';

for (const file of globSync('src/**/messages/{fr,en}.json')) {
  const before = readFileSync(file, 'utf8');
  const set = file.endsWith('fr.json') ? typesetFrench : typesetEnglish;
  const messages = Object.entries(JSON.parse(before) as Record<string, string>);
  const after = `${JSON.stringify(Object.fromEntries(messages.map(([key, text]) => [key, set(text)])), null, 2)}\n`;
  if (after === before) continue;
  writeFileSync(file, after);
  console.log(`Set ${file}`);
}

function typesetEnglish(text: string): string {
  return text.replaceAll('...', '…').replaceAll(/(?<=\p{L})'(?=\p{L})/gu, '’');
}
