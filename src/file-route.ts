import type { Next, Request, Response, Server } from 'restify'
import type { Fetched, FetchFile } from './app/files.ts'

export interface FileRoute {
  fetch: FetchFile
  /** What is said instead of a file, in each language. */
  words: Record<'over' | 'unavailable', { language: string; title: string; text: string }[]>
}

const STATUS: Record<Fetched['kind'], number> = { file: 200, unknown: 404, over: 410, unavailable: 503 }

/** `GET /files/<token>`: the file as an attachment, or a short page that says no more than that there is none. */
export function serveFiles(server: Server, { fetch, words }: FileRoute): void {
  // The router takes at most a hundred characters for a part with a name.
  server.get('/files/*', (req: Request, res: Response, next: Next) => {
    answer(req, res).then(() => next(false), next)
  })

  async function answer(req: Request, res: Response): Promise<void> {
    const found = await fetch(String(req.params['*']))
    const [type, body, more] =
      found.kind === 'file'
        ? [found.type, found.body, { 'content-disposition': `attachment; filename="${found.name}"` }]
        : ['text/html; charset=utf-8', page(words[found.kind === 'unavailable' ? 'unavailable' : 'over']), {}]
    res.writeHead(STATUS[found.kind], {
      ...more,
      'content-type': type,
      'content-length': Buffer.byteLength(body),
    })
    res.end(body)
  }
}

const page = (texts: FileRoute['words']['over']): string => {
  const [first] = texts
  const told = texts.map(
    ({ language, title, text }) => `<section lang="${language}"><h1>${title}</h1><p>${text}</p></section>`,
  )
  return `<!doctype html><html lang="${first?.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${first?.title}</title>${told.join('')}</html>`
}
