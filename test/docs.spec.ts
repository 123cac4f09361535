import { strict as assert } from 'node:assert'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const PAGES = globSync('**/*.md', { exclude: ['**/node_modules/**', 'coverage/**', 'dist/**', '.data/**'] }).sort()

/** A page without what stands in code, where brackets are no links. */
const proseOf = (file: string): string =>
  readFileSync(file, 'utf8')
    .replaceAll(/^```.*?^```/gms, '')
    .replaceAll(/`[^`\n]*`/g, '``')

const linksIn = (file: string): string[] => [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to)

/** The anchors that GitHub gives a page's headings. */
const anchorsIn = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8')
      .replaceAll(/^```.*?^```/gms, '')
      .matchAll(/^#+ (.*)$/gm),
  ].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** What is wrong with a link that stands in this file; nothing when all is well. */
function faultOf(file: string, link: string): string | undefined {
  if (/^[a-z]+:/.test(link))
    return /^https:\/\/\S+\.\S+/.test(link) || link.startsWith('mailto:') ? undefined : 'not https'
  const [path = '', anchor] = decodeURI(link).split('#')
  const target = path ? join(dirname(file), path) : file
  if (!existsSync(target)) return 'there is no such file'
  if (anchor === undefined) return undefined
  if (statSync(target).isDirectory()) return 'a folder has no headings'
  return anchorsIn(target).includes(anchor) ? undefined : 'there is no such heading'
}

describe('the documentation', () => {
  for (const page of PAGES)
    it(`${page} leads nowhere that is not there`, () => {
      const faults = linksIn(page).flatMap((link) => {
        const fault = faultOf(page, link)
        return fault ? [`${link}: ${fault}`] : []
      })
      assert.deepEqual(faults, [])
    })

  it('would be told of a link to nowhere', () => {
    const told = ['docs/nothing.md', '#no-such-heading', 'README.md#licence', 'http://example.org', 'docs#x']
    assert.deepEqual(
      told.map((link) => faultOf('README.md', link)),
      ['there is no such file', 'there is no such heading', undefined, 'not https', 'a folder has no headings'],
    )
  })

  it('names every package and every tool', () => {
    const readme = readFileSync('README.md', 'utf8')
    const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
    for (const name of Object.keys({ ...dependencies, ...devDependencies }))
      assert.ok(name.startsWith('@types/') || readme.includes(`\`${name}\``), `${name} has no reason in README.md`)
  })

  it('can be got to from the README, every page of it', () => {
    const found = new Set<string>()
    const visit = (page: string) => {
      if (found.has(page)) return
      found.add(page)
      for (const link of linksIn(page)) {
        const [path = ''] = link.split('#')
        const target = join(dirname(page), path)
        if (!path || /^[a-z]+:/.test(link) || !existsSync(target)) continue
        if (target.endsWith('.md')) visit(target)
        else if (statSync(target).isDirectory()) for (const inside of globSync(join(target, '*.md'))) visit(inside)
      }
    }
    visit('README.md')
    assert.deepEqual(
      PAGES.filter((page) => !found.has(page)),
      [],
    )
  })
})
