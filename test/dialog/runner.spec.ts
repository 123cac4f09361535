import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { findStep } from '../../src/dialog/flow.ts'
import { advance, begin, type Input, keptIn, progress, type Result, scopeOf } from '../../src/dialog/runner.ts'
import type { Session, Vars } from '../../src/dialog/session.ts'
import { aFlow, someSurroundings } from '../helpers/flows.ts'

const FLOW = aFlow(`
needs: case.open
steps:
  - id: which
    if: empty(code) && count(cases) > 0
    fields: { code: { kind: choice, from: cases, options: [new], required: true } }
  - id: pupil
    if: empty(code) || code == 'new'
    fields: { alias: { kind: text, max: 8, required: true } }
    fill: greet
  - id: what
    if: count(things) == 0
    fields:
      what: { kind: text, max: 20, required: true }
      who: { kind: choice, from: colleagues, default: user }
      by: { kind: date, notBefore: today, notAfter: inFourWeeks, default: inAWeek, required: who == 'bo' }
    check: short
    collect: things
  - id: so-far
    actions: [{ id: onwards }, { id: another, go: what, if: count(things) < 3 }, { id: correct, go: what, takeBack: things }]
  - id: confirm
    do: keep
finish:
  - { if: count(things) > 1, begin: other }
  - say: bye
`)
const AROUND = someSurroundings()
const START = { id: 's1', user: 'karen', startedAt: 0 }

const submit = (step: string, values: Record<string, unknown> = {}, action = 'next'): Input => ({
  kind: 'submit',
  step,
  action,
  values,
})
const take = (session: Session, ...inputs: Input[]): Result => {
  const [first, ...rest] = inputs
  assert.ok(first)
  const result = advance(FLOW, session, first, AROUND)
  return rest.length > 0 ? take(result.session, ...rest) : result
}
const fresh = (vars: Vars = {}) => begin(FLOW, { ...START, vars }, AROUND)
const THING = { what: 'gå', who: 'bo', by: '2026-11-30' }
const toSoFar = [submit('which', { code: 'new' }), submit('pupil', { alias: 'MK' }), submit('what', THING)]
const codes = (result: Result) =>
  result.kind === 'invalid' ? result.faults.map(({ field, code }) => `${field} ${code}`) : []

describe('a dialog', () => {
  it('begins at the first step that applies', () => {
    assert.equal(fresh().step, 'which')
    assert.equal(begin(FLOW, { ...START, code: 'F-7K3Q' }, AROUND).step, 'what')
    const { cases: _, ...lists } = AROUND.lists
    assert.equal(begin(FLOW, START, someSurroundings({ lists: { ...lists, cases: [] } })).step, 'pupil')
    const never = aFlow('{ needs: x, steps: [{ id: a, if: empty(user) }], finish: [{}] }')
    assert.throws(() => begin(never, START, AROUND), /"walk" has no step that applies/)
  })

  it('moves on with an answer, past the steps that do not apply', () => {
    const result = take(fresh(), submit('which', { code: 'F-7K3Q' }))
    assert.equal(result.kind, 'moved')
    assert.equal(result.session.step, 'what')
    assert.deepEqual(result.session.trail, ['which'])
    assert.equal(result.session.code, 'F-7K3Q')
    assert.equal(take(fresh(), submit('which', { code: 'new' })).session.code, undefined)
  })

  it('takes a typed line where the step asks for exactly one text', () => {
    const pupil = take(fresh(), submit('which', { code: 'new' })).session
    const { kind, session } = take(pupil, { kind: 'text', text: '  mk ' })
    assert.deepEqual([kind, session.step, session.vars.alias, session.vars.greeting], ['moved', 'what', 'mk', 'hej mk'])
    assert.equal(take(session, { kind: 'text', text: 'gå' }).kind, 'unexpected')
    assert.equal(take(fresh(), { kind: 'text', text: 'new' }).kind, 'unexpected')
  })

  it('changes nothing for another step than the one it stands at, or a button that is not there', () => {
    const { session } = take(fresh(), ...toSoFar)
    const full = take(
      session,
      submit('so-far', {}, 'another'),
      submit('what', THING),
      submit('so-far', {}, 'another'),
      submit('what', THING),
    )
    for (const [at, input] of [
      [session, submit('which', { code: 'new' })],
      [session, submit('so-far', {}, 'nope')],
      [session, submit('so-far', {}, 'constructor')],
      [session, { kind: 'back', step: 'pupil' }],
      [fresh(), { kind: 'back' }],
      [full.session, submit('so-far', {}, 'another')],
    ] as [Session, Input][]) {
      const result = advance(FLOW, at, input, AROUND)
      assert.equal(result.kind, 'stale')
      assert.equal(result.session, at)
    }
  })

  it('asks again for what is missing or wrong, and keeps what was entered', () => {
    const { session } = take(fresh(), submit('which', { code: 'F-7K3Q' }))
    const asked = (values: Record<string, unknown>) => codes(take(session, submit('what', values)))
    assert.deepEqual(asked({}), ['what missing'])
    assert.deepEqual(asked({ what: ' \u200b ', who: 'bo' }), ['what missing', 'by missing'])
    assert.deepEqual(asked({ what: 'x'.repeat(21) }), ['what too-long'])
    assert.deepEqual(asked({ what: '010203-1234' }), ['what cpr'])
    assert.deepEqual(asked({ what: 7, who: ['bo'], by: {} }), [
      'what not-understood',
      'who not-understood',
      'by not-understood',
    ])
    assert.deepEqual(asked({ what: 'gå', who: 'birte' }), ['who not-an-option'])
    for (const by of ['30-11-2026', '2026-13-01', 'i morgen'])
      assert.deepEqual(asked({ what: 'gå', by }), ['by not-a-date'])
    assert.deepEqual(asked({ what: 'gå', by: '2026-11-23' }), ['by too-early'])
    assert.deepEqual(asked({ what: 'gå', by: '2026-12-23' }), ['by too-late'])
    // The check over the whole form comes once every field can be read.
    assert.deepEqual(asked({ what: 'for lang' }), ['what long'])
    const result = take(session, submit('what', { what: 'for lang' }))
    assert.deepEqual(result.kind === 'invalid' && result.entered, { what: 'for lang' })
    assert.equal(result.session, session)
  })

  it('takes no value that no field asked for', () => {
    const values = { code: 'new', alias: 'QQ', things: [], __proto__: { x: 1 }, step: 'confirm' }
    assert.deepEqual(take(fresh(), submit('which', values)).session.vars, { code: 'new', things: [] })
  })

  it('goes back to where one came from, with the answers still there', () => {
    const { session } = take(fresh(), submit('which', { code: 'new' }), submit('pupil', { alias: 'MK' }))
    const once = take(session, { kind: 'back', step: 'what' })
    assert.deepEqual([once.kind, once.session.step, once.session.vars.alias], ['moved', 'pupil', 'MK'])
    assert.equal(take(once.session, { kind: 'back' }).session.step, 'which')
  })

  it('has chosen no case any more where one goes back to the choice', () => {
    const chosen = take(fresh(), submit('which', { code: 'F-7K3Q' })).session
    assert.equal(chosen.code, 'F-7K3Q')
    const back = take(chosen, { kind: 'back' }).session
    assert.deepEqual([back.step, back.code, back.vars.code], ['which', undefined, 'F-7K3Q'])
    const other = take(back, submit('which', { code: 'new' })).session
    assert.deepEqual([other.step, other.code], ['pupil', undefined])
    const further = take(chosen, submit('what', THING), { kind: 'back' }).session
    assert.deepEqual([further.step, further.code], ['what', 'F-7K3Q'])
  })

  it('does not go back to whose case it is once its answers are kept in one', () => {
    const { session } = take(fresh(), ...toSoFar, submit('so-far', {}, 'onwards'))
    assert.deepEqual(session.trail, ['which', 'pupil', 'what', 'so-far'])
    const kept = keptIn(FLOW, session, 'F-7K3Q', AROUND)
    assert.deepEqual([kept.code, kept.trail], ['F-7K3Q', ['what', 'so-far']])
  })

  it('opens a form again that was put into a list, when one goes back over it', () => {
    const { session } = take(fresh(), ...toSoFar)
    assert.deepEqual(session.vars.things, [THING])
    assert.equal(session.vars.what, undefined)
    const { session: again } = take(session, { kind: 'back' })
    assert.deepEqual([again.step, again.vars.things, again.vars.what], ['what', [], 'gå'])
    assert.deepEqual(take(again, submit('what', { ...THING, what: 'løbe' })).session.vars.things, [
      { ...THING, what: 'løbe' },
    ])
  })

  it('jumps to a step for one more, and takes the last one back to correct it', () => {
    const { session } = take(fresh(), ...toSoFar, submit('so-far', {}, 'another'))
    assert.deepEqual([session.step, session.vars.what], ['what', undefined])
    const two = take(session, submit('what', { ...THING, what: 'løbe' })).session
    const corrected = take(two, submit('so-far', {}, 'correct')).session
    assert.deepEqual([corrected.step, corrected.vars.what, corrected.vars.things], ['what', 'løbe', [THING]])
  })

  it('tells the effect of the step that is left, and how it ends', () => {
    const { session } = take(fresh(), ...toSoFar, submit('so-far', {}, 'onwards'))
    assert.equal(session.step, 'confirm')
    const ended = take(session, submit('confirm'))
    assert.deepEqual(
      [ended.kind, ended.kind === 'finished' && ended.effect, ended.kind === 'finished' && ended.ending.say],
      ['finished', 'keep', 'bye'],
    )
    const two = take(
      session,
      { kind: 'back' },
      submit('so-far', {}, 'another'),
      submit('what', THING),
      submit('so-far', {}, 'onwards'),
      submit('confirm'),
    )
    assert.equal(two.kind === 'finished' && two.ending.begin, 'other')
  })

  it('can be stopped anywhere', () => {
    const { session } = take(fresh(), ...toSoFar)
    assert.deepEqual(take(session, { kind: 'cancel' }), { kind: 'cancelled', session })
  })

  it('counts the steps ahead as things look now, and none twice', () => {
    const at = (session: Session) => Object.values(progress(FLOW, session, AROUND)).join(' of ')
    // Until a case is chosen it looks as if the pupil must be asked for.
    assert.equal(at(fresh()), '1 of 5')
    assert.equal(at(take(fresh(), submit('which', { code: 'F-7K3Q' })).session), '2 of 4')
    const soFar = take(fresh(), ...toSoFar).session
    assert.equal(at(soFar), '4 of 5')
    assert.equal(at(take(soFar, submit('so-far', {}, 'another')).session), '3 of 5')
    assert.equal(at(take(soFar, submit('so-far', {}, 'another'), submit('what', THING)).session), '4 of 5')
  })

  it('counts with the answers that the steps ahead begin with', () => {
    const flow = aFlow(`
needs: case.open
steps:
  - { id: a, fields: { way: { kind: choice, options: [call, visit], default: "'call'" } } }
  - { id: b, if: way == 'call' }
  - { id: c, if: way == 'visit' }
finish: [{}]`)
    assert.deepEqual(progress(flow, begin(flow, START, AROUND), AROUND), { at: 1, of: 2 })
  })

  it('goes on from its beginning, with what was answered, when it was rewritten meanwhile', () => {
    const { session } = take(fresh(), submit('which', { code: 'new' }), submit('pupil', { alias: 'MK' }))
    const result = advance(FLOW, { ...session, step: 'gone' }, submit('gone', { x: 'y' }), AROUND)
    assert.equal(result.kind, 'stale')
    assert.deepEqual([result.session.step, result.session.trail, result.session.vars.alias], ['pupil', [], 'MK'])
  })

  it('never breaks, leaves its steps or forgets, whatever comes in', () => {
    const ids = FLOW.steps.map(({ id }) => id)
    const junk = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.array(fc.string()),
      fc.object(),
    )
    const name = fc.oneof(fc.constantFrom('code', 'alias', 'what', 'who', 'by', 'things'), fc.string())
    // Now and then what the present step asks for, or no walk would ever get to its end.
    const right: Record<string, Input> = Object.fromEntries(
      [...toSoFar, submit('so-far', {}, 'onwards'), submit('confirm')].map((one) => [
        'step' in one ? one.step : '',
        one,
      ]),
    )
    const sensible = fc.constantFrom({ code: 'new' }, { code: 'F-7K3Q' }, { alias: 'MK' }, THING, {
      ...THING,
      what: 'løbe',
    })
    const values = fc.oneof(sensible, fc.dictionary(name, junk))
    const step = fc.oneof({ weight: 5, arbitrary: fc.constant('here') }, fc.constantFrom(...ids), fc.string())
    const action = fc.oneof(fc.constantFrom('next', 'onwards', 'another', 'correct', '__proto__'), fc.string())
    const input = fc.oneof(
      { weight: 4, arbitrary: fc.constant('right' as const) },
      fc.record({ kind: fc.constant('submit' as const), step, action, values }),
      fc.record({ kind: fc.constant('text' as const), text: fc.string() }),
      fc.record({ kind: fc.constant('back' as const), step }),
      fc.constant({ kind: 'cancel' as const }),
    )
    const ends = new Set<string>()
    fc.assert(
      fc.property(fc.array(input, { maxLength: 25 }), (inputs) => {
        let session = fresh()
        for (const drawn of inputs) {
          const meant = drawn === 'right' ? (right[session.step] as Input) : drawn
          const now: Input = 'step' in meant && meant.step === 'here' ? { ...meant, step: session.step } : meant
          const before = structuredClone(session)
          const result = advance(FLOW, session, now, AROUND)
          ends.add(result.kind)
          assert.deepEqual(advance(FLOW, before, now, AROUND), result)
          assert.deepEqual(session, before, 'the session it was given has changed')
          if (result.kind !== 'moved' && result.kind !== 'finished') assert.deepEqual(result.session, before)
          const { step, trail } = result.session
          for (const id of [step, ...trail]) assert.ok(findStep(FLOW, id), id)
          assert.deepEqual(JSON.parse(JSON.stringify(result.session)), result.session, 'a session is plain JSON')
          const { at, of } = progress(FLOW, result.session, AROUND)
          assert.ok(at >= 1 && at <= of && of <= ids.length, `step ${at} of ${of}`)
          if (result.kind === 'finished') break
          session = result.session
        }
      }),
      { numRuns: 500 },
    )
    assert.deepEqual([...ends].sort(), ['cancelled', 'finished', 'invalid', 'moved', 'stale', 'unexpected'])
  })

  it('takes several choices where it asks for them, in the order in which it offers them and each once', () => {
    const flow = aFlow(`
needs: case.open
steps:
  - { id: days, fields: { days: { kind: choice, many: true, options: [monday, tuesday, friday], required: true } } }
finish: [{ say: bye }]
`)
    const tick = (days: unknown) => advance(flow, begin(flow, START, AROUND), submit('days', { days }), AROUND)
    for (const [given, kept] of [
      ['friday,monday', 'monday,friday'],
      [' tuesday , tuesday', 'tuesday'],
    ])
      assert.equal(tick(given).session.vars.days, kept)
    assert.deepEqual(codes(tick('')), ['days missing'])
    for (const given of ['sunday', 'monday,sunday', 'monday,', ',', 'monday;friday'])
      assert.deepEqual(codes(tick(given)), ['days not-an-option'], given)
    assert.deepEqual(codes(tick(['monday'])), ['days not-understood'])
  })

  it('begins a field with what the case’s newest concern says, where there is one', () => {
    const flow = aFlow(`
needs: case.open
steps:
  - { id: what, fields: { seen: { kind: text, max: 9, default: concern.seen } } }
finish: [{ say: bye }]
`)
    const { seen } = flow.steps[0]?.fields ?? {}
    const scopeWith = (around: Partial<typeof AROUND>) =>
      scopeOf(begin(flow, START, someSurroundings(around)), someSurroundings(around))
    assert.equal(seen?.default?.evaluate(scopeWith({ concern: { seen: 'Væk', since: null } })), 'Væk')
    assert.equal(seen?.default?.evaluate(scopeWith({})) ?? undefined, undefined)
  })
})
