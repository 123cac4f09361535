import { hash } from 'node:crypto'
import type { Next, Request, Response, Server } from 'restify'
import type { Fetched, FetchFile } from './app/files.ts'
import { HEADERS } from './http/headers.ts'

export interface FileRoute {
  fetch: FetchFile
  /** What is said instead of a file, in each language. */
  words: Record<'making' | 'over' | 'unavailable', { language: string; title: string; text: string }[]>
}

/** How a page looks: the one thing it may show, known by its hash. */
const STYLE = [
  'body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem;color:#222;background:#faf3e3}',
  'h1{font-size:1.4rem;margin:2rem 0 0;color:#115e63}',
  'p{margin:.3rem 0}',
  'progress{width:100%;accent-color:#115e63}',
].join('')
const STYLE_HASH = hash('sha256', STYLE, 'base64')

const PAGE_POLICY = `${HEADERS['content-security-policy']}; style-src 'sha256-${STYLE_HASH}'`

const STATUS: Record<Fetched['kind'], number> = { file: 200, ready: 200, unknown: 404, over: 410, unavailable: 503 }

/** What the page that comes first asks with for the file itself. */
const TAKE = 'now'

/**
 * `GET /files/<token>`: a page that says that the file is being made, and fetches it at once; so whoever waits sees that
 * something happens, and a robot that looks at every link uses none up. Then the file as an attachment, or a short page that
 * says no more than that there is none.
 */
export function serveFiles(server: Server, { fetch, words }: FileRoute): void {
  // The router takes at most a hundred characters for a part with a name.
  server.get('/files/*', (req: Request, res: Response, next: Next) => {
    answer(req, res).then(() => next(false), next)
  })

  const pageOf = (kind: Exclude<Fetched['kind'], 'file'>): string =>
    kind === 'ready' ? page(words.making, { goesOn: true }) : page(words[kind === 'unavailable' ? kind : 'over'])

  async function answer(req: Request, res: Response): Promise<void> {
    const found = await fetch(String(req.params['*']), req.getQuery() === TAKE ? 'take' : 'look')
    const [type, body, more] =
      found.kind === 'file'
        ? [found.type, found.body, { 'content-disposition': `attachment; filename="${found.name}"` }]
        : ['text/html; charset=utf-8', pageOf(found.kind), { 'content-security-policy': PAGE_POLICY }]
    res.writeHead(STATUS[found.kind], {
      ...more,
      'content-type': type,
      'content-length': Buffer.byteLength(body),
    })
    res.end(body)
  }
}

function page(texts: FileRoute['words']['over'], { goesOn = false } = {}): string {
  const [first] = texts
  const told = texts.map(
    ({ language, title, text }) => `<section lang="${language}"><h1>${title}</h1><p>${text}</p></section>`,
  )
  const head = [
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    goesOn ? `<meta http-equiv="refresh" content="0;url=?${TAKE}">` : '',
    `<title>${first?.title}</title><style>${STYLE}</style>`,
  ]
  const body = [goesOn ? `<progress aria-label="${first?.title}"></progress>` : '', ...told]
  return `<!doctype html><html lang="${first?.language}">${[...head, ...body].join('')}</html>`
}
