import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'

/** The first version of a package without a fault that is known of the ones before it. */
const MENDED: Record<string, string> = {
  axios: '1.16.0',
  'form-data': '4.0.4',
  jws: '4.0.1',
  qs: '6.14.1',
  ws: '7.5.10',
}

interface Locked {
  version: string
  dev?: boolean
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> }
/** What is installed with the service, by its name; a package may be there in several versions. */
const installed = (name: string): string[] =>
  Object.entries(packages).flatMap(([path, { version, dev }]) =>
    path.endsWith(`node_modules/${name}`) && !dev ? [version] : [],
  )
const ordered = (version: string): number =>
  version.split(/[.-]/, 3).reduce((sum, part) => sum * 10_000 + Number.parseInt(part, 10), 0)

describe('what SECURITY.md says of packages', () => {
  const security = readFileSync('SECURITY.md', 'utf8')

  for (const [name, first] of Object.entries(MENDED))
    it(`is true of ${name}: none before ${first} is installed`, () => {
      assert.ok(installed(name).length > 0, 'it is not installed at all: take it out of the table')
      for (const version of installed(name)) assert.ok(ordered(version) >= ordered(first), version)
      assert.ok(security.includes(`\`${name}\``))
    })

  it('names the versions that are installed', () => {
    const named = [...security.matchAll(/\| `(?<name>[^`]+)`[^|]*\|[^|\n]*?(?<version>\d+\.\d+\.\d+) is installed/g)]
    assert.ok(named.length >= 5)
    for (const { groups } of named) assert.deepEqual(installed(groups?.name ?? ''), [groups?.version], groups?.name)
  })

  it('is true of what must not be there', () => {
    for (const version of ['1.14.1', '0.30.4']) assert.ok(!installed('axios').includes(version))
    for (const name of ['spdy', 'http-deceiver']) assert.deepEqual(installed(name), [], name)
    assert.deepEqual(installed('formidable'), ['1.2.6'])
  })

  it('is true of scripts: only that of the tool that fetches Node runs at an installation', () => {
    const { allowScripts } = JSON.parse(readFileSync('package.json', 'utf8'))
    assert.deepEqual(
      Object.keys(allowScripts).filter((name) => allowScripts[name]),
      ['node'],
    )
  })
})
