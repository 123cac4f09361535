import type { DeckFile, FileOrder } from '../ports.ts'
import { type Scene, wordsOf } from '../scene.ts'

type Order = Extract<FileOrder, { kind: 'deck' }>

/** The slides of a parents' meeting. The school's own words come from the order, all others from the word files. */
export function deckOf(scene: Scene, { stage, school }: Order): DeckFile {
  const words = wordsOf(scene, 'parents-meeting')
  const say = (path: string, args?: Record<string, string>): string => words.say(`deck.${path}`, args)
  const each = (path: string, keys: string): string[] => [...keys].map((key) => say(`${path}.${key}`))
  const cards = (path: string, keys: string) =>
    [...keys].map((key) => ({ title: say(`${path}.${key}.title`), text: say(`${path}.${key}.text`) }))
  const stageName = say(`stages.${stage}`)
  const message = (name: 'one' | 'two' | 'three', number: string): DeckFile['slides'][number] => ({
    layout: 'message',
    number,
    title: say(`${name}.title`),
    text: say(`${name}.text`),
    points: [...each(`${name}.points`, 'ab'), say(`${name}.stage.${stage}`)],
    notes: say(`${name}.notes`),
  })
  const efforts = (['away', 'together', 'support'] as const).flatMap((effort) =>
    school[effort] ? [{ title: say(`school.${effort}`), text: school[effort] }] : [],
  )

  return {
    language: scene.language,
    title: say('title'),
    footer: say('footer', { stage: stageName }),
    slides: [
      {
        layout: 'title',
        title: say('title'),
        text: say('welcome.subtitle'),
        label: say('footer', { stage: stageName }),
        notes: say('welcome.notes'),
      },
      { layout: 'cards', title: say('care.title'), cards: cards('care.cards', 'abc'), notes: say('care.notes') },
      message('one', '1'),
      message('two', '2'),
      message('three', '3'),
      { layout: 'cards', title: say('school.title'), cards: efforts, notes: say('school.notes') },
      { layout: 'cards', title: say('home.title'), cards: cards('home.cards', 'abcd'), notes: say('home.notes') },
      {
        layout: 'signs',
        title: say('hard.title'),
        signs: { title: say('hard.signs'), points: each(`hard.stage.${stage}`, 'abcd') },
        say: { title: say('hard.say'), quotes: each('hard.quotes', 'abc') },
        last: say('hard.last'),
        notes: say('hard.notes'),
      },
      {
        layout: 'questions',
        title: say('questions.title'),
        text: say('questions.lead'),
        questions: each(`questions.stage.${stage}`, 'abc'),
        last: say('questions.last'),
        notes: say('questions.notes'),
      },
      {
        layout: 'contact',
        title: say('contact.title'),
        text: say('contact.text'),
        contact: { title: say('contact.label'), text: school.contact },
        last: say('contact.last'),
        source: say('contact.source'),
        notes: say('contact.notes'),
      },
    ],
  }
}
