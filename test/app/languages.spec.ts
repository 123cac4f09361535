import { strict as assert } from 'node:assert'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { parse, stringify } from 'yaml'
import { type Content, loadContent } from '../../src/app/content.ts'
import { say, sayDay, sceneOf } from '../../src/app/scene.ts'
import { startChat } from '../../src/cli/chat.ts'
import { samplesOf } from '../../src/cli/preview/samples.ts'
import { compileWords, type Words } from '../../src/dialog/words.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { wordsOn } from '../helpers/cards.ts'
import { content as shipped } from '../helpers/core-stage.ts'
import { aTeam, NOON } from '../helpers/documents.ts'
import { sharedRedis } from '../helpers/redis.ts'

type Tree = { [key: string]: string | Tree }

/** These words with those over them. */
const over = (under: Tree, upper: Tree): Tree => {
  const merged = { ...under }
  for (const [key, value] of Object.entries(upper)) {
    const below = under[key]
    merged[key] = typeof value === 'object' && typeof below === 'object' ? over(below, value) : value
  }
  return merged
}

const NORWEGIAN = 'test/fixtures/languages/nb'

describe('a third language', () => {
  let root: string
  let content: Content

  /** The product with Norwegian beside the others. What is not translated yet is said in Danish. */
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'tov-languages-'))
    for (const folder of ['dialogs', 'cards']) cpSync(folder, join(root, folder), { recursive: true })
    const inYaml = (file: string): Tree => (existsSync(file) ? parse(readFileSync(file, 'utf8')) : {})
    for (const { name } of readdirSync('dialogs', { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const words = over(inYaml(`dialogs/${name}/da.yaml`), inYaml(`${NORWEGIAN}/${name}.yaml`))
      writeFileSync(join(root, 'dialogs', name, 'nb.yaml'), stringify(words))
    }
    content = loadContent(root)
  })
  after(() => rmSync(root, { recursive: true, force: true }))

  it('is there as soon as its words are, and not before', () => {
    assert.deepEqual(content.languages, ['da', 'en', 'nb'])
    assert.deepEqual(shipped.languages, LANGUAGES)
  })

  it('writes days, hours and numbers in its own way', () => {
    const scene = (language: string) => sceneOf(content, aTeam('t'), language, NOON)
    const days = content.languages.map((language) => sayDay(scene(language), '2026-12-01'))
    assert.deepEqual(days, ['tirsdag den 1. december', 'Tuesday 1 December', 'tirsdag 1. desember'])
    const many = content.languages.map((language) => say(scene(language), 'cases.line', { agreements: 1200 }))
    assert.deepEqual(many, ['1.200 åbne aftaler', '1,200 open agreements', '1\u00a0200 åpne avtaler'])
  })

  it('has a dialog whole', () => {
    const own = compileWords(parse(readFileSync(`${NORWEGIAN}/call-prep.yaml`, 'utf8')), 'nb')
    const danish = compileWords(parse(readFileSync('dialogs/call-prep/da.yaml', 'utf8')), 'da')
    const named = ({ messages }: Words) => [...messages].map(([path, { names }]) => [path, names]).sort()
    assert.deepEqual(named(own), named(danish))
  })

  it('has every step of a dialog, drawn as in the others', () => {
    const flow = content.flows['call-prep']
    assert.ok(flow)
    const [danish, norwegian] = ['da', 'nb'].map((language) => samplesOf(content, flow, language, NOON))
    assert.equal(norwegian?.length, danish?.length)
    for (const [index, { name, card }] of (norwegian ?? []).entries()) {
      assert.equal(card.lang, 'nb')
      assert.notEqual(wordsOn(card), wordsOn(danish?.[index]?.card), name)
    }
    assert.match(wordsOn(norwegian?.at(-1)?.card), /Siden|lagt merke til noe/)
  })

  it('is spoken with whoever types in it, by its own commands', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const chat = await startChat({
      content,
      redis: (await sharedRedis()).config,
      language: 'da',
      input,
      output,
      clock: { offset: () => 0, move: () => false },
    })
    input.end('norsk\nring hjem\nMK\nspråk\n')
    await chat.talk()
    await chat.close()
    const said = String(output.read())
    for (const words of [
      'Da snakker vi norsk.',
      'Hvilken elev?',
      'Steg 2 av 6',
      'Hvem snakker sammen?',
      'Hvilket språk?',
    ])
      assert.ok(said.includes(words), `${words} is not in:\n${said}`)
    // Each language by its own name.
    assert.match(said, /Dansk {3}\[\d+\] English {3}\[\d+\] Norsk/)
  })

  it('that is no longer there gives way to the one that always is', () => {
    const scene = sceneOf(shipped, aTeam('t'), 'nb', NOON)
    assert.equal(say(scene, 'actions.next'), 'Videre')
  })
})
