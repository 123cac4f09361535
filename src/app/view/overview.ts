import type { Case } from '../../domain/case.ts'
import { FEW, type Overview, overviewOf, type Share } from '../../domain/overview.ts'
import { profileOf } from '../../domain/rhythm.ts'
import type { Reply } from '../ports.ts'
import { type Scene, say } from '../scene.ts'
import { draw } from './parts.ts'

/** The parts that are shown as a share of a whole, each a line and, where it is told exactly, a ring as well. */
const SHARES = ['withoutCoordinator', 'contactInTime', 'agreementsKept'] as const
type Shared = (typeof SHARES)[number]

/** A team's open cases in numbers. A client that draws charts shows rings; the words say the same. */
export function overviewCard(scene: Scene, cases: readonly Case[]): Reply {
  const { team, today } = scene
  const profile = profileOf(team)
  const seen = overviewOf(cases, profile, { ...team, today })
  const title = say(scene, 'overview.title')
  const label = (name: Shared) => say(scene, `overview.shares.${name}.label`, { days: profile.contact })
  const card = draw(scene, 'overview', {
    title,
    text: say(scene, 'overview.text', { few: FEW }),
    facts: [
      { title: say(scene, 'overview.open'), value: sayOpen(scene, seen) },
      ...SHARES.map((name) => ({ title: label(name), value: sayShare(scene, seen[name]) })),
      ...(seen.daysToContact === undefined
        ? []
        : [
            {
              title: say(scene, 'overview.daysToContact'),
              value: say(scene, 'overview.days', { days: seen.daysToContact }),
            },
          ]),
    ],
    charts: SHARES.flatMap((name) => {
      const share = seen[name]
      if (share.kind !== 'exact') return []
      const slice = (which: 'part' | 'rest', value: number, color: string) => ({
        legend: say(scene, `overview.shares.${name}.${which}`, { days: profile.contact }),
        value,
        color,
      })
      const slices = [
        slice('part', share.part, 'categoricalTeal'),
        slice('rest', share.of - share.part, 'categoricalMarigold'),
      ]
      return [{ title: label(name), slices }]
    }),
  })
  return { card, summary: title }
}

const sayOpen = (scene: Scene, { open }: Overview): string =>
  open.kind === 'exact' ? String(open.count) : say(scene, 'overview.few', { few: FEW })

function sayShare(scene: Scene, share: Share): string {
  switch (share.kind) {
    case 'exact':
      return say(scene, 'overview.exact', { part: share.part, of: share.of })
    case 'few':
      return say(scene, 'overview.fewOf', { few: FEW, of: share.of })
    case 'most':
      return say(scene, 'overview.mostOf', { least: share.of - FEW + 1, of: share.of })
    case 'untold':
      return say(scene, 'overview.untold')
  }
}
