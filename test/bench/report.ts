/** Writes the figures of a run into docs/performance.md, and prints them. */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import { pinning } from './child.ts'
import type { Finding } from './findings.ts'
import { versionOf } from './peers.ts'
import { type Figures, type Results, spread } from './rounds.ts'

const FILE = new URL('../../docs/performance.md', import.meta.url)
const BEGIN = '<!-- figures -->'
const END = '<!-- /figures -->'

export interface Run {
  results: Results
  /** Without authentication. */
  open: Results
  /** On one connection. */
  alone: Results
  findings: Finding[]
}

export function writeReport({ results, open, alone, findings }: Run): void {
  const text = [
    machine(),
    '### Targets',
    findingsTable(findings),
    '### Turns at 32 connections',
    turnsTable(results),
    '### Without authentication, for the record',
    turnsTable(open),
    '### On one connection',
    turnsTable(alone),
  ].join('\n\n')
  console.log(text)
  const whole = readFileSync(FILE, 'utf8')
  const [before] = whole.split(BEGIN)
  const [, after] = whole.split(END)
  writeFileSync(FILE, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`)
}

function machine(): string {
  const [core] = cpus()
  const redis = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).stdout
  const packages = ['botbuilder', 'restify', '@microsoft/agents-hosting', '@microsoft/teams.apps', '@slack/bolt']
  return [
    `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${core?.model}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()};`,
    `Node ${process.versions.node}, Redis ${/v=([\d.]+)/.exec(redis)?.[1]} with \`appendfsync always\`;`,
    `${packages.map((name) => `${name} ${versionOf(name)}`).join(', ')}; ${pinning};`,
    `load of the machine at the end ${loadavg()[0]?.toFixed(1)}. Medians of the rounds, with the least and the most.`,
  ].join('\n')
}

const findingsTable = (findings: Finding[]): string =>
  table(
    ['what', 'target', 'measured', 'met'],
    findings.map(({ what, target, measured, met }) => [
      what,
      target,
      measured,
      met === undefined ? '–' : met ? 'yes' : '**no**',
    ]),
  )

const turnsTable = (results: Results): string =>
  table(
    ['server and turn', 'turns/s', 'CPU ms', 'p50 ms', 'p99 ms', 'core busy', 'RSS MB'],
    [...results].map(([name, figures]) => [name, ...figuresOf(figures)]),
  )

function figuresOf({ rate, cpu, p50, p99, busy, rss }: Figures): string[] {
  const { median, min, max } = spread(rate)
  const round = (values: number[], digits: number) => spread(values).median.toFixed(digits)
  return [
    `${Math.round(median)} (${Math.round(min)}–${Math.round(max)})`,
    round(cpu, 3),
    round(p50, 1),
    round(p99, 1),
    `${Math.round(spread(busy).median * 100)} %`,
    round(rss, 0),
  ]
}

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
