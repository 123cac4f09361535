import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Playground, startPlayground } from '../../src/local/playground.ts'
import { SCHOOL, TEACHER } from '../../src/local/school.ts'
import { type Browser, openBrowser } from '../helpers/browser.ts'

describe('the local Playground', function () {
  this.timeout(60_000)
  let dir: string
  let bot: Server
  let received: { type: string; text?: string; from: { name: string } }[]
  let playground: Playground
  let port: number
  let browser: Browser

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tov-playground-'))
    received = []
    bot = await listening(
      createServer(async (request, response) => {
        const body = (await request.toArray()).join('')
        // First it only asks, without a body, whether anybody is there.
        if (body) received.push(JSON.parse(body))
        response.end()
      }),
    )
    port = await freePort()
    playground = await startPlayground({ botUrl: `http://127.0.0.1:${portOf(bot)}/api/messages`, port, dir })
    browser = await openBrowser()
    await browser.page.goto(playground.url)
  })
  after(async () => {
    await browser?.close()
    await playground?.stop()
    bot?.close()
    await rm(dir, { recursive: true, force: true })
  })

  it('shows the teacher and the team of our school', async () => {
    await browser.page.getByText(TEACHER.name).first().waitFor()
    await browser.page.getByText(SCHOOL.team.name).first().waitFor()
    await browser.page.getByText(SCHOOL.channel.name).first().waitFor()
  })

  it('carries what is typed to the bot, as the teacher', async () => {
    const composer = browser.page.getByRole('textbox').last()
    await composer.click()
    await composer.pressSequentially('opkald forbered')
    await browser.page.keyboard.press('Enter')
    const message = await eventually(() => received.find(({ type }) => type === 'message'))
    assert.equal(message.text?.trim(), 'opkald forbered')
    assert.equal(message.from.name, TEACHER.name)
  })

  it('is reached from this machine alone', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of outside) assert.equal(await isOpen(port, address), false, address)
    assert.equal(await isOpen(port, '127.0.0.1'), true)
  })

  it('does not move to another port when its own is taken', async () => {
    const again = startPlayground({ botUrl: 'http://127.0.0.1:9/api/messages', port, dir })
    await assert.rejects(again, { code: 'port-taken', message: new RegExp(`${port}.*PLAYGROUND_PORT`) })
  })

  it('is gone when it has been stopped', async () => {
    await playground.stop()
    assert.equal(await isOpen(port, '127.0.0.1'), false)
  })
})

const portOf = (server: Server): number => (server.address() as AddressInfo).port

const listening = (server: Server): Promise<Server> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

async function freePort(): Promise<number> {
  const server = await listening(createServer())
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

const isOpen = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 })
    const tell = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => tell(true))
    socket.once('error', () => tell(false))
    socket.once('timeout', () => tell(false))
  })

async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (const until = Date.now() + 10_000; Date.now() < until; await new Promise((go) => setTimeout(go, 20))) {
    const found = look()
    if (found) return found
  }
  throw new Error('It did not happen within ten seconds')
}
