/** Letters that Unicode does not decompose but people type without their stroke or ligature. */
const plainLetters: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};

/** Text without case and accents, for comparing: `Zoë GROẞ` → `zoe gross`. */
export function foldText(text: string): string {
  return (
    text
      .normalize('NFKD')
      // Only the Latin, Greek and Cyrillic accents: the vowel signs of other scripts are letters.
      .replace(/[\u0300-\u036f]/g, '')
      // By way of upper case, which spells ß out and joins the two i of Turkish.
      .toUpperCase()
      .toLowerCase()
      .replace(/[øłđðþæœς]/g, (letter) => plainLetters[letter] ?? letter)
  );
}

/** The folded words of a name or path: what lies between spaces and punctuation, emoji included. */
export function foldedWords(text: string): string[] {
  return foldText(text)
    .split(/[\s\p{P}\p{Cc}]+/u)
    .filter((word) => word !== '');
}
