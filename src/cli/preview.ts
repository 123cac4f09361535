/** What a dialog looks like, step by step, in every language and look. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadContent } from '../app/content.ts'
import { previewPage } from './preview/page.ts'
import { samplesOf } from './preview/samples.ts'
import { print, ROOT, readArguments, type Tool, ToolError } from './tool.ts'

export const previewTool: Tool = {
  what: 'draws each step of a dialog on one page, in every language: preview call-prep',
  run: (args) => {
    const [name = ''] = readArguments(args, { words: 1 }).words
    const content = loadContent(ROOT)
    const flow = Object.hasOwn(content.flows, name) ? content.flows[name] : undefined
    if (!flow) throw new ToolError(`Name one of the dialogs: ${Object.keys(content.flows).join(', ')}.`)
    const now = Date.now()
    const samples = content.languages.map((language) => samplesOf(content, flow, language, now))
    // Each step beside itself in the other languages.
    const together = flow.steps.flatMap((_, index) => samples.flatMap((all) => all[index] ?? []))
    const file = join(ROOT, 'dist/preview', `${name}.html`)
    mkdirSync(join(ROOT, 'dist/preview'), { recursive: true })
    writeFileSync(file, previewPage(`Tovholder: ${name}`, together))
    print(`Open file://${file}`)
    return 0
  },
}
