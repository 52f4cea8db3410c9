/** What we use of the package, which describes no types. */
declare module 'snowball-stemmers' {
  const snowball: {
    newStemmer(language: 'french' | 'english'): { stem(word: string): string };
  };
  export = snowball;
}
