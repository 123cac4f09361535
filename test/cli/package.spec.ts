import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { AppManifestUtils } from '@microsoft/app-manifest'
import { strFromU8, unzipSync } from 'fflate'
import { PNG } from 'pngjs'
import { parseCommand } from '../../src/app/commands.ts'
import { packageTool } from '../../src/cli/package.ts'
import { ToolError } from '../../src/cli/tool.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { content } from '../helpers/core-stage.ts'

const APP = '11111111-2222-3333-4444-555555555555'
const GIVEN = ['--app-id', APP, '--domain', 'tovholder.school.example']
const SCHEMAS = join(
  createRequire(import.meta.url).resolve('@microsoft/app-manifest/package.json'),
  '../build/json-schemas/teams/v1.30',
)

/** The schema of the language files, without the parts we have nothing of: some of their patterns do not compile. */
function languageSchema() {
  const schema = JSON.parse(readFileSync(join(SCHEMAS, 'MicrosoftTeams.Localization.schema.json'), 'utf8'))
  const ours = Object.entries(schema.patternProperties).filter(([place]) => /^\^(bots|composeExtensions)/.test(place))
  return { ...schema, patternProperties: Object.fromEntries(ours) }
}

type Manifest = Parameters<typeof AppManifestUtils.validateAgainstSchema>[0]

const CONTEXT = { env: {}, root: '.', print: () => {} }

describe('The package for Teams', () => {
  let files: Record<string, Uint8Array>
  const inJson = (name: string) => JSON.parse(strFromU8(files[name] ?? new Uint8Array()))
  const picture = (name: string) => PNG.sync.read(Buffer.from(files[name] ?? new Uint8Array()))

  before(async () => {
    assert.equal(await packageTool.run(GIVEN, CONTEXT), 0)
    files = unzipSync(readFileSync('dist/tovholder-teams.zip'))
  })

  it('holds what the manifest names, and nothing else', () => {
    const { icons, localizationInfo } = inJson('manifest.json')
    const named = localizationInfo.additionalLanguages.map(({ file }: { file: string }) => file)
    assert.deepEqual(Object.keys(files).sort(), ['manifest.json', icons.color, icons.outline, ...named].sort())
    const tags = localizationInfo.additionalLanguages.map(({ languageTag }: { languageTag: string }) => languageTag)
    assert.deepEqual([localizationInfo.defaultLanguageTag, ...tags].sort(), [...LANGUAGES].sort())
  })

  it('is what Teams takes, manifest and languages, checked without a network', async () => {
    const { fetch } = globalThis
    globalThis.fetch = () => Promise.reject(new Error('no network'))
    try {
      const manifest: Manifest = inJson('manifest.json')
      assert.equal(manifest.manifestVersion, '1.30')
      assert.deepEqual(await AppManifestUtils.validateAgainstSchema(manifest), [])
      const broken = { ...manifest, accentColor: 'green' } as Manifest
      assert.notDeepEqual(await AppManifestUtils.validateAgainstSchema(broken), [])
      const schema = languageSchema()
      for (const language of LANGUAGES.filter((one) => one !== 'da'))
        assert.deepEqual(await AppManifestUtils.validateAgainstSchema(inJson(`${language}.json`), schema), [])
    } finally {
      globalThis.fetch = fetch
    }
  })

  it("has the school's own id and domain everywhere", () => {
    const { id, bots, composeExtensions, validDomains, developer } = inJson('manifest.json')
    assert.deepEqual([id, bots[0].botId, composeExtensions[0].botId], [APP, APP, APP])
    assert.deepEqual(validDomains, ['tovholder.school.example'])
    assert.doesNotMatch(JSON.stringify(developer), /tovholder\.example/)
  })

  it('asks for no right to read what is written in a channel', () => {
    assert.doesNotMatch(
      strFromU8(files['manifest.json'] ?? new Uint8Array()),
      /webApplicationInfo|ChannelMessage|Chat\./,
    )
  })

  it('suggests commands the bot understands, in every language, with a text for every one', () => {
    const { bots } = inJson('manifest.json')
    const english = inJson('en.json')
    for (const [list, { commands }] of bots[0].commandLists.entries())
      for (const [index, { title, description }] of commands.entries()) {
        const place = `bots[0].commandLists[${list}].commands[${index}]`
        const [danish, translated] = [title, english[`${place}.title`]].map((said) =>
          parseCommand(said, content.commands),
        )
        assert.ok(danish?.kind === 'command' && translated?.kind === 'command', `${place}: ${title}`)
        assert.equal(danish.command, translated.command)
        assert.doesNotMatch(title, /^\//)
        assert.ok(description && english[`${place}.description`] !== description, place)
      }
  })

  it('offers slash commands where several people are, and only there', () => {
    const [{ scopes, commandLists, supportsTargetedMessages }] = inJson('manifest.json').bots
    assert.deepEqual(scopes, ['personal', 'team', 'groupChat'])
    assert.equal(supportsTargetedMessages, true)
    const slash = commandLists.filter(({ triggers }: { triggers: string[] }) => triggers.includes('slash'))
    assert.deepEqual(
      slash.flatMap((list: { scopes: string[] }) => list.scopes),
      ['team', 'groupChat'],
    )
  })

  it('has a colour icon that fills its ground, and an outline that is white on nothing', () => {
    const color = picture('color.png')
    assert.deepEqual([color.width, color.height], [192, 192])
    for (let at = 3; at < color.data.length; at += 4) assert.equal(color.data[at], 255)
    const outline = picture('outline.png')
    assert.deepEqual([outline.width, outline.height], [32, 32])
    let [nothing, drawn] = [0, 0]
    for (let at = 0; at < outline.data.length; at += 4) {
      const [red, green, blue, alpha] = outline.data.subarray(at, at + 4)
      if (alpha === 0) nothing++
      else assert.deepEqual([red, green, blue], [255, 255, 255], `pixel ${at / 4}`)
      if (alpha === 255) drawn++
    }
    assert.ok(nothing > 100 && drawn > 20, `${nothing} transparent and ${drawn} white pixels`)
  })

  it('says what is missing or wrong in a sentence each', () => {
    const refuses = (args: string[], words: RegExp) =>
      assert.throws(
        () => packageTool.run(args, CONTEXT),
        (error) => error instanceof ToolError && words.test(error.message),
      )
    refuses([], /^--app-id is .*\n--domain is .*$/)
    refuses(['--app-id', APP, '--domain', 'https://tovholder.school.example/'], /^--domain is a host alone.*$/)
    refuses([...GIVEN, '--colour', 'green'], /^Unknown option '--colour'\. It takes --app-id …, --domain …/)
  })
})
