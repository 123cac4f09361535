/** The writing coach at a prompt: reads a draft from standard input and keeps nothing of it. */
import { text } from 'node:stream/consumers'
import { loadContent } from '../app/content.ts'
import { sayFinding } from '../app/view/message.ts'
import { checkMessage } from '../domain/message/check.ts'
import { readDraft } from '../domain/message/draft.ts'
import { languageOf } from '../domain/message/language.ts'
import { LANGUAGES } from '../domain/team.ts'
import { readArguments, type Tool, ToolError } from './tool.ts'

export const wordingTool: Tool = {
  what: 'reads a message to parents from standard input and says what could be better: --lang da|en, --json',
  run: async (args, { root, print }) => {
    const { lang, json } = readArguments(args, { values: ['lang'], flags: ['json'] })
    const typed = await text(process.stdin)
    const language = LANGUAGES.find((known) => known === lang) ?? languageOf(typed, 'da')
    const words = loadContent(root).shared[language]
    if (lang !== undefined && lang !== language)
      throw new ToolError(`There is no language "${lang}"; use one of: ${LANGUAGES.join(', ')}`)
    const draft = readDraft(typed)
    if (!draft.ok) throw new ToolError(words.say(`message.faults.${draft.code}`, draft.values))
    const { verdict, lix, findings } = checkMessage(draft.text, language)
    const told = findings.map((finding) => ({ code: finding.code, ...sayFinding(finding, words) }))
    if (json) {
      const shown = told.map(({ code, quote, why, instead }) => ({ code, quote, why, instead }))
      print(JSON.stringify({ verdict, lix, findings: shown }, undefined, 2))
      return 0
    }
    print(
      `${words.say(`message.verdicts.${verdict}.title`)}. ${words.say(`message.verdicts.${verdict}.text`, { count: told.length })}`,
    )
    for (const { what, quote, why, instead } of told)
      print(`\n${what}\n  ${quote}\n  ${why}\n  ${words.say('message.instead')} ${instead}`)
    print(`\n${words.say('message.lix', { lix })}`)
    return 0
  },
}
