/** The staff team of a school that does not exist, for trying things out. */
export interface Colleague {
  id: string
  name: string
}

const colleague = (n: number, name: string): Colleague => ({ id: `10000000-0000-4000-8000-00000000000${n}`, name })

/** The person who sits at the Playground. */
export const TEACHER = colleague(0, 'Karen Holm')

/** Two teachers, a pædagog, the leader and the trivselsvejleder. */
export const COLLEAGUES = [
  colleague(1, 'Birte Friis'),
  colleague(2, 'Bo Lund'),
  colleague(3, 'Samira Haddad'),
  colleague(4, 'Henrik Vestergaard'),
  colleague(5, 'Lene Toft'),
]

export const SCHOOL = {
  tenant: '20000000-0000-4000-8000-000000000001',
  bot: { id: '30000000-0000-4000-8000-000000000001', name: 'Tovholder' },
  /** The team's id is also its General channel's. */
  team: { id: 'team-mellemtrin', name: 'Lindeskolen – mellemtrin' },
  channel: { id: 'channel-trivsel', name: 'Trivsel' },
  zone: 'Europe/Copenhagen',
}
