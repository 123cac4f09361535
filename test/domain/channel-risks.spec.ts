import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { channelRisks } from '../../src/domain/channel-risks.ts'

const risks = (what: string, alias = 'MK') => channelRisks(what, { alias }).map(({ code }) => code)

describe('what the channel must not show', () => {
  for (const [code, texts] of [
    [
      'alias',
      ['MK ringer hver dag', 'Anna henter MK.', 'Besøg hos MK-familien', 'MKs mor ringer', "MK's mor ringer", '(MK)'],
    ],
    [
      'class',
      [
        'Mødes i 7.b',
        'Mødes i 7. B kl. 8',
        '7b går på tur',
        'Læreren i 10.a ringer',
        'Spiser med 0 c',
        '7.a. Far kommer',
      ],
    ],
    [
      'contact-details',
      [
        'Ring 20123456',
        'Ring 20 12 34 56 kl. 8',
        'Ring +4520123456',
        'Ring +45 2012 3456.',
        'Skriv til mor@hjemme.dk',
        'Skriv til m.k+skole@post.hjemme.dk i dag',
      ],
    ],
  ] as const)
    for (const text of texts) it(`is ${code}: ‘${text}’`, () => assert.deepEqual(risks(text), [code]))

  it('is named all at once', () =>
    assert.deepEqual(risks('MK i 7.b, 20 12 34 56'), ['alias', 'class', 'contact-details']))
})

describe('what the channel may show', () => {
  for (const [text, alias] of [
    ['Du ringer kl. 8.15', 'DU'],
    ['og så går vi', 'OG'],
    ['MKX kommer', 'MK'],
    ['ÅMK kommer', 'MK'],
    ['Call before 8 a.m.', 'MK'],
    ['Call before 10 A.M. on Monday', 'MK'],
    ['Vi mødes kl. 8 ved porten', 'MK'],
    ['Læs 2 bøger og 3 artikler', 'MK'],
    ['Senest 23.11.2026', 'MK'],
    ['Fra 2026-11-23 til 2026-12-01', 'MK'],
    ['20 minutter, 5 dage, 3 gange', 'MK'],
    ['Følg @skolen', 'MK'],
    ['Vi ses', ''],
  ] as const)
    it(`‘${text}’ of the pupil ‘${alias}’`, () => assert.deepEqual(risks(text, alias), []))
})

const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ')
const anAlias = fc.array(letter, { minLength: 2, maxLength: 4 }).map((letters) => letters.join(''))

describe("a pupil's initials", () => {
  it('are found wherever they stand as a word, however the case spells them', () =>
    fc.assert(
      fc.property(anAlias, fc.constantFrom('', ' ', ',', '\n', '(', '»', '7'), fc.boolean(), (alias, edge, small) => {
        const spelt = small ? alias.toLowerCase() : alias
        assert.ok(risks(`ring til${edge || ' '}${alias}${edge} nu`, spelt).includes('alias'))
      }),
    ))

  it('are not found inside a word', () =>
    fc.assert(
      fc.property(anAlias, (alias) => {
        assert.ok(!risks(`x${alias}x ${alias.toLowerCase()}`, alias).includes('alias'))
      }),
    ))
})
