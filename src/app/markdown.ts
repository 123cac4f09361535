/** The marks Markdown would read something into, each behind a backslash: as `cards.ts` writes what people typed. */

/** Takes the backslashes and doubled line breaks out again, for clients that read no Markdown. */
export const withoutEscapes = (markdown: string): string =>
  markdown.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('\n\n', '\n')
