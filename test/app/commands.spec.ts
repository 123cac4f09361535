import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { COMMANDS, type Command, commandName, lintCommands, parseCommand } from '../../src/app/commands.ts'
import { compileWords } from '../../src/dialog/words.ts'
import { LANGUAGES } from '../../src/domain/team.ts'
import { content } from '../helpers/core-stage.ts'

const SAID: Record<Command, string[]> = {
  concern: ['bekymring', 'concern'],
  'call-prep': ['opkald forbered', 'forbered opkald', 'opkald', 'call prep', 'call', 'prep'],
  'call-incoming': ['opkald ind', 'hjemmet ringer', 'call incoming', 'incoming call'],
  'pupil-talk': ['elevsamtale', 'tal med eleven', 'pupil talk', 'talk with pupil'],
  'agreement-log': ['aftale', 'aftaler', 'agreement', 'agreements'],
  'coordinator-pick': ['tovholder', 'coordinator'],
  meeting: ['møde', 'moede', 'planlæg møde', 'meeting', 'plan meeting'],
  'meeting-hold': ['dagsorden', 'hold møde', 'agenda', 'hold meeting'],
  'message-check': ['besked tjek', 'tjek besked', 'message check', 'check message'],
  'parents-meeting': ['forældremøde', 'foraeldremoede', 'parents meeting', "parents' meeting", 'parents-meeting'],
  safety: ['akut', 'safety', 'urgent'],
  cases: ['sager', 'mine sager', 'cases', 'my cases'],
  case: ['sag', 'case'],
  today: ['i dag', 'idag', 'today'],
  overview: ['overblik', 'overview'],
  language: ['sprog', 'dansk', 'danish', 'language', 'english', 'engelsk'],
  team: ['team', 'skift team', 'switch team'],
  settings: ['indstillinger', 'opsætning', 'opsaetning', 'settings', 'setup'],
  privacy: ['privatliv', 'privacy'],
  'privacy-export': ['privatliv eksport', 'privacy export'],
  'privacy-erase': ['privatliv slet', 'privacy erase'],
  help: ['hjælp', 'hjaelp', 'hej', 'help', 'hi', 'hello'],
  cancel: ['stop', 'annuller', 'afbryd', 'cancel'],
  resume: ['fortsæt', 'fortsaet', 'resume', 'continue'],
}
const read = (text: string) => parseCommand(text, content.commands)
const understood = (text: string): string => {
  const parsed = read(text)
  return parsed.kind === 'command' ? parsed.command : parsed.kind
}

describe('a command', () => {
  for (const command of COMMANDS)
    it(`${command} is understood however it is written`, () => {
      for (const name of SAID[command])
        for (const text of [
          name,
          `/${name}`,
          `/ ${name}`,
          name.toUpperCase(),
          `  ${name}\n`,
          name.replace(' ', '   '),
          `${name}!`,
        ])
          assert.equal(understood(text), command, text)
    })

  it('is shown by a name that is understood', () => {
    for (const command of COMMANDS)
      for (const language of LANGUAGES)
        assert.equal(understood(commandName(content.shared[language], command)), command)
  })

  it('takes a case code behind it, as people write codes', () => {
    for (const command of COMMANDS)
      for (const name of SAID[command])
        for (const code of ['F-7K3Q', 'f-7k3q', 'F7K3Q', 'f 7k3q']) {
          const parsed = read(`/${name} ${code}`)
          assert.equal(parsed.kind, 'command', name)
          if (parsed.kind === 'command') assert.deepEqual([parsed.command, parsed.code], [command, 'F-7K3Q'])
        }
  })

  it('may be a case code alone', () => {
    assert.deepEqual(read(' f7k3q '), { kind: 'command', command: 'case', code: 'F-7K3Q', name: 'case' })
  })

  it('tells which language it is in, unless both say it so', () => {
    const spoken = (text: string) => {
      const parsed = read(text)
      return parsed.kind === 'command' ? parsed.language : undefined
    }
    assert.deepEqual(['hjælp', 'help', 'stop', 'F-7K3Q'].map(spoken), ['da', 'en', undefined, undefined])
  })

  it('may be the language one wants', () => {
    const asked = (text: string) => {
      const parsed = read(text)
      return parsed.kind === 'command' ? parsed.speaks : undefined
    }
    assert.deepEqual(['english', 'engelsk', 'dansk', 'sprog'].map(asked), ['en', 'en', 'da', undefined])
  })

  it('has a name in every language, and no name means two', () => {
    const { messages } = content.shared.en
    const words = Object.fromEntries(
      COMMANDS.filter((command) => command !== 'team').map((command) => [command, command]),
    )
    const other = compileWords({ commands: { ...words, help: 'cases' }, language: { names: 'norsk' } }, 'nb')
    assert.ok(messages.has('commands.help'))
    assert.deepEqual(lintCommands({ ...content.shared, nb: other }), [
      { file: 'dialogs/shared/nb.yaml', where: 'commands.team', remedy: 'say what one types for it' },
      {
        file: 'dialogs/shared/nb.yaml',
        where: 'commands.help',
        remedy: '"cases" means cases in dialogs/shared/en.yaml; call it something else',
      },
    ])
  })

  it('that was nearly right is asked about', () => {
    for (const [text, command] of [
      ['opkald forberd', 'call-prep'],
      ['cal prep', 'call-prep'],
      ['aftalen', 'agreement-log'],
      ['tovholdr', 'coordinator-pick'],
      ['/kordinator', 'coordinator-pick'],
      ['hjelp', 'help'],
      ['/hjlp', 'help'],
      ['forsaet', 'resume'],
    ] as const)
      assert.deepEqual(read(text), { kind: 'near', command }, text)
  })

  it('is never seen in an ordinary sentence, an answer or nothing at all', () => {
    for (const text of [
      '',
      '  ',
      '/',
      '!?',
      'nej',
      'ja',
      'mor',
      'MK',
      'F-',
      'Mikkel var væk igen i dag',
      'i dag ringede jeg hjem til mor',
      'Hvad er en tovholder egentlig?',
      'sag om Mikkel',
      'stop lige en gang, jeg skal tænke',
      'We agreed to call on Monday',
      'Call home about MK',
      'today was better',
      'I need some help with a pupil who stays away',
      'constructor',
      '__proto__',
      `hjælp ${'x'.repeat(100)}`,
    ])
      assert.equal(understood(text), 'text', text)
  })

  it('is decided for any text there is, quickly', () => {
    fc.assert(fc.property(fc.string({ maxLength: 5000 }), (text) => void understood(text)))
    assert.equal(understood('/ '.repeat(500_000)), 'text')
    assert.equal(understood('!'.repeat(100_000)), 'text')
    assert.equal(understood(`${'!'.repeat(100_000)}x`), 'text')
  })
})
