import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { channelRisks } from '../../src/domain/channel-risks.ts'

const risks = (what: string, alias = 'MK') => channelRisks(what, { alias }).map(({ code }) => code)

describe('what the channel must not show', () => {
  for (const [code, texts] of [
    [
      'alias',
      [
        'MK ringer hver dag',
        'Anna henter MK.',
        'Besøg hos MK-familien',
        'MKs mor ringer',
        "MK's mor ringer",
        '(MK)',
        'M.K. ringes op',
        'M. K. ringes op',
        'Anna henter M.K',
        'Anna henter M-K.',
        'Anna henter M–K',
        'M K ringes op mandag',
        'M\u00a0K ringes op',
        'M.K.s mor ringer',
        "M.K's mor ringer",
        'M-Ks mor ringer',
        'A.M.K. ringes op',
        'M.K.Nielsen ringes op',
      ],
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
        'Læreren i 7.klasse b ringer',
        'Læreren i 7. klasse B ringer',
        'Mødes med 10 klasse a',
        'Mødes med 7.kl. b',
        'Mødes med 7. kl b',
      ],
    ],
    [
      'contact-details',
      [
        'Ring 20123456',
        'Ring 20 12 34 56 kl. 8',
        'Ring +4520123456',
        'Ring +45 2012 3456.',
        'Ring 20-12-34-56',
        'Ring 20.12.34.56 kl. 8',
        'Ring 20 – 12 – 34 – 56',
        'Ring 20/12/34/56',
        'Ring 20\u00a012\u00a034\u00a056',
        'Ring +45-20-12-34-56',
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
    ['Senest 12.03.26', 'MK'],
    ['Senest 12-03-2026 kl. 10.15', 'MK'],
    ['12-03-26 10.15', 'MK'],
    ['12.03.26. 14.30 mødes vi', 'MK'],
    ['Den 12/03/26 kl. 10', 'MK'],
    ['I skoleåret 2025-2026', 'MK'],
    ['Mandag kl. 8.30-9.15', 'MK'],
    ['Mandag kl. 08.30-09.15', 'MK'],
    ['Mandag 08.30 - 09.15 i lokale 12.34', 'MK'],
    ['Mandag kl. 10.00–11.30 i lokale B-12', 'MK'],
    ['Lokale 02.14 på 2. sal', 'MK'],
    ['Læs i 20-30 minutter, side 12-13', 'MK'],
    ['Læs f.eks. en bog, bl.a. om dyr', 'FE'],
    ['Læs f.eks. en bog, bl.a. om dyr', 'BLA'],
    ['Vi mødes i gruppe A. I dag går vi sammen', 'AI'],
    ['Bo ringer til M. Karen skriver', 'MK'],
    ['I 7. klasse er der idræt', 'MK'],
    ['Hele 7. klasse får besked', 'MK'],
    ['I 7. klasse f.eks. i idræt', 'MK'],
    ['Turen for 7. klasse d. 12. marts', 'MK'],
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
