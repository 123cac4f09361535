import type { Understood } from '../team.ts'
import { type Finder, finder, type PhraseList } from './phrases.ts'
import { DANISH } from './words/da.ts'
import { ENGLISH } from './words/en.ts'

/** What one language says it with. The lists are data: a colleague can read them, argue about them and mend them. */
export interface Vocabulary {
  /** Words that only make another one stronger; `~` in a phrase. */
  emphatic: string
  /** What stands before a full stop in the middle of a sentence. */
  abbreviations: string
  /** Frequent words that the other language does not have. */
  common: string
  /** Words that shout in capitals although they are short, and capitals that nobody shouts. */
  shouted: string
  acronyms: string
  /** How people in a hurry write some words, and how they are looked for. */
  respelt: Record<string, string>

  /** Always, never, all the time, about what somebody does. */
  absolute: PhraseList
  /** "I", "we": what one always does oneself is no claim about a child. */
  ourselves: PhraseList
  /** The same as the one who does it. */
  we: PhraseList
  praise: PhraseList
  /** Not, nobody, nothing: it takes back a kind word. */
  negation: PhraseList
  /** What somebody does not do, or has not done yet; and whom a message speaks to: where nothing kind is said, the two are a reproach. */
  undone: PhraseList
  addressed: PhraseList
  /** Where praise turns. */
  but: PhraseList
  /** What may be taken as criticism of a child or a home. */
  criticism: PhraseList
  /** A day, a lesson, a place; numbers are looked for beside these. */
  anchors: PhraseList

  /** An order is one only where something is criticised; elsewhere it is what has to be brought along. */
  blame: { notDone: PhraseList; must: PhraseList; fault: PhraseList; order: PhraseList }
  sanction: PhraseList
  diagnosis: PhraseList
  /** Enough to say that the writer is upset, and what only adds to it. */
  angry: PhraseList
  /** The same of what somebody feels, where "I" stands in the sentence. */
  feeling: PhraseList
  irritated: PhraseList
  /** The mail is written by a parent. */
  parent: PhraseList
  /** What a parent signs with. */
  relative: PhraseList
  /** It answers a parent who is angry. */
  answersAnger: PhraseList
  /** What they wrote. */
  theirMail: PhraseList
  sensitive: PhraseList
  /** One child has hurt or mocked another; everyday life where it ended well. */
  hurt: PhraseList
  /** Signs that a child is unhappy: one is everyday life, several are not. What ended well again is only told. */
  distress: PhraseList
  endedWell: PhraseList
  /** It offers a talk, or asks for one. */
  talk: PhraseList

  /** The greeting is to many homes at once. */
  group: PhraseList
  greeting: PhraseList
  signOff: PhraseList
  /** A kind line, at either end; and what is kind enough to end with. */
  kind: PhraseList
  kindEnd: PhraseList
}

type Lists<T> = {
  [K in keyof T]: T[K] extends PhraseList ? Finder : T[K] extends string ? ReadonlySet<string> : Lists<T[K]>
}
export type Lexicon = Lists<Omit<Vocabulary, 'respelt'>> & Pick<Vocabulary, 'respelt'>

function compile({ respelt, ...vocabulary }: Vocabulary): Lexicon {
  const emphatic = wordSet(vocabulary.emphatic)
  const visit = (node: object): unknown =>
    Object.fromEntries(
      Object.entries(node).map(([name, value]) => [
        name,
        typeof value === 'string' ? wordSet(value) : 'hits' in value ? finder(value, emphatic) : visit(value),
      ]),
    )
  return { ...(visit(vocabulary) as Lists<typeof vocabulary>), respelt }
}

const wordSet = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean))

export const LEXICONS: Record<Understood, Lexicon> = { da: compile(DANISH), en: compile(ENGLISH) }
