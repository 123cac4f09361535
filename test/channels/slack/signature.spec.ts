import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { isValidSlackRequest } from '@slack/bolt'
import fc from 'fast-check'
import { isGenuine, signingKey } from '../../../src/channels/slack/signature.ts'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const NOW = Date.UTC(2026, 10, 30, 14, 40)
const SECONDS = NOW / 1000

const signatureOf = (time: string | number, body: string, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${time}:${body}`).digest('hex')}`
const headersOf = (time: string | number, signature: string) => ({
  'x-slack-request-timestamp': String(time),
  'x-slack-signature': signature,
})
const isTaken = (headers: Record<string, string>, body: string | Buffer) =>
  isGenuine(signingKey(SECRET), headers, Buffer.from(body), NOW)

describe('the signature of a request from Slack', () => {
  it('is the one that Slack’s documentation gives as an example', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar' +
      '&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2F' +
      'hooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN' +
      '&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    const headers = headersOf(1531420618, 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503')
    assert.equal(isGenuine(signingKey(SECRET), headers, Buffer.from(body), 1531420618_000), true)
  })

  it('is good for five minutes, before and after', () => {
    for (const [late, good] of [
      [-301, false],
      [-300, true],
      [0, true],
      [300, true],
      [301, false],
    ] as const)
      assert.equal(isTaken(headersOf(SECONDS - late, signatureOf(SECONDS - late, 'x')), 'x'), good, String(late))
  })

  it('is none where the time is no number, or is not there', () => {
    for (const time of ['', 'now', 'NaN', 'Infinity', `${SECONDS}, ${SECONDS}`])
      assert.equal(isTaken(headersOf(time, signatureOf(time, 'x')), 'x'), false, time)
    assert.equal(isTaken({ 'x-slack-signature': signatureOf(SECONDS, 'x') }, 'x'), false)
    assert.equal(isTaken({ 'x-slack-request-timestamp': String(SECONDS) }, 'x'), false)
  })

  it('is of each byte as it came', () => {
    const odd = Buffer.from([0x7b, 0xff, 0x7d])
    const signed = createHmac('sha256', SECRET).update(`v0:${SECONDS}:`).update(odd).digest('hex')
    assert.equal(isTaken(headersOf(SECONDS, `v0=${signed}`), odd), true)
    // What those bytes read as.
    assert.equal(isTaken(headersOf(SECONDS, `v0=${signed}`), odd.toString()), false)
  })

  it('is checked with a secret, and never with none', () => {
    assert.throws(() => signingKey(''), /needs a signing secret/)
  })

  it('is found genuine where Slack’s own package finds it so, and nowhere else', () => {
    const near = fc.integer({ min: -400, max: 0 }).map((off) => SECONDS + off)
    const forged = fc.oneof(
      fc.constant((good: string) => good),
      fc.constant((good: string) => good.replace('v0', 'v1')),
      fc.constant((good: string) => good.toUpperCase()),
      fc.constant((good: string) => `${good}0`),
      fc.constant((good: string) => good.slice(0, -1)),
      fc.nat(66).map((at) => (good: string) => `${good.slice(0, at)}x${good.slice(at + 1)}`),
      fc.string().map((text) => () => text),
    )
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        near,
        fc.constantFrom(SECRET, 'another'),
        forged,
        (body, at, secret, forge) => {
          const signature = forge(signatureOf(at, body, secret))
          const expected = isValidSlackRequest({
            signingSecret: SECRET,
            body,
            headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': at },
            nowMilliseconds: NOW,
          })
          assert.equal(isTaken(headersOf(at, signature), body), expected)
        },
      ),
      { numRuns: 500 },
    )
  })
})
