import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { newCaseCode, parseCaseCode } from '../../src/domain/case-code.ts'

/** Codes from chance that is given: each number is brought below n as a random source would. */
const aCode = fc.array(fc.nat(), { minLength: 4, maxLength: 4 }).map((numbers) => {
  const left = [...numbers]
  return newCaseCode((n) => (left.shift() ?? 0) % n)
})

describe('a case code', () => {
  it('is read back as it was made, however people write it', () =>
    fc.assert(
      fc.property(
        aCode,
        fc.constantFrom('F-', 'F ', 'F', 'f-', 'f'),
        fc.constantFrom('', ' ', '\n'),
        (code, f, pad) => {
          const marks = code.slice(2)
          assert.equal(parseCaseCode(`${pad}${f}${marks}${pad}`), code)
          assert.equal(parseCaseCode(`${f}${marks.toLowerCase()}`), code)
        },
      ),
    ))

  it('has no mark that can be taken for another, and uses each of its marks', () => {
    let size = 0
    newCaseCode((n) => {
      size = n
      return 0
    })
    const codes = Array.from({ length: size }, (_, mark) => newCaseCode(() => mark))
    assert.equal(new Set(codes).size, size)
    for (const code of codes) assert.match(code, /^F-(?:(?![01ILOU])[0-9A-Z]){4}$/)
  })

  for (const text of [
    '',
    'F-',
    'F-7K3',
    'F-7K3QQ',
    'F--7K3Q',
    'G-7K3Q',
    'F-7K3O',
    'F-1K3Q',
    'sag F-7K3Q',
    'F-7K 3Q',
    'F-ÆØÅA',
  ])
    it(`is not ‘${text}’`, () => assert.equal(parseCaseCode(text), undefined))
})
