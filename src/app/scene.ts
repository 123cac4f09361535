import { DateTime } from 'luxon'
import type { Arguments, Words } from '../dialog/words.ts'
import { remembered } from '../domain/remembered.ts'
import { dayOf, nextSchoolDay } from '../domain/school-calendar.ts'
import { DEFAULT_LANGUAGE, type Language, languageIn, type Team } from '../domain/team.ts'
import type { Day, Instant } from '../domain/time.ts'
import type { Content } from './content.ts'

/** What everything that is said depends on: the words, the language, the team and the moment. */
export interface Scene {
  content: Content
  language: Language
  team: Team
  now: Instant
  today: Day
}

export function sceneOf(content: Content, team: Team, language: Language, now: Instant): Scene {
  return { content, language, team, now, today: dayOf(now, team.zone) }
}

/** The next school day after today. */
export const tomorrowOf = ({ today, team }: Scene): Day => nextSchoolDay(today, team)

/** A few words to somebody whose team, and so whose language, is not known. */
export function sayOutside(content: Content, locale: string | undefined, path: string): { text: string } {
  const words = sharedIn(content, languageIn(locale, content.languages))
  return { text: words.has(path) ? words.say(path) : `${words.say(`${path}.title`)}. ${words.say(`${path}.text`)}` }
}

/** Words to somebody of whom nothing is known, in every language. */
export const sayInAll = (content: Content, path: string): { language: Language; title: string; text: string }[] =>
  content.languages.map((language) => {
    const words = sharedIn(content, language)
    return { language, title: words.say(`${path}.title`), text: words.say(`${path}.text`) }
  })

/** The shared words; for a language that is no longer there, those of the one that always is. */
export const sharedIn = ({ shared }: Content, language: Language | undefined): Words =>
  shared[language ?? DEFAULT_LANGUAGE] ?? shared.da

/** Something from the shared words. */
export const say = ({ content, language }: Scene, path: string, args?: Arguments): string =>
  sharedIn(content, language).say(path, args)

export const wordsOf = ({ content, language }: Scene, dialog: string): Words =>
  content.words[language]?.[dialog] ?? sharedIn(content, language)

/** A colleague's name from the roster; somebody who has left is only "a former colleague". */
export const nameOf = (scene: Scene, user: string): string =>
  scene.team.members.find((member) => member.id === user)?.name ?? say(scene, 'formerColleague')

/** "mandag den 3. december", with the year only where it is another one. */
export function sayDay(scene: Scene, day: Day): string {
  const format = say(scene, day.slice(0, 4) === scene.today.slice(0, 4) ? 'dayFormat' : 'dayFormatWithYear')
  return formatDay(day, format, scene.language)
}

const formatDay = remembered((day: Day, format: string, locale: Language) =>
  DateTime.fromISO(day, { zone: 'utc', locale }).toFormat(format),
)

export const sayMoment = (scene: Scene, at: Instant): string => sayDay(scene, dayOf(at, scene.team.zone))
