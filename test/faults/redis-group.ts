/** Redis as it is run where one server is not enough: masters with replicas, on loopback. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from '../helpers/ports.ts'
import { endsWithUs, startRedis, type TestRedis } from '../helpers/redis.ts'

/** A Redis with a way to lose a part of it. */
export interface RedisGroup {
  /** As in `REDIS_URL`. */
  url: string
  /** Ends a master without a chance to save anything; another server takes its place by itself. */
  loseMaster(): Promise<void>
  /** Every replica stops answering; resolves when it is sent nothing any more, and so is behind. And it goes on again. */
  freezeReplicas(): Promise<void>
  thawReplicas(): void
  /** Starts again what was ended, when another has taken its place; resolves when all of it has everything. */
  mend(): Promise<void>
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
/** Seconds after which a replica that does not answer is sent nothing any more; it is asked every second. */
const CUT_OFF = 3
/** Milliseconds without an answer after which a server is taken for dead: one that is only slow must not be. */
const DEAD_AFTER = 3000
const SLOTS = 16_384

const REPLICATION = {
  'repl-diskless-sync-delay': '0',
  'repl-timeout': String(CUT_OFF),
  'repl-ping-replica-period': '1',
}

interface Node {
  port: number
  server: TestRedis
  alive: boolean
  frozen: boolean
}

async function startNode(settings: Record<string, string> = {}, tries = 3): Promise<Node> {
  const port = await freePort()
  const all = { port: String(port), bind: HOST, ...REPLICATION, ...settings }
  try {
    return { port, server: await startRedis(all), alive: true, frozen: false }
  } catch (error) {
    // A server of a Cluster takes a second port, and somebody else may have that one.
    if (tries === 1) throw error
    return startNode(settings, tries - 1)
  }
}

/** Says something to one server alone. */
async function ask<T>({ server }: Node, what: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(server.socket).on('error', () => {})
  try {
    return await what(redis)
  } finally {
    redis.disconnect()
  }
}

async function until(holds: () => Promise<boolean>, what: string, within = 30_000): Promise<void> {
  const end = performance.now() + within
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what} took longer than ${within} ms`)
    await wait(50)
  }
}

const replication = (node: Node) => ask(node, (redis) => redis.info('replication'))
const isMaster = async (node: Node) => node.alive && !node.frozen && (await replication(node)).includes('role:master')
const hasAll = async (node: Node) => {
  const info = await replication(node)
  return info.includes('role:master')
    ? /connected_slaves:[1-9]/.test(info) && /state=online/.test(info)
    : info.includes('master_link_status:up')
}

async function restart(nodes: Node[]): Promise<void> {
  for (const node of nodes.filter(({ alive }) => !alive)) {
    await node.server.restart()
    node.alive = true
  }
  await until(async () => (await Promise.all(nodes.map(hasAll))).every(Boolean), 'catching up')
}

async function lose(node: Node | undefined): Promise<void> {
  if (!node) throw new Error('there is no master')
  node.alive = false
  await node.server.kill()
}

async function freezeReplicas(nodes: Node[]): Promise<void> {
  for (const node of nodes.filter(({ alive }) => alive)) {
    if (await isMaster(node)) continue
    node.frozen = true
    node.server.freeze()
  }
  const cutOff = async (node: Node) =>
    !(await isMaster(node)) || (await replication(node)).includes('connected_slaves:0')
  await until(async () => (await Promise.all(nodes.map(cutOff))).every(Boolean), 'cutting off')
}

function thaw(nodes: Node[]): void {
  for (const node of nodes.filter(({ frozen }) => frozen)) {
    node.server.thaw()
    node.frozen = false
  }
}

/** What all groups do alike; `master` finds the one to lose. */
const groupOf = (nodes: Node[], master: () => Promise<Node | undefined>) => ({
  loseMaster: async () => lose(await master()),
  freezeReplicas: () => freezeReplicas(nodes),
  thawReplicas: () => thaw(nodes),
  mend: async () => {
    // Back at once, it would be the master still.
    await until(async () => (await master()) !== undefined, 'the takeover')
    await restart(nodes)
  },
})

async function firstMaster(nodes: Node[]): Promise<Node | undefined> {
  for (const node of nodes) if (await isMaster(node)) return node
  return undefined
}

/** A master, two replicas, of which one is enough, and three Sentinels, of which two must agree. */
export async function startSentinels(): Promise<RedisGroup> {
  const nodes = [await startNode(), await startNode(), await startNode()]
  const [master, ...replicas] = nodes as [Node, Node, Node]
  for (const replica of replicas) await ask(replica, (redis) => redis.replicaof(HOST, master.port))
  await until(async () => (await Promise.all(nodes.map(hasAll))).every(Boolean), 'the first copy')
  const sentinels = await Promise.all([1, 2, 3].map(() => startSentinel(master.port)))
  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `${HOST}:${port}`).join(',')}/tovholder`,
    ...groupOf(nodes, () => firstMaster(nodes)),
    stop: async () => {
      await Promise.all(sentinels.map(({ stop }) => stop()))
      await Promise.all(nodes.map(({ server }) => server.stop()))
    },
  }
}

async function startSentinel(master: number) {
  const directory = await mkdtemp(join(tmpdir(), 'tov-sentinel-'))
  const port = await freePort()
  const file = join(directory, 'sentinel.conf')
  await writeFile(
    file,
    [
      `port ${port}`,
      `bind ${HOST}`,
      `dir ${directory}`,
      `sentinel monitor tovholder ${HOST} ${master} 2`,
      `sentinel down-after-milliseconds tovholder ${DEAD_AFTER}`,
      'sentinel failover-timeout tovholder 6000',
      '',
    ].join('\n'),
  )
  const server = spawn('redis-server', [file, '--sentinel'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await endsWithUs(server, '+monitor master')
  return {
    port,
    stop: async () => {
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await gone
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** A Cluster of three masters, each with a replica. `near` is a key whose master is the one to lose. */
export async function startCluster(near: string): Promise<RedisGroup> {
  const settings = {
    'cluster-enabled': 'yes',
    'cluster-announce-ip': HOST,
    'cluster-node-timeout': String(DEAD_AFTER),
    'cluster-replica-validity-factor': '0',
  }
  const nodes = await Promise.all(Array.from({ length: 6 }, () => startNode(settings)))
  const masters = nodes.slice(0, 3)
  const [first] = nodes as [Node]
  for (const [index, node] of masters.entries()) {
    const share = Math.ceil(SLOTS / masters.length)
    const last = Math.min((index + 1) * share, SLOTS) - 1
    await ask(node, (redis) => redis.call('CLUSTER', 'ADDSLOTSRANGE', index * share, last))
  }
  for (const node of nodes.slice(1)) await ask(node, (redis) => redis.call('CLUSTER', 'MEET', HOST, first.port))
  const knowsAll = async (node: Node) => {
    const info = String(await ask(node, (redis) => redis.call('CLUSTER', 'INFO')))
    return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:6')
  }
  await until(async () => (await Promise.all(nodes.map(knowsAll))).every(Boolean), 'meeting')
  for (const [index, node] of nodes.slice(3).entries()) {
    const id = await ask(masters[index] as Node, (redis) => redis.call('CLUSTER', 'MYID'))
    await ask(node, (redis) => redis.call('CLUSTER', 'REPLICATE', String(id)))
  }
  await until(async () => (await Promise.all(nodes.map(hasAll))).every(Boolean), 'the first copy')

  /** The server that answers for a key, instead of naming another. */
  async function masterOf(key: string): Promise<Node | undefined> {
    for (const node of nodes.filter(({ alive, frozen }) => alive && !frozen))
      if (
        await ask(node, (redis) =>
          redis.exists(key).then(
            () => isMaster(node),
            () => false,
          ),
        )
      )
        return node
    return undefined
  }
  return {
    url: `redis+cluster://${nodes.map(({ port }) => `${HOST}:${port}`).join(',')}`,
    ...groupOf(nodes, () => masterOf(near)),
    stop: async () => {
      await Promise.all(nodes.map(({ server }) => server.stop()))
    },
  }
}
