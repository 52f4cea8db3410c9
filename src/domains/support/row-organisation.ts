/** Who speaks in a row of a file, and of which themes: known to the territory, to be added, or refused. */
import { isSiren } from '../territory/siren.ts';
import { itemsOfCell, sirenOfCell, textOfCell } from './cells.ts';
import { cleanLine } from './plain-text.ts';
import { foldWords } from './places.ts';
import { quote, refuse, remark, type OrganisationChoice, type Reading } from './row-reading.ts';

export function readOrganisation(reading: Reading): OrganisationChoice {
  const { context, settings } = reading;
  const siren = readSiren(reading);
  const bySiren = siren === null ? undefined : context.organisationBySiren.get(siren);
  if (bySiren !== undefined) return { id: bySiren };
  const cell = reading.cell('organisation');
  // « A;B » names two organisations; a comma belongs to names.
  const [name = '', ...others] = (typeof cell === 'object' ? cell : textOfCell(cell).split(/[;|\n]/u))
    .map((text) => cleanLine(text).text)
    .filter((text) => text !== '');
  if (others.length > 0) remark(reading, 'organisation', 'other-organisations', { name, others: others.join(', ') });
  if (name === '') {
    if (settings.organisation !== null) return { id: settings.organisation };
    refuse(
      reading,
      'organisation',
      siren === null ? 'organisation-missing' : 'organisation-unknown',
      siren === null ? {} : { text: siren },
    );
    return { name: '', siren: null };
  }
  const byName = context.organisationByName.get(foldWords(name));
  if (byName !== undefined) return { id: byName };
  if (name.length > 160) refuse(reading, 'organisation', 'name-too-long', { length: name.length, maximum: 160 });
  else if (foldWords(name) === '' || !settings.createsOrganisations)
    refuse(reading, 'organisation', 'organisation-unknown', { text: name });
  return { name, siren };
}

/** Its key must be right (rule ID-01): a wrong one would name somebody else. */
function readSiren(reading: Reading): string | null {
  const siren = sirenOfCell(reading.cell('siren'));
  if (siren === null || (siren !== undefined && isSiren(siren))) return siren;
  remark(reading, 'siren', 'siren-wrong', { text: quote(reading.cell('siren')) });
  return null;
}

export function readThemes(reading: Reading): { themes: string[]; newThemes: string[] } {
  const themes = new Set<string>();
  const newThemes = new Map<string, string>();
  for (const label of reading
    .cells('themes')
    .flatMap(itemsOfCell)
    .map((item) => cleanLine(item).text)) {
    const code = reading.context.themeByName.get(foldWords(label));
    if (code !== undefined) themes.add(code);
    else if (reading.settings.createsThemes && label.length <= 80 && foldWords(label) !== '')
      newThemes.set(foldWords(label), label);
    else if (label !== '') remark(reading, 'themes', 'theme-unknown', { text: label });
  }
  return { themes: [...themes], newThemes: [...newThemes.values()] };
}
