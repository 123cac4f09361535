/** What every server of the bench does besides serving: says when it is ready, and what it has used whenever it is asked. */

/**
 * @typedef {object} Setup
 * @property {number} port
 * @property {boolean} authenticated
 * @property {{ appId: string, secret: string, tenant: string }} registration
 * @property {string} slackSecret
 * @property {string} slackApi where Slack's Web API is
 * @property {string} redis path of its socket
 * @property {string} keys
 */

/** @type {Setup} */
export const setup = JSON.parse(process.argv[2] ?? '{}')

/**
 * Call it once the port is listened on.
 * @param {Record<string, (argument: number) => Promise<unknown>>} [more] what else it can be asked to do, by name
 */
export function serving(more = {}) {
  process.on('message', async (/** @type {{ ask: string, argument: number }} */ { ask, argument }) => {
    process.send?.((await more[ask]?.(argument)) ?? used())
  })
  // However the bench ends, this ends with it.
  process.on('disconnect', () => process.exit())
  process.send?.('ready')
}

/** Microseconds of CPU since the start, with every thread, and bytes of memory at this moment. */
function used() {
  const { user, system } = process.cpuUsage()
  return { cpu: user + system, rss: process.memoryUsage.rss() }
}
