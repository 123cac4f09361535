/**
 * `npm run bundle`: the service and all of its packages that it uses, in a few files in dist/, unless that is there already.
 * It runs from src/ just as well; this is for where it runs for weeks. 2,500 modules take longer to load, hold more
 * memory and take more time in each turn (docs/performance.md).
 */
import { globSync, statSync } from 'node:fs'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const filesOf = (/** @type {string[]} */ patterns) => globSync(patterns, { cwd: ROOT }).map((file) => join(ROOT, file))

/** What modules read from beside themselves. */
const BESIDE = ['src/store/*.lua', 'src/local/*.mjs']

/** Packages of CommonJS expect these three, which a module does not have. */
const COMMONJS = `import { createRequire as requireFrom } from 'node:module'
const require = requireFrom(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`

/**
 * Bundles a program as an ES module; what it loads later stays in files of its own.
 * @param {string} entry its path from the root
 * @param {string} into a folder below the root; an earlier bundle in it goes, anything else stays
 */
export async function bundle(entry, into) {
  const folder = join(ROOT, into)
  // Only now: mostly there is nothing to do, and where the bundle was brought along there is no esbuild.
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outdir: into,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    outExtension: { '.js': '.mjs' },
    // Names stay: ioredis asks a client for its class, and people read stacks.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    // restify asks for it, and does without.
    external: ['dtrace-provider'],
    banner: { js: COMMONJS },
    write: false,
  })
  await mkdir(folder, { recursive: true })
  // The package for Teams and the previews lie there, too.
  for (const file of filesOf([`${into}/*.{mjs,lua}`])) await rm(file, { force: true })
  for (const file of filesOf(BESIDE)) await copyFile(file, join(folder, basename(file)))
  // The entry comes first there, and last here: once it stands, all that it needs does.
  for (const { path, contents } of outputFiles.reverse()) await writeFile(path, contents)
}

/** Whether something that goes into a bundle has changed since. @param {string} made its entry, from the root */
export function isOutdated(made) {
  const at = statSync(join(ROOT, made), { throwIfNoEntry: false })?.mtimeMs ?? 0
  return filesOf(['src/**', 'package-lock.json', 'scripts/bundle.mjs']).some((file) => statSync(file).mtimeMs > at)
}

/** Makes `dist/main.mjs`, the service, unless it is there and nothing in it has changed. */
export async function bundleService() {
  if (isOutdated('dist/main.mjs')) await bundle('src/main.ts', 'dist')
}

if (import.meta.filename === process.argv[1]) await bundleService()
