import { strict as assert } from 'node:assert'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ContentError, loadContent } from '../../src/app/content.ts'

describe('the content', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'tov-content-'))
    for (const folder of ['dialogs', 'cards']) cpSync(folder, join(root, folder), { recursive: true })
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const edit = (file: string, from: string, to: string) => {
    const text = readFileSync(join(root, file), 'utf8')
    assert.ok(text.includes(from), `${file} has no "${from}"`)
    writeFileSync(join(root, file), text.replace(from, to))
  }
  const faults = (): string[] => {
    try {
      loadContent(root)
      return []
    } catch (error) {
      assert.ok(error instanceof ContentError)
      return error.message.split('\n')
    }
  }
  const AGREEMENT = 'dialogs/agreement-log'

  it('is read whole and cannot be changed afterwards', () => {
    const content = loadContent(root)
    assert.deepEqual(Object.keys(content.flows), [
      'agreement-log',
      'call-incoming',
      'call-prep',
      'concern',
      'coordinator-pick',
      'meeting',
      'meeting-hold',
      'parents-meeting',
      'pupil-talk',
    ])
    assert.ok(Object.isFrozen(content.flows['call-prep']?.steps[0]?.fields))
  })

  it('takes a dialog written as the page for coaches shows it', () => {
    const page = readFileSync('dialogs/README.md', 'utf8')
    const [words = '', flow = ''] = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block = '']) => block)
    mkdirSync(join(root, 'dialogs/example'))
    for (const [file, text] of Object.entries({ flow, da: words, en: words }))
      writeFileSync(join(root, `dialogs/example/${file}.yaml`), text)
    assert.deepEqual(faults(), [])
    assert.equal(loadContent(root).flows.example?.steps.length, 2)
  })

  const FAULTS: [what: string, file: string, from: string, to: string, told: string | RegExp][] = [
    [
      'an unknown jump',
      `${AGREEMENT}/flow.yaml`,
      'go: agreement,',
      'go: agrement,',
      `${AGREEMENT}/flow.yaml, so-far.another: it goes to "agrement", but there is no such step`,
    ],
    [
      'an unknown function, with the step by its name',
      `${AGREEMENT}/flow.yaml`,
      'count(agreements) == 0',
      'cnt(agreements) == 0',
      /^dialogs\/agreement-log\/flow\.yaml, agreement\.if: "cnt\(agreements\) == 0" is not an expression: cnt does not have/,
    ],
    [
      'a missing word in one language, once',
      `${AGREEMENT}/en.yaml`,
      'title: Which pupil?',
      'titel: Which pupil?',
      /^dialogs\/agreement-log\/(en\.yaml, new-pupil\.title|da\.yaml, new-pupil\.titel): these words are missing$/,
    ],
    [
      'a shared word in one language',
      'dialogs/shared/da.yaml',
      'toDirect: ',
      'todirect: ',
      /^dialogs\/shared\/(da\.yaml, toDirect|en\.yaml, todirect): these words are missing$/,
    ],
    [
      'a message whose arguments differ',
      `${AGREEMENT}/en.yaml`,
      'Hi! This is what we agreed:',
      'Hi {pupil}! This is what we agreed:',
      `${AGREEMENT}/da.yaml, pupil-version.letter.hello: {pupil} is left out here, but not in another language`,
    ],
    [
      'a message that does not parse',
      `${AGREEMENT}/da.yaml`,
      'Læs dem,',
      'Læs {dem,',
      /^dialogs\/agreement-log\/da\.yaml: The words at "so-far\.text" do not parse/,
    ],
    [
      'a card outside the portable parts',
      'cards/notice.json',
      '"type": "FactSet"',
      '"type": "Table"',
      /^cards\/notice\.json: "Table" cannot be shown everywhere/,
    ],
    [
      'an answer that no step asks for, in a piece of advice',
      'dialogs/pupil-talk/da.yaml',
      "{ own: '{settled}' }",
      "{ own: '{setled}' }",
      /^dialogs\/pupil-talk\/(da\.yaml, talk\.guide\.settled\.lines\.own: (\{setled\} is no answer of this dialog|\{settled\} is left out here.*)|en\.yaml, talk\.guide\.settled\.lines\.own: \{setled\} is left out here.*)$/,
    ],
    ['a card that is no JSON', 'cards/step.json', '{', '', /^cards\/step\.json: /],
  ]
  for (const [what, file, from, to, told] of FAULTS)
    it(`names ${what}`, () => {
      edit(file, from, to)
      const found = faults()
      assert.notEqual(found.length, 0)
      for (const fault of found) typeof told === 'string' ? assert.equal(fault, told) : assert.match(fault, told)
      assert.equal(new Set(found).size, found.length, 'the same fault is named twice')
    })

  it('names every fault at once', () => {
    edit(`${AGREEMENT}/flow.yaml`, 'go: agreement,', 'go: agrement,')
    edit('dialogs/call-prep/da.yaml', 'title: Hvilken elev?', 'title: "{pupil}"')
    assert.deepEqual(
      faults()
        .map((fault) => fault.split(',')[0])
        .sort(),
      ['dialogs/agreement-log/flow.yaml', 'dialogs/call-prep/da.yaml', 'dialogs/call-prep/en.yaml'],
    )
  })
})
