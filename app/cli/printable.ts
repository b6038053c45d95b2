/** Text from a file name or the like for one line of a terminal: line breaks and control sequences are spelt out. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, (char) => JSON.stringify(char).slice(1, -1));
}
