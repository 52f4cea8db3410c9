/**
 * Sets a French text as French is set: narrow no-break space before `; : ! ?`, no-break space inside « », typographic
 * apostrophe, true ellipsis. Works on messages too: it leaves `{…}` and `<…>` as they are.
 * What always holds: setting twice changes nothing more; addresses and hours such as 14:30 stay whole.
 */
export function typesetFrench(text: string): string {
  return text
    .replaceAll('...', '…')
    .replaceAll(/(?<=[\p{L}\d>}])'(?=[\p{L}\d<{«])/gu, '’')
    .replaceAll(/«(?![\u00a0\u202f]) */g, '«\u00a0')
    .replaceAll(/(?<![\u00a0\u202f]) *»/g, '\u00a0»')
    .replaceAll(/[ \u00a0\u202f]+(?=[;:?!])/g, '\u202f')
    .replaceAll(/(?<=[\p{L}\d)»}…])(?=[;:?!](?:\s|$))/gu, '\u202f');
}
