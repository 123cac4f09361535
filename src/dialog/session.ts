import type { Instant } from '../domain/time.ts'

/** A value a form field can have. Lists and records come from effects and from collected forms. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value }
export type Vars = Record<string, Value>

/** What was answered, as text; empty where there is none. */
export const textIn = (vars: Vars, name: string): string => {
  const value = vars[name]
  return typeof value === 'string' ? value : ''
}

/** Where somebody is in a dialog. Plain JSON; carries its own version so that an old one can be told. */
export interface Session {
  v: 1
  id: string
  dialog: string
  user: string
  /** The case it is about, once there is one. */
  code?: string
  step: string
  /** The steps gone through to get here, oldest first; Back takes the last. */
  trail: string[]
  vars: Vars
  startedAt: Instant
}
