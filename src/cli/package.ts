/** The app that a school uploads to Teams: a manifest with its own id and domain, in every language, and two icons. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import * as z from 'zod'
import { type Command, commandName } from '../app/commands.ts'
import { type Content, loadContent } from '../app/content.ts'
import { sharedIn } from '../app/scene.ts'
import { DEFAULT_LANGUAGE, type Language } from '../domain/team.ts'
import { print, ROOT, readArguments, type Tool, ToolError } from './tool.ts'

const FILE = 'dist/tovholder-teams.zip'
const FOLDER = join(ROOT, 'manifest/teams')

/** What one begins with most, wherever one is. */
const OFTEN: Command[] = [
  'concern',
  'call-prep',
  'call-incoming',
  'agreement-log',
  'coordinator-pick',
  'meeting',
  'pupil-talk',
  'parents-meeting',
  'safety',
]

/**
 * What Teams suggests while somebody types; it takes twelve. Slash commands are for places with several people: there Teams
 * sends them so that nobody else sees them. A chat with the bot is private as it is.
 */
const LISTS: { scopes: string[]; triggers: string[]; commands: Command[] }[] = [
  { scopes: ['personal'], triggers: ['mention'], commands: [...OFTEN, 'message-check', 'today', 'help'] },
  {
    scopes: ['team', 'groupChat'],
    triggers: ['mention', 'slash'],
    commands: [...OFTEN, 'overview', 'settings', 'help'],
  },
]

const options = z.object({
  'app-id': z.guid('is the id of the bot registration, such as 11111111-2222-3333-4444-555555555555'),
  domain: z
    .string('is the host Teams reaches the bot at, such as tovholder.school.example')
    .regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'is a host alone, without https:// and without a path'),
  website: z.url('is a page about the app').optional(),
  privacy: z.url('is a page on what is stored').optional(),
  terms: z.url('is a page with the terms of use').optional(),
})
type Options = z.output<typeof options>

/** Makes the files of the package, by name. Throws `ToolError` when an icon is not what Teams takes. */
function teamsPackage(content: Content, given: Options): Record<string, Uint8Array> {
  const template = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8'))
  const others = content.languages.filter((language) => language !== DEFAULT_LANGUAGE)
  const home = `https://${given.domain}`
  const [bot] = template.bots
  const manifest = {
    ...template,
    version: JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version,
    id: given['app-id'],
    localizationInfo: {
      // The manifest itself is in this one; the others are files beside it.
      defaultLanguageTag: DEFAULT_LANGUAGE,
      additionalLanguages: others.map((language) => ({ languageTag: language, file: `${language}.json` })),
    },
    developer: {
      ...template.developer,
      websiteUrl: given.website ?? home,
      privacyUrl: given.privacy ?? home,
      termsOfUseUrl: given.terms ?? home,
    },
    bots: [
      {
        ...bot,
        botId: given['app-id'],
        commandLists: LISTS.map((list) => ({
          ...list,
          commands: suggestions(content, DEFAULT_LANGUAGE, list.commands),
        })),
      },
    ],
    composeExtensions: template.composeExtensions.map((extension: object) => ({
      ...extension,
      botId: given['app-id'],
    })),
    validDomains: [given.domain],
  }
  return {
    'manifest.json': json(manifest),
    ...Object.fromEntries(others.map((language) => [`${language}.json`, json(localized(content, language))])),
    [template.icons.color]: icon(template.icons.color, { size: 192, seeThrough: false }),
    [template.icons.outline]: icon(template.icons.outline, { size: 32, seeThrough: true }),
  }
}

function suggestions(content: Content, language: Language, commands: Command[]) {
  const words = sharedIn(content, language)
  return commands.map((command) => ({
    title: commandName(words, command),
    description: words.say(`help.lines.${command}`),
  }))
}

/** What the manifest says, in another language: each text under the place where it stands. */
function localized(content: Content, language: Language): object {
  const file = join(FOLDER, `${language}.json`)
  if (!existsSync(file)) throw new ToolError(`${relative(ROOT, file)}: is missing; write it as en.json is written.`)
  const words = JSON.parse(readFileSync(file, 'utf8'))
  const commands = LISTS.flatMap(({ commands: shown }, list) =>
    suggestions(content, language, shown).flatMap(({ title, description }, index) => {
      const place = `bots[0].commandLists[${list}].commands[${index}]`
      return [
        [`${place}.title`, title],
        [`${place}.description`, description],
      ]
    }),
  )
  return { ...words, ...Object.fromEntries(commands) }
}

const json = (value: object): Uint8Array => strToU8(`${JSON.stringify(value, null, 2)}\n`)

/** Colour types of a PNG that come with an alpha channel: grey and full colour. */
const WITH_ALPHA = [4, 6]

function icon(name: string, { size, seeThrough }: { size: number; seeThrough: boolean }): Uint8Array {
  const file = join(FOLDER, name)
  const png = readFileSync(file)
  const header = png.subarray(0, 8).toString('latin1') === '\x89PNG\r\n\x1a\n' ? png.subarray(16, 26) : undefined
  const wrong =
    header?.readUInt32BE(0) !== size || header.readUInt32BE(4) !== size
      ? `must be a PNG of ${size} by ${size} pixels`
      : seeThrough && !WITH_ALPHA.includes(header.readUInt8(9))
        ? 'must be white on a transparent ground'
        : undefined
  if (wrong) throw new ToolError(`${relative(ROOT, file)}: it ${wrong}.`)
  return png
}

/** Reads the options of the command line. Throws `ToolError` naming each that is missing or wrong. */
function readOptions(args: string[]): Options {
  const { data, error } = options.safeParse(readArguments(args, { values: Object.keys(options.shape) }))
  if (data) return data
  throw new ToolError(error.issues.map(({ path, message }) => `--${path.join('.')} ${message}.`).join('\n'))
}

export const packageTool: Tool = {
  what: 'makes the app to upload to Teams: --app-id … --domain … [--website … --privacy … --terms …]',
  run: (args) => {
    const files = teamsPackage(loadContent(ROOT), readOptions(args))
    const zip = join(ROOT, FILE)
    mkdirSync(join(ROOT, 'dist'), { recursive: true })
    // The same files make the same package, whenever it is made.
    writeFileSync(zip, zipSync(files, { mtime: '1980-01-01T12:00:00' }))
    print(`${FILE} holds ${Object.keys(files).join(', ')}. Upload it in the Teams admin centre.`)
    return 0
  },
}
