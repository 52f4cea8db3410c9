/** Words too common to tell one text from another, without accents, by language. */
const FRENCH = `
a afin ai aie aient ainsi alors apres as au aucun aucune aupres auquel aussi autre autres aux auxquelles
auxquels avaient avais avait avant avec avez avoir avons ayant beaucoup bien car ce ceci cela celle celles
celui certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez ci comme comment
dans de dehors deja depuis des deux devez devra devraient devrait doit doivent donc dont du durant elle
elles en encore enfin ensuite entre est et etaient etais etait etant ete etes etre eu eux fait faire
fait faut fois font fut hors ici il ils je jusque la laquelle le lequel les lesquelles lesquels leur leurs
lors lorsque lui ma mais me meme memes mes moi moins mon ne ni nos notre nous on ont ou par parce parmi
pas pendant peu peut peuvent plus plusieurs plutot pour pourra pourrez pouvez puis puisque qu quand que
quel quelle quelles quels qui quoi sa sans se sera seront ses si sinon soi soient sois soit sommes son
sont sous suis sur ta tandis tant te tel telle telles tels tes toi ton toujours tous tout toute toutes
tres trop tu un une vers via voici voila vos votre vous y
`;

const ENGLISH = `
a about above after again against all also am an and any are as at be because been before being below
between both but by can cannot could did do does doing down during each either etc few for from further
had has have having he her here hers herself him himself his how i if in into is it its itself just may me
might more most must my myself no nor not now of off on once only or other our ours ourselves out over own
per same shall she should so some such than that the their theirs them themselves then there these they
this those through to too under until up upon us very was we were what when where whether which while who
whom why will with within without would you your yours yourself yourselves
`;

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

export const STOP_WORDS: Readonly<Record<'fr' | 'en', ReadonlySet<string>>> = {
  fr: words(FRENCH),
  en: words(ENGLISH),
};
