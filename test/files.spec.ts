import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Reply } from '../src/app/ports.ts'
import { close, createServer, listen } from '../src/server.ts'
import { nodes, wordsOn } from './helpers/cards.ts'
import { clickOn } from './helpers/play.ts'
import { freePort } from './helpers/ports.ts'
import { CAST, type TeamsStage, teamsStage } from './helpers/teams-stage.ts'

const KAREN = CAST.karen.aadObjectId
const WHEN = { day: '2026-12-02', time: '14:30', length: '45', place: 'school', where: 'room 12' }

describe('a file behind a link', () => {
  let stage: TeamsStage
  before(async () => {
    stage = await teamsStage('en')
    await stage.until('2026-11-24T14:10')
    await stage.says(KAREN, 'meeting', 'direct')
    await stage.says(KAREN, 'MK', 'direct')
    await press('Next', WHEN)
    await stage.says(KAREN, 'mum and MK herself', 'direct')
    await press('Make the invitation', { pupil: 'whole' })
  })
  after(() => stage.close())

  async function press(title: string, fills: Record<string, string> = {}): Promise<Reply> {
    const click = clickOn(stage, KAREN, title, { fills })
    assert.ok(click, `no card shows "${title}"`)
    return stage.presses(KAREN, click.message, click.verb, click.data)
  }
  /** A fresh link, from the case. */
  async function link(): Promise<string> {
    await stage.says(KAREN, 'cases', 'direct')
    await press('Open')
    const { card } = await press('Add to the calendar')
    const found = nodes(card).find(({ type }) => type === 'Action.OpenUrl')
    assert.ok(found, wordsOn(card))
    return String(found.url)
  }
  /** Goes where the page before the file goes by itself. */
  async function get(url: string, init: RequestInit = {}) {
    const answer = await fetch(`${url}?now`, init)
    return { status: answer.status, headers: answer.headers, body: await answer.text() }
  }
  /** Asks for a path as it stands; `fetch` would tidy it up first. */
  async function raw(path: string): Promise<{ status: number | undefined; page: boolean }> {
    const [answer] = (await once(request(`${stage.url}`, { path }).end(), 'response')) as [IncomingMessage]
    const body = (await answer.toArray()).join('')
    assert.ok(body.includes('This link does not work') || body === '{"error":"not-found"}', body)
    return { status: answer.statusCode, page: body.startsWith('<!doctype html>') }
  }
  const says = (body: string, status: number, found: Awaited<ReturnType<typeof get>>) => {
    assert.equal(found.status, status, body)
    assert.match(found.headers.get('content-type') ?? '', /^text\/html/)
    assert.match(found.body, /Linket virker ikke længere[\s\S]*This link does not work any more/)
    assert.doesNotMatch(found.body, /F-[0-9A-Z]{4}|MK|minutes|token|expired/i)
  }

  it('comes as an attachment that is kept nowhere, with nothing of the pupil in it or in its name', async () => {
    const { status, headers, body } = await get(await link())
    assert.equal(status, 200)
    assert.match(body, /^BEGIN:VCALENDAR[\s\S]*DTSTART;TZID=Europe\/Copenhagen:20261202T143000[\s\S]*END:VCALENDAR\s*$/)
    assert.doesNotMatch(body, /MK|mum/)
    assert.equal(headers.get('content-type'), 'text/calendar; charset=utf-8')
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="meeting-F-[0-9A-Z]{4}\.ics"$/)
  })

  it('comes after a page that says that it is being made, which uses nothing up', async () => {
    const url = await link()
    for (const _ of ['a robot', 'a person']) {
      const answer = await fetch(url)
      const page = await answer.text()
      assert.equal(answer.status, 200)
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.match(page, /<meta http-equiv="refresh" content="0;url=\?now">.*<progress.*Filen bliver lavet/)
      assert.doesNotMatch(page, /F-[0-9A-Z]{4}|MK/)
    }
    assert.equal((await get(url)).status, 200)
    const nobodys = await fetch(`${stage.url}/files/x`)
    assert.equal(nobodys.status, 404)
    assert.doesNotMatch(await nobodys.text(), /refresh/)
  })

  it('comes once, however the link is written', async () => {
    const url = await link()
    assert.equal((await get(url)).status, 200)
    says('again', 410, await get(url))
    // Base64 has spare bits at its end: other letters, the same bytes.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    for (const letter of letters) assert.notEqual((await get(`${url.slice(0, -1)}${letter}`)).status, 200, letter)
  })

  it('comes once, though it is asked for many times at once', async () => {
    const url = await link()
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await get(url)).status))
    assert.deepEqual(
      statuses.sort((a, b) => a - b),
      [200, ...Array(9).fill(410)],
    )
  })

  it('waits for a quarter of an hour, and no longer', async () => {
    const [early, late] = [await link(), await link()]
    await stage.until('2026-11-24T14:24')
    assert.equal((await get(early)).status, 200)
    await stage.until('2026-11-24T14:26')
    says('too late', 410, await get(late))
  })

  it('is not used up by whoever only looks', async () => {
    const url = await link()
    assert.equal((await get(url, { method: 'HEAD' })).status, 405)
    assert.equal((await get(url, { method: 'POST' })).status, 405)
    assert.equal((await get(url)).status, 200)
  })

  it('is not there for a link that was made up or changed', async () => {
    const url = await link()
    const token = url.split('/').at(-1) ?? ''
    for (const [index, letter] of [...token].entries())
      if (index % 7 === 0)
        says(`changed at ${index}`, 404, await get(url.replace(token, changedAt(token, index, letter))))
    for (const made of [
      'x',
      token.slice(1),
      `${token}AAAA`,
      token.repeat(20),
      `${token}%00`,
      `${token}/x`,
      `x/${token}`,
    ])
      says(made, 404, await get(`${stage.url}/files/${made}`))
    assert.equal((await get(url)).status, 200)
  })

  it('leads nowhere else', async () => {
    for (const path of ['..%2fhealth', '%252e%252e%252fhealth', '....//health', 'x%00'])
      assert.deepEqual(await raw(`/files/${path}`), { status: 404, page: true }, path)
    for (const path of [
      '/files',
      '/files/',
      '/files/?x=1',
      '/files/%E0%A4%A',
      '/file/x',
      '/files/%2e%2e/%2e%2e/etc/passwd',
    ])
      assert.deepEqual(await raw(path), { status: 404, page: false }, path)
  })

  it('is told of nowhere: neither in the log nor to the team', async () => {
    const url = await link()
    const token = url.split('/').at(-1) ?? ''
    await get(url)
    await get(`${stage.url}/files/x${token}`)
    assert.ok(!stage.logged().includes(token.slice(0, 20)), stage.logged())
    for (const { to, card } of stage.posted())
      if (to === 'channel') assert.ok(!JSON.stringify(card).includes('/files/'))
  })

  it('is not there any more for somebody who has left the team', async () => {
    const url = await link()
    const id = '19:general@thread.tacv2'
    const [team] = await stage.service.store.load(id, 'team', [id])
    assert.ok(team)
    const members = team.value.members.filter((member) => member.id !== KAREN)
    const write = (rev: number, value: typeof team.value) =>
      stage.service.store.commit({ team: id, writes: [{ kind: 'team', id, rev, value }], due: [], audit: [] })
    await write(team.rev, { ...team.value, members })
    says('gone', 404, await get(url))
    await write(team.rev + 1, team.value)
    assert.equal((await get(url)).status, 200)
  })
})

const changedAt = (token: string, index: number, letter: string): string =>
  `${token.slice(0, index)}${letter === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`

describe('the files of a service', () => {
  it('are said to be unavailable for a moment, when that is so', async () => {
    const words = { making: [], over: [], unavailable: [{ language: 'en', title: 'Soon', text: 'Again' }] }
    const files = { fetch: async () => ({ kind: 'unavailable' as const }), words }
    const server = createServer({ files, faults: async () => [], warnings: () => [] })
    const port = await freePort()
    await listen(server, port, '127.0.0.1')
    const answer = await fetch(`http://127.0.0.1:${port}/files/x`)
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [503, 'no-store'])
    assert.match(await answer.text(), /<h1>Soon<\/h1><p>Again<\/p>/)
    await close(server, 100)
  })

  it('are not served where it has no public address', async () => {
    const server = createServer({ faults: async () => [], warnings: () => [] })
    const port = await freePort()
    await listen(server, port, '127.0.0.1')
    assert.equal((await fetch(`http://127.0.0.1:${port}/files/x`)).status, 404)
    await close(server, 100)
  })
})
