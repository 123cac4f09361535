/**
 * Takes out the backslashes and doubled line breaks with which `card-filling.ts` keeps what people typed from being read as
 * Markdown, for clients that read none.
 */
export const withoutEscapes = (markdown: string): string =>
  markdown.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('\n\n', '\n')
