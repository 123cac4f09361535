// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what a template would take for its own
/** Makes what nobody would send out of what somebody has sent. The same seed makes the same again. */

export type Random = (below: number) => number

/** Mulberry32, as everybody writes it: small, quick, and good enough to choose by. */
export function seeded(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

export const oneOf = <T>(random: Random, from: readonly T[]): T => from[random(from.length)] as T

/** Stands for more depth than a value can be built with here; see `written`. */
const DEEP = '@deep@'

/** A value as it goes over the wire. */
export const written = (random: Random, value: unknown): string =>
  (JSON.stringify(value) ?? '').replaceAll(`"${DEEP}"`, () => {
    const depth = 1 + random(20_000)
    return random(2) === 0 ? '['.repeat(depth) + ']'.repeat(depth) : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
  })

const copied = <T>(value: T): T => (value === undefined ? value : JSON.parse(JSON.stringify(value)))

/** Values that have broken programs before. */
const HOSTILE: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    0.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '\0',
    'null',
    'undefined',
    '0',
    '-1',
    'NaN',
  ],
  ...[[], {}, [[]], [null], { length: 3 }, { toString: 1 }, { toJSON: 'x' }, { $ne: 1 }],
  ...['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', '../../etc/passwd', '%00', '%E0%A4%A'],
  ...[
    '${user}',
    '${json("{}")}',
    '${where(cases, x, true)}',
    '{{x}}',
    '<at>x</at>',
    '<at',
    '<script>',
    '[a](b)',
    '**x**',
  ],
  ...['\ud800', '\udc00x', 'e\u0301'.repeat(200), '\u202e', '\ufeff', '😀'.repeat(500), 'ﷺ', 'İ', 'a'.repeat(20_000)],
  ...[
    '<at '.repeat(5000),
    '!'.repeat(20_000),
    ' \n'.repeat(5000),
    '1'.repeat(5000),
    'a@'.repeat(5000),
    '/'.repeat(5000),
  ],
  ...['F-2222', 'f 2222', 'case F-2222', '/privacy erase F-2222', '010190-1234', '2026-02-30', '99999-01-01', '24:61'],
  ...['http://169.254.169.254/', 'https://evil.example/', 'file:///etc/passwd', 'javascript:alert(1)'],
  JSON.parse('{"__proto__":{"polluted":"yes"}}'),
  { constructor: { prototype: { polluted: 'yes' } } },
  ...[DEEP, DEEP, DEEP],
  Array.from({ length: 2000 }, (_, n) => n),
  Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`k${n}`, n])),
]

type Parent = Record<string, unknown> | unknown[]

/** Every place in a value, with what holds it. */
function placesIn(value: unknown, found: [Parent, string][] = []): [Parent, string][] {
  if (typeof value !== 'object' || value === null || found.length > 400) return found
  for (const key of Object.keys(value)) {
    found.push([value as Parent, key])
    placesIn((value as Record<string, unknown>)[key], found)
  }
  return found
}

const put = (parent: Parent, key: string, value: unknown): void => {
  // As JSON has it: a key of this name is a key, not a prototype.
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true })
}

/** The value with a few places changed; others are what parts may be taken from. */
export function mutated<T>(random: Random, value: T, others: readonly unknown[]): T {
  const copy = copied(value)
  for (let times = 1 + random(4); times > 0; times--) {
    const places = placesIn(copy)
    const [parent, key] = places[random(places.length)] ?? []
    if (!parent || key === undefined) return copy
    const inside = (parent as Record<string, unknown>)[key]
    switch (random(7)) {
      case 0:
      case 1:
        put(parent, key, copied(oneOf(random, HOSTILE)))
        break
      case 2:
        Reflect.deleteProperty(parent, key)
        break
      case 3:
        put(
          parent,
          oneOf(random, ['__proto__', 'constructor', 'data', 'verb', 'id', 'x']),
          copied(oneOf(random, HOSTILE)),
        )
        break
      case 4: {
        const [from, name] = oneOf(random, placesIn(oneOf(random, others))) ?? []
        if (from && name !== undefined) put(parent, key, copied((from as Record<string, unknown>)[name]))
        break
      }
      case 5:
        put(parent, key, [inside, inside])
        break
      default:
        if (typeof inside === 'string') put(parent, key, spoilt(random, inside))
        else put(parent, key, { inside })
    }
  }
  return copy
}

/** A text with a bit of it doubled, cut out or put in. */
function spoilt(random: Random, text: string): string {
  const at = random(text.length + 1)
  const [before, after] = [text.slice(0, at), text.slice(at)]
  const hostile = HOSTILE[random(HOSTILE.length)]
  return oneOf(random, [
    before,
    after,
    before + before + after,
    before + (typeof hostile === 'string' ? hostile : '\0') + after,
  ])
}

/** JSON that is none any more, or says a thing twice. */
export function broken(random: Random, json: string): string {
  const at = random(json.length + 1)
  return oneOf(random, [
    json.slice(0, at),
    json.slice(0, at) + oneOf(random, ['"', '}', ']', ',', '\\', '\0', '\ud800', '1e999']) + json.slice(at),
    `${json}${json}`,
    `[${json}]`,
    json.replace('{', '{"type":"invoke","__proto__":{"polluted":"yes"},'),
    '['.repeat(random(50_000)),
    '',
  ])
}
